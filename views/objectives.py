"""Objectives: the lists and answers in which their cards are shown, and the forms that go with them."""

from collections.abc import Sequence

from domain.changes import begins_anew
from domain.cycles import NONE_RUNS, Cycle, CycleState, none_runs
from domain.home import Moment
from domain.objectives import (
    Heading,
    KeyResult,
    Objective,
    Stage,
)
from domain.people import Member
from domain.permissions import Verb, either, may
from domain.references import Prefix, Reference
from domain.sights import sight
from views import closing, drafting, stages
from views.blocks import (
    Block,
    Message,
    actions,
    button,
    context,
    header,
    section,
)
from views.cards import (
    MORE,
    Projected,
    Thanked,
    as_many,
    card,
    card_of,
    cards,
    headline,
    in_words,
    may_add_key_result,
    more_key_results,
    more_objectives,
    rest,
    sentence,
)
from views.key_result_forms import (
    KEY_RESULT_FORM,
    MORE_TO_FILL_IN,
    UPDATE_FORM,
    key_result_form,
    key_result_form_again,
    read_key_result,
    read_update,
    target_form,
    update_form,
)
from views.key_result_forms import written_over as key_result_written_over
from views.key_results import ADD_KEY_RESULT, KEY_RESULT_MORE, SET_TARGET, UPDATE, row, this_one, updated
from views.measure_forms import KIND, asks_for_all
from views.objective_forms import MORE_FIELDS, OBJECTIVE_FORM, objective_form, read_objective, written_over
from views.room import IN_MESSAGE, IN_VIEW, Room, fitting
from views.text import count, date_of, escape

__all__ = [
    "ADD",
    "ADD_KEY_RESULT",
    "KEY_RESULT_FORM",
    "KEY_RESULT_MORE",
    "KIND",
    "MORE",
    "MORE_FIELDS",
    "MORE_TO_FILL_IN",
    "OBJECTIVE_FORM",
    "SET_TARGET",
    "UPDATE",
    "UPDATE_FORM",
    "archived",
    "as_many",
    "asks_for_all",
    "begins_with",
    "begun_anew",
    "card",
    "cards",
    "helped_with",
    "helping",
    "in_words",
    "key_result_form",
    "key_result_form_again",
    "key_result_written_over",
    "listed",
    "mine",
    "objective_form",
    "put_away",
    "read_key_result",
    "read_objective",
    "read_update",
    "rest",
    "saved",
    "stepped",
    "target_form",
    "told",
    "update_form",
    "updated",
    "written_over",
]

ADD = "objective.add"
BELOW_SHOWN = 5
IN_HELPING = Room(blocks=10, characters=3_000)
"""For the key results that somebody helps with, below what is their own."""


def mine(
    objectives: Sequence[Objective],
    cycle: Cycle,
    moment: Moment,
    viewer: Member,
    thanks: Thanked,
    awaited: Sequence[Heading] = (),
) -> Message:
    """The answer to a bare /okr: my objectives, or how to begin; and those that wait for a score."""
    if not objectives:
        return _nothing_yet(cycle, moment, viewer, awaited)
    top = [
        header(f"Your objectives · {cycle.name}"),
        context(f"{cycle.name} ends on {date_of(cycle.period.ends, moment.today)}."),
    ]
    own, helped = helped_with(objectives, viewer)
    foot = [*helping(helped, moment, viewer), *closing.waiting(awaited), *_add(viewer)]
    seen = [sight(each, moment, viewer, under=cycle.name) for each in own]
    drawn = cards(seen, thanks, IN_MESSAGE.without([*top, *foot]))
    also = f" and help with {count(len(helped), 'key result')}" if helped else ""
    opening = f"You have {count(len(own), 'objective')}{also} in {escape(cycle.name)}. {closing.waits(awaited)}".strip()
    return {"text": in_words(opening, seen), "blocks": [*top, *drawn, *foot]}


def helped_with(
    objectives: Sequence[Objective], viewer: Member
) -> tuple[list[Objective], list[tuple[KeyResult, Objective]]]:
    """The objectives in which somebody owns something, and the key results of the others that they help with."""
    own = [each for each in objectives if not _only_helps(each, viewer)]
    others = [(kr, each) for each in objectives if _only_helps(each, viewer) for kr in each.key_results]
    return own, [(kr, each) for kr, each in others if viewer.id in {who.id for who in kr.contributors}]


