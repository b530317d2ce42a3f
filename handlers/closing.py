"""What people do when a cycle closes: score their objectives, and carry on what goes on."""

from domain.closing import Verdict
from domain.errors import Refusal
from domain.objectives import ObjectiveId
from domain.references import Prefix, the_reference
from handlers.request import Request, number
from operations import closing, finding
from views import carrying as carrying_views
from views import closing as views
from views import objectives as objective_views
from views.blocks import Message, View
from views.blocks import modal as readable


async def typed(request: Request, text: str) -> None:
    """/okr close O-12"""
    if not text:
        await _open_next(request)
        return
    sheet = await request.read(closing.to_score, the_reference(text, Prefix.OBJECTIVE), request.now)
    await request.open(views.form(sheet.objective, sheet.closing, sheet.left))
    await request.ack()


async def carry(request: Request, text: str) -> None:
    """/okr carry O-12"""
    found = await request.read(closing.to_carry, the_reference(text, Prefix.OBJECTIVE), request.now)
    await request.open(carrying_views.form(found.objective, found.destinations, found.next))
    await request.ack()


async def pressed(request: Request) -> None:
    """Close this objective."""
    sheet = await request.read(closing.to_score, ObjectiveId(number(request.pressed)), request.now)
    await request.open(views.form(sheet.objective, sheet.closing, sheet.left))
    await request.ack()


async def mine_pressed(request: Request) -> None:
    """Close my objectives, one after the other."""
    await _open_next(request)


async def carry_pressed(request: Request) -> None:
    """Carry this objective over."""
    found = await request.read(closing.to_carry, ObjectiveId(number(request.pressed)), request.now)
    await request.open(carrying_views.form(found.objective, found.destinations, found.next))
    await request.ack()


async def ended_pressed(request: Request) -> None:
    """How it ended."""
    sheet = await request.read(closing.ended, ObjectiveId(number(request.pressed)), request.now)
    await request.open(readable("How it ended", views.outcome(sheet.objective, sheet.closing)))
    await request.ack()


async def beside_pressed(request: Request) -> None:
    """Open an objective's past, or what became of it."""
    found = await request.read(finding.one, ObjectiveId(number(request.pressed)), request.now)
    heading = f"{found.only.ref} · {found.cycle.name}"
    thanks = found.thanks.get(found.only.id, ())
    await request.open(readable(heading, objective_views.card(found.only, found.moment, found.who, thanks)))
    await request.ack()


async def submitted(request: Request) -> None:
    """The form in which an objective is closed came back: what goes on is offered to be carried over at once."""
    id, draft = views.read(request.view)
    sheet = await request.run(closing.score, id, draft, request.now)
    row = views.in_a_row(request.view)
    if sheet.closing and sheet.closing.verdict is not Verdict.DROP:
        offer = await _offer(request, id, row)
        if offer:
            await request.ack(response_action="update", view=offer)
            return
    await _next(request, row, await _closed(request, id))


async def carry_submitted(request: Request) -> None:
    """The form in which an objective is carried over came back."""
    id, carrying = carrying_views.read(request.view)
    row = views.in_a_row(request.view)
    if carrying is None:
        await _next(request, row, await _closed(request, id))
        return
    carried = await request.run(closing.carry, id, carrying, request.now)
    found = carried.found
    made = objective_views.saved(found.only.ref, found.only, found.moment, found.who, new=True)
    await _next(request, row, carrying_views.carried(found.only, made, carried.along))


async def _open_next(request: Request) -> None:
    sheet = await request.read(closing.next_to_score, request.now)
    if sheet is None:
        await request.open(readable("All done", views.all_done()["blocks"]))
    else:
        await request.open(views.form(sheet.objective, sheet.closing, sheet.left, in_a_row=True))
    await request.ack()


async def _next(request: Request, in_a_row: bool, otherwise: Message) -> None:
    """The next objective that waits, if they are closed in a row; else the outcome of this one."""
    sheet = await request.read(closing.next_to_score, request.now) if in_a_row else None
    if sheet:
        form = views.form(sheet.objective, sheet.closing, sheet.left, in_a_row=True)
        await request.ack(response_action="update", view=form)
    elif in_a_row:
        done = views.all_done()["blocks"]
        await request.conclude("All done", {"text": otherwise["text"], "blocks": [*otherwise["blocks"], *done]})
    else:
        await request.conclude("Saved", otherwise)


async def _offer(request: Request, id: ObjectiveId, in_a_row: bool) -> View | None:
    """The form for carrying it over, if this person may and it has not been."""
    try:
        found = await request.read(closing.to_carry, id, request.now)
    except Refusal:
        return None
    return carrying_views.form(found.objective, found.destinations, found.next, offered=True, in_a_row=in_a_row)


async def _closed(request: Request, id: ObjectiveId) -> Message:
    sheet = await request.read(closing.ended, id, request.now)
    words = views.saved(sheet.objective)
    return {"text": words, "blocks": [objective_views.told(words), *views.outcome(sheet.objective, sheet.closing)]}
