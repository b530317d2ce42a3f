"""What depends on another team: asking it, what it is asked, what it answers, and what is shown of that."""

from collections.abc import Sequence

from domain.dependencies import Dependency, DependencyId, Need
from domain.objectives import Answered, KeyResult, KeyResultId, Objective, Waiting
from domain.people import Member, Team
from domain.permissions import Stake, Verb, may
from views import forms
from views.blocks import (
    Block,
    Message,
    View,
    actions,
    button,
    context,
    input_block,
    modal,
    option,
    quote,
    section,
    select,
    text_input,
)
from views.text import escape, mention

CONFIRM = "dependency.confirm"
DECLINE = "dependency.decline"
FORM = "dependency"
ANSWER_FORM = "dependency.answer"

MOST_OPTIONS = 100
_SAYS = {Answered.CONFIRMED: "has confirmed", Answered.DECLINED: "cannot"}


_MARKS = {Answered.ASKED: ":hourglass:", Answered.CONFIRMED: ":white_check_mark:", Answered.DECLINED: ":no_entry_sign:"}


def marked(each: Waiting) -> str:
    """What a key result depends on, behind how that stands, in mrkdwn."""
    return f"{_MARKS[each.state]} {waiting(each)}"


def waiting(each: Waiting, whole: bool = False) -> str:
    """What a key result depends on, in mrkdwn; `whole` with what that is, and what was answered."""
    team = escape(each.team, 80)
    if each.state is Answered.ASKED:
        said = f"depends on {team} · not confirmed yet"
    else:
        said = f"{team} {_SAYS[each.state]}"
    if not whole:
        return said
    answer = f" (“{escape(each.answer, 150)}”)" if each.answer else ""
    return f"{said}: {escape(each.words, 150)}{answer}"


def form(kr: KeyResult, objective: Objective, teams: Sequence[Team]) -> View:
    """Which team it depends on, and for what."""
    others = [team for team in teams if team.id != objective.team_id]
    if not others:
        return modal("Another team", [section("There is no other team yet. A champion or an admin can add one.")])
    left = len(others) - MOST_OPTIONS
    hint = f"{left} more are not listed here; `/okr depends {kr.ref} on NAME: …` takes any." if left > 0 else ""
    choice = select([option(team.name, team.id) for team in others[:MOST_OPTIONS]], placeholder="Choose a team")
    fields = [
        section(f"*{kr.ref}* {escape(kr.title)}"),
        input_block("team", "Which team does it depend on?", choice, hint=hint),
        input_block("words", "For what?", text_input(placeholder="The new API by June")),
        context(
            "Their lead is asked privately, and can confirm it or say what stands in the way. You hear the answer."
        ),
    ]
    return modal("Another team", fields, "Ask them", FORM, {"key_result": kr.id})


def read(view: forms.Json) -> tuple[KeyResultId, Need]:
    """What was filled in, and for which key result."""
    need = Need(forms.number(forms.chosen(view, "team")), forms.typed(view, "words"))
    return KeyResultId(forms.the_number(view, "key_result")), need


def answer_form(dependency: Dependency) -> View:
    """A word on why not."""
    fields = [
        section(_asks(dependency)),
        quote(dependency.words),
        input_block(
            "answer",
            "What stands in the way, or what would be possible?",
            text_input(dependency.answer, "July, if the migration goes well"),
            hint=f"{dependency.asked_by.name} reads these words.",
        ),
    ]
    return modal(f"{dependency.ref}", fields, "Tell them", ANSWER_FORM, {"dependency": dependency.id})


def read_answer(view: forms.Json) -> tuple[DependencyId, str]:
    """What was filled in, and to which dependency."""
    return DependencyId(forms.the_number(view, "dependency")), forms.typed(view, "answer")


def asked(dependency: Dependency) -> Message:
    """What is asked of whoever speaks for the other team."""
    words = _asks(dependency)
    rule = (
        f"You get this because you speak for {escape(dependency.team.name, 80)}: its lead does, or a champion or an "
        "admin where it has none. An admin can change that under *Teams*."
    )
    text = f"{words}: {escape(dependency.words, 300)}"
    return {"text": text, "blocks": [section(words), quote(dependency.words), _buttons(dependency), context(rule)]}


def shown(dependency: Dependency, viewer: Member) -> Message:
    """How it stands, for whoever asks; with a way to answer for who may."""
    if dependency.state is not Answered.ASKED:
        return _said(dependency)
    message = _with_words(f"{_asks(dependency)}. Not confirmed yet ({dependency.ref}).", dependency)
    buttons = [_buttons(dependency)] if may(Verb.ANSWER_DEPENDENCY, viewer, Stake(team=dependency.team.id)) else []
    return {"text": message["text"], "blocks": [*message["blocks"], *buttons]}


def settled(dependency: Dependency) -> Message:
    """What the question turns into once it has been answered."""
    by = mention(dependency.answered_by) if dependency.answered_by else escape(dependency.team.name, 80)
    mark, verb = (":white_check_mark:", "confirmed") if _yes(dependency) else (":no_entry_sign:", "said no to")
    words = (
        f"{mark} {by} {verb} {dependency.ref}, which *{dependency.key_result.ref}* depends on. {_and_now(dependency)}"
    )
    return _with_words(words, dependency)


def told(dependency: Dependency) -> Message:
    """What whoever asked is told."""
    message = _said(dependency)
    rule = context("You get this because you asked with `/okr depends`.")
    return {"text": message["text"], "blocks": [*message["blocks"], rule]}


def _buttons(dependency: Dependency) -> Block:
    return actions(
        button("Confirm", CONFIRM, dependency.id, "primary"), button("Not possible…", DECLINE, dependency.id)
    )


def _said(dependency: Dependency) -> Message:
    """What the team has answered."""
    team, kr = escape(dependency.team.name, 80), dependency.key_result
    by = f" ({mention(dependency.answered_by)})" if dependency.answered_by else ""
    said = "has confirmed" if _yes(dependency) else "cannot do"
    mark = ":white_check_mark:" if _yes(dependency) else ":no_entry_sign:"
    words = f"{mark} {team}{by} {said} what *{kr.ref}* {escape(kr.title, 200)} depends on ({dependency.ref})."
    return _with_words(words, dependency)


def recorded(dependency: Dependency) -> Message:
    """The answer to whoever asked another team."""
    team, kr = escape(dependency.team.name, 80), dependency.key_result
    words = f"*{kr.ref}* depends on {team}, as {dependency.ref}. They are asked privately, and you hear what they say."
    return {"text": words, "blocks": [section(words), quote(dependency.words)]}


def _with_words(words: str, dependency: Dependency) -> Message:
    answer = [quote(dependency.answer)] if dependency.answer else []
    said = f" {escape(dependency.answer, 300)}" if dependency.answer else ""
    text = f"{words} {escape(dependency.words, 300)}.{said}"
    return {"text": text, "blocks": [section(words), quote(dependency.words), *answer]}


def _and_now(dependency: Dependency) -> str:
    return (
        f"{mention(dependency.asked_by)} hears of it. To change it: `/okr depends {dependency.ref} yes` or `no: why`."
    )


def _yes(dependency: Dependency) -> bool:
    return dependency.state is Answered.CONFIRMED


def _asks(dependency: Dependency) -> str:
    kr, team = dependency.key_result, escape(dependency.team.name, 80)
    return f"{mention(dependency.asked_by)} asks {team} for what *{kr.ref}* {escape(kr.title)} depends on"
