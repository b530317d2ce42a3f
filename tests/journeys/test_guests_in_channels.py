"""A guest who was let into a channel reads what is posted there, which is said where somebody chooses the channel."""

from sandbox.reading import text_of


async def test_a_guest_reads_what_is_posted_in_their_channel_and_nothing_that_only_some_members_may_see(town):
    bo, marek = town.person("bo"), town.person("marek")
    await town.set_up()
    await town.team(channel="kudos")
    await town.let_in(marek, "kudos")
    await town.objective(bo, level="A team's", team="Engineering")
    await town.key_result(bo)
    await bo.command("/okr comment O-1 Sales asked for it")
    await bo.command("/kudos @gita for the first release KR-1")
    await town.quiet()

    assert "There is no O-1 here." in (await marek.command("/okr show O-1", channel="product")).text
    read = "\n".join(map(text_of, marek.sees("kudos")))
    assert "Sales asked for it" in read
    assert "KR-1 Sign-ups a week" in read.replace("*", "")

    await bo.command("/okr edit O-1")
    await bo.press("More…")
    await bo.submit({"visibility": "Only its team"})
    await bo.close(whole_stack=True)
    before = len(marek.sees("kudos"))
    await bo.command("/okr comment O-1 Between us")
    await bo.command("/kudos @gita for the second release KR-1")
    await town.quiet()
    later = "\n".join(map(text_of, marek.sees("kudos")[before:]))
    assert "the second release" in later
    assert "Between us" not in later
    assert "Sign-ups" not in later


async def test_who_chooses_a_channel_or_writes_into_it_reads_that_guests_read_it(town):
    ada, bo = town.person("ada"), town.person("bo")
    await ada.open_home()
    await ada.press("Set up")
    assert "Everybody in the channel reads them, with what they helped, guests too." in str(ada.modal)
    await ada.close(whole_stack=True)
    await town.set_up()
    await ada.open_home()
    await ada.press("Teams")
    await ada.press("Add a team")
    assert "Everybody in the channel reads them, guests too." in str(ada.modal)
    await ada.close(whole_stack=True)
    await town.team(channel="kudos")
    await town.objective(bo, level="A team's", team="Engineering")
    await bo.command("/okr comment O-1")
    assert "posted in the team's channel, where guests may be too" in str(bo.modal)
    await bo.close(whole_stack=True)
    roles = (await bo.command("/okr help roles")).text
    assert "reads what is posted in a channel that they were let into" in roles
