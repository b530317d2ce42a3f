"""The history of a key result or an objective: a line of bars, a chart where Slack takes one, and who did what when."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from domain.changes import BY_NUMBERS, CARRIED_OVER, Change, What
from domain.check_ins import Update
from domain.cycles import Cycle
from domain.history import (
    MOST_POINTS,
    Event,
    Origin,
    Point,
    along,
    comparable,
    is_first_measure,
    lies_flat,
    measured_otherwise_since,
    sparkline,
)
from domain.home import Moment
from domain.measures import MeasureKind
from domain.measures import told as in_words
from domain.objectives import Heading, KeyResult, KeyResultId, Objective, Stage, Status
from domain.people import Member, MemberId
from domain.projection import Projection
from domain.references import Reference
from domain.values import mark, shown
from views import key_results
from views.blocks import Block, Message, actions, button, context, header, leaf, line, rich_text, section
from views.key_results import named, standing
from views.measures import named_steps, way
from views.room import IN_MESSAGE, fitting
from views.text import count, cut, escape, one_line, spoken, status_word

Folk = dict[MemberId, Member]


@dataclass(frozen=True, slots=True)
class _About:
    """What a history is of: one key result alone, or an objective with all that it ever had; `past` is what that goes
    on with, as far as the reader may know of it.
    """

    alone: bool
    parts: dict[KeyResultId, KeyResult]
    events: Sequence[Event]
    past: Heading | None = None

    def called(self, id: KeyResultId | None) -> str:
        """What an event is about, in a sentence."""
        if id is None or self.alone:
            return "it"
        return str(self.parts[id].ref) if id in self.parts else "a key result"

    def of(self, id: KeyResultId | None) -> str:
        """The same behind a noun; nothing where it goes without saying."""
        called = self.called(id)
        return "" if called == "it" else f" of {called}"

    def value(self, update: Update, value: Decimal) -> str:
        """A value as its key result was measured then; a number without a unit where that may have been another one."""
        kr = self.parts.get(update.key_result)
        alike = kr is not None and not measured_otherwise_since(kr, update.at, self.events)
        return in_words(value, update.out_of, kr.measure.unit if kr and alike else "")


UNDO = "update.undo"

_NOTE = 300
_STAGED = {
    Stage.DRAFT: "made {} a draft",
    Stage.PROPOSED: "proposed {}",
    Stage.AGREED: "agreed to {}",
    Stage.DECLINED: "declined {}",
}
_UNSAID = {What.PARENT}
"""What changed without saying to what: not everybody may know of what lies above."""


def told(
    ref: Reference,
    objective: Objective,
    kr: KeyResult | None,
    events: Sequence[Event],
    points: Sequence[Point],
    folk: Folk,
    charted: bool,
    key_results: Sequence[KeyResult] = (),
) -> Message:
    """Everything that happened, the latest first; for a key result with its line.

    `key_results` are all that an objective ever had, where it is the history of that.
    """
    title = kr.title if kr else objective.title
    top = [
        header(f"The history of {ref}"),
        section(f"*{ref}* {escape(title)}"),
        *_line(kr, points, events),
        *_sure(kr, events),
    ]
    foot = [context("The chart follows in your messages with Cairn.")] if charted else []
    parts = {each.id: each for each in ([kr] if kr else key_results)}
    about = _About(kr is not None, parts, events, objective.carried_from)
    telling = [event for event in events if not _goes_without_saying(event)]
    rows = [[_row(event, about, folk)] for event in telling]
    drawn = fitting(rows, IN_MESSAGE.without([*top, *foot]), _more)
    each = [_in_words(event, about, folk) for event in telling]
    words = spoken(f"The history of {ref} {escape(title, 300)}.", each)
    return {"text": words, "blocks": [*top, *drawn, *foot]}


def chart(kr: KeyResult, points: Sequence[Point]) -> Message:
    """A key result's values over time, as Slack draws them, with the same in words.

    Slack draws from 0 on and lets nobody say otherwise: what would lie flat there is drawn in percent of the way.
    """
    flat = lies_flat(kr.measure, points)
    drawn = along(kr.measure, points) if flat else points
    name, unit = ("Progress", "% of the way") if flat else ("Value", _unit(kr))
    block: Block = {
        "type": "data_visualization",
        "title": f"{kr.ref} so far",
        "chart": {
            "type": "line",
            "series": [
                {"name": name, "data": [_dot(point, points, float(point.value)) for point in drawn]},
                {"name": "Steady pace", "data": [_dot(point, points, float(point.expected)) for point in drawn]},
            ],
            "axis_config": {"categories": [_label(point, points) for point in points], "y_label": unit},
        },
    }
    about = [context(_in_percent(kr))] if flat else []
    top = section(f"{named(kr)}\n{standing(kr)}")
    return {"text": _series(kr, points), "blocks": [top, block, *about, _why()]}


def words(kr: KeyResult, points: Sequence[Point]) -> Message:
    """The same in characters, where Slack takes no charts."""
    return {
        "text": _series(kr, points),
        "blocks": [section(f"{named(kr)}\n{standing(kr)}"), *_line(kr, points), _why("Slack takes no charts here. ")],
    }


def undone(before: KeyResult, after: KeyResult) -> Message:
    """The answer to taking an update back."""
    said = f"Taken back. {after.ref} {escape(after.title)} stands where it stood before: {way(after.measure)}."
    return {"text": said, "blocks": [section(f":leftwards_arrow_with_hook: {said}")]}


def updated(
    before: KeyResult, after: KeyResult, moment: Moment, cycle: Cycle, projection: Projection | None = None
) -> Message:
    """The answer to an update, with a way to take it back."""
    said = key_results.updated(before, after, moment, cycle, projection)
    return {"text": said["text"], "blocks": [*said["blocks"], take_back(after)]}


def take_back(after: KeyResult) -> Block:
    """The way to take back the update that was just made, and no later one."""
    at = int(after.updated_at.timestamp() * 1_000_000) if after.updated_at else 0
    return actions(button("Undo", UNDO, f"{after.id} {at}"))


def _row(event: Event, about: _About, folk: Folk) -> Block:
    return rich_text(line(leaf(f"{_day(event)}  ", bold=True), leaf(_happened(event, about, folk))))


def _line(kr: KeyResult | None, points: Sequence[Point], events: Sequence[Event] = ()) -> list[Block]:
    if kr is None or not points:
        return []
    values = [point.value for point in points]
    if len(values) == 1:  # all of it happened on a single day: the bars still begin where it began
        values = [*(update.previous for update in comparable(kr, events)[-1:]), *values]
    began = shown(values[0]) if kr.measure.kind is MeasureKind.MILESTONES else kr.measure.told(values[0])
    when = "to begin with" if len(points) == 1 else f"on {points[0].day:%-d %B}"
    return [section(f"`{sparkline(values)}`  {escape(f'{began} {when}, {kr.measure.told(values[-1])} now')}")]


def _sure(kr: KeyResult | None, events: Sequence[Event]) -> list[Block]:
    """How sure people were of a key result over time, once they were asked more than once."""
    updates = [each for each in events if isinstance(each, Update) and each.confidence and not each.undone_at]
    if kr is None or len(updates) < 2:
        return []
    said = list(reversed(updates))[-MOST_POINTS:]
    each = [Decimal(update.confidence or 0) for update in said]
    words = f"confidence {each[0]} on {said[0].at:%-d %B}, {each[-1]} on {said[-1].at:%-d %B}"
    return [section(f"`{sparkline(each)}`  {words}")]


def _goes_without_saying(event: Event) -> bool:
    """That something began as a draft: the line before says that it was set."""
    began = isinstance(event, Change) and event.what is What.STAGE and not event.before
    return began and isinstance(event, Change) and event.after == Stage.DRAFT


def _series(kr: KeyResult, points: Sequence[Point]) -> str:
    each = [f"{point.day:%-d %B}: {escape(kr.measure.told(point.value))}." for point in points]
    return spoken(f"{kr.ref} {escape(kr.title, 300)} over time.", each)


def _dot(point: Point, points: Sequence[Point], value: float) -> Block:
    return {"label": _label(point, points), "value": value}


def _label(point: Point, points: Sequence[Point]) -> str:
    """The day of a point; with the year where the days of two years could be taken for each other."""
    return f"{point.day:%-d %b %Y}" if (points[-1].day - points[0].day).days > 360 else f"{point.day:%-d %b}"


def _unit(kr: KeyResult) -> str:
    return cut(one_line(kr.measure.unit), 50)


def _in_percent(kr: KeyResult) -> str:
    """What 0 and 100 are in a chart that is drawn so."""
    start, target = (escape(kr.measure.told(value)) for value in (kr.measure.start, kr.measure.target))
    return f"Drawn in percent of the way: 0 is {start}, 100 is {target}."


def _why(before: str = "") -> Block:
    return context(f"{before}You get this because you asked with `/okr history`.")


def _day(event: Event) -> str:
    return f"{event.at:%-d %b %Y}"


def _happened(event: Event, about: _About, folk: Folk) -> str:
    if isinstance(event, Change) and event.what is What.STATUS and {event.before, event.after} <= set(Status):
        return f"{_went(event, about)}\n"
    who = folk.get(event.by) if event.by else None
    name = one_line(who.name) if who else "Cairn"
    return f"{name} {_said(event, about)}\n"


def _went(change: Change, about: _About) -> str:
    """A status that followed from the numbers or from the calendar: nobody has set it."""
    then, now = (status_word(Status(each)) for each in (change.before, change.after))
    return f"The status{about.of(change.key_result)} went from {then} to {now}"


def _said(event: Event, about: _About) -> str:
    if isinstance(event, Origin):
        return _set(event, about)
    return _updated(event, about) if isinstance(event, Update) else _changed(event, about)


def _set(origin: Origin, about: _About) -> str:
    """With what something began."""
    of = about.called(origin.key_result)
    said = [f"set {of}: “{cut(one_line(origin.title), _NOTE)}”", cut(one_line(origin.target), _NOTE), _began(origin)]
    cycle = f"for {one_line(origin.cycle)}" if origin.cycle else ""
    return ", ".join(filter(None, [*said, cycle, f"owned by {one_line(origin.owner)}"]))


def _began(origin: Origin) -> str:
    """Where it stood, unless that is from where it was to go anyway."""
    begins, way, _ = origin.target.partition(" →")
    if origin.value is None or (way and begins == shown(origin.value, mark(begins))):
        return ""
    return f"at {shown(origin.value)}"


def _updated(update: Update, about: _About) -> str:
    of, then, now = (
        about.called(update.key_result),
        *(about.value(update, each) for each in (update.previous, update.value)),
    )
    if is_first_measure(update, about.parts.get(update.key_result), about.events):
        parts = [f"measured {of}: {now}"]
    elif update.value != update.previous:
        parts = [f"moved {of} from {then} to {now}"]
    elif update.is_move:
        parts = [f"moved {of}, still at {now}"]
    else:
        parts = [f"left {of} at {now}"]
    parts += named_steps(update.reached, update.taken_back, one_line)
    if update.confidence:
        parts.append(f"confidence {update.confidence}/10")
    if update.note:
        parts.append(f"“{cut(one_line(update.note), _NOTE)}”")
    return ", ".join(parts) + (" (taken back)" if update.undone_at else "")


def _changed(change: Change, about: _About) -> str:
    called, of = about.called(change.key_result), about.of(change.key_result)
    was, now = (cut(one_line(words), 200) or "none" for words in (change.before, change.after))
    if change.what is What.ARCHIVED:
        said = f"{'archived' if change.after == 'yes' else 'restored'} {called}"
    elif change.what is What.STAGE:
        said = _STAGED[Stage(change.after)].format(called)
    elif change.what is What.AGREEMENT:
        said = f"agreed to {called} as it is, {now} instead of {was}"
    elif change.what is What.STATUS:
        said = _judged(change, of)
    elif change.what in _UNSAID:
        said = f"aligned {called} anew"
    elif change.why == CARRIED_OVER:
        return (
            f"carried {called} over from {about.past.ref} in {was}"
            if about.past
            else f"carried {called} over from {was} to {now}"
        )
    elif change.what is What.SCORE and not change.before:
        said = f"scored {called} {now}"
    else:
        said = f"changed the {change.what}{of} from {was} to {now}"
    return said + (f": “{cut(one_line(change.why), _NOTE)}”" if change.why else "")


def _judged(change: Change, of: str) -> str:
    """A status that somebody set by hand, or took back."""
    if change.after == BY_NUMBERS:
        return f"let the numbers{of} speak again, instead of {change.before}"
    return f"set the status{of} to {change.after}"


def _in_words(event: Event, about: _About, folk: Folk) -> str:
    return escape(f"{_day(event)}: {_happened(event, about, folk)}".strip(), 500) + "."


def _more(left: int) -> Block:
    return context(f"…and {count(left, 'earlier change')}; `/okr export` has them all.")
