"""What could not be delivered is listed and sent again from the command line, beside a running Cairn."""

import json

from sandbox.reading import text_of
from tests.conftest import at_work
from tests.faults.commands import refused, typed
from tests.journeys.between import between

WORDS = "moving checkout over"


async def test_what_was_given_up_is_listed_without_its_words_and_goes_out_after_all(tmp_path, slack, database_url):
    async with between(slack.api_url) as network, at_work(slack, database_url, network.address) as town:
        await town.set_up()
        network.answers["chat.postMessage"] = {"ok": False, "error": "channel_not_found"}
        ada, gita = town.person("ada"), town.person("gita")
        await ada.command(f"/kudos @gita for {WORDS}")
        await town.quiet()
        assert gita.dm == []

        listed = await typed(tmp_path, "outbox", "list", "--state", "dead", "--json", database_url=database_url)
        (letter,) = [each for each in json.loads(listed.out) if each["kind"] == "kudos"]
        assert (letter["place"], letter["state"], letter["error"]) == (gita.user.id, "dead", "channel_not_found")
        assert WORDS not in listed.out

        nothing_there = await refused(tmp_path, "outbox", "requeue", str(letter["id"]), "99", database_url=database_url)
        assert nothing_there.startswith("There is no 99 in the outbox.")
        assert gita.dm == []

        del network.answers["chat.postMessage"]
        again = await typed(tmp_path, "outbox", "requeue", str(letter["id"]), database_url=database_url)
        assert again.out.startswith("1 row will be sent again")
        await town.quiet()
        (message,) = gita.dm
        assert WORDS in text_of(message)


async def test_what_is_let_go_is_counted_as_unwanted(tmp_path, slack, sqlite):
    url = sqlite.fresh()
    async with between(slack.api_url) as network, at_work(slack, url, network.address) as town:
        await town.set_up()
        network.answers["chat.postMessage"] = {"ok": False, "error": "channel_not_found"}
        ada, gita = town.person("ada"), town.person("gita")
        await ada.command(f"/kudos @gita for {WORDS}")
        await town.quiet()

    dead = await typed(tmp_path, "outbox", "list", "--state", "dead", database_url=url)
    heading, *rows = dead.out.splitlines()
    assert heading.split() == ["ID", "SINCE", "STATE", "ATTEMPTS", "KIND", "TO", "WORKSPACE", "ERROR"]
    (id,) = [row.split()[0] for row in rows if row.split()[5:7] == ["kudos", gita.user.id]]
    dropped = await typed(tmp_path, "outbox", "drop", id, database_url=url)
    assert dropped.out == "1 row will not be sent."
    counted = await typed(tmp_path, "outbox", "counts", "--json", database_url=url)
    assert {"state": "unwanted", "kind": "kudos", "count": 1} in json.loads(counted.out)


async def test_a_database_that_cannot_be_looked_at_is_named(tmp_path):
    assert (await refused(tmp_path, "outbox", "list")).startswith("There is no database at")
    assert list(tmp_path.iterdir()) == []
