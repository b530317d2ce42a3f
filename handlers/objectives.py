"""What people do with objectives and key results."""

from domain.errors import Refusal
from domain.objectives import KeyResultId, ObjectiveId
from domain.references import Prefix, Reference, the_reference
from domain.words import did_you_mean
from handlers import phrases
from handlers.request import Request, number
from operations import check_ins, objectives
from operations.objectives import Found, Which
from views import help as help_views
from views import objectives as views
from views.blocks import Message
from views.blocks import modal as readable

EITHER = (Prefix.OBJECTIVE, Prefix.KEY_RESULT)
NOTHING = KeyResultId(0)
NOUNS = {"objective": Prefix.OBJECTIVE, "o": Prefix.OBJECTIVE, "kr": Prefix.KEY_RESULT, "key": Prefix.KEY_RESULT}

# typed


async def mine(request: Request, _text: str) -> None:
    """/okr"""
    found = await request.read(objectives.find, Which(person=request.heard.actor), request.now)
    await request.answer(views.mine(found.objectives, found.cycle, found.moment, found.who, found.thanks))


async def listed(request: Request, text: str) -> None:
    """/okr list [me | @person | team NAME | company] [Q4 2026]"""
    word, _, rest = text.partition(" ")
    if word.casefold() == "team":
        await team(request, rest)
        return
    which, heading = phrases.which(text, request.heard.actor)
    await _answer_list(request, which, heading)


async def team(request: Request, text: str) -> None:
    """/okr team [NAME]"""
    name, period = phrases.named_team(text)
    await _answer_list(request, *phrases.team(name or await request.read(objectives.my_team), period))


async def show(request: Request, text: str) -> None:
    """/okr show O-12"""
    ref = the_reference(text, *EITHER)
    found = await request.read(objectives.one, ref, request.now)
    await request.answer(views.listed(str(ref), found.objectives, found.moment, found.who, found.thanks))


async def add(request: Request, text: str) -> None:
    """/okr add objective | add kr O-12"""
    word, _, rest = text.partition(" ")
    noun = NOUNS.get(word.casefold())
    if noun is None:
        guess = did_you_mean(word, NOUNS) if word else None
        await request.answer(help_views.unknown(text, "/okr add", guess or "objective"))
    elif noun is Prefix.OBJECTIVE:
        await _open_objective(request, None)
        await request.ack()
    else:
        if not rest.strip():
            raise Refusal("Under which objective? Name it, as in `/okr add kr O-12`.")
        await _open_key_result(request, the_reference(rest.removeprefix("result").strip(), Prefix.OBJECTIVE))
        await request.ack()


async def update(request: Request, text: str) -> None:
    """/okr update KR-34 45 [confidence 7] [note …]"""
    word, _, rest = text.partition(" ")
    if not word:
        raise Refusal("Which key result, and what is it at? For example `/okr update KR-34 45`.")
    ref = the_reference(word, Prefix.KEY_RESULT)
    if not rest.strip():
        await _open_update(request, ref)
        await request.ack()
        return
    moved = await request.run(check_ins.move, ref, phrases.answer(rest, NOTHING), request.now)
    await request.answer(views.updated(moved.before, moved.after, moved.moment, moved.cycle))


async def edit(request: Request, text: str) -> None:
    """/okr edit O-12 | KR-34"""
    ref = the_reference(text, *EITHER)
    if ref.prefix is Prefix.OBJECTIVE:
        await _open_objective(request, ref)
    else:
        await _open_key_result_again(request, ref)
    await request.ack()


async def archive(request: Request, text: str) -> None:
    """/okr archive O-12 | KR-34"""
    await request.answer(await _put_away(request, the_reference(text, *EITHER)))


async def restore(request: Request, text: str) -> None:
    """/okr restore O-12 | KR-34"""
    await request.answer(await _brought_back(request, the_reference(text, *EITHER)))


# pressed


async def add_pressed(request: Request) -> None:
    """Add an objective."""
    await _open_objective(request, None)
    await request.ack()


async def add_key_result_pressed(request: Request) -> None:
    """Add a key result under this objective."""
    await _open_key_result(request, ObjectiveId(number(request.pressed)))
    await request.ack()


async def update_pressed(request: Request) -> None:
    """Update this key result."""
    await _open_update(request, KeyResultId(number(request.pressed)))
    await request.ack()


async def list_pressed(request: Request) -> None:
    """Show a list that Home offers a button for."""
    if request.pressed == "team":
        which, heading = phrases.team(await request.read(objectives.my_team))
    else:
        which, heading = phrases.which(request.pressed, request.heard.actor)
    await _open_list(request, which, heading)


