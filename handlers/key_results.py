"""What people do with key results."""

from domain.check_ins import Answer
from domain.errors import Refusal
from domain.objectives import KeyResultId, ObjectiveId, Stage
from domain.references import Prefix, Reference, the_reference
from handlers import alignment, dependencies, drafting, history, phrases, status
from handlers.request import Request, number
from operations import key_results, updates
from operations.alignment import hanging_below
from operations.updates import Moved
from views import history as history_views
from views import key_results as key_result_views
from views import objectives as views
from views import proposals as proposal_views
from views.blocks import Message, View
from views.hand_over import with_guests

NOTHING = KeyResultId(0)


async def update(request: Request, text: str) -> None:
    """/okr update KR-34 45 [confidence 7] [note …]"""
    word, _, rest = text.partition(" ")
    if not word:
        raise Refusal("Which key result, and what is it at? For example `/okr update KR-34 45`.")
    ref = the_reference(word.rstrip(":,"), Prefix.KEY_RESULT)
    if not rest.strip():
        await _open_update(request, ref)
        await request.ack()
        return
    moved = await request.run(updates.move, ref, await said(request, ref, rest), request.now)
    await request.answer(_updated(moved))


async def said(request: Request, ref: Reference, text: str) -> Answer:
    """What somebody says of a key result in a line: "45 confidence 7 note on its way", or a milestone by its name."""
    if phrases.is_plain_value(text):
        return phrases.answer(text, NOTHING)
    return phrases.answer(text, NOTHING, (await request.read(updates.to_update, ref, request.now)).before)


async def add_pressed(request: Request) -> None:
    """Add a key result under this objective."""
    await open_new(request, ObjectiveId(number(request.pressed)))
    await request.ack()


async def update_pressed(request: Request) -> None:
    """Update this key result."""
    await _open_update(request, KeyResultId(number(request.pressed)))
    await request.ack()


async def more_pressed(request: Request) -> None:
    """Something from a key result's menu."""
    verb, _, id = request.pressed.partition(" ")
    kr = KeyResultId(number(id))
    if verb == "edit":
        await open_again(request, kr)
    elif verb == "update":
        await _open_update(request, kr)
    elif verb == "why":
        await alignment.open_why(request, kr)
    elif verb == "depends":
        await dependencies.open_form(request, kr)
    elif verb == "status":
        await status.open_form(request, kr)
    elif verb == "history":
        await history.open_told(request, kr)
    elif verb == "more":
        await request.open(key_result_views.rest(*await request.read(key_results.seen, kr, request.now)))
    else:
        await request.tell(await (brought_back if verb == "restore" else put_away)(request, kr))
    await request.ack()


async def kind_chosen(request: Request) -> None:
    """Another way of measuring: the form shows what that asks for, and keeps what was typed."""
    await request.redraw(await _again(request))
    await request.ack()


async def target_pressed(request: Request) -> None:
    """Give what was measured a target."""
    found = await request.read(key_results.to_edit, KeyResultId(number(request.pressed)), request.now)
    if found.editing:
        await request.open(views.target_form(found.objective, found.editing))
    await request.ack()


async def submitted(request: Request) -> None:
    """The form for a key result came back; one without the fields of its kind is shown once more, with them."""
    if not views.asks_for_all(request.view):
        await request.ack(response_action="update", view=await _again(request, views.MORE_TO_FILL_IN))
        return
    draft, objective, editing = views.read_key_result(request.view)
    await request.meet([*filter(None, [draft.owner]), *(draft.contributors or ())])
    if editing:
        written = await request.run(key_results.change, editing, draft, request.now)
    else:
        written = await request.run(key_results.add, objective, draft, request.now)
    if not editing and written.key_result.stage is Stage.PROPOSED:
        sent = proposal_views.sent(written.key_result, written.found.only, ours=True)
        await request.conclude("Proposed", with_guests(sent, written.key_result, written.new_owner))
        return
    found, before = written.found, written.before
    over = views.key_result_written_over(request.view, found.only, before) if before else []
    ref = written.key_result.ref
    anew = views.begun_anew(before, written.key_result) if before else ""
    answer = views.saved(ref, found.only, found.moment, found.who, new=not editing, written_over=over, anew=anew)
    await request.conclude("Saved", with_guests(answer, written.key_result, written.new_owner))


async def update_submitted(request: Request) -> None:
    """The form for one key result's value came back."""
    answer = views.read_update(request.view)
    moved = await request.run(updates.move, answer.key_result, answer, request.now)
    await request.conclude("Updated", _updated(moved))


async def open_new(request: Request, objective: Reference | ObjectiveId) -> None:
    """Show the form for a new key result under this objective."""
    found = await request.read(key_results.choices, objective, request.now)
    await request.open(views.key_result_form(found.objective, found.who))


async def open_again(request: Request, which: Reference | KeyResultId) -> None:
    """Show the form for a key result that is to be changed."""
    found = await request.read(key_results.to_edit, which, request.now)
    await request.open(views.key_result_form(found.objective, found.who, found.editing))


async def put_away(request: Request, which: Reference | KeyResultId) -> Message:
    """Archive a key result; what to say about it."""
    kr = await request.run(key_results.archive, which, request.now)
    below = await request.read(hanging_below, kr.ref, request.now)
    return views.archived(kr.ref, kr.title, restored=False, below=below)


async def brought_back(request: Request, which: Reference | KeyResultId) -> Message:
    """Restore a key result; what to say about it."""
    kr = await request.run(key_results.restore, which, request.now)
    return views.archived(kr.ref, kr.title, restored=True)


def _updated(moved: Moved) -> Message:
    return history_views.updated(moved.before, moved.after, moved.moment, moved.cycle, moved.projection)


async def _open_update(request: Request, which: Reference | KeyResultId) -> None:
    found = await request.read(updates.to_update, which, request.now)
    await request.open(views.update_form(found.before, found.moment))


async def _again(request: Request, notice: str = "") -> View:
    """The form as it stands, with the fields of the kind that is chosen in it."""
    if request.view.get("callback_id") == proposal_views.FORM:
        return await drafting.proposal_again(request, notice)
    _, objective, editing = views.read_key_result(request.view)
    if editing:
        found = await request.read(key_results.to_measure, editing, request.now)
    else:
        found = await request.read(key_results.choices, objective, request.now)
    return views.key_result_form_again(request.view, found.objective, found.editing, notice, found.measured)
