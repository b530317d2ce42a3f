"""Everything Cairn says unasked: for each kind, how it is loaded, how it is drawn, and what follows when it is lost.

A loader is a question to the database about several of them at a time, which are of one workspace; where it answers
None, the message is no longer wanted and is not sent.
"""

from datetime import datetime

from domain.check_ins import CheckInId
from domain.dependencies import DependencyId
from domain.objectives import KeyResultId
from domain.people import MemberId
from domain.recognition import in_public
from operations import amendments, check_ins, comments, exports, history, links, questions, retrospectives
from scheduler import answers, news, rituals
from scheduler.kinds import Kind, each
from views import alignment as alignment_views
from views import amendments as amendment_views
from views import check_ins as check_in_views
from views import closing as closing_views
from views import comments as comment_views
from views import cycles as cycle_views
from views import dependencies as dependency_views
from views import exports as export_views
from views import forgotten as forgotten_views
from views import hand_over as hand_over_views
from views import help as help_views
from views import history as history_views
from views import home as home_views
from views import proposals as proposal_views
from views import recognition as recognition_views
from views import reminders as reminder_views
from views import retrospectives as retrospective_views
from views import set_up as set_up_views
from views import stages as stage_views
from views import status as status_views
from views import wishes as wish_views
from views.blocks import Message


def _retrospective(talk: retrospectives.Talk) -> Message:
    return retrospective_views.retrospective(talk.cycle, talk.team, talk.objectives, talk.closings)


def _note(note: retrospectives.Note) -> Message:
    return closing_views.told(note.objective, note.closing)


