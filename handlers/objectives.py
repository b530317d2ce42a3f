"""What people do with objectives, and the words that mean an objective or a key result."""

from domain.errors import Refusal
from domain.objectives import ObjectiveId
from domain.references import Prefix, Reference, the_reference
from domain.words import TITLE, did_you_mean
from handlers import alignment, cycles, drafting, history, key_results
from handlers.request import Request, number
from operations import cycles as cycle_operations
from operations import finding, objectives, projections, sight
from operations.alignment import hanging_below
from views import comments as comment_views
from views import help as help_views
from views import objectives as views
from views.blocks import Message
from views.blocks import modal as readable

EITHER = (Prefix.OBJECTIVE, Prefix.KEY_RESULT)
NOUNS = {"objective": Prefix.OBJECTIVE, "o": Prefix.OBJECTIVE, "kr": Prefix.KEY_RESULT, "key": Prefix.KEY_RESULT}

# typed


async def mine(request: Request, _text: str) -> None:
    """/okr"""
    mine = await request.read(cycle_operations.mine, request.now)
    found = mine.found
    drawn = views.mine(found.objectives, found.cycle, found.moment, found.who, found.thanks, mine.awaited)
    await request.answer(drawn)


async def show(request: Request, text: str) -> None:
    """/okr show O-12"""
    ref = the_reference(text, *EITHER)
    shown = await request.read(projections.show, ref, request.now)
    found, going = shown.found, shown.projections
    card = views.listed(str(ref), found.objectives, found.moment, found.who, found.thanks, going, found.meant)
    await request.answer(comment_views.beneath(card, found.comments))


async def add(request: Request, text: str) -> None:
    """/okr add objective | add kr O-12"""
    word, _, rest = text.partition(" ")
    noun = NOUNS.get(word.casefold())
    if not word:
        raise Refusal("What shall it be: `/okr add objective`, or `/okr add kr O-12`?")
    if noun is None:
        guess = did_you_mean(word, NOUNS)
        await request.answer(help_views.unknown(await request.named(text), "/okr", f"add {guess or 'objective'}"))
    elif noun is Prefix.OBJECTIVE:
        await _open_objective(request, None, rest)
        await request.ack()
    else:
        if not rest.strip():
            raise Refusal("Under which objective? Name it, as in `/okr add kr O-12`.")
        await key_results.open_new(request, the_reference(rest.removeprefix("result").strip(), Prefix.OBJECTIVE))
        await request.ack()


async def edit(request: Request, text: str) -> None:
    """/okr edit O-12 | KR-34"""
    ref = the_reference(text, *EITHER)
    if ref.prefix is Prefix.OBJECTIVE:
        await _open_objective(request, ref)
    else:
        await key_results.open_again(request, ref)
    await request.ack()


async def archive(request: Request, text: str) -> None:
    """/okr archive O-12 | KR-34"""
    await request.answer(await _put_away(request, the_reference(text, *EITHER)))


async def restore(request: Request, text: str) -> None:
    """/okr restore O-12 | KR-34"""
    await request.answer(await _brought_back(request, the_reference(text, *EITHER)))


# pressed


async def add_pressed(request: Request) -> None:
    """Add an objective, perhaps with the title that was written to us."""
    await _open_objective(request, None, request.pressed[:TITLE])
    await request.ack()


async def archived_pressed(request: Request) -> None:
    """Show what has been archived, to bring it back."""
    found = await request.read(finding.archived, request.now)
    drawn = views.put_away(found.objectives, found.key_results, found.moment, found.who)
    await request.open(readable("Archived", drawn))
    await request.ack()


async def more_pressed(request: Request) -> None:
    """Something from an objective's menu."""
    verb, _, id = request.pressed.partition(" ")
    objective = ObjectiveId(number(id))
    if verb == "edit":
        await _open_objective(request, objective)
    elif verb == "add_kr":
        await key_results.open_new(request, objective)
    elif verb in drafting.MENU:
        await drafting.MENU[verb](request, objective)
    elif verb == "move":
        await cycles.open_move(request, objective)
    elif verb in _READ:
        await _READ[verb](request, objective)
    else:
        await request.tell(await (_restored if verb == "restore" else _archived)(request, objective))
    await request.ack()


async def _open_why(request: Request, id: ObjectiveId) -> None:
    found, _, _ = await request.read(sight.seen, id, request.now)
    await alignment.open_why(request, found.ref)


async def _open_history(request: Request, id: ObjectiveId) -> None:
    found, _, _ = await request.read(sight.seen, id, request.now)
    await history.open_told(request, found.ref)


async def _open_rest(request: Request, id: ObjectiveId) -> None:
    await request.open(views.rest(*await request.read(sight.seen, id, request.now)))


_READ = {"why": _open_why, "history": _open_history, "more": _open_rest}
"""What an objective's menu only shows."""


# submitted


async def submitted(request: Request) -> None:
    """The form for an objective came back."""
    draft, editing = views.read_objective(request.view)
    await request.meet([*([draft.owner] if draft.owner else []), *(draft.co_owners or ())])
    if editing:
        found = await request.run(objectives.change, editing, draft, request.now)
    else:
        found = await request.run(objectives.add, draft, request.now)
    over = views.written_over(request.view, found.before) if found.before else []
    answer = views.saved(found.only.ref, found.only, found.moment, found.who, not editing, found.owned, over)
    await request.conclude("Saved", answer)


# what several of them do


async def _put_away(request: Request, ref: Reference) -> Message:
    if ref.prefix is Prefix.OBJECTIVE:
        return await _archived(request, ref)
    return await key_results.put_away(request, ref)


async def _brought_back(request: Request, ref: Reference) -> Message:
    if ref.prefix is Prefix.OBJECTIVE:
        return await _restored(request, ref)
    return await key_results.brought_back(request, ref)


async def _archived(request: Request, which: Reference | ObjectiveId) -> Message:
    done = await request.run(objectives.archive, which, request.now)
    below = await request.read(hanging_below, done.ref, request.now)
    return views.archived(done.ref, done.title, restored=False, below=below)


async def _restored(request: Request, which: Reference | ObjectiveId) -> Message:
    done = await request.run(objectives.restore, which, request.now)
    return views.archived(done.ref, done.title, restored=True)


async def open_again(request: Request, which: ObjectiveId) -> None:
    """Show the form for an objective that is to be changed."""
    await _open_objective(request, which)


async def _open_objective(request: Request, editing: Reference | ObjectiveId | None, title: str = "") -> None:
    offered = await request.read(objectives.choices, request.now, editing)
    await request.open(drafting.form(offered, title))
