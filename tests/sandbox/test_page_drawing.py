"""How the page draws what the app sends: it reads like Slack, and whatever anybody typed stays text."""

from datetime import UTC, datetime
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sandbox.web.blocks import block, draw
from sandbox.web.calendar_bar import next_monday
from sandbox.web.chart_axes import ticks
from sandbox.web.markdown import markdown
from sandbox.web.markup import join, tag
from sandbox.web.mrkdwn import mrkdwn
from sandbox.web.surface import Surface
from tests.sandbox.block_kit_examples import BLOCKS, ELEMENTS

MONDAY = datetime(2026, 11, 23, 9, tzinfo=UTC)
GITA = Surface(
    reader="U1",
    zone=ZoneInfo("Asia/Kolkata"),
    now=MONDAY,
    people={"U1": "Gita", "U2": "Bo <b>"},
    colleagues={"U1": "Gita Raghunathan", "U2": "Bo Lindqvist"},
    channels={"C1": "kudos"},
    groups={"S1": "product"},
    id="m1",
)


def drawn(text: str) -> str:
    return mrkdwn(text, GITA)


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("*bold* _italic_ ~gone~ `code`", "<b>bold</b> <i>italic</i> <s>gone</s> <code>code</code>"),
        ("*_both_*", "<b><i>both</i></b>"),
        ("2 * 3 * 4 and snake_case_name", "2 * 3 * 4 and snake_case_name"),
        ("`*not bold* &amp; <@U1>`", "<code>*not bold* &amp; "),
        ("one\ntwo", "one<br>two"),
        ("before\n&gt; quoted\n&gt; more\nafter", "before<blockquote>quoted<br>more</blockquote>after"),
        ("&gt;&gt;&gt; all\nof it", "<blockquote>all<br>of it</blockquote>"),
        ("```\nx = *1*\n```", "<pre>x = *1*</pre>"),
        ("fish &amp; chips &lt;3", "fish &amp; chips &lt;3"),
        ("&amp;lt;", "&amp;lt;"),
        ("at 10:30:45", "at 10:30:45"),
        (":no_such_emoji:", ":no_such_emoji:"),
    ],
)
def test_what_people_type_reads_as_in_slack(typed, shown):
    assert shown in drawn(typed)


def test_an_emoji_is_drawn_and_can_be_heard():
    assert 'aria-label="tada"' in drawn("done :tada:")
    assert "🎉" in drawn("done :tada:")


def test_a_mention_says_who_is_meant_and_stands_out_for_the_one_who_reads():
    assert 'class="mention me" data-user="U1">@Gita<' in drawn("<@U1>")
    assert "@Bo &lt;b&gt;" in drawn("<@U2>")
    assert "@unknown" in drawn("<@U9>")


def test_channels_and_groups_are_named_only_to_those_who_may_see_them():
    assert "#kudos" in drawn("<#C1|whatever>")
    assert "secret" not in drawn("<#C9|secret>")
    assert "@product" in drawn("<!subteam^S1|@forged>")


def test_everybody_can_be_called_only_by_slacks_own_token():
    assert "broadcast" in drawn("<!channel>")
    assert "broadcast" not in drawn("&lt;!channel&gt; @channel")
    assert "&lt;!nonsense&gt;" in drawn("<!nonsense>")


@pytest.mark.parametrize("address", ["https://example.com/a_b*c?x=1&amp;y=2", "mailto:ada@larkspur.example"])
def test_a_link_opens_elsewhere(address):
    assert f'href="{address}" target="_blank" rel="noopener noreferrer">the *plan*</a>' in drawn(
        f"_see <{address}|the *plan*>_"
    )


@pytest.mark.parametrize("address", ["javascript:alert(1)", "data:text/html,x", "file:///etc/passwd", "JaVaScRiPt:x"])
def test_an_address_that_runs_or_reads_something_is_no_link(address):
    blocks = [
        {"type": "section", "text": {"type": "mrkdwn", "text": f"<{address}|press me>"}},
        {"type": "markdown", "text": f"[press me]({address})"},
        {
            "type": "rich_text",
            "elements": [{"type": "rich_text_section", "elements": [{"type": "link", "url": address}]}],
        },
        {"type": "actions", "elements": [{"type": "button", "text": {"text": "Go"}, "action_id": "a", "url": address}]},
        {"type": "image", "image_url": address, "alt_text": "a chart"},
    ]
    assert "href" not in draw(blocks, GITA)
    assert "<img" not in draw(blocks, GITA)


