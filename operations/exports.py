"""Exports: what somebody may see of a workspace, read a slice at a time from one moment."""

import contextlib
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from functools import partial
from typing import IO, TypeVar

from domain import exports as drawn
from domain.changes import What
from domain.check_ins import CheckIn
from domain.exports import Table
from domain.home import Moment
from domain.objectives import Heading, KeyResult, Objective, ObjectiveId, Stage, readable
from domain.outbox import EXPORT, Outgoing
from domain.people import Member, WorkspaceId
from domain.permissions import Verb, allow
from domain.recognition import Recognition
from domain.schedules import local_day
from domain.sheets import Cell
from operations import recognition as thanks
from operations.sight import moment, seen_by
from storage import changes, check_ins, closings, comments, dependencies, outbox, people, policy, recognition, teams
from storage import objectives as known
from storage.database import Session

AT_ONCE = 200
"""Objectives, comments, check-ins or whatever else there is that are read at once."""

EVER = datetime.min.replace(tzinfo=UTC)

RULE = "an export goes to whoever asks for it"

T = TypeVar("T")

Row = tuple[Cell, ...]
Whole = tuple[Objective, Sequence[KeyResult]]
Some = Callable[[Session, WorkspaceId, int, int], Sequence[T]]
"""What gives the next of a kind: behind a place, and how many."""

NONE: Mapping[ObjectiveId, Heading] = {}


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


def tables(session: Session, sight: Sight, now: datetime, at_once: int = AT_ONCE) -> Iterator[Table]:
    """Every table as it is now, to be read one after the other: no more than so many of a kind are held at once."""
    if sight.who:
        allow(Verb.EXPORT, sight.who, "")
    reading = _Reading(session, sight, _moment(session, sight, now), at_once)
    yield Table("okrs", drawn.OKRS, reading.okrs())
    yield Table("history", drawn.HISTORY, reading.history())
    yield Table("check-ins", drawn.CHECK_INS, reading.check_ins())
    yield Table("recognition", drawn.RECOGNITION, reading.recognition())
    yield Table("comments", drawn.COMMENTS, reading.comments())
    yield Table("dependencies", drawn.DEPENDENCIES, reading.dependencies())
    yield Table("closings", drawn.CLOSINGS, reading.closings())