KINDS: dict[str, Kind] = {
    "answer": Kind(each(answers.listing), answers.listed, again=False),
    "answer card": Kind(each(answers.card), lambda asked: answers.shown(*asked), again=False),
    "answer form": Kind(each(answers.facts), answers.to_press, again=False),
    "answer history": Kind(each(answers.past), answers.looked_back, again=False),
    "answer why": Kind(each(answers.reason), lambda reason: wish_views.told(alignment_views.why(reason)), again=False),
    "answer refusal": Kind(each(answers.facts), lambda facts: wish_views.refusal(facts["sentence"]), again=False),
    "check-in prompt": Kind(
        rituals.prompts,
        lambda sheet: check_in_views.prompt(sheet.who, sheet.check_in, sheet.key_results, sheet.moment),
        again=False,
    ),
    "check-in receipt": Kind(
        each(rituals.sheet),
        lambda sheet: check_in_views.receipt(
            sheet.check_in, sheet.key_results, sheet.answered, sheet.moment, sheet.taken_back
        ),
        replaces=lambda what: check_ins.prompt_key(CheckInId(what.facts["check_in"])),
    ),
    "check-in closed": Kind(
        rituals.over,
        check_in_views.closed,
        replaces=lambda what: check_ins.prompt_key(CheckInId(what.facts["check_in"])),
    ),
    "flat question": Kind(
        each(rituals.question),
        lambda asked: status_views.flat_question(asked.key_result, asked.moment, asked.weeks),
    ),
    "status set": Kind(
        each(news.set_by_another),
        lambda judged: status_views.set_by_another(judged.key_result, judged.objective.cycle, judged.moment),
    ),
    "kudos": Kind(each(news.told), lambda told: recognition_views.told(*told)),
    "kudos post": Kind(each(news.given), lambda given: recognition_views.post(in_public(given)), lost=news.post_lost),
    "kudos post failed": Kind(each(news.failed), lambda failed: recognition_views.post_failed(*failed)),
    "hand-over": Kind(
        each(news.left_behind),
        lambda offer: hand_over_views.asked(offer.of, [holding for holding, _ in offer.each], len(offer.sealed)),
    ),
    "handed over": Kind(each(news.handed_over), lambda given: hand_over_views.told(*given)),
    "part given": Kind(each(news.part_given), lambda given: hand_over_views.part_given(*given)),
    "team without lead": Kind(each(news.without_lead), lambda lost: hand_over_views.without_lead(*lost)),
    "no champion": Kind(each(news.without_champion), lambda lost: hand_over_views.without_champion(*lost)),
    "objective proposed": Kind(each(news.proposed), lambda found: stage_views.proposed(found[0].only, found[1])),
    "objective agreed": Kind(each(news.agreed), lambda found: stage_views.agreed(found[0].only, found[1])),
    "objective settled": Kind(
        each(news.agreed),
        lambda found: stage_views.settled(found[0].only, found[1]),
        replaces=lambda what: str(what.facts["said"]),
    ),
    "key result proposed": Kind(
        each(news.to_decide),
        lambda found: proposal_views.proposed(
            found.key_result, found.objective, found.proposer, found.reader, found.accepts
        ),
    ),
    "key result decided": Kind(
        each(news.decided),
        lambda found: proposal_views.decided(found.key_result, found.objective, found.by, found.why),
    ),
    "key result settled": Kind(
        each(news.decided),
        lambda found: proposal_views.became(found.key_result, found.objective, found.by, found.why, found.moment),
        replaces=lambda what: amendments.proposal_key(
            KeyResultId(what.facts["key_result"]), MemberId(what.facts["asked"])
        ),
    ),
    "key result changed": Kind(
        each(news.changed),
        lambda found: amendment_views.asked(found.key_result, found.objective, found.was, found.now, found.by),
    ),
    "key result change settled": Kind(
        each(news.change_settled),
        lambda found: amendment_views.settled(
            found.key_result, found.was, found.now, found.by, found.agreed_by, found.is_back
        ),
        replaces=lambda what: amendments.question_key(
            KeyResultId(what.facts["key_result"]),
            datetime.fromisoformat(what.facts["at"]),
            MemberId(what.facts["asked"]),
        ),
    ),
    "key result change agreed": Kind(
        each(news.change_settled),
        lambda found: amendment_views.told(found.key_result, found.objective, found.was, found.now, found.agreed_by),
    ),
    "comment": Kind(
        each(news.said),
        lambda said: comment_views.told(said.comment, said.objective, said.readers, said.in_channel),
        lost=news.comment_lost,
        beneath=comments.thread_key,
    ),
    "mention": Kind(each(news.mentioned), lambda found: comment_views.mentioned(found.comment, found.objective)),
    "greeting": Kind(each(answers.greeted), set_up_views.greeting),
    "hint": Kind(each(answers.facts), lambda facts: set_up_views.hint(facts["topic"], facts["detail"])),
    "planning countdown": Kind(each(rituals.planned), cycle_views.countdown, again=False),
    "closing begun": Kind(
        rituals.to_score, lambda asked: reminder_views.begun(asked.cycle, asked.awaited, asked.today), again=False
    ),
    "closing called off": Kind(
        each(rituals.goes_on), reminder_views.called_off, replaces=lambda what: str(what.facts["said"])
    ),
    "closing reminder": Kind(
        rituals.to_score, lambda asked: reminder_views.last_call(asked.cycle, asked.awaited), again=False
    ),
    "unscored": Kind(
        each(rituals.unscored),
        lambda left: reminder_views.unscored(left.cycle, left.objectives, left.teams, left.beside),
        again=False,
    ),
    "forgotten": Kind(
        rituals.forgotten_ones,
        lambda found: forgotten_views.asked(found.objective, found.moment, found.who),
        again=False,
    ),
    "target awaited": Kind(
        rituals.targets_awaited,
        lambda found: forgotten_views.target_awaited(found.key_result, found.objective),
        again=False,
    ),
    "retrospective": Kind(
        each(rituals.talk),
        _retrospective,
        lost=lambda session, what, _error, now: retrospectives.elsewhere(session, what, now),
    ),
    "retrospective as it is": Kind(each(rituals.talk), _retrospective, replaces=lambda what: str(what.facts["said"])),
    "retrospective note": Kind(each(rituals.note), _note),
    "retrospective note as it is": Kind(each(rituals.note), _note, replaces=lambda what: str(what.facts["said"])),
    "export": Kind(each(answers.export), export_views.handed_over, lost=exports.cannot_be_sent, again=False),
    "export failed": Kind(each(answers.facts), lambda facts: export_views.failed(facts["error"])),
    "help": Kind(
        each(answers.facts),
        lambda facts: help_views.direct_message(facts["entries"], facts.get("guess"), facts.get("asked", False)),
        again=False,
    ),
    "history chart": Kind(
        each(answers.charted),
        lambda found: history_views.chart(found.key_result, found.points),
        lost=history.chart_lost,
    ),
    "history words": Kind(each(answers.charted), lambda found: history_views.words(found.key_result, found.points)),
    "home": Kind(each(answers.own_home), home_views.home),
    "unfurl": Kind(each(links.below), answers.below),
    "dependency": Kind(each(news.asked), dependency_views.asked),
    "dependency settled": Kind(
        each(news.answered),
        dependency_views.settled,
        replaces=lambda what: questions.question_key(
            DependencyId(what.facts["dependency"]), MemberId(what.facts["asked"]), what.facts.get("again", False)
        ),
    ),
    "dependency reminder": Kind(each(news.asked), dependency_views.asked_again),
    "dependency withdrawn": Kind(each(news.no_longer_asked), dependency_views.no_longer),
    "dependency let go": Kind(each(news.let_go), lambda found: dependency_views.let_go(found.dependency, found.named)),
    "dependency let go, instead": Kind(
        each(news.let_go),
        lambda found: dependency_views.let_go(found.dependency, found.named),
        replaces=lambda what: questions.question_key(
            DependencyId(what.facts["dependency"]), MemberId(what.facts["asked"]), what.facts["again"]
        ),
    ),
    "dependency answer": Kind(each(news.answered), dependency_views.told),
}