def test_a_link_to_a_message_stays_in_the_readers_own_eyes():
    assert '<a href="/archives/C1/p123?as=U1">the plan</a>' in drawn("<http://127.0.0.1:80/archives/C1/p123|the plan>")
    assert 'target="_blank"' in drawn("<https://example.com/archives/C1/p123|the plan>")


def test_a_bare_address_becomes_a_link_unless_the_text_is_verbatim():
    assert '<a href="https://example.com/x"' in drawn("see https://example.com/x.")
    assert "href" not in mrkdwn("see https://example.com/x.", GITA, verbatim=True)


@pytest.mark.parametrize(
    ("pattern", "shown"),
    [
        ("{date_num}", "2026-11-24"),
        ("{date}", "November 24th, 2026"),
        ("{date_short} at {time}", "Nov 24, 2026 at 12:30 AM"),
        ("{date_long}", "Tuesday, November 24th, 2026"),
        ("{date_short_pretty}", "tomorrow"),
        ("{ago}", "in 10 hours"),
    ],
)
def test_a_date_is_told_on_the_readers_own_clock(pattern, shown):
    at = int(datetime(2026, 11, 23, 19, tzinfo=UTC).timestamp())
    assert f">{shown}</time>" in drawn(f"<!date^{at}^{pattern}|some day>")


@pytest.mark.parametrize(
    "token", ["<!date^soon^{date}|some day>", "<!date^1^{era}|some day>", f"<!date^{9**30}^x|some day>"]
)
def test_a_date_that_cannot_be_told_shows_its_fallback(token):
    assert drawn(token) == "some day"


@given(st.text(alphabet="<>&\"'`*_~|@#!^:/\n\x00ab1 "))
def test_nothing_that_is_typed_becomes_markup_of_its_own(typed):
    hostile = f'{typed}<img src=x onerror="1">{typed}'
    for shown in (drawn(hostile), markdown(hostile), tag("b", hostile), tag("b", title=hostile)):
        assert "<img" not in shown


def test_only_what_is_not_markup_yet_is_escaped():
    assert join(["<i>", tag("i", "<b>"), None, ["&"]]) == "&lt;i&gt;<i>&lt;b&gt;</i>&amp;"


def test_a_block_and_an_element_that_the_page_does_not_know_say_so():
    assert "The block “hologram” is not drawn here yet." in block({"type": "hologram"}, GITA)
    actions = {"type": "actions", "elements": [{"type": "<hologram>"}]}
    assert "The element “&lt;hologram&gt;” is not drawn here yet." in block(actions, GITA)


def test_markdown_is_drawn_without_raw_html():
    shown = markdown(
        "## Plan\n\n- **one**\n- <b>two</b>\n\n| a | b |\n|---|---|\n| 1 | `2` |\n\n> said\n\n```\nx < y\n```"
    )
    said, code = "<blockquote><p>said</p>", "<pre>x &lt; y</pre>"
    for part in ("<h4", "<b>one</b>", "&lt;b&gt;two", '<td class="left">1</td>', said, code):
        assert part in shown


def field(element, **more):
    label = {"type": "plain_text", "text": "Target"}
    return {"type": "input", "block_id": "b", "label": label, "element": {"action_id": "a", **element}, **more}


FIELDS = [
    *("plain_text_input", "number_input", "email_text_input", "url_text_input", "rich_text_input"),
    *("datepicker", "timepicker", "datetimepicker"),
    *("static_select", "users_select", "conversations_select", "channels_select"),
    *("multi_static_select", "multi_users_select", "multi_conversations_select", "multi_channels_select"),
]


@pytest.mark.parametrize("kind", FIELDS)
def test_every_field_is_found_by_its_label(kind):
    shown = block(field({"type": kind, "options": []}), GITA)
    assert '<label for="m1-b-a">Target</label>' in shown
    assert 'id="m1-b-a"' in shown


def test_an_error_stands_beside_its_field_and_the_field_is_marked():
    wrong = GITA.at("V1", errors={"b": "Not a <number>."})
    shown = block(field({"type": "number_input"}), wrong)
    assert 'role="alert">Not a &lt;number&gt;.</p>' in shown
    assert 'aria-invalid="true" aria-describedby="V1-b-a-notes"' in shown
    assert 'id="V1-b-a-notes"' in shown


def test_what_was_entered_is_shown_rather_than_the_initial_value():
    entered = GITA.at("V1", values={"b": {"a": {"type": "plain_text_input", "value": 'he said "45"'}}})
    shown = block(field({"type": "plain_text_input", "initial_value": "0"}), entered)
    assert 'value="he said &quot;45&quot;"' in shown