def listed(
    heading: str,
    objectives: Sequence[Objective],
    moment: Moment,
    viewer: Member,
    thanks: Thanked | None = None,
    projections: Projected | None = None,
    meant: KeyResult | None = None,
) -> Message:
    """Objectives under a heading: a team's, the company's, or whatever was asked for; where a key result of it was
    `meant`, that comes first.
    """
    seen = [sight(each, moment, viewer) for each in objectives]
    top = [header(heading), *([section(this_one(meant, seen[0]))] if meant and seen else [])]
    how = " `/okr add objective` adds the first." if may(Verb.ADD_OBJECTIVE, viewer) else ""
    drawn = cards(seen, thanks or {}, IN_MESSAGE.without(top), projections) or [section(f"Nothing here yet.{how}")]
    opening = f"{escape(heading)}: {count(len(objectives), 'objective') if objectives else 'nothing here yet'}."
    opening = f"{this_one(meant, seen[0])} {opening}" if meant and seen else opening
    return {"text": in_words(opening, seen), "blocks": [*top, *drawn]}


def saved(
    ref: Reference,
    objective: Objective,
    moment: Moment,
    viewer: Member,
    new: bool,
    owned: int = 0,
    written_over: Sequence[str] = (),
    anew: str = "",
) -> Message:
    """What an objective looks like now that it, or the key result of this reference, has been written down.

    `owned` is how many objectives its owner has in its cycle, `written_over` what somebody else had changed meanwhile;
    where its value begins `anew` that is a sentence about it.
    """
    done = f"{'Added' if new else 'Saved'} {ref}.{_where(objective, moment) if new else ''}"
    seen = sight(objective, moment, viewer)
    over = [*([_written_over(ref, written_over)] if written_over else []), *([anew] if anew else [])]
    words = " ".join([done, *over, sentence(seen)])
    drawn = [section(f":white_check_mark: {done}"), *map(context, over), *card_of(seen, (), {})]
    drawn += drafting.warnings(objective, owned, moment)
    next_steps: list[Block] = []
    if objective.key_results and may_add_key_result(seen):
        next_steps.append(button("Add another key result", ADD_KEY_RESULT, objective.id))
    if objective.stage is Stage.AGREED:
        next_steps += drafting.hints_button(objective, moment, viewer)
    if next_steps:
        drawn.append(actions(*next_steps))
    return {"text": words, "blocks": drawn}


def begun_anew(before: KeyResult, after: KeyResult) -> str:
    """That a key result is measured in another way now which has no use for its value; nothing where it has."""
    if not begins_anew(before.measure, after.measure):
        return ""
    was, now = (escape(kr.measure.told(kr.measure.current)) for kr in (before, after))
    return f"It was at {was}. As it is measured now it begins anew, at {now}; `/okr history {after.ref}` has both."


def _where(objective: Objective, moment: Moment) -> str:
    """Where a new one went, unless that is where people look anyway."""
    cycle = objective.cycle
    if cycle.is_backlog:
        return (
            f" It waits in the backlog as a {objective.stage}, for no cycle yet. `/okr list backlog` shows what waits "
            f"there; `/okr move {objective.ref}` takes it into a cycle."
        )
    return f" It is for {escape(cycle.name)}." if cycle.state(moment.today) is CycleState.PLANNING else ""


def _written_over(ref: Reference, labels: Sequence[str]) -> str:
    """What whoever saved last should know: nobody else's words are gone without a trace."""
    fields = " and ".join(f"“{label}”" for label in labels)
    return f"{fields} had been changed while your form was open; yours counts now. `/okr history {ref}` has both."


def stepped(objective: Objective, moment: Moment, viewer: Member) -> Message:
    """The answer to whoever has proposed an objective or agreed to it."""
    agreed = f"agreed: it counts {stages.since(objective, moment.today)}"
    what = agreed if objective.stage is Stage.AGREED else "proposed. Whoever can agree to it is told"
    done = f"{objective.ref} is {what}."
    seen = sight(objective, moment, viewer)
    words = f"{done} {sentence(seen)}"
    return {"text": words, "blocks": [section(f":white_check_mark: {done}"), *card_of(seen, (), {})]}


