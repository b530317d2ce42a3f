"""What depends on another team: asking it, what it is asked, what it answers, and what is shown of that."""

from collections.abc import Sequence

from domain.dependencies import Dependency, DependencyId, Need
from domain.objectives import Answered, KeyResult, KeyResultId, Objective, Waiting
from domain.people import Member, Team
from domain.permissions import Stake, Verb, may
from views import forms
from views.blocks import (
    MOST_OPTIONS,
    Block,
    Message,
    View,
    actions,
    button,
    context,
    header,
    input_block,
    modal,
    option,
    quote,
    section,
    select,
    text_input,
)
from views.room import IN_MESSAGE, fitting
from views.text import count, escape, mention, spoken

LIST = "dependency.list"
WITHDRAW = "dependency.withdraw"
CONFIRM = "dependency.confirm"
DECLINE = "dependency.decline"
FORM = "dependency"
ANSWER_FORM = "dependency.answer"

_SAYS = {Answered.CONFIRMED: "has confirmed", Answered.DECLINED: "cannot", Answered.WITHDRAWN: "is no longer needed"}


_MARKS = {
    Answered.ASKED: ":hourglass:",
    Answered.CONFIRMED: ":white_check_mark:",
    Answered.DECLINED: ":no_entry_sign:",
    Answered.WITHDRAWN: ":leaves:",
}


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


def asked_again(dependency: Dependency) -> Message:
    """What is asked once more of whoever speaks for the other team, after a week."""
    words = f":wave: {_asks(dependency)}. That was a week ago. What can you say by now? A no helps to plan, too"
    rule = f"You get this because {dependency.ref} has had no answer for a week. Nobody asks a third time."
    text = f"{words}: {escape(dependency.words, 300)}"
    return {
        "text": text,
        "blocks": [section(f"{words}."), quote(dependency.words), _buttons(dependency), context(rule)],
    }


def shown(dependency: Dependency, viewer: Member, why_over: str = "") -> Message:
    """How it stands, for whoever asks; with what they can do about it, while somebody waits for it."""
    if why_over:
        return over(dependency, why_over)
    asked = dependency.state is Answered.ASKED
    not_yet = f"{_asks(dependency)}. Not confirmed yet ({dependency.ref})."
    message = _with_words(not_yet, dependency) if asked else _said(dependency)
    return {"text": message["text"], "blocks": [*message["blocks"], *_pressable(dependency, viewer)]}


def over(dependency: Dependency, why: str) -> Message:
    """What a question turns into to which nobody waits for an answer, and why."""
    return _with_words(f":leaves: {why}", dependency)


def no_longer(dependency: Dependency) -> Message:
    """What whoever was asked reads when it is no longer needed."""
    by, kr = dependency.answered_by, dependency.key_result
    who = mention(by) if by else "Somebody"
    words = (
        f":leaves: {who} says that *{kr.ref}* {escape(kr.title, 200)} no longer depends on {dependency.ref}. Thank you"
    )
    rule = context("You get this once, because you were asked for it.")
    text = f"{words}: {escape(dependency.words, 300)}"
    return {"text": text, "blocks": [section(f"{words}."), quote(dependency.words), rule]}


def let_go(dependency: Dependency, named: bool) -> Message:
    """What either side reads when the team cannot read any more what it was asked for.

    `named` for whoever may still read it; others read nothing but what they have read before.
    """
    team, kr = escape(dependency.team.name, 80), dependency.key_result
    if named:
        words = (
            f":leaves: {dependency.ref} is withdrawn: whoever speaks for {team} may not see *{kr.ref}* "
            f"{escape(kr.title, 200)} any more. Talk to them, or ask again once they may"
        )
    else:
        words = f":leaves: {dependency.ref}, for which {mention(dependency.asked_by)} asked {team}, is no longer needed"
    rule = context("You get this once, because it was asked between you and them.")
    text = f"{words}: {escape(dependency.words, 300)}"
    return {"text": text, "blocks": [section(f"{words}."), quote(dependency.words), rule]}


