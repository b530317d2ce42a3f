"""Two people at the same instant: one of them is first, the other hears so, and nothing is done twice."""

import asyncio
from datetime import UTC, datetime

from domain.check_ins import Answer
from domain.closing import Carrying, ClosingDraft
from domain.errors import Refusal
from domain.objectives import KeyResultDraft, Level, ObjectiveDraft, ObjectiveId, Stage
from operations import closing, objectives, proposals, updates
from storage import alignment, key_results
from storage import closings as kept
from storage import objectives as known
from tests.examples import NOW
from tests.storage.company import HERE, key_result, objective, person

CLOSING = datetime(2027, 1, 2, 12, tzinfo=UTC)
KEY_RESULT = KeyResultDraft("Weekly sign-ups", "0", "100", "sign-ups", "increase")


async def both(db, *work):
    """All of it at once: what each came to, a refusal or something done."""
    each = await asyncio.gather(*(db.run(one) for one in work), return_exceptions=True)
    for outcome in each:
        assert not isinstance(outcome, BaseException) or isinstance(outcome, Refusal), outcome
    return [outcome for outcome in each if not isinstance(outcome, Refusal)], each


async def test_a_proposal_is_accepted_once(db):
    def begin(session):
        ada, bo = person(session), person(session, "Bo")
        mine = objective(session, ada)
        known.share(session, mine, [bo])
        cy = person(session, "Cy")
        return ada, bo, proposals.propose(session, cy, mine.id, KEY_RESULT, NOW).key_result.id

    ada, bo, kr = await db.run(begin)
    done, each = await both(
        db,
        lambda session: proposals.accept(session, ada, kr, NOW),
        lambda session: proposals.decline(session, bo, kr, "Not now", NOW),
        lambda session: proposals.accept(session, bo, kr, NOW),
    )
    assert len(done) == 1
    assert len(each) == 3
    stage = (await db.read(key_results.key_result, HERE, kr))[0].stage
    assert stage is done[0].key_result.stage
    assert stage in {Stage.AGREED, Stage.DECLINED}


async def test_two_objectives_never_hang_below_each_other(db):
    def begin(session):
        ada = person(session)
        return ada, [objective(session, ada, title) for title in "abc"]

    ada, (a, b, c) = await db.run(begin)

    def hang(child, parent):
        draft = ObjectiveDraft(child.title, Level.INDIVIDUAL, parent=parent.ref)
        return lambda session: objectives.change(session, ada, child.id, draft, NOW)

    done, _ = await both(db, hang(a, b), hang(b, c), hang(c, a))
    assert len(done) == 2
    assert max([len(await db.read(alignment.above, HERE, each.id)) for each in (a, b, c)]) == 3


async def test_two_objectives_never_pull_on_key_results_of_each_other(db):
    def begin(session):
        ada = person(session)
        a, b = objective(session, ada, "a"), objective(session, ada, "b")
        return ada, a, b, key_result(session, a), key_result(session, b)

    ada, a, b, of_a, of_b = await db.run(begin)

    def pull(child, kr):
        draft = ObjectiveDraft(child.title, Level.INDIVIDUAL, parent=kr.ref)
        return lambda session: objectives.change(session, ada, child.id, draft, NOW)

    done, _ = await both(db, pull(a, of_b), pull(b, of_a))
    assert len(done) == 1


async def test_an_objective_is_carried_over_once_and_keeps_one_score(db):
    def begin(session):
        ada, bo = person(session), person(session, "Bo")
        mine = objective(session, ada)
        known.share(session, mine, [bo])
        return ada, bo, mine.id

    ada, bo, id = await db.run(begin)
    carrying = Carrying("Q1 2027", "Once more")
    done, _ = await both(
        db,
        lambda session: closing.carry(session, ada, id, carrying, CLOSING),
        lambda session: closing.carry(session, bo, id, carrying, CLOSING),
    )
    assert len(done) == 1
    became = await db.read(known.carried_on, HERE, [id])
    assert [heading.id for heading in became.values()] == [done[0].found.only.id]

    def scored(who, score):
        draft = ClosingDraft(score, "So it was", "yes", "", "drop")
        return lambda session: closing.score(session, who, id, draft, CLOSING)

    done, _ = await both(db, scored(ada, "0.3"), scored(bo, "0.6"))
    assert len(done) == 2
    ending = (await db.read(kept.of, HERE, [ObjectiveId(id)]))[id]
    assert (await db.read(known.objective, HERE, id)).score == ending.score


async def test_an_update_that_another_has_followed_is_not_taken_back(db):
    def begin(session):
        ada, bo = person(session), person(session, "Bo")
        mine = objective(session, ada)
        known.share(session, mine, [bo])
        kr = key_result(session, mine)
        updates.move(session, ada, kr.id, Answer(kr.id, "45"), NOW)
        return ada, bo, kr.id

    ada, bo, id = await db.run(begin)
    later = NOW.replace(hour=10)
    done, _ = await both(
        db,
        lambda session: updates.undo(session, ada, id, None, later),
        lambda session: updates.move(session, bo, id, Answer(id, "+5"), later),
    )
    now = (await db.read(key_results.key_result, HERE, id))[0].measure.current
    assert now == (45 if len(done) == 2 else 50), "either it was taken back before five were added, or not at all"
