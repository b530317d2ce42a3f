"""A people file brings a company of one's own, or says what is wrong with it."""

import re

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from sandbox.client import Slack
from sandbox.company import company
from sandbox.people_file import NotACompany
from tests.sandbox.alone import SMALL, alone, written


async def test_a_company_of_one_s_own_moves_in(tmp_path):
    async with alone("--people", written(tmp_path, SMALL)) as where, Slack.at(where["page"]) as slack:
        client = AsyncWebClient(where["bot_token"], base_url=where["api_url"])
        people = {each["name"]: each for each in (await client.users_list(limit=100))["members"]}
        general = await slack.ask("GET", "channels/general")
        zoe = await slack.ask("GET", "people/zoe")

    assert {"zoe", "max", "ci", "slackbot", "parrot"} == set(people)
    assert people["max"]["tz"] == "America/Bogota"
    assert people["zoe"]["is_owner"]
    assert zoe["id"] == where["user"]
    assert {people["zoe"]["id"], people["max"]["id"]} < set(general["members"])


WRONG = [
    ("[]", "it has no list of people."),
    ("people: []", "there is nobody in it whom one could be."),
    ("people: [{handle: ci, name: Builds, flags: [bot]}]", "there is nobody in it whom one could be."),
    ("people: [ada]", "its people must be a list, each with its handle and name."),
    ("people: [{handle: ada, name: Ada}]\npets: []", "a people file has no 'pets'; it has company, people, channels"),
    ("people: [{handle: ada, name: Ada, age: 5}]", "a person has no 'age'; it has handle, name, title, tz"),
    ("people: [{handle: ada, name: 5}]", "the name of the person ada must be text."),
    ("people: [{handle: ada, name: ' '}]", "the person ada has no name."),
    ("people: [{handle: Ada L, name: Ada}]", "the person 'Ada L' must be named in small letters, digits, dots"),
    ("people: [{handle: ada, name: Ada, flags: admin}]", "the flags of the person ada must be a list of words."),
    ("people: [{handle: ada, name: Ada, flags: [boss]}]", "ada has a flag boss; there are admin, owner"),
    ("people: [{handle: ada, name: Ada, tz: London}]", "ada is in London, which is no time zone; Europe/London is"),
    ("people: [{handle: ada, name: Ada, manager: bo}]", "ada has a manager bo, who is not among the people."),
    ("people: [{handle: ada, name: A}, {handle: ada, name: B}]", "there are two with the name ada among its person"),
    ("people: [{handle: slackbot, name: Bot}]", "slackbot is Slack's own name."),
    ("people: [{handle: a, name: A}]\nchannels: [{name: x, members: [b]}]", "x has a member b, who is not among"),
    ("people: [{handle: a, name: A}]\nchannels: [{name: x, private: 1}]", "private of the channel x must be true or"),
    ("people: [{handle: a, name: A}]\ngroups: [{handle: g}]", "the group g has no name."),
    ("people: [{handle: a, name: A}]\ncompany: [x]", "the company's name must be text."),
]


@pytest.mark.parametrize(("text", "sentence"), WRONG)
def test_a_people_file_says_what_is_wrong_with_it(tmp_path, text, sentence):
    with pytest.raises(NotACompany, match=re.escape(f"cannot be used: {sentence}")):
        company("parrot", written(tmp_path, text))


def test_a_people_file_that_is_not_yaml_says_where(tmp_path):
    with pytest.raises(NotACompany, match=r"is not YAML \(line 3\)\.$"):
        company("parrot", written(tmp_path, "people:\n  - {handle: ada\n"))
