"""Three judges of what an app sends: our validator, slack_sdk's models, and the slackblocks library.

Each answers "accepts", "refuses", or "does not know it" where its model lacks something that was sent.
"""

import inspect
import logging
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cache
from typing import Any

import slackblocks as sb
from slack_sdk.errors import SlackObjectFormationError
from slack_sdk.models.blocks import Block
from slack_sdk.models.views import View

from sandbox.block_kit import message_problems, view_problems

ACCEPTS, REFUSES, UNKNOWN = "accepts", "refuses", "does not know it"

Drawn = dict[str, Any]
"""A message or a view."""


class NotModelled(Exception):
    """The judge has no word for something that was sent."""


def ours(drawn: Drawn) -> str:
    """Our own validator."""
    return REFUSES if (view_problems if "type" in drawn else message_problems)(drawn) else ACCEPTS


def slack_sdk(drawn: Drawn) -> str:
    """`slack_sdk.models`: a view whole, a message block by block (its own class for messages is no longer kept up)."""
    try:
        with _nothing_skipped():
            parts = [View(**drawn)] if "type" in drawn else Block.parse_all(drawn.get("blocks", []))
            for part in parts:
                part.to_dict()
    except NotModelled:
        return UNKNOWN
    except (SlackObjectFormationError, TypeError, AttributeError):  # it fails in all these ways on what it needs
        return REFUSES
    return ACCEPTS


def slackblocks(drawn: Drawn) -> str:
    """The slackblocks library, which is asked to build the same thing."""
    try:
        _whole(drawn)
    except NotModelled:
        return UNKNOWN
    except (sb.InvalidUsageError, TypeError, ValueError, AttributeError, KeyError):
        return REFUSES
    return ACCEPTS


JUDGES: dict[str, Callable[[Drawn], str]] = {"we": ours, "slack_sdk": slack_sdk, "slackblocks": slackblocks}


def verdicts(drawn: Drawn) -> dict[str, str]:
    """What each judge says of it."""
    return {name: judge(drawn) for name, judge in JUDGES.items()}


def disagree(given: dict[str, str]) -> bool:
    """Whether one accepts what another refuses."""
    return {ACCEPTS, REFUSES} <= set(given.values())


@contextmanager
def _nothing_skipped() -> Iterator[None]:
    """slack_sdk logs what it does not know and leaves it out: that is no judgement."""
    logger, skipped = logging.getLogger("slack_sdk.models"), logging.Handler(logging.WARNING)
    said: list[logging.LogRecord] = []
    skipped.emit = said.append
    logger.addHandler(skipped)
    try:
        yield
    except AttributeError as error:  # what it left out is missed further on
        raise NotModelled from error if said else None
    finally:
        logger.removeHandler(skipped)
    if said:
        raise NotModelled


# slackblocks parses only the simplest blocks, so what was sent is built with its constructors


def _whole(drawn: Drawn) -> object:
    blocks = [_block(each) for each in drawn.get("blocks", [])]
    if drawn.get("type") == "modal":
        return _made(sb.ModalView, {**drawn, "blocks": blocks})
    if drawn.get("type") == "home":
        return _made(sb.HomeTabView, {**drawn, "blocks": blocks})
    return sb.Message(channel="C1", text=drawn.get("text", ""), blocks=blocks or None)


def _block(drawn: Drawn) -> object:
    return _made(_known(BLOCKS, drawn), drawn)


def _known(table: dict[str, type], drawn: Drawn) -> type:
    if drawn.get("type") not in table:
        raise NotModelled
    return table[drawn["type"]]


def _made(kind: type, drawn: Drawn) -> object:
    """An object of this class with everything in `drawn`."""
    given = {RENAMED.get(key, key): _part(key, value, kind) for key, value in drawn.items() if key != "type"}
    given |= given.pop("style", {}) if isinstance(given.get("style"), dict) else {}
    if not _taken_by(kind).issuperset(given):
        raise NotModelled
    return kind(**given)


@cache
def _taken_by(kind: type) -> frozenset[str]:
    """What its constructor takes."""
    return frozenset(inspect.signature(kind).parameters)


def _part(key: str, value: Any, within: type) -> Any:
    """A value as the constructors want it."""
    if isinstance(value, list):
        return [_part(key, each, within) for each in value]
    if not isinstance(value, dict) or key == "style":
        return value
    if key in PARTS:
        return PARTS[key](value)
    if value.get("type") in ("plain_text", "mrkdwn"):
        return sb.Text.from_dict(value)
    if key in ("child_blocks", "tasks", "details", "output", "rich_text_title") or within is sb.CarouselBlock:
        return _block(value)
    if key == "initial_value" or within is sb.DataTableBlock:
        return _block(value) if value["type"] == "rich_text" else _made(_known(ELEMENTS, value), value)
    return _made(_known(ELEMENTS, value), value)


