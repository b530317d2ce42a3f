"""Exports: what somebody may see of a workspace, read a slice at a time from one moment."""

import io
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from domain import exports as drawn
from domain.changes import What
from domain.check_ins import CheckInId
from domain.exports import Table
from domain.home import Moment
from domain.objectives import KeyResult, Objective, Stage, readable
from domain.outbox import EXPORT, Outgoing
from domain.people import Member, WorkspaceId
from domain.permissions import Verb, allow
from domain.recognition import Recognition
from domain.references import Reference
from domain.schedules import local_day
from domain.sheets import Cell
from operations import recognition as thanks
from operations.sight import moment, seen_by
from storage import changes, check_ins, outbox, people, policy, recognition, teams
from storage import objectives as known
from storage.database import Session

SLICE = 200
"""Objectives, check-ins or thanks that are read at once."""

EVER = datetime.min.replace(tzinfo=UTC)

RULE = "an export goes to whoever asks for it"

Row = tuple[Cell, ...]
Whole = tuple[Objective, Sequence[KeyResult]]


@dataclass(frozen=True, slots=True)
class Sight:
    """Through whose eyes: what a member may see; `everything`; or else what everybody may see."""

    workspace: WorkspaceId
    who: Member | None = None
    everything: bool = False


def ask(session: Session, who: Member, now: datetime) -> None:
    """Have what this person may see sent to them, once for all that they ask within a minute."""
    allow(Verb.EXPORT, who, "")
    asked = Outgoing(
        workspace=who.workspace,
        kind=EXPORT,
        place=who.slack_id,
        key=f"export {who.id} {now:%Y-%m-%dT%H:%M}",
        rule=RULE,
    )
    outbox.put(session, asked, now)


def cannot_be_sent(session: Session, what: Outgoing, error: str, now: datetime) -> None:
    """Slack did not take the files: whoever asked reads why."""
    told = replace(what, kind="export failed", key=f"{what.key} failed", facts={"error": error})
    outbox.put(session, told, now)


def tables(session: Session, sight: Sight, now: datetime) -> Iterator[Table]:
    """Every table as it is now, to be read to its end before the next one is begun."""
    if sight.who:
        allow(Verb.EXPORT, sight.who, "")
    reading = _Reading(session, sight, _moment(session, sight, now))
    yield Table("okrs", drawn.OKRS, reading.okrs())
    yield Table("history", drawn.HISTORY, reading.history())
    yield Table("check-ins", drawn.CHECK_INS, reading.check_ins())
    yield Table("recognition", drawn.RECOGNITION, reading.recognition())


def files(session: Session, who: Member, now: datetime) -> dict[str, bytes]:
    """What this person may see now, as the files of an export by their names."""
    held: dict[str, io.BytesIO] = defaultdict(io.BytesIO)
    sight = Sight(who.workspace, who)
    drawn.write(tables(session, sight, now), {"workspace": who.workspace, "seen by": who.slack_id}, held.__getitem__)
    return {name: file.getvalue() for name, file in held.items()}


def _moment(session: Session, sight: Sight, now: datetime) -> Moment:
    """Now as whoever reads it has it; where that is nobody, as the workspace has it."""
    if sight.who:
        return moment(session, sight.who, now)
    rules = policy.policy(session, sight.workspace)
    return Moment(now, local_day(now, rules.zone), rules)


@dataclass(slots=True)
class _Reading:
    session: Session
    sight: Sight
    at: Moment
    seen: set[Reference] = field(default_factory=set)
    """The objectives and key results that may be named."""

    def okrs(self) -> Iterator[Row]:
        for slice in self._slices():
            self.seen.update(objective.ref for objective, _ in slice)
            self.seen.update(kr.ref for _, parts in slice for kr in parts)
            for objective, parts in slice:
                yield from drawn.okrs(objective, parts, self.at)

    def history(self) -> Iterator[Row]:
        workspace = self.sight.workspace
        for slice in self._slices():
            ids = [objective.id for objective, _ in slice]
            key_results = {kr.id: kr for _, parts in slice for kr in parts}
            named = {objective.id: objective for objective, _ in slice}
            said = check_ins.said_since(self.session, workspace, list(key_results), EVER)
            changed = changes.of_objectives(self.session, workspace, ids)
            by = people.by_id(self.session, workspace, drawn.everybody_in(said, changed))
            for update in said:
                yield drawn.said(update, key_results[update.key_result], by)
            for change in changed:
                if change.key_result and change.key_result not in key_results:
                    continue
                of = key_results[change.key_result] if change.key_result else named[change.objective]
                hides = change.what is What.PARENT and not self.sight.everything
                shown = replace(change, before="", after="") if hides else change  # it may name what is hidden
                yield drawn.changed(shown, of.ref, of.title, by)

    def check_ins(self) -> Iterator[Row]:
        members = None if self.sight.everything else self._asked()
        after = CheckInId(0)
        while slice := check_ins.some(self.session, self.sight.workspace, after, SLICE, members):
            folk = people.by_id(self.session, self.sight.workspace, {each.member for each in slice})
            yield from (drawn.checked_in(each, folk[each.member]) for each in slice)
            after = slice[-1].id

    def recognition(self) -> Iterator[Row]:
        after = 0
        while slice := recognition.some(self.session, self.sight.workspace, after, SLICE):
            yield from map(drawn.thanked, self._named(slice))
            after = slice[-1].id

    def _named(self, given: Sequence[Recognition]) -> list[Recognition]:
        """The thanks, naming only what may be named."""
        shown = thanks.seen_by(self.session, self.sight.who, given) if self.sight.who else given
        return [one if one.helped and one.helped.ref in self.seen else replace(one, helped=None) for one in shown]

    def _asked(self) -> set[int]:
        """Whose check-ins this person reads: their own, and those of the teams that they lead."""
        who = self.sight.who
        if who is None:
            return set()
        led = teams.by_id(self.session, who.workspace, who.leads).values()
        return {who.id, *(each.id for team in led for each in team.members)}

    def _slices(self) -> Iterator[list[Whole]]:
        after = 0
        while slice := known.some(self.session, self.sight.workspace, after, SLICE):
            after = slice[-1][0].number
            yield self._visible(slice)

    def _visible(self, slice: Sequence[Whole]) -> list[Whole]:
        who, everything = self.sight.who, self.sight.everything
        found = [each for each in slice if self._sees(each[0])]
        shown = [objective for objective, _ in found]
        if who:
            shown = seen_by(self.session, who, shown)
        elif not everything:
            shown = [_without_what_is_hidden(each) for each in shown]
        return [
            (one, [kr for kr in parts if everything or _agreed(kr)])
            for one, (_, parts) in zip(shown, found, strict=True)
        ]

    def _sees(self, objective: Objective) -> bool:
        if self.sight.who:
            return readable(self.sight.who, objective)
        return self.sight.everything or objective.is_open


def _agreed(kr: KeyResult) -> bool:
    return kr.stage in {Stage.AGREED, Stage.PROPOSED}


def _without_what_is_hidden(objective: Objective) -> Objective:
    hidden = objective.parent is not None and not objective.parent.is_open
    return replace(objective, parent=None, parent_key_result=None) if hidden else objective