async def person_chosen(request: Request) -> None:
    """Show a colleague's objectives."""
    await request.meet([request.pressed])
    await _open_list(request, Which(person=request.pressed), "Their objectives")


async def archived_pressed(request: Request) -> None:
    """Show what has been archived, to bring it back."""
    found = await request.read(objectives.archived, request.now)
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
        await _open_key_result(request, objective)
    else:
        restoring = verb == "restore"
        done = await request.run(objectives.restore if restoring else objectives.archive, objective, request.now)
        await request.tell(views.archived(done.ref, done.title, restoring))
    await request.ack()


async def key_result_more_pressed(request: Request) -> None:
    """Something from a key result's menu."""
    verb, _, id = request.pressed.partition(" ")
    kr = KeyResultId(number(id))
    if verb == "edit":
        await _open_key_result_again(request, kr)
    elif verb == "update":
        await _open_update(request, kr)
    else:
        restoring = verb == "restore"
        change = objectives.restore_key_result if restoring else objectives.archive_key_result
        done = await request.run(change, kr, request.now)
        await request.tell(views.archived(done.ref, done.title, restoring))
    await request.ack()


# submitted


async def submitted(request: Request) -> None:
    """The form for an objective came back."""
    draft, editing = views.read_objective(request.view)
    await request.meet([draft.owner] if draft.owner else [])
    if editing:
        found = await request.run(objectives.change, editing, draft, request.now)
    else:
        found = await request.run(objectives.add, draft, request.now)
    await _conclude(request, found, new=not editing)


async def key_result_submitted(request: Request) -> None:
    """The form for a key result came back."""
    draft, objective, editing = views.read_key_result(request.view)
    await request.meet([draft.owner] if draft.owner else [])
    if editing:
        found = await request.run(objectives.change_key_result, editing, draft, request.now)
    else:
        found = await request.run(objectives.add_key_result, objective, draft, request.now)
    await _conclude(request, found, new=False)


async def update_submitted(request: Request) -> None:
    """The form for one key result's value came back."""
    answer = views.read_update(request.view)
    moved = await request.run(check_ins.move, answer.key_result, answer, request.now)
    await request.conclude("Updated", views.updated(moved.before, moved.after, moved.moment, moved.cycle))


# what several of them do


async def _put_away(request: Request, ref: Reference) -> Message:
    if ref.prefix is Prefix.OBJECTIVE:
        objective = await request.run(objectives.archive, ref, request.now)
        return views.archived(objective.ref, objective.title, restored=False)
    kr = await request.run(objectives.archive_key_result, ref, request.now)
    return views.archived(kr.ref, kr.title, restored=False)


async def _brought_back(request: Request, ref: Reference) -> Message:
    if ref.prefix is Prefix.OBJECTIVE:
        objective = await request.run(objectives.restore, ref, request.now)
        return views.archived(objective.ref, objective.title, restored=True)
    kr = await request.run(objectives.restore_key_result, ref, request.now)
    return views.archived(kr.ref, kr.title, restored=True)


async def _open_objective(request: Request, editing: Reference | ObjectiveId | None) -> None:
    offered = await request.read(objectives.choices, request.now, editing)
    await request.open(views.objective_form(offered.teams, offered.parents, offered.who, offered.editing))


async def _open_key_result(request: Request, objective: Reference | ObjectiveId) -> None:
    found = await request.read(objectives.key_result_choices, objective, request.now)
    await request.open(views.key_result_form(found.objective, found.who))


async def _open_key_result_again(request: Request, which: Reference | KeyResultId) -> None:
    found = await request.read(objectives.key_result_to_edit, which, request.now)
    await request.open(views.key_result_form(found.objective, found.who, found.editing))


async def _open_update(request: Request, which: Reference | KeyResultId) -> None:
    found = await request.read(check_ins.to_update, which, request.now)
    await request.open(views.update_form(found.before, found.moment))


async def _answer_list(request: Request, which: Which, heading: str) -> None:
    await request.meet([which.person] if which.person else [])
    found = await request.read(objectives.find, which, request.now)
    await request.answer(views.listed(heading, found.objectives, found.moment, found.who, found.thanks))


async def _open_list(request: Request, which: Which, heading: str) -> None:
    found = await request.read(objectives.find, which, request.now)
    message = views.listed(heading, found.objectives, found.moment, found.who, found.thanks)
    await request.open(readable(heading, message["blocks"]))
    await request.ack()


async def _conclude(request: Request, found: Found, new: bool) -> None:
    await request.conclude("Saved", views.saved(found.objectives[0], found.moment, found.who, new))