def files(session: Session, who: Member, now: datetime, at_once: int = AT_ONCE) -> dict[str, IO[bytes]]:
    """What this person may see now, as the files of an export by their names, to be read from their beginning.

    They have no place in any folder: each is gone once it is closed, or the process has ended.
    """
    held: dict[str, IO[bytes]] = {}
    with contextlib.ExitStack() as unless_whole:

        def opened(name: str) -> IO[bytes]:
            held[name] = unless_whole.enter_context(tempfile.TemporaryFile())
            return held[name]

        about = {"workspace": who.workspace, "seen by": who.slack_id}
        drawn.write(tables(session, Sight(who.workspace, who), now, at_once), about, opened)
        for each in held.values():
            each.seek(0)
        unless_whole.pop_all()
    return held


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
    at_once: int

    def okrs(self) -> Iterator[Row]:
        for slice in self._whole():
            for objective, parts in slice:
                yield from drawn.okrs(objective, parts, self.at)

    def history(self) -> Iterator[Row]:
        workspace = self.sight.workspace
        for slice in self._whole():
            ids = [objective.id for objective, _ in slice]
            key_results = {kr.id: kr for _, parts in slice for kr in parts}
            named = {objective.id: objective for objective, _ in slice}
            said = check_ins.said_since(self.session, workspace, list(key_results), EVER)
            changed = changes.of_objectives(self.session, workspace, ids)
            by = people.by_id(self.session, workspace, drawn.everybody_in(said, changed))
            for update in said:
                yield from drawn.said(update, key_results[update.key_result], by)
            for change in changed:
                if change.key_result and change.key_result not in key_results:
                    continue
                of = key_results[change.key_result] if change.key_result else named[change.objective]
                hides = change.what is What.PARENT and not self.sight.everything
                shown = replace(change, before="", after="") if hides else change  # it may name what is hidden
                yield drawn.changed(shown, of.ref, of.title, by)

    def check_ins(self) -> Iterator[Row]:
        asked = partial(check_ins.some, members=None if self.sight.everything else self._asked())
        for slice in self._slices(asked, lambda one: one.id):
            folk = people.by_id(self.session, self.sight.workspace, {each.member for each in slice})
            yield from (drawn.checked_in(each, folk[each.member]) for each in self._as_told(slice))

    def recognition(self) -> Iterator[Row]:
        for slice in self._slices(recognition.some, lambda one: one.id):
            yield from map(drawn.thanked, self._named(slice))

    def comments(self) -> Iterator[Row]:
        for slice in self._slices(comments.some, lambda one: one.id):
            seen = self._among({each.objective for each in slice})
            for each in slice:
                objective, parts = seen.get(each.objective, (None, ()))
                if objective and (each.key_result is None or each.key_result.id in {kr.id for kr in parts}):
                    yield drawn.talked(each, objective)

    def dependencies(self) -> Iterator[Row]:
        for slice in self._slices(dependencies.some, lambda one: one.number):
            seen = (each for each in slice if self._sees(each.objective) and self._counts(each.key_result))
            yield from map(drawn.needed, seen)

    def closings(self) -> Iterator[Row]:
        workspace = self.sight.workspace
        for slice in self._slices(closings.some, lambda one: one.objective):
            ids = {each.objective for each in slice}
            seen = self._among(ids, known.carried_on(self.session, workspace, ids))
            by = people.by_id(self.session, workspace, {each.by for each in slice})
            for each in slice:
                objective, _ = seen.get(each.objective, (None, ()))
                if objective and objective.score is not None:  # else its cycle was opened again
                    yield drawn.ended(each, objective, by)

    def _as_told(self, slice: Sequence[CheckIn]) -> list[CheckIn]:
        """The check-ins, with what stood in the way only where they can see all that it may be about, or said it."""
        who = self.sight.who
        others = [each.id for each in slice if each.blocker and not (who and each.member == who.id)]
        about = check_ins.about(self.session, self.sight.workspace, others)
        seen = self._among({id for ids in about.values() for id in ids}).keys()
        return [each if about.get(each.id, set()) <= seen else replace(each, blocker="") for each in slice]

    def _named(self, given: Sequence[Recognition]) -> list[Recognition]:
        """The thanks, naming only what may be named."""
        shown = thanks.seen_by(self.session, self.sight.who, given) if self.sight.who else given
        whole = self._among({one.helped.objective for one in shown if one.helped and one.helped.objective}).values()
        seen = {objective.ref for objective, _ in whole} | {kr.ref for _, parts in whole for kr in parts}
        return [one if one.helped and one.helped.ref in seen else replace(one, helped=None) for one in shown]

    def _asked(self) -> set[int]:
        """Whose check-ins this person reads: their own, and those of the teams that they lead."""
        who = self.sight.who
        if who is None:
            return set()
        led = teams.by_id(self.session, who.workspace, who.leads).values()
        return {who.id, *(each.id for team in led for each in team.members)}

    def _slices(self, some: Some[T], place: Callable[[T], int]) -> Iterator[Sequence[T]]:
        """What there is of a kind, each slice from behind the place of the last."""
        after = 0
        while slice := some(self.session, self.sight.workspace, after, self.at_once):
            after = place(slice[-1])
            yield slice

    def _whole(self) -> Iterator[list[Whole]]:
        yield from map(self._visible, self._slices(known.some, lambda whole: whole[0].number))

    def _among(
        self, ids: Collection[ObjectiveId], onward: Mapping[ObjectiveId, Heading] = NONE
    ) -> dict[ObjectiveId, Whole]:
        """Those of these objectives that may be named, each with what it was carried on to."""
        found = known.whole(self.session, self.sight.workspace, ids)
        whole = [(replace(one, carried_to=onward.get(one.id)), parts) for one, parts in found]
        return {one.id: (one, parts) for one, parts in self._visible(whole)}

    def _visible(self, slice: Sequence[Whole]) -> list[Whole]:
        who = self.sight.who
        found = [each for each in slice if self._sees(each[0])]
        shown = [objective for objective, _ in found]
        if who:
            shown = seen_by(self.session, who, shown)
        elif not self.sight.everything:
            shown = [_without_what_is_hidden(each) for each in shown]
        return [(one, [kr for kr in parts if self._counts(kr)]) for one, (_, parts) in zip(shown, found, strict=True)]

    def _sees(self, objective: Objective) -> bool:
        if self.sight.who:
            return readable(self.sight.who, objective)
        return self.sight.everything or objective.is_open

    def _counts(self, kr: KeyResult) -> bool:
        """Whether a key result is agreed, or at least proposed."""
        return self.sight.everything or kr.stage in {Stage.AGREED, Stage.PROPOSED}


def _without_what_is_hidden(objective: Objective) -> Objective:
    if objective.parent and not objective.parent.is_open:
        objective = replace(objective, parent=None, parent_key_result=None)
    if objective.carried_to and not objective.carried_to.is_open:
        objective = replace(objective, carried_to=None)
    return objective
