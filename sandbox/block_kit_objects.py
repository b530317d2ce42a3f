"""What blocks and elements are composed of: texts, options, confirmations, files, rich text.

The numbers are Slack's limits, in characters or items; where its sources disagree, the stricter.
"""

from __future__ import annotations

from sandbox.block_kit_rules import (
    Rule,
    Rules,
    at_least_one,
    boolean,
    choice,
    exactly_one,
    integer,
    many,
    matching,
    one_of,
    shape,
    some_of,
    string,
    typed,
    url,
)

# Texts


def texts(most: int = 3000) -> Rules:
    """Both kinds of text object, by their type."""
    return {
        "plain_text": typed({"text": string(1, most)}, {"emoji": boolean}),
        "mrkdwn": typed({"text": string(1, most)}, {"verbatim": boolean}),
    }


def plain(most: int) -> Rule:
    """A plain_text object."""
    return one_of(texts(most), ["plain_text"])


def text(most: int) -> Rule:
    """A text object of either kind."""
    return one_of(texts(most))


PLACEHOLDER = plain(150)

CONFIRM = shape(
    {"title": plain(100), "text": text(300), "confirm": plain(30), "deny": plain(30)},
    {"style": choice("primary", "danger")},
)

# Options: selects and overflow menus show plain text, boxes and radio buttons also mrkdwn; only a menu's has a URL


def _option(words: Rule, extra: Rules) -> Rule:
    return shape({"text": words, "value": string(1, 150)}, {"description": words, **extra})


SELECT_OPTION = _option(plain(75), {})
CHOICE_OPTION = _option(text(75), {})
MENU_OPTION = _option(plain(75), {"url": url()})
OPTION_GROUP = shape({"label": plain(75), "options": many(SELECT_OPTION, 1, 100)})

# Small things

SLACK_FILE = shape(
    {},
    {"id": matching(r"F[A-Z0-9]{8,}", "a file id"), "url": url()},
    exactly_one("id", "url"),
)

DISPATCH_ACTION_CONFIG = shape({"trigger_actions_on": some_of("on_enter_pressed", "on_character_entered")})

CONVERSATION_FILTER = shape(
    {},
    {
        "include": some_of("im", "mpim", "private", "public"),
        "exclude_bot_users": boolean,
        "exclude_external_shared_channels": boolean,
    },
    at_least_one("include", "exclude_bot_users", "exclude_external_shared_channels"),
)

WORKFLOW = shape(
    {
        "trigger": shape(
            {"url": url()},
            {"customizable_input_parameters": many(shape({"name": string(), "value": string(0)}))},
        )
    }
)

IMAGE_KEYS: Rules = {"image_url": url(), "slack_file": SLACK_FILE}
ONE_IMAGE = exactly_one("image_url", "slack_file")

# Rich text: a block of sections, lists, quotes and preformatted parts, made of leaves

STYLE = shape(
    {},
    dict.fromkeys(
        ("bold", "italic", "strike", "underline", "code", "highlight", "client_highlight", "unlink"),
        boolean,
    ),
)


def leaf(needs: Rules, may: Rules | None = None) -> Rule:
    """The smallest piece of rich text."""
    return typed(needs, {"style": STYLE, **(may or {})})


LEAVES: Rules = {
    "text": leaf({"text": string()}),
    "link": leaf({"url": url()}, {"text": string(0), "unsafe": boolean}),
    "user": leaf({"user_id": string()}),
    "usergroup": leaf({"usergroup_id": string()}),
    "team": leaf({"team_id": string()}),
    "channel": leaf({"channel_id": string()}),
    "emoji": leaf({"name": string()}, {"unicode": string(), "skin_tone": integer(1, 6)}),
    "broadcast": leaf({"range": choice("here", "channel", "everyone")}),
    "color": leaf({"value": matching(r"#?[0-9A-Fa-f]{6}", "a colour in hexadecimal")}),
    "date": leaf({"timestamp": integer(), "format": string()}, {"url": url(), "fallback": string(0)}),
}

BORDER = integer(0, 1)
PIECES = many(one_of(LEAVES))
RICH_TEXT_SECTION = typed({"elements": PIECES})

RICH_TEXT_PARTS: Rules = {
    "rich_text_section": RICH_TEXT_SECTION,
    "rich_text_quote": typed({"elements": PIECES}, {"border": BORDER}),
    "rich_text_preformatted": typed({"elements": PIECES}, {"border": BORDER, "language": string()}),
    "rich_text_list": typed(
        {
            "style": choice("bullet", "ordered"),
            "elements": many(one_of({"rich_text_section": RICH_TEXT_SECTION}), 1),
        },
        {"indent": integer(0, 8), "offset": integer(), "border": BORDER},
    ),
}

BLOCK_ID = string(1, 255)
RICH_TEXT: Rules = {
    "rich_text": typed({"elements": many(one_of(RICH_TEXT_PARTS))}, {"block_id": BLOCK_ID}),
}
