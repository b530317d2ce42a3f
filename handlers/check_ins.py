"""What people do about their weekly check-in."""

from domain.check_ins import CheckInId
from domain.errors import Settled
from handlers.request import Request, number
from operations import check_ins
from operations.check_ins import NothingOpen, Sheet
from views import check_ins as views
from views.blocks import Message, View
from views.blocks import modal as readable


async def open_typed(request: Request, _text: str) -> None:
    """/checkin"""
    found = await request.run(check_ins.open_now, request.now)
    if isinstance(found, NothingOpen) or not found.to_ask:
        await request.answer(_nothing(found))
        return
    await request.open(_form(found))
    await request.ack()


async def skip_typed(request: Request, _text: str) -> None:
    """/checkin skip"""
    done = await request.run(check_ins.skip, None, request.now)
    answer = views.nothing_open(done.next_day, done.owns_any) if isinstance(done, NothingOpen) else views.skipped(done)
    await request.answer(answer)


async def open_pressed(request: Request) -> None:
    """Check in: the form of this button's check-in, or of the one that is open now."""
    id = number(request.pressed)
    try:
        if id:
            await request.open(_form(await request.read(check_ins.to_answer, CheckInId(id), request.now)))
        else:
            await _open_current(request)
    except Settled as how:
        await _as_it_stands(request, how)
        return
    await request.ack()


async def shortcut(request: Request) -> None:
    """Check in, from the shortcuts menu."""
    await _open_current(request)
    await request.ack()


async def skip_pressed(request: Request) -> None:
    """Skip this week."""
    try:
        await request.run(check_ins.skip, CheckInId(number(request.pressed)), request.now)
    except Settled as how:
        await _as_it_stands(request, how)
        return
    await request.ack()


async def submitted(request: Request) -> None:
    """The check-in form came back."""
    done = await request.run(check_ins.record, views.read(request.view), request.now)
    await request.conclude("Thank you", views.recorded(done.check_in, done.key_results, done.answered, done.moment))


async def _as_it_stands(request: Request, how: Settled) -> None:
    """What became of a check-in, in place of the message that still asked for it."""
    found = await request.read(check_ins.sheet, CheckInId(number(request.pressed)), request.now)
    await request.settle(how, views.receipt(found.check_in, found.key_results, found.answered, found.moment))


async def _open_current(request: Request) -> None:
    found = await request.run(check_ins.open_now, request.now)
    if isinstance(found, NothingOpen) or not found.to_ask:
        await request.open(readable("Check-in", _nothing(found)["blocks"]))
    else:
        await request.open(_form(found))


def _form(found: Sheet) -> View:
    return views.form(found.check_in, found.to_ask, found.moment, found.answered, found.check_in.blocker)


def _nothing(found: NothingOpen | Sheet) -> Message:
    if isinstance(found, NothingOpen):
        return views.nothing_open(found.next_day, found.owns_any)
    return views.all_scored() if found.key_results else views.nothing_open(None, owns_any=False)
