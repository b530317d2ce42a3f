"""What people do with cycles, and with objectives that move from one to another."""

import re

from domain.cycles import CycleDraft, CycleId, Step
from domain.errors import Refusal
from domain.objectives import ObjectiveId
from domain.references import Prefix, the_reference
from handlers.request import Request, number
from operations import cycles, moving
from operations.cycles import Standing
from views import cycles as views
from views import objectives as objective_views
from views.blocks import Message
from views.blocks import modal as readable
from views.drafting import warnings

_TO = re.compile(r"(?P<ref>(?:o\s+)?\S+)\s+(?:(?:in)?to\s+)?(?P<name>.+)", re.IGNORECASE | re.DOTALL)


async def typed(request: Request, text: str) -> None:
    """/okr cycle [NAME]"""
    await request.answer(card(await request.read(cycles.standing, text, request.now)))


async def every(request: Request, _text: str) -> None:
    """/okr cycles"""
    found = await request.read(cycles.every, request.now)
    await request.answer(views.listed(found.cycles, found.today, found.who))


async def move(request: Request, text: str) -> None:
    """/okr move O-12 to backlog | Q1 2027"""
    if not text:
        raise Refusal("Which objective, and where to? For example `/okr move O-12 to backlog`.")
    words = _TO.fullmatch(text)
    if words is None:
        await open_move(request, await _meant(request, text))
        await request.ack()
        return
    ref = the_reference(words["ref"].rstrip(":,"), Prefix.OBJECTIVE)
    moved = await request.run(moving.move, ref, words["name"], request.now)
    await request.answer(_moved(moved))


async def pressed(request: Request) -> None:
    """Cycle."""
    id = number(request.pressed)
    found = await request.read(cycles.standing, CycleId(id) if id else "", request.now)
    await request.open(readable("Cycle", card(found)["blocks"]))
    await request.ack()


async def every_pressed(request: Request) -> None:
    """All cycles."""
    found = await request.read(cycles.every, request.now)
    await request.open(readable("Cycles", views.listed(found.cycles, found.today, found.who)["blocks"]))
    await request.ack()


async def new_pressed(request: Request) -> None:
    """New cycle."""
    await request.open(views.form(await request.read(cycles.may_run)))
    await request.ack()


async def submitted(request: Request) -> None:
    """The form for a new cycle came back."""
    made = await request.run(cycles.add, CycleDraft(*views.read(request.view)), request.now)
    await request.conclude("Opened", card(made))


async def begin_pressed(request: Request) -> None:
    """Begin to close."""
    await _step(request, Step.BEGIN)


async def close_pressed(request: Request) -> None:
    """Close now."""
    await _step(request, Step.CLOSE)


async def reopen_pressed(request: Request) -> None:
    """Reopen."""
    await _step(request, Step.REOPEN)


async def open_move(request: Request, which: ObjectiveId) -> None:
    """Show the form in which an objective is moved to another cycle."""
    found = await request.read(moving.to_move, which, request.now)
    await request.open(views.move_form(found.objective, found.destinations, found.next))


async def move_submitted(request: Request) -> None:
    """The form for moving an objective came back."""
    id, name = views.read_move(request.view)
    await request.conclude("Moved", _moved(await request.run(moving.move, id, name, request.now)))


async def _meant(request: Request, text: str) -> ObjectiveId:
    ref = the_reference(text, Prefix.OBJECTIVE)
    return (await request.read(moving.to_move, ref, request.now)).objective.id


async def _step(request: Request, step: Step) -> None:
    done = await request.run(cycles.step, CycleId(number(request.pressed)), step, request.now)
    await request.tell(card(done))
    await request.ack()


def card(found: Standing) -> Message:
    """Where a cycle stands, for whoever has asked."""
    counts = (
        (found.agreed, "objective agreed", "objectives agreed"),
        (found.drafted, "draft or proposal", "drafts and proposals"),
        (found.without_key_results, "without key results", "without key results"),
        (found.scored, "with a score", "with a score"),
    )
    return views.card(found.cycle, found.today, found.who, counts, found.planned, found.changes)


def _moved(moved: moving.Moved) -> Message:
    found, words = moved.found, views.moved(moved.found.only, moved.before)
    shown = objective_views.listed(str(found.only.ref), found.objectives, found.moment, found.who)
    beyond = warnings(found.only, found.owned, found.moment)
    return {"text": words, "blocks": [objective_views.told(words), *shown["blocks"][1:], *beyond]}
