"""Objectives that begin with an example: its key results come along as proposals, to be filled in or declined."""

from datetime import datetime

from domain.changes import Change, What
from domain.objectives import KeyResult, KeyResultId, Objective, Stage
from domain.people import Member
from domain.permissions import Verb, allow
from domain.templates import TEMPLATES, Template, template
from storage import changes, key_results
from storage.database import Session


def offered(_session: Session, who: Member) -> tuple[Template, ...]:
    """The examples that somebody who may set objectives can begin with."""
    allow(Verb.ADD_OBJECTIVE, who, "")
    return TEMPLATES


def fill(session: Session, who: Member, objective: Objective, key: str, now: datetime) -> None:
    """Propose the key results of an example for an objective that began with it; nothing where there is none."""
    example = template(key)
    for sample in example.key_results if example else ():
        blank = KeyResult(
            KeyResultId(0), 0, objective.id, sample.title, objective.owner, sample.measure, now, stage=Stage.PROPOSED
        )
        made = key_results.add(session, blank, who, now)
        said = Change(objective.id, What.STAGE, "", Stage.PROPOSED.value, who.id, now, made.id, "from an example")
        changes.record(session, who.workspace, said)