def test_people_to_choose_are_listed_by_name_with_those_chosen_before():
    shown = block(field({"type": "multi_users_select", "initial_users": ["U2"]}), GITA)
    assert 'role="option" data-value="U2" aria-selected="true">Bo Lindqvist' in shown
    assert 'aria-label="Remove Bo Lindqvist"' in shown


def test_next_monday_is_never_now():
    monday = datetime(2026, 11, 23, 9, tzinfo=ZoneInfo("Asia/Kolkata"))
    assert next_monday(monday).day == 30
    assert next_monday(monday.replace(hour=8)).day == 23
    assert next_monday(monday.replace(day=29, hour=23)).day == 30


@pytest.mark.parametrize("example", [*BLOCKS.values(), *ELEMENTS.values()], ids=[*BLOCKS, *ELEMENTS])
def test_whatever_slack_takes_is_drawn(example):
    shown = block(example, GITA)
    assert f'class="block {example["type"]}' in shown
    assert "not drawn here" not in shown


POINTS = [{"label": "Feb", "value": 2}, {"label": "Jan", "value": -1}]
AXES = {"categories": ["Jan", "Feb"], "x_label": "Month"}


def chart(kind):
    drawing = {"type": kind, "series": [{"name": "NPS", "data": POINTS}], "axis_config": AXES}
    return block({"type": "data_visualization", "title": "Mood <3", "chart": drawing}, GITA)


@pytest.mark.parametrize("kind", ["line", "bar", "area"])
def test_a_chart_has_a_name_and_axes_and_tells_each_figure_to_those_who_point(kind):
    shown = chart(kind)
    assert f'role="img" aria-label="Mood &lt;3: {kind} chart of NPS"' in shown
    assert "<title>Jan, NPS: -1</title>" in shown
    assert ">Month</text>" in shown


def test_a_charts_figures_are_also_a_table_in_the_order_of_its_categories():
    table = chart("line").partition("<table>")[2]
    assert table.index(">Jan<") < table.index(">-1<") < table.index(">Feb<") < table.index(">2<")


def test_a_pie_tells_each_share():
    segments = [{"label": "Good", "value": 3}, {"label": "Bad", "value": 1}]
    shown = block({"type": "data_visualization", "title": "Mood", "chart": {"type": "pie", "segments": segments}}, GITA)
    assert "<title>Good: 3 (75%)</title>" in shown
    assert shown.count("<path") == 2


@given(st.lists(st.floats(-1e12, 1e12), max_size=20))
def test_the_steps_of_an_axis_take_in_every_value_and_nought(values):
    steps = ticks(values)
    assert steps == sorted(set(steps))
    assert 2 <= len(steps) <= 8
    assert min([0, *values]) >= steps[0] - 1e-9
    assert max([0, *values]) <= steps[-1] + 1e-9


def test_a_long_table_shows_its_first_page_and_says_how_much_there_is():
    rows = [[{"type": "raw_text", "text": name}] for name in ("Name", *"abcdefg")]
    shown = block({"type": "data_table", "caption": "Letters", "rows": rows, "page_size": 3}, GITA)
    assert shown.count("<tr hidden>") == 4
    assert "1–3 of 7" in shown


def test_lists_in_markdown_stand_inside_each_other_and_tasks_are_ticked():
    shown = markdown("- plan\n  3. then\n- [x] done\n- [ ] to do")
    assert '<li>plan<ol start="3"><li>then</li></ol></li>' in shown
    assert 'aria-label="done" class="task-box">☑</span>done' in shown
    assert 'aria-label="to do" class="task-box">☐</span>to do' in shown


def test_a_picture_of_this_machine_is_shown_and_any_other_is_framed():
    ours, theirs = "http://127.0.0.1:1/files/x.png", "https://example.com/x.png"
    picture = {"type": "image", "alt_text": "A cairn"}
    assert f'<img src="{ours}" alt="A cairn"' in block({**picture, "image_url": ours}, GITA)
    assert "<img" not in block({**picture, "image_url": theirs}, GITA)
    assert "A cairn" in block({**picture, "image_url": theirs}, GITA)


def test_a_menu_of_a_hundred_options_can_be_searched():
    options = [{"text": {"type": "plain_text", "text": f"Option {n}"}, "value": str(n)} for n in range(100)]
    shown = block(field({"type": "static_select", "options": options, "initial_option": options[41]}), GITA)
    assert 'role="combobox"' in shown
    assert shown.count('role="option"') == 100
    assert 'aria-label="Remove Option 41"' in shown
