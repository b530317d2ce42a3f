"""Whatever is typed into a title, a note or a reason: it is shown as it is, and pings, links and formats nothing."""

import re

from sandbox.block_kit import message_problems, view_problems
from tests.journeys.looking import option

FORGED = (
    "<!channel> <!here|hello> <!everyone> <https://evil.example|your bank> <@U0ANYBODY> <!subteam^S0ANYTHING> "
    "&lt;!channel&gt; *bold* _slanted_ ~gone~ `code`"
)
SHOWN = FORGED.translate(str.maketrans("*~`", "∗∼ˋ")).replace("_slanted_", "ˍslantedˍ")
"""Twins of Slack's formatting characters, which look the same and mean nothing."""


def mrkdwn(drawn):
    """Every text in which Slack looks for markup."""
    if isinstance(drawn, list):
        return [text for each in drawn for text in mrkdwn(each)]
    if not isinstance(drawn, dict):
        return []
    mine = [drawn["text"]] if drawn.get("type") == "mrkdwn" else []
    return mine + [text for each in drawn.values() for text in mrkdwn(each)]


def assert_harmless(town, blocks, text=""):
    """Everything in angle brackets is ours: a person or channel that is here, or a date."""
    known = {f"<@{id}>" for id in town.slack.workspace.users} | {f"<#{id}>" for id in town.slack.workspace.channels}
    for words in [text, *mrkdwn(blocks)]:
        for control in re.findall(r"<[^>]*>?", words):
            assert control in known or control.startswith("<!date^"), control


async def test_what_is_forged_in_a_title_pings_nobody(town):
    ada, bo, gita = town.person("ada"), town.person("bo"), town.person("gita")
    await town.set_up()
    await town.objective(gita, FORGED)
    await town.key_result(gita, title=FORGED, unit="<!here>")
    await gita.open_home()
    await gita.command(f"/okr update KR-1 3 note {FORGED}")
    await bo.command("/kudos")
    helped = option(bo.modal, "helped", "KR-1")
    await bo.submit({"recipients": ["@gita"], "reason": f"Help with {FORGED}", "helped": helped})
    await town.until(town.monday(gita))

    seen = [await ada.command(f"/okr {words}") for words in ("show O-1", "list @gita")]
    seen.append(await bo.command("/kudos list"))

    said = [*gita.dm, *town.slack.channel("kudos").messages, *(message for each in seen for message in each.messages)]
    assert len(said) == 6
    for message in said:
        assert_harmless(town, message.blocks, message.text)
        assert message_problems({"text": message.text, "blocks": message.blocks}) == []
    assert_harmless(town, gita.home["blocks"])
    assert_harmless(town, bo.modal["blocks"])
    assert SHOWN in seen[0].text


async def test_a_refusal_repeats_what_was_typed_and_pings_nobody(town):
    ada = town.person("ada")

    for typed in ("<!channel>", "update <!here> 4", "team <!everyone>", "add <!channel>", "list @nobody <!here>"):
        seen = await ada.command(f"/okr {typed}")
        assert_harmless(town, seen.blocks, seen.messages[0].text)


async def test_an_error_beside_a_field_and_a_window_on_top_ping_nobody(town):
    gita = town.person("gita")
    await town.objective(gita)
    await gita.command("/okr add kr O-1")

    await gita.submit({"title": "<!channel>", "start": "<!channel>", "target": "10"})

    assert gita.errors == {"Start": "“<!channel>” is not a number. Write it like 45, 1,200 or 99.5."}
    assert view_problems({k: v for k, v in gita.modal.items() if k in ("type", "title", "submit", "blocks")}) == []