RENAMED = {"initial_date_time": "initial_datetime", "usergroup_id": "user_group_id"}

PARTS: dict[str, Callable[[Drawn], object]] = {
    "confirm": lambda each: sb.ConfirmationDialogue(**_built(each)) if "title" in each else sb.Text.from_dict(each),
    "options": lambda each: _made(sb.Option, each),
    "initial_option": lambda each: _made(sb.Option, each),
    "initial_options": lambda each: _made(sb.Option, each),
    "option_groups": lambda each: _made(sb.OptionGroup, each),
    "filter": lambda each: _made(sb.ConversationFilter, each),
    "dispatch_action_config": lambda each: _made(sb.DispatchActionConfiguration, each),
    "slack_file": lambda each: sb.SlackFile(each.get("url"), each.get("id")),
    "workflow": lambda each: sb.Workflow.from_dict(each),
    "chart": lambda each: _made(_known(CHARTS, each), each),
    "segments": lambda each: _made(sb.ChartSegment, each),
    "series": lambda each: _made(sb.DataSeries, each),
    "data": lambda each: _made(sb.DataPoint, each),
    "axis_config": lambda each: _made(sb.AxisConfig, each),
    "column_settings": lambda each: _made(sb.ColumnSettings, each),
    "positive_button": lambda each: _made(sb.FeedbackButton, each),
    "negative_button": lambda each: _made(sb.FeedbackButton, each),
    "sources": lambda each: _made(sb.URLSource, {key: value for key, value in each.items() if key != "type"}),
}


def _built(drawn: Drawn) -> Drawn:
    return {key: sb.Text.from_dict(value) if isinstance(value, dict) else value for key, value in drawn.items()}


BLOCKS: dict[str, type] = {
    "section": sb.SectionBlock,
    "actions": sb.ActionsBlock,
    "context": sb.ContextBlock,
    "divider": sb.DividerBlock,
    "header": sb.HeaderBlock,
    "image": sb.ImageBlock,
    "video": sb.VideoBlock,
    "rich_text": sb.RichTextBlock,
    "input": sb.InputBlock,
    "alert": sb.AlertBlock,
    "markdown": sb.MarkdownBlock,
    "context_actions": sb.ContextActionsBlock,
    "table": sb.TableBlock,
    "data_table": sb.DataTableBlock,
    "data_visualization": sb.DataVisualizationBlock,
    "card": sb.CardBlock,
    "carousel": sb.CarouselBlock,
    "container": sb.ContainerBlock,
    "task_card": sb.TaskCardBlock,
    "plan": sb.PlanBlock,
    "file": sb.FileBlock,
}
ELEMENTS: dict[str, type] = {
    "image": sb.Image,
    "button": sb.Button,
    "workflow_button": sb.WorkflowButton,
    "feedback_buttons": sb.FeedbackButtons,
    "icon_button": sb.IconButton,
    "overflow": sb.OverflowMenu,
    "checkboxes": sb.CheckboxGroup,
    "radio_buttons": sb.RadioButtonGroup,
    "datepicker": sb.DatePicker,
    "timepicker": sb.TimePicker,
    "datetimepicker": sb.DateTimePicker,
    "static_select": sb.StaticSelectMenu,
    "multi_static_select": sb.StaticMultiSelectMenu,
    "external_select": sb.ExternalSelectMenu,
    "multi_external_select": sb.ExternalMultiSelectMenu,
    "users_select": sb.UserSelectMenu,
    "multi_users_select": sb.UserMultiSelectMenu,
    "channels_select": sb.ChannelSelectMenu,
    "multi_channels_select": sb.ChannelMultiSelectMenu,
    "conversations_select": sb.ConversationSelectMenu,
    "multi_conversations_select": sb.ConversationMultiSelectMenu,
    "plain_text_input": sb.PlainTextInput,
    "rich_text_input": sb.RichTextInput,
    "number_input": sb.NumberInput,
    "email_text_input": sb.EmailInput,
    "url_text_input": sb.URLInput,
    "file_input": sb.FileInput,
    "rich_text_section": sb.RichTextSection,
    "rich_text_list": sb.RichTextList,
    "rich_text_quote": sb.RichTextQuote,
    "rich_text_preformatted": sb.RichTextCodeBlock,
    "text": sb.RichText,
    "link": sb.RichTextLink,
    "user": sb.RichTextUser,
    "usergroup": sb.RichTextUserGroup,
    "channel": sb.RichTextChannel,
    "emoji": sb.RichTextEmoji,
    "raw_text": sb.RawText,
    "raw_number": sb.RawNumber,
}
CHARTS: dict[str, type] = {"pie": sb.PieChart, "line": sb.LineChart, "bar": sb.BarChart, "area": sb.AreaChart}
