"""Slack takes everything that we draw, and pings nobody whom we did not mean, whatever people have typed."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from domain.adjusting import MOST_SHOWN, changes, parts
from domain.amendments import terms
from domain.carrying import Along
from domain.changes import Change, What
from domain.check_ins import CheckIn, Update
from domain.closing import Closing
from domain.comments import Comment
from domain.cycles import Cycle
from domain.hand_over import Holding
from domain.history import Event, in_order, measured_at_first, points, set_at_first
from domain.home import Home, Planned
from domain.lists import Page, Wanted
from domain.measures import MeasureKind
from domain.objectives import Heading, KeyResult, Objective, ObjectiveDraft, Stage, Status
from domain.outbox import Delivery, Trouble
from domain.people import GRANTED, Member, Team
from domain.permissions import Verb
from domain.policy import NUMBERS, Policy
from domain.projection import Projection
from domain.recognition import Helped, Recognition, Thanks
from domain.set_up import Preview, SetUp
from domain.templates import TEMPLATES
from domain.wishes import Deed
from tests import examples, strategies
from tests.examples import BO, NOW, TODAY, cycle, dependency, heading, moment
from tests.views.slack import ANY, assert_slack_takes, fields, filled
from views import (
    adjusting,
    amendments,
    carrying,
    check_ins,
    closing,
    comments,
    cycles,
    drafting,
    exports,
    forgotten,
    hand_over,
    help,
    hints,
    history,
    home,
    key_results,
    links,
    lists,
    objectives,
    people,
    permissions,
    policy,
    problems,
    proposals,
    recognition,
    reminders,
    retrospectives,
    set_up,
    stages,
    status,
    teams,
    templates,
    wishes,
)


@ANY
@given(strategies.several_objectives(5), strategies.members(), st.lists(strategies.recognitions(), max_size=5))
def test_lists_of_objectives(found: list[Objective], viewer: Member, thanks: list[Recognition]) -> None:
    thanked = {each.id: thanks for each in found}
    assert_slack_takes(objectives.mine(found, cycle(), moment(), viewer, thanked))
    assert_slack_takes(objectives.mine(found, cycle(), moment(), viewer, thanked, [each.heading for each in found]))
    assert_slack_takes(objectives.listed("Growth <!channel>", found, moment(), viewer, thanked))


@ANY
@given(strategies.objectives(), strategies.members(), st.booleans())
def test_answers_about_an_objective(objective: Objective, viewer: Member, yes: bool) -> None:
    assert_slack_takes(objectives.saved(objective.ref, objective, moment(), viewer, new=yes))
    assert_slack_takes(objectives.saved(objective.ref, objective, moment(), viewer, new=yes, owned=9))
    assert_slack_takes(objectives.stepped(objective, moment(), viewer))
    assert_slack_takes(objectives.archived(objective.ref, objective.title, restored=yes))
    assert_slack_takes(objectives.archived(objective.ref, objective.title, False, below=[objective] * (1 + 8 * yes)))


@ANY
@given(
    strategies.objectives(), strategies.members(), st.lists(strategies.comments(), max_size=3), st.none() | st.just(BO)
)
def test_everything_that_is_said_while_an_objective_is_set(
    objective: Objective, viewer: Member, said: list[Comment], by: Member | None
) -> None:
    assert_slack_takes(stages.proposed(objective, by))
    assert_slack_takes(stages.agreed(objective, by))
    assert_slack_takes(stages.settled(objective, by))
    assert_slack_takes(drafting.hints_view(objective, moment()))
    assert_slack_takes(comments.form(objective, said))
    assert_slack_takes(comments.said(objective, said))
    assert_slack_takes(comments.said(objective, said, [viewer] * 30))
    card = objectives.listed("O-1", [objective], moment(), viewer)
    assert_slack_takes(comments.beneath(card, said))
    for comment in said:
        assert_slack_takes(comments.told(comment, objective, [viewer] * 3, in_channel=True))
        assert_slack_takes(comments.told(comment, objective, [], in_channel=True))
        assert_slack_takes(comments.mentioned(comment, objective))
        assert_slack_takes(comments.told(comment, objective, [viewer], in_channel=False))


@ANY
@given(strategies.objectives(), strategies.key_results(), strategies.notes(), st.none() | st.just(BO))
def test_everything_about_a_proposal(objective: Objective, kr: KeyResult, why: str, by: Member | None) -> None:
    for stage in (Stage.PROPOSED, Stage.AGREED, Stage.DECLINED):
        at = replace(kr, stage=stage)
        assert_slack_takes(proposals.decided(at, objective, by, why[:1_000]))
        assert_slack_takes(proposals.settled(at, objective, moment()))
        assert_slack_takes(proposals.became(at, objective, by, why[:1_000], moment()))
    for accepts in (True, False):
        assert_slack_takes(proposals.proposed(kr, objective, by, kr.owner, accepts))
        assert_slack_takes(proposals.sent(kr, objective, ours=accepts))
    assert_slack_takes(proposals.form(objective, kr.owner))
    assert_slack_takes(proposals.form(objective, kr.owner, kr))
    assert_slack_takes(proposals.form_again(filled(proposals.form(objective, kr.owner, kr)), objective, kr))
    assert_slack_takes(proposals.decline_form(kr, objective))


@ANY
@given(strategies.objectives(), strategies.key_results(), strategies.notes(), st.none() | st.just(BO))
def test_everything_about_a_change_of_what_was_agreed(
    objective: Objective, kr: KeyResult, was: str, by: Member | None
) -> None:
    assert_slack_takes(amendments.asked(kr, objective, was, terms(kr), by))
    assert_slack_takes(amendments.told(kr, objective, was, terms(kr), by))
    assert_slack_takes(amendments.agreed(kr, was, terms(kr)))
    for agreed_by, is_back in ((by, False), (None, True), (None, False)):
        assert_slack_takes(amendments.settled(kr, was, terms(kr), by, agreed_by, is_back))
    waiting = replace(kr, agreed_to=was or "0 to 90")
    at = replace(objective, stage=Stage.AGREED, archived=False, key_results=(waiting,))
    for viewer in (kr.owner, BO):
        assert_slack_takes(objectives.listed("O-1", [at], moment(review=True), viewer))
        assert_slack_takes(key_results.rest(waiting, at, viewer, moment(review=True)))


def test_the_examples_to_start_from() -> None:
    assert_slack_takes(templates.templates(TEMPLATES))
    for each in TEMPLATES:
        begun = ObjectiveDraft(each.title, examples.Level.INDIVIDUAL, "U001", description=each.why, template=each.key)
        assert_slack_takes(objectives.objective_form([], [], BO, begun=begun))


@ANY
@given(st.lists(strategies.teams(), max_size=3), strategies.several_objectives(), strategies.objectives())
def test_the_form_for_an_objective(known: Sequence[Team], parents: Sequence[Objective], objective: Objective) -> None:
    assert_slack_takes(objectives.objective_form(known, parents, objective.owner))
    assert_slack_takes(objectives.objective_form(known, parents, objective.owner, objective))
    names = ("Q4 2026", "Q1 2027", "Backlog")
    assert_slack_takes(objectives.objective_form(known, parents, objective.owner, objective, cycles=names, more=True))
    assert_slack_takes(objectives.objective_form(known, parents, objective.owner, cycles=names, more=True))


@ANY
@given(strategies.objectives(), strategies.key_results(), strategies.key_results())
def test_everything_about_a_key_result(objective: Objective, kr: KeyResult, after: KeyResult) -> None:
    assert_slack_takes(objectives.key_result_form(objective, kr.owner))
    assert_slack_takes(objectives.key_result_form(objective, kr.owner, kr))
    assert_slack_takes(objectives.target_form(objective, kr))
    assert_slack_takes(objectives.update_form(kr, moment()))
    assert_slack_takes(objectives.updated(kr, after, moment(), cycle()))
    assert_slack_takes(objectives.updated(kr, replace(kr, measure=after.measure), moment(), cycle()))
    assert_slack_takes(history.updated(kr, after, moment(), cycle()))
    assert_slack_takes(history.undone(kr, after))
    assert_slack_takes(key_results.rest(kr, objective, kr.owner, moment()))
    assert_slack_takes(objectives.rest(objective, moment(), kr.owner))


@ANY
@given(strategies.objectives(), strategies.key_results(), st.sampled_from(MeasureKind))
def test_the_form_for_a_key_result_whatever_kind_is_chosen(
    objective: Objective, kr: KeyResult, kind: MeasureKind
) -> None:
    typed = {"title": "&" * 3_000, "weight": "&" * 3_000}
    form = filled(objectives.key_result_form(objective, kr.owner, kr), typed)
    form["state"]["values"]["kind"]["kind"]["selected_option"] = {"value": kind}
    again = objectives.key_result_form_again(form, objective, kr, objectives.MORE_TO_FILL_IN)
    assert_slack_takes(again)
    form = filled(again, {field: "🎉" * 3_000 for field, element in fields(again).items() if "multiline" in element})
    form["state"]["values"]["kind"]["kind"]["selected_option"] = {"value": MeasureKind.DONE}
    assert_slack_takes(objectives.key_result_form_again(form, objective, kr))


@ANY
@given(strategies.objectives(), strategies.key_results(), st.data())
def test_everything_about_a_history(objective: Objective, kr: KeyResult, data: st.DataObject) -> None:
    said = data.draw(st.lists(strategies.updates(kr), max_size=5))
    changed = data.draw(st.lists(strategies.changes(objective, kr), max_size=5))
    origins = [
        measured_at_first(kr, changed, said, kr.owner.id, NOW),
        set_at_first(objective, changed, kr.owner.id, NOW),
    ]
    events = in_order(said, changed, origins)
    _history_is_taken(objective, kr, said, events)


def test_a_history_in_which_much_was_said_at_length() -> None:
    kr, objective = examples.key_result(), examples.objective()
    long = [examples.update(kr, str(n), note="&" * 2_000, at=NOW - timedelta(days=n)) for n in range(70)]
    retitled = Change(objective.id, What.TITLE, "<" * 200, "&" * 200, kr.owner.id, NOW, kr.id, "🎉" * 500)
    _history_is_taken(objective, kr, long, in_order(long, [retitled] * 70))


def _history_is_taken(objective: Objective, kr: KeyResult, said: list[Update], events: list[Event]) -> None:
    drawn = points(kr, objective.cycle, said, TODAY)
    folk = {kr.owner.id: kr.owner}
    assert_slack_takes(history.told(kr.ref, objective, kr, events, drawn, folk, charted=True))
    assert_slack_takes(history.told(objective.ref, objective, None, events, (), folk, charted=False, key_results=[kr]))
    assert_slack_takes(history.chart(kr, drawn))
    assert_slack_takes(history.words(kr, drawn))
    far = replace(kr, measure=examples.measure("1000", "1010", str(kr.measure.current), unit=kr.measure.unit))
    assert_slack_takes(history.chart(far, points(far, objective.cycle, said, TODAY)))


@ANY
@given(
    strategies.lists_wanted(),
    strategies.several_objectives(5),
    strategies.members(),
    st.lists(strategies.teams(), max_size=4),
    strategies.several_cycles(),
)
def test_pages_of_a_list(
    which: Wanted, found: list[Objective], viewer: Member, known: list[Team], during: list[Cycle]
) -> None:
    parts = {each.id: frozenset(kr.id for kr in each.key_results[::2]) for each in found}
    of_parts = Page(tuple(found), 10, 1_000_000, parts, 2_000_000)
    for shown in (Page(tuple(found), 0, len(found)), Page(tuple(found), 10, 1_000_000), of_parts):
        assert_slack_takes(lists.answer(which, shown, [viewer], known, {}, moment(), viewer))
        assert_slack_takes(
            wishes.told(lists.answer(which, shown, [viewer], known, {}, moment(), viewer, [wishes.RULE]))
        )
        of = [examples.member(int(id[1:]), viewer.name) for id in which.people]
        assert_slack_takes(lists.window(which, shown, of, known, during, {}, moment(), viewer))


@ANY
@given(
    strategies.objectives(), strategies.members(), strategies.recognitions(), st.sampled_from(Deed), strategies.titles()
)
def test_answers_in_the_conversation(
    objective: Objective, viewer: Member, thanks: Recognition, deed: Deed, typed: str
) -> None:
    for updated in (True, False):
        assert_slack_takes(wishes.card("KR-34", objective, moment(), viewer, [thanks], updated))
    if deed not in (Deed.LIST, Deed.SEARCH, Deed.SHOW, Deed.HELP, Deed.WHY, Deed.HISTORY, Deed.STATUS):
        assert_slack_takes(wishes.form(deed, "O-12", 12, typed))
    assert_slack_takes(wishes.refusal(typed))
    assert_slack_takes(help.direct_message([("/okr", "does")], typed))


@ANY
@given(strategies.objectives())
def test_what_stands_below_a_link(objective: Objective) -> None:
    for kr in (None, *objective.key_results):
        drawn = links.unfurl(objective, kr, moment())
        assert_slack_takes({"text": "a link", "blocks": drawn["blocks"]})


@ANY
@given(strategies.key_results(), strategies.projections(), strategies.objectives(), strategies.members())
def test_everything_about_a_status(kr: KeyResult, going: Projection, objective: Objective, viewer: Member) -> None:
    assert_slack_takes(status.form(kr, cycle(), moment()))
    assert_slack_takes(status.form(kr, cycle(), moment(), Status.AT_RISK))
    assert_slack_takes(status.judged(kr, cycle(), moment()))
    assert_slack_takes(status.flat_question(kr, moment(), 4))
    assert_slack_takes(status.set_by_another(kr, cycle(), moment()))
    assert_slack_takes(status.kept_quiet(kr, cycle(), TODAY))
    assert_slack_takes(status.kept_quiet(kr, cycle(), None))
    assert_slack_takes(objectives.updated(kr, kr, moment(), cycle(), going))
    known = {each.id: going for each in objective.key_results}
    assert_slack_takes(objectives.listed("O-12", [objective], moment(), viewer, None, known))


@ANY
@given(strategies.members(), strategies.check_ins(), strategies.several_key_results(), st.data())
def test_everything_about_a_check_in(
    who: Member, check_in: CheckIn, key_results: list[KeyResult], data: st.DataObject
) -> None:
    updates = [data.draw(strategies.updates(kr)) for kr in key_results]
    assert_slack_takes(check_ins.prompt(who, check_in, key_results, moment()))
    assert_slack_takes(check_ins.receipt(check_in, key_results, updates, moment()))
    assert_slack_takes(check_ins.closed(check_in))
    assert_slack_takes(check_ins.recorded(check_in, key_results, updates, moment()))
    assert_slack_takes(check_ins.skipped(check_in))
    assert_slack_takes(check_ins.form(check_in, key_results, moment()))
    assert_slack_takes(check_ins.form(check_in, key_results, moment(), updates, check_in.blocker))


@ANY
@given(strategies.recognitions(), strategies.titles())
def test_everything_said_of_thanks(given_thanks: Recognition, error: str) -> None:
    assert_slack_takes(recognition.post(given_thanks))
    assert_slack_takes(recognition.told(given_thanks, given_thanks.recipients[0]))
    assert_slack_takes(recognition.recorded(given_thanks, "C001"))
    assert_slack_takes(recognition.recorded(given_thanks, None))
    assert_slack_takes(recognition.post_failed(given_thanks, error))


@ANY
@given(st.lists(strategies.recognitions(), max_size=60))
def test_lists_of_thanks(given_thanks: list[Recognition]) -> None:
    assert_slack_takes(recognition.listed(given_thanks))


@ANY
@given(
    st.lists(strategies.titles(40), max_size=5, unique=True),
    st.lists(strategies.helped(), max_size=5, unique_by=lambda each: each.ref),
    strategies.thanks(()),
)
def test_the_form_for_thanks(values: list[str], helped: list[Helped], draft: Thanks) -> None:
    assert_slack_takes(recognition.form(values, helped))
    assert_slack_takes(recognition.form(values, helped, draft))


@ANY
@given(
    strategies.cycles(),
    strategies.members(),
    strategies.plans(),
    strategies.objectives(),
    st.lists(strategies.cycles()),
)
def test_everything_about_a_cycle(
    cycle: Cycle, viewer: Member, planned: Planned, objective: Objective, several: list[Cycle]
) -> None:
    counts = [(1, "objective", "objectives"), (2_000, "draft", "drafts")]
    assert_slack_takes(cycles.card(cycle, TODAY, viewer, counts))
    assert_slack_takes(cycles.card(cycle, TODAY, viewer, counts, planned))
    assert_slack_takes(cycles.listed(several, TODAY, viewer))
    assert_slack_takes(cycles.countdown(planned))
    assert_slack_takes(cycles.form(quarters=True))
    if parts(cycle, TODAY):
        assert_slack_takes(adjusting.form(cycle, TODAY))
    assert_slack_takes(adjusting.removed(cycle))
    told = [(each, viewer) for each in changes(cycle, objective.cycle.period, viewer.id, NOW)] * 2
    assert_slack_takes(cycles.card(cycle, TODAY, viewer, counts, planned, told[:MOST_SHOWN]))
    names = [*dict.fromkeys(each.name for each in several), "Next"]
    assert_slack_takes(cycles.move_form(objective, names, "Next"))
    words = cycles.moved(objective, cycle)
    assert_slack_takes({"text": words, "blocks": [objectives.told(words)]})


@ANY
@given(
    strategies.objectives(),
    strategies.closings(),
    st.lists(strategies.headings()),
    st.booleans(),
    st.none() | strategies.teams(),
)
def test_everything_about_closing(
    objective: Objective, ended: Closing, awaited: list[Heading], yes: bool, team: Team | None
) -> None:
    assert_slack_takes(closing.form(objective, None, 3, in_a_row=yes))
    assert_slack_takes(closing.form(objective, ended, 0))
    assert_slack_takes(carrying.form(objective, ["Q1 2027", "<!here>"], "Q1 2027", offered=yes))
    assert_slack_takes(reminders.begun(objective.cycle, awaited, objective.cycle.period.ends))
    assert_slack_takes(reminders.called_off(objective.cycle))
    assert_slack_takes(reminders.last_call(cycle(), awaited))
    assert_slack_takes(closing.told(objective, ended))
    assert_slack_takes(closing.told(objective, None))
    assert_slack_takes(
        retrospectives.retrospective(objective.cycle, team, [objective], {objective.id: ended} if yes else {})
    )
    words = closing.saved(objective)
    assert_slack_takes({"text": words, "blocks": closing.outcome(objective, ended)})
    assert_slack_takes(closing.all_done())
    assert_slack_takes(reminders.unscored(objective.cycle, 1_000_000, 5_000, len(awaited)))
    for stage in (Stage.DRAFT, Stage.PROPOSED):
        for review in (False, True):
            waiting = replace(objective, stage=stage)
            assert_slack_takes(forgotten.asked(waiting, moment(review=review), objective.owner))
    for kr in objective.key_results:
        assert_slack_takes(forgotten.target_awaited(kr, objective))
    saved = objectives.saved(objective.ref, objective, moment(), objective.owner, new=True)
    needed = [dependency(number, words="<!here> & " * 30) for number in range(12)]
    along = Along((objective,) * 12, None, tuple(needed), tuple((each, each.key_result) for each in needed))
    assert_slack_takes(carrying.carried(objective, saved, along))
    assert_slack_takes(carrying.carried(objective, saved, Along(left=heading(title="<!here>"))))


@ANY
@given(strategies.homes())
def test_anybodys_home(facts: Home) -> None:
    assert_slack_takes(home.home(facts))


@ANY
@given(strategies.members(), st.lists(strategies.teams(), max_size=5), strategies.set_ups(), strategies.previews())
def test_setting_up(who: Member, known: list[Team], choices: SetUp, preview: Preview) -> None:
    assert_slack_takes(set_up.greeting(who))
    assert_slack_takes(set_up.form(known, moment(pilot_teams=choices.pilot_teams).policy, TODAY))
    assert_slack_takes(set_up.preview(preview))
    assert_slack_takes(set_up.done(choices))


@ANY
@given(st.lists(strategies.teams(), max_size=5), strategies.members())
def test_teams(known: list[Team], viewer: Member) -> None:
    assert_slack_takes(teams.teams(known, viewer, groups_offered=True))
    assert_slack_takes(teams.form())
    for team in known:
        assert_slack_takes(teams.form(team))
    assert_slack_takes(teams.group_form([(f"S{team.id}", team.name, 12) for team in known]))


@ANY
@given(st.lists(strategies.members(), max_size=5, unique_by=lambda one: one.slack_id))
def test_roles(holders: list[Member]) -> None:
    assert_slack_takes(people.roles_form(dict.fromkeys(GRANTED, holders)))


@ANY
@given(st.lists(strategies.titles(30), max_size=20), strategies.members())
def test_settings(values: list[str], who: Member) -> None:
    rules = Policy(values=tuple(values))
    assert_slack_takes(policy.form(rules, examples.admin(), dict.fromkeys((*NUMBERS, "values"), (who, NOW))))
    assert_slack_takes(policy.changed(Policy(), rules))


@ANY
@given(strategies.members(), strategies.members(), strategies.several_objectives(), strategies.teams())
def test_handing_over(of: Member, to: Member, found: list[Objective], lost: Team) -> None:
    each = [Holding(one, kr) for one in found for kr in (None, *one.key_results)]
    numbered = list({one.ref: one for one in each}.values())
    assert_slack_takes(hand_over.asked(of, numbered))
    assert_slack_takes(hand_over.form(of, [(one, to) for one in numbered]))
    assert_slack_takes(hand_over.done(of, [(one, to) for one in numbered]))
    assert_slack_takes(hand_over.asked(of, numbered, len(found)))
    assert_slack_takes(hand_over.form(of, [], list({one.ref: one for one in found}.values())))
    assert_slack_takes(hand_over.done(of, [(one, to) for one in numbered], [(one, to) for one in found]))
    assert_slack_takes(hand_over.without_champion(of, [lost] * 7))
    assert_slack_takes(hand_over.told(to, to, of, numbered))
    assert_slack_takes(hand_over.part_given(to, of, numbered))
    for kr in [each.key_result for each in numbered if each.key_result]:
        answer = key_results.updated(kr, kr, moment(), cycle())
        assert_slack_takes(hand_over.with_guests(answer, kr, chosen=True))
    assert_slack_takes(hand_over.without_lead(lost, of))


def test_the_table_of_permissions() -> None:
    assert_slack_takes(permissions.table())


@ANY
@given(strategies.notes().filter(bool), strategies.titles())
def test_refusals_hints_and_help(sentence: str, word: str) -> None:
    assert_slack_takes(problems.refused(sentence))
    assert_slack_takes(problems.modal(sentence))
    assert_slack_takes(problems.modal(problems.bug("ref-1234")))
    assert_slack_takes(help.unknown(word, "/okr", None))
    assert_slack_takes(help.unknown(word, "/okr", "update"))
    for kind in ("recognition channel", "user groups", "zones", "scopes", "method", word):
        assert_slack_takes(hints.hint(kind, sentence))


def test_a_workspace_where_everything_is_long_and_there_is_a_great_deal_of_it() -> None:
    who = examples.admin()
    long = "&" * 200
    by_hand = examples.override(reason="&" * 2_000, by=examples.member(name="&" * 80))
    krs = tuple(examples.key_result(n, long, owner=who, note="&" * 2_000, override=by_hand) for n in range(1, 61))
    many = [
        examples.objective(n, long, owner=who, key_results=krs, parent=examples.heading(title=long))
        for n in range(1, 121)
    ]
    weeks = tuple(
        examples.TeamWeek(
            examples.team(n, long), tuple((examples.member(m, long), examples.State.OPEN) for m in range(99))
        )
        for n in range(1, 31)
    )
    thanks = [examples.recognition(n, "&" * 2_000) for n in range(1, 61)]
    updates = [examples.update(kr, note="&" * 2_000) for kr in krs]
    answered = examples.check_in(blocker="&" * 2_000, state=examples.State.ANSWERED)
    assert_slack_takes(objectives.mine(many, cycle(), moment(), who, {many[0].id: thanks}, [many[0].heading] * 99))
    assert_slack_takes(objectives.saved(many[0].ref, many[0], moment(), who, new=False))
    assert_slack_takes(check_ins.prompt(who, answered, krs, moment()))
    assert_slack_takes(check_ins.receipt(answered, krs, updates, moment()))
    assert_slack_takes(check_ins.form(answered, krs, moment(), updates))
    steps = examples.milestones(20, tuple(f"{n} {'&' * 117}" for n in range(20)))
    few = [replace(kr, measure=examples.milestones(9, steps.milestones[:10])) for kr in krs]
    assert_slack_takes(check_ins.form(answered, few, moment(), updates))
    assert_slack_takes(objectives.update_form(few[0], moment()))
    stepwise = [replace(kr, measure=steps, weight=Decimal(kr.number)) for kr in krs]
    assert_slack_takes(check_ins.form(answered, stepwise, moment(), updates))
    assert_slack_takes(check_ins.prompt(who, answered, stepwise, moment()))
    of_steps = examples.objective(1, long, key_results=tuple(stepwise))
    assert_slack_takes(objectives.saved(of_steps.ref, of_steps, moment(), who, new=False))
    assert_slack_takes(recognition.listed(thanks))
    trouble = Trouble(long, "C001", Delivery.DEAD, long, examples.NOW)
    facts = examples.home(
        who,
        objectives=tuple(many),
        teams=weeks,
        recognition=tuple(thanks),
        hints=(long,) * 30,
        troubles=(trouble,) * 30,
    )
    assert_slack_takes(home.home(facts))
    assert_slack_takes(teams.teams([each.team for each in weeks] * 4, who, groups_offered=True))
    asked = tuple(examples.member(n, long) for n in range(1, 99))
    assert_slack_takes(set_up.preview(Preview(examples.set_up(), asked, 5_000, long)))
    many = [help.Entry(group, f"/okr word{n}", "does " * 30) for n in range(12) for group in help.Group]
    assert_slack_takes(help.overview("Everything", many))
    assert_slack_takes(
        help.in_full(help.Entry(help.Group.SET, "x" * 200, "does " * 60, "y" * 200), list(Verb)[:8], many)
    )
    assert_slack_takes(help.direct_message([(f"/okr word{n}", "does " * 60) for n in range(80)]))


@ANY
@given(strategies.titles())
def test_what_is_said_of_an_export(error: str) -> None:
    assert_slack_takes(exports.asked())
    assert_slack_takes(exports.failed(error))
    assert_slack_takes(exports.failed("missing_scope"))
