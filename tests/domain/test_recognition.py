"""What a typed line of thanks means, and which thanks may be given."""

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.errors import Refusal
from domain.people import Kind
from domain.policy import Policy
from domain.recognition import Thanks, checked, written
from domain.references import Prefix, Reference
from domain.words import unescaped
from tests.examples import ADA, BO, CHIDI, member
from tests.strategies import HOSTILE

POLICY = Policy()
KR_34 = Reference(Prefix.KEY_RESULT, 34)
O_12 = Reference(Prefix.OBJECTIVE, 12)
THANKS = Thanks((ADA.slack_id,), "for shipping the beta", "craft", KR_34)

LINES = [
    ("<@U001> <@U002> for the beta #craft KR-34", Thanks(("U001", "U002"), "the beta", "craft", KR_34)),
    ("<@U001|ada> shipping the beta", Thanks(("U001",), "shipping the beta")),
    ("thanks <@U001> and <@U001> again", Thanks(("U001",), "thanks <@U001> and <@U001> again")),
    ("<@U001>, and <@W002> for the migration", Thanks(("U001", "W002"), "the migration")),
    ("<@U001> the migration, for KR-34", Thanks(("U001",), "the migration", None, KR_34)),
    ("<@U001> made kr-34 move at last", Thanks(("U001",), "made kr-34 move at last", None, KR_34)),
    ("o-12 <@U001> the launch", Thanks(("U001",), "the launch", None, O_12)),
    ("<@U001> KR-34 and again KR-34", Thanks(("U001",), "again", None, KR_34)),
    ("<@U001> the AKR-34 board, see KR-34", Thanks(("U001",), "the AKR-34 board, see KR-34", None, KR_34)),
    ("<@U001> #Craft in every detail", Thanks(("U001",), "in every detail", "craft")),
    ("<@U001> <#C123|craft> in every detail", Thanks(("U001",), "in every detail", "craft")),
    ("<@U001> #care and #craft in one", Thanks(("U001",), "in one", "care")),
    ("<@U001> closed ticket #42 &amp; more", Thanks(("U001",), "closed ticket #42 & more")),
    ("<@U001> wrote <https://example.com/#craft|the guide>", Thanks(("U001",), "wrote the guide")),
    ("<@U001> see <https://example.com/KR-34/#craft>", Thanks(("U001",), "see https://example.com/KR-34/#craft")),
    ("thanks <@U001>, you are wonderful (KR-34)", Thanks(("U001",), "thanks <@U001>, you are wonderful", None, KR_34)),
    ("<@U001> for the research on O-12", Thanks(("U001",), "the research on O-12", None, O_12)),
    ("<@U001> thanks to <@U002>, we are live", Thanks(("U001", "U002"), "thanks to <@U002>, we are live")),
    ("for the launch <@U001> <@U002> #craft", Thanks(("U001", "U002"), "the launch", "craft")),
    ("<@U001> #42 was hard", Thanks(("U001",), "#42 was hard")),
    ("<@U001>", Thanks(("U001",), "")),
    ("", Thanks((), "")),
]


@pytest.mark.parametrize(("typed", "means"), LINES)
def test_what_stands_around_the_words_is_taken_off_and_the_words_are_left_alone(typed, means):
    assert written(unescaped(typed), POLICY) == means


@pytest.mark.parametrize(
    "group", ["<!subteam^S1>", "<!subteam^S1|@team>", "<!here>", "<!channel|channel>", "<!everyone>"]
)
def test_thanks_go_to_people_not_to_groups(group):
    with pytest.raises(Refusal, match="Name them one by one") as refused:
        written(f"{group} for the launch", POLICY)
    assert refused.value.field == "recipients"


def test_thanks_are_for_one_thing():
    with pytest.raises(Refusal) as refused:
        written("<@U001> for KR-34 and KR-35", POLICY)
    assert refused.value.field == "helped"


_scraps = st.sampled_from(
    [*HOSTILE, "<@U001>", "<@U001|ada>", "#craft", "KR-34", "o-12", "for ", "and ", "<#C1|craft>"]
)


@given(st.lists(_scraps | st.text(st.characters()), max_size=6).map(" ".join))
def test_any_line_is_read_or_refused(line):
    try:
        said = written(line, POLICY)
    except Refusal:
        return
    assert said.value is None or said.value in POLICY.values
    assert len(set(said.recipients)) == len(said.recipients)


def test_good_thanks_are_tidied_and_kept():
    given_ = checked(BO, [ADA], replace(THANKS, reason="  for shipping\x00 the beta "), POLICY)
    assert given_ == THANKS


REFUSED = [
    # who is thanked, how the thanks read, what is said, beside which field
    ([], THANKS, "Who helped", "recipients"),
    ([BO], THANKS, "somebody else", "recipients"),
    ([ADA, BO], THANKS, "somebody else", "recipients"),
    ([member(4, "Deploys", kind=Kind.BOT)], THANKS, "Deploys is an app", "recipients"),
    ([member(4, "Noor", active=False)], THANKS, "Noor has left", "recipients"),
    ([member(n) for n in range(11, 22)], THANKS, "at most 10 people", "recipients"),
    ([ADA], replace(THANKS, reason=""), "Say what they did", "reason"),
    ([ADA], replace(THANKS, reason="\x00  "), "Say what they did", "reason"),
    ([ADA], replace(THANKS, reason="helped"), "A few words more", "reason"),
    ([ADA], replace(THANKS, reason="x" * 3001), "3,001 characters", "reason"),
    ([ADA], replace(THANKS, value="speed"), "not one of our values", "value"),
]


@pytest.mark.parametrize(("recipients", "thanks", "because", "field"), REFUSED)
def test_thanks_that_would_fall_flat_are_refused_beside_the_field(recipients, thanks, because, field):
    with pytest.raises(Refusal, match=because) as refused:
        checked(BO, recipients, thanks, POLICY)
    assert refused.value.field == field


def test_ten_people_can_be_thanked_at_once_and_a_guest_too():
    crowd = [ADA, CHIDI, member(5, kind=Kind.GUEST), *(member(n) for n in range(11, 18))]
    assert len(crowd) == POLICY.most_recipients
    assert checked(BO, crowd, THANKS, POLICY) == THANKS