def archived(ref: Reference, title: str, restored: bool, below: Sequence[Objective] = ()) -> Message:
    """The answer to archiving something or bringing it back; `below` is what hung below what was archived."""
    if restored:
        words = f"{ref} {escape(title)} is back."
    else:
        words = f"{ref} {escape(title)} is archived. Nothing is erased: `/okr restore {ref}` brings it back."
    left = _left(ref, below) if below else ""
    return {"text": f"{words} {left}".rstrip(), "blocks": [section(words), *([section(left)] if left else [])]}


def _left(ref: Reference, below: Sequence[Objective]) -> str:
    """Which objectives hung below what was archived, and what that makes of them."""
    named = [f"*{each.ref}* {escape(each.title, 120)} ({escape(each.owner.name, 80)})" for each in below[:BELOW_SHOWN]]
    more = len(below) - len(named)
    one = len(below) == 1
    each = either([*named, *([f"{more} more"] if more else [])], "and")
    whole = below[0].parent
    if ref.prefix is Prefix.KEY_RESULT and whole:
        return f"{each} pulled on it, and {'pulls' if one else 'pull'} on {whole.ref} as a whole now."
    alone = "stands on its own" if one else "stand on their own"
    return f"{each} hung below it, and {alone} now. `/okr edit {below[0].ref}` says what else it helps."


def told(words: str) -> Block:
    """What has been done, above the card that shows it."""
    return section(words)


def put_away(
    objectives: Sequence[Objective], key_results: Sequence[tuple[KeyResult, Objective]], moment: Moment, viewer: Member
) -> list[Block]:
    """What has been archived, each with a way to bring it back."""
    lines = [[headline(sight(each, moment, viewer), compact=True)] for each in objectives]
    lines += [[row(kr, sight(above, moment, viewer))] for kr, above in key_results]
    return fitting(lines, IN_VIEW, more_objectives) or [section("Nothing has been archived in this cycle.")]


def _only_helps(objective: Objective, viewer: Member) -> bool:
    """Whether their part in it is to help with somebody else's key result, and no other."""
    parts = (*objective.key_results, *objective.proposals)
    owns = viewer.id in objective.stake.owners or any(kr.owner.id == viewer.id for kr in parts)
    return not owns and any(viewer.id == who.id for kr in objective.key_results for who in kr.contributors)


def helping(helped: Sequence[tuple[KeyResult, Objective]], moment: Moment, viewer: Member) -> list[Block]:
    """The key results that somebody helps with."""
    rows = [[row(kr, sight(objective, moment, viewer))] for kr, objective in helped]
    return [header("You help with"), *fitting(rows, IN_HELPING, more_key_results)] if rows else []


def _nothing_yet(cycle: Cycle, moment: Moment, viewer: Member, awaited: Sequence[Heading]) -> Message:
    words = begins_with(cycle, moment, "You have no objectives in {cycle} yet.")
    example = "For example: *Customers love our onboarding*, shown by *sign-ups per week from 40 to 100*."
    waits, waiting = closing.waits(awaited), closing.waiting(awaited)
    if not may(Verb.ADD_OBJECTIVE, viewer):
        return {"text": f"{words} {waits}".strip(), "blocks": [section(words), *waiting]}
    return {
        "text": f"{words} Add one with /okr add objective. {waits}".strip(),
        "blocks": [section(words), context(example), *waiting, *_add(viewer)],
    }


def begins_with(cycle: Cycle, moment: Moment, nothing: str) -> str:
    """How to begin where somebody has nothing in a `cycle`, in mrkdwn; or that no cycle runs, and who opens one."""
    if none_runs(cycle, moment.policy.quarters):
        return f"{NONE_RUNS} An objective that you add before then is for the next one, or waits in the backlog."
    return (
        f"{nothing.format(cycle=escape(cycle.name))} An objective says what you would like to be true by "
        f"{date_of(cycle.period.ends, moment.today)}; its key results are the few numbers that will show it."
    )


def _add(viewer: Member) -> list[Block]:
    if not may(Verb.ADD_OBJECTIVE, viewer):
        return []
    return [actions(button("Add an objective", ADD, style="primary"))]
