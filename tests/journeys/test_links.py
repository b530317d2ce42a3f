"""Links to objectives: shown with what they lead to where everybody may read that, and nowhere else."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
import yaml

from bot.settings import MANIFEST
from sandbox.reading import text_of
from sandbox.server import Sandbox
from storage import objectives
from tests.conftest import at_work
from tests.patience import PATIENT

DOMAIN = "okr.larkspur.example"


@pytest.fixture
async def slack(tmp_path):
    """A workspace whose admin has named a domain, and which takes no unfurl before the link is acknowledged."""
    written = yaml.safe_load(MANIFEST.read_text())
    written["features"]["unfurl_domains"] = [DOMAIN]
    ours = tmp_path / "manifest.yml"
    ours.write_text(yaml.safe_dump(written))
    opened = await Sandbox.start(ours, rules=replace(PATIENT, unfurls_need_ack=True))
    opened.calendar.set(datetime(opened.calendar.now().year + 1, 1, 13, 12, 0, tzinfo=UTC))
    yield opened
    await opened.stop()


@pytest.fixture
async def town(slack, sqlite):
    async with at_work(slack, sqlite.fresh(), unfurl_domain=DOMAIN) as town:
        yield town


@pytest.fixture
async def gita(town):
    """Gita with O-1 and KR-1."""
    gita = town.person("gita")
    await town.objective(gita, "Nobody <!channel> waits")
    await town.key_result(gita)
    return gita


@pytest.fixture
def below(town):
    """What stands below the links of somebody's message: by address, in words."""

    async def below(who, words, channel="kudos"):
        said = await who.say(words, channel)
        await town.quiet()
        found = town.slack.workspace.message(said.channel, said.ts).attachments
        return {each["app_unfurl_url"]: text_of(each) for each in found}

    return below


async def test_a_link_is_shown_with_what_it_leads_to(gita, below):
    for path, shown in {
        "/O-1": "O-1 Nobody",
        "/okr/o-1": "O-1 Nobody",
        "/O-1/": "O-1 Nobody",
        "/KR-1": "KR-1",
        "/KR-1?from=mail&amp;to=you#top": "Sign-ups a week",
    }.items():
        url = f"https://{DOMAIN}{path}"
        found = await below(gita, f"Look: {url}".replace("&amp;", "&"))
        assert list(found) == [url], path
        assert shown in found[url]
        assert "Everybody in this conversation may read this" in found[url]


async def test_values_are_as_they_are_when_it_is_shown_and_ping_nobody(gita, below, town):
    await gita.command("/okr update KR-1 45")

    (shown,) = (await below(gita, f"https://{DOMAIN}/KR-1")).values()

    assert "45 → 100" in shown
    message = town.slack.channel("kudos").messages[-1]
    assert "<@" not in str(message.attachments)
    assert "<!channel>" not in str(message.attachments)


async def test_several_links_are_shown_together_and_others_left_alone(gita, below, town):
    await town.objective(gita, "Everybody sleeps")
    here = f"https://{DOMAIN}"

    found = await below(
        gita, f"{here}/O-1 {here}/O-2 {here}/O-99 {here}/about {here}/O-1/edit https://elsewhere.example/O-1"
    )

    assert list(found) == [f"{here}/O-1", f"{here}/O-2"]


@pytest.mark.parametrize("columns", [{"visibility": "private"}, {"visibility": "team"}, {"stage": "draft"}])
async def test_what_is_not_for_everybody_is_not_shown_even_by_its_owner(gita, below, town, columns):
    await town.cairn.db.run(_set, columns)

    assert await below(gita, f"https://{DOMAIN}/O-1 https://{DOMAIN}/KR-1") == {}


def _set(session, columns):
    table = objectives.ObjectiveRow.metadata.tables["objectives"]
    session.connection().execute(table.update().values(columns))


async def test_what_is_archived_is_not_shown(gita, below):
    await gita.command("/okr archive O-1")

    assert await below(gita, f"https://{DOMAIN}/O-1 https://{DOMAIN}/KR-1") == {}


async def test_nothing_is_shown_where_a_guest_is_present_who_may_not_read_it(gita, below, town):
    product = town.slack.workspace.channels[town.slack.channel("product").id]
    assert town.person("marek").id in product.members

    await gita.join("product")
    assert await below(gita, f"https://{DOMAIN}/O-1", "product") == {}
    await town.key_result(gita, title="Marek's", owner="@marek")
    assert len(await below(gita, f"https://{DOMAIN}/O-1", "product")) == 1


async def test_nothing_is_shown_where_cairn_cannot_know_who_is_present(gita, below, town):
    ada = town.person("ada")

    assert await below(ada, f"https://{DOMAIN}/O-1", "leadership") == {}
    with town.slack.faults.fail("conversations.members", body={"ok": False, "error": "missing_scope"}):
        assert await below(gita, f"https://{DOMAIN}/O-1") == {}


async def test_without_a_domain_of_its_own_cairn_leaves_links_alone(slack, sqlite):
    async with at_work(slack, sqlite.fresh()) as town:
        gita = town.person("gita")
        await town.objective(gita)
        said = await gita.say(f"https://{DOMAIN}/O-1", "kudos")
        await town.quiet()

        assert town.slack.workspace.message(said.channel, said.ts).attachments == []
