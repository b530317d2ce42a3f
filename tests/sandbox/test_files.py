"""Files that the app shares, with slack_sdk's own `files_upload_v2`, and what Slack refuses of them."""

import aiohttp
import pytest

from sandbox.files import LARGEST
from tests.sandbox.conftest import client_of
from tests.sandbox.forms import refused

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d4948445200000001000000010806000000"
    "1f15c4890000000d49444154789c6360000002000001e221bc330000000049454e44ae426082"
)


@pytest.fixture
async def kudos(slack):
    """#kudos, where the app is."""
    await slack.person("ada").invite_app("kudos")
    return slack.channel("kudos")


async def test_a_picture_is_shared_with_a_comment_and_shown(slack, client, kudos):
    answer = await client.files_upload_v2(
        channel=kudos.id, content=PIXEL, filename="week.png", title="Our week", initial_comment="Look at this"
    )
    message = kudos.messages[-1]
    assert (message.text, message.files[0]["id"]) == ("Look at this", answer["file"]["id"])
    assert (message.files[0]["title"], message.files[0]["mimetype"]) == ("Our week", "image/png")
    async with aiohttp.ClientSession() as session:
        where = {"as": slack.person("ada").id, "channel": kudos.id}
        async with session.get(f"{slack.page_url}fragment/timeline", params=where) as pane:
            assert f'src="{message.files[0]["url_private"]}"' in await pane.text()
        header = {"Authorization": f"Bearer {slack.bot_token}"}
        async with session.get(message.files[0]["url_private"], headers=header) as answer:
            assert await answer.read() == PIXEL


async def test_several_files_stand_in_one_message_of_a_thread(client, kudos):
    first = await client.chat_postMessage(channel=kudos.id, text="first")
    uploads = [{"content": "one", "filename": "1.txt"}, {"content": "two", "filename": "2.txt"}]
    await client.files_upload_v2(channel=kudos.id, thread_ts=first["ts"], file_uploads=uploads)
    message = kudos.messages[-1]
    assert message.thread_ts == first["ts"]
    assert [each["name"] for each in message.files] == ["1.txt", "2.txt"]


async def test_a_file_comes_in_direct_messages_and_can_be_fetched_from_the_page(slack, client):
    ada = slack.person("ada")
    direct = (await client.conversations_open(users=ada.id))["channel"]["id"]
    first = await client.chat_postMessage(channel=direct, text="Your export")
    csv = {"content": "id,title\n1,Grow\n", "filename": "okrs.csv", "initial_comment": "Everything so far"}
    await client.files_upload_v2(channel=direct, thread_ts=first["ts"], **csv)
    message = ada.dm[-1]
    assert (message.text, message.thread_ts) == ("Everything so far", first["ts"])
    (file,) = message.files
    assert (await client.files_info(file=file["id"]))["file"]["ims"] == [direct]
    async with aiohttp.ClientSession() as browser:
        where = {"as": ada.id, "channel": direct, "side": first["ts"]}
        async with browser.get(f"{slack.page_url}", params=where) as page:
            shown = await page.text()
        assert f'<a href="{file["url_private"]}" download="okrs.csv">okrs.csv</a>' in shown
        async with browser.get(file["url_private"], headers={"Sec-Fetch-Site": "same-origin"}) as fetched:
            assert await fetched.text() == csv["content"]


async def test_a_file_is_sent_to_a_conversation_not_to_its_person(slack, client):
    to_ada = client.files_upload_v2(channel=slack.person("ada").id, content="words", filename="notes.txt")
    assert await refused(to_ada) == "channel_not_found"


async def test_without_its_scope_the_app_shares_no_file(start):
    slack = await start(without_scopes=["files:write"])
    share = client_of(slack).files_upload_v2(content="words", filename="notes.txt")
    assert await refused(share) == "missing_scope"


async def test_the_app_learns_where_its_file_is(client, kudos):
    sent = await client.files_upload_v2(channel=kudos.id, content="words", filename="notes.txt")
    file = (await client.files_info(file=sent["file"]["id"]))["file"]
    assert (file["size"], file["channels"]) == (5, [kudos.id])
    assert file["shares"]["public"][kudos.id][0]["ts"] == kudos.messages[-1].ts
    assert await refused(client.files_info(file="F0")) == "file_not_found"


async def test_a_file_without_a_channel_is_the_apps_own(client, kudos):
    before = len(kudos.messages)
    sent = await client.files_upload_v2(content="words", filename="notes.txt", alt_txt="Notes")
    assert sent["file"]["alt_txt"] == "Notes"
    assert "shares" not in sent["file"]
    assert len(kudos.messages) == before


async def test_a_file_is_shared_only_where_the_app_is(slack, client, kudos):
    async def share(**where):
        return await refused(client.files_upload_v2(content="words", filename="notes.txt", **where))

    assert await share(channel=slack.channel("general").id) == "not_in_channel"
    assert await share(channel="C0") == "channel_not_found"
    assert await share(channel=kudos.id, thread_ts="1.000001") == "thread_not_found"
    await slack.interactions.archive_channel(kudos.id)
    assert await share(channel=kudos.id) == "is_archived"


async def test_what_is_no_file_or_too_large_is_refused(client):
    ask = client.files_getUploadURLExternal
    assert await refused(ask(filename="x", length=LARGEST + 1)) == "file_upload_size_restricted"
    assert await refused(ask(filename="x", length=0)) == "missing_argument"
    assert await refused(ask(filename="x", length=1, alt_txt="x" * 1001)) == "alt_txt_too_large"
    never_sent = (await ask(filename="x", length=1))["file_id"]
    assert await refused(client.files_completeUploadExternal(files=[{"id": never_sent}])) == "file_not_found"
    assert await refused(client.files_completeUploadExternal(files=[])) == "invalid_arguments"


async def test_the_bytes_may_come_in_a_form_and_are_counted(slack, client):
    url = (await client.files_getUploadURLExternal(filename="notes.txt", length=5))["upload_url"]
    async with aiohttp.ClientSession() as session:
        async with session.post(url, data=b"far too many") as answer:
            assert answer.status == 400
        form = aiohttp.FormData()
        form.add_field("filename", b"words", filename="notes.txt")
        async with session.post(url, data=form) as answer:
            assert (answer.status, await answer.text()) == (200, "OK - 5")
        async with session.post(url, data=b"words") as answer:
            assert answer.status == 404