def open_now(to_answer: Sequence[Dependency], asked_for: Sequence[Dependency], viewer: Member) -> Message:
    """What is open between teams: what mine are asked, and what I asked for."""
    parts = _listed("What your teams are asked", [_to_answer(each, viewer) for each in to_answer])
    parts += _listed("What you asked for", [_asked_for(each, viewer) for each in asked_for])
    example = "`/okr depends KR-34 on Platform: the new API by June` asks another team."
    if not parts:
        words = f"Nothing is open between your teams and others. {example}"
        return {"text": words, "blocks": [section(words)]}
    opening = f"{count(len(to_answer), 'question')} to your teams, {count(len(asked_for), 'question')} of yours."
    said = [f"{each.ref} {escape(each.words, 150)}." for each in (*to_answer, *asked_for)]
    foot = context(example)
    drawn = fitting(parts, IN_MESSAGE.without([foot]), _more)
    return {"text": spoken(opening, said), "blocks": [*drawn, foot]}


def open_view(to_answer: Sequence[Dependency], asked_for: Sequence[Dependency], viewer: Member) -> View:
    """The same to read in a modal."""
    return modal("Between teams", open_now(to_answer, asked_for, viewer)["blocks"])


def _listed(heading: str, parts: Sequence[Sequence[Block]]) -> list[Sequence[Block]]:
    """The parts, the first below a heading."""
    return [[header(heading), *parts[0]], *parts[1:]] if parts else []


def _to_answer(each: Dependency, viewer: Member) -> list[Block]:
    return [section(f"{_asks(each)} ({each.ref})"), quote(each.words), *_pressable(each, viewer)]


def _asked_for(each: Dependency, viewer: Member) -> list[Block]:
    kr, team = each.key_result, escape(each.team.name, 80)
    how = f"asked {team}, not confirmed yet" if each.state is Answered.ASKED else f"{team} {_SAYS[each.state]}"
    words = f"{_MARKS[each.state]} {each.ref} for *{kr.ref}* {escape(kr.title, 200)} · {how}"
    return [section(words), quote(each.words), *_answer(each), *_pressable(each, viewer)]


def _more(left: int) -> Block:
    return context(f"…and {left} more; `/okr depends D-5` shows any of them.")


def _pressable(dependency: Dependency, viewer: Member) -> list[Block]:
    """What this viewer can do about it, while somebody waits for it."""
    answers = may(Verb.ANSWER_DEPENDENCY, viewer, Stake(team=dependency.team.id))
    pressed = _answers(dependency) if answers and dependency.state is Answered.ASKED else []
    if may(Verb.WITHDRAW_DEPENDENCY, viewer, dependency.stake):
        pressed = [*pressed, button("No longer needed", WITHDRAW, dependency.id)]
    return [actions(*pressed)] if pressed else []


def settled(dependency: Dependency) -> Message:
    """What the question turns into once it has been answered, or is no longer needed."""
    if dependency.state is Answered.WITHDRAWN:
        return _said(dependency)
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
    return actions(*_answers(dependency))


def _answers(dependency: Dependency) -> list[Block]:
    """The two answers that a team can give."""
    return [button("Confirm", CONFIRM, dependency.id, "primary"), button("Not possible…", DECLINE, dependency.id)]


def _said(dependency: Dependency) -> Message:
    """What the team has answered, or that it need not."""
    team, kr = escape(dependency.team.name, 80), dependency.key_result
    if dependency.state is Answered.WITHDRAWN:
        who = mention(dependency.answered_by) if dependency.answered_by else "Somebody"
        ended = f":leaves: {dependency.ref} is no longer needed for *{kr.ref}* {escape(kr.title, 200)}, says {who}."
        return _with_words(ended, dependency)
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
    answer = _answer(dependency)
    said = f" {escape(dependency.answer, 300)}" if dependency.answer else ""
    text = f"{words} {escape(dependency.words, 300)}.{said}"
    return {"text": text, "blocks": [section(words), quote(dependency.words), *answer]}


def _answer(dependency: Dependency) -> list[Block]:
    return [quote(dependency.answer)] if dependency.answer else []


def _and_now(dependency: Dependency) -> str:
    return (
        f"{mention(dependency.asked_by)} hears of it. To change it: `/okr depends {dependency.ref} yes` or `no: why`."
    )


def _yes(dependency: Dependency) -> bool:
    return dependency.state is Answered.CONFIRMED


def _asks(dependency: Dependency) -> str:
    kr, team = dependency.key_result, escape(dependency.team.name, 80)
    return f"{mention(dependency.asked_by)} asks {team} for what *{kr.ref}* {escape(kr.title)} depends on"
