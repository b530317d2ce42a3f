"""What people do while an objective is set: its form, its stages, what is proposed for it, and what is said of it."""

from collections.abc import Awaitable, Callable, Mapping
from types import MappingProxyType

from domain.errors import Refusal
from domain.objectives import KeyResultId, Level, ObjectiveDraft, ObjectiveId
from domain.references import Prefix, Reference, the_reference
from domain.templates import template
from domain.words import MENTION
from handlers import amendments
from handlers.request import Request, number
from operations import comments, finding, objectives, proposals, stages, templates
from operations.key_results import Written
from operations.objectives import Choices
from views import comments as comment_views
from views import drafting as views
from views import objectives as objective_views
from views import proposals as proposal_views
from views import templates as template_views
from views.blocks import Message, View
from views.forms import Mark, marks_of
from views.hand_over import with_guests

Which = Reference | ObjectiveId

# typed


async def propose(request: Request, text: str) -> None:
    """/okr propose O-12 | kr O-12"""
    word, _, rest = text.partition(" ")
    if word.casefold() in {"kr", "key"}:
        if not rest.strip():
            raise Refusal("For which objective? Name it, as in `/okr propose kr O-12`.")
        await open_proposal(request, the_reference(rest.strip().removeprefix("result").strip(), Prefix.OBJECTIVE))
        await request.ack()
        return
    found = await request.run(stages.propose, the_reference(text, Prefix.OBJECTIVE), request.now)
    await request.answer(objective_views.stepped(found.only, found.moment, found.who))


async def agree(request: Request, text: str) -> None:
    """/okr agree O-12 | KR-34"""
    ref = the_reference(text, Prefix.OBJECTIVE, Prefix.KEY_RESULT)
    if ref.prefix is Prefix.KEY_RESULT:
        await request.answer(await amendments.agreed(request, ref))
        return
    found = await request.run(stages.agree, ref, request.now)
    await request.answer(objective_views.stepped(found.only, found.moment, found.who))


async def comment(request: Request, text: str) -> None:
    """/okr comment O-12 | KR-34 …"""
    word, _, rest = text.partition(" ")
    ref = the_reference(word.rstrip(":,"), Prefix.OBJECTIVE, Prefix.KEY_RESULT)
    if not rest.strip():
        await open_comment(request, ref)
        await request.ack()
        return
    await request.meet(MENTION.findall(rest))
    kept = await request.run(comments.say, ref, rest, request.now)
    await request.answer(comment_views.said(kept.only, kept.comments, kept.unheard))


async def examples(request: Request, _text: str) -> None:
    """/okr templates"""
    await _open_examples(request)


# pressed


async def more_fields_pressed(request: Request) -> None:
    """More fields of the form for an objective, with what was typed so far."""
    draft, editing = objective_views.read_objective(request.view)
    offered = await request.read(objectives.choices, request.now, editing)
    await request.redraw(form(offered, begun=draft, more=True, before=marks_of(request.view)))
    await request.ack()


async def examples_pressed(request: Request) -> None:
    """Start from an example."""
    await _open_examples(request)


async def example_pressed(request: Request) -> None:
    """Use this example."""
    chosen = template(request.pressed)
    if chosen is None:
        raise Refusal("That example is not there any more. Choose another one.")
    offered = await request.read(objectives.choices, request.now)
    level = Level.TEAM if offered.teams and offered.who.leads else Level.INDIVIDUAL
    draft = ObjectiveDraft(chosen.title, level, offered.who.slack_id, description=chosen.why, template=chosen.key)
    await request.redraw(form(offered, begun=draft))
    await request.ack()


async def propose_pressed(request: Request) -> None:
    """Propose this objective."""
    await _propose(request, ObjectiveId(number(request.pressed)))
    await request.ack()


async def agree_pressed(request: Request) -> None:
    """Agree to this objective."""
    await _agree(request, ObjectiveId(number(request.pressed)))
    await request.ack()


async def comment_pressed(request: Request) -> None:
    """Comment on this, or answer what was said of it."""
    await open_comment(request, the_reference(request.pressed, Prefix.OBJECTIVE, Prefix.KEY_RESULT))
    await request.ack()


async def hints_pressed(request: Request) -> None:
    """Show what could be thought about."""
    found = await request.read(finding.one, ObjectiveId(number(request.pressed)), request.now)
    await request.open(views.hints_view(found.only, found.moment))
    await request.ack()


async def accept_pressed(request: Request) -> None:
    """Accept this proposal."""
    await _accept(request, KeyResultId(number(request.pressed)))
    await request.ack()


async def edit_pressed(request: Request) -> None:
    """Accept this proposal with changes."""
    await _open_changes(request, KeyResultId(number(request.pressed)))
    await request.ack()


async def decline_pressed(request: Request) -> None:
    """Decline this proposal."""
    await _open_decline(request, KeyResultId(number(request.pressed)))
    await request.ack()


async def proposal_pressed(request: Request) -> None:
    """Something from a proposal's menu."""
    verb, _, id = request.pressed.partition(" ")
    deeds = {"accept": _accept, "edit": _open_changes}
    await deeds.get(verb, _open_decline)(request, KeyResultId(number(id)))
    await request.ack()


# submitted


async def proposal_submitted(request: Request) -> None:
    """The form for a proposed key result came back: a new one, or one that is accepted with changes."""
    if not objective_views.asks_for_all(request.view):
        again = await proposal_again(request, objective_views.MORE_TO_FILL_IN)
        await request.ack(response_action="update", view=again)
        return
    draft, objective, editing = objective_views.read_key_result(request.view)
    await request.meet([draft.owner] if draft.owner else [])
    if editing:
        written = await request.run(proposals.accept, editing, request.now, draft)
        answer = _settled(written)
    else:
        written = await request.run(proposals.propose, objective, draft, request.now)
        answer = proposal_views.sent(written.key_result, written.found.only)
    await request.conclude(
        "Accepted" if editing else "Proposed", with_guests(answer, written.key_result, written.new_owner)
    )


async def decline_submitted(request: Request) -> None:
    """The word on why a proposal is declined came back."""
    id, why = proposal_views.read_decline(request.view)
    written = await request.run(proposals.decline, id, why, request.now)
    await request.conclude("Declined", _settled(written))


async def comment_submitted(request: Request) -> None:
    """A comment came back."""
    about, words = comment_views.read(request.view)
    await request.meet(MENTION.findall(words))
    kept = await request.run(comments.say, about, words, request.now)
    await request.conclude("Said", comment_views.said(kept.only, kept.comments, kept.unheard))


# what several of them do


def form(
    offered: Choices,
    title: str = "",
    begun: ObjectiveDraft | None = None,
    more: bool = False,
    before: Mapping[str, Mark] = MappingProxyType({}),
) -> View:
    """The form for an objective with what it offers; `before` are the marks of the form that was `begun`."""
    return objective_views.objective_form(
        offered.teams, offered.parents, offered.who, offered.editing, title, offered.cycles, begun, more, before
    )


async def open_proposal(request: Request, which: Which) -> None:
    """Show the form for a key result that is proposed for this objective."""
    found = await request.read(proposals.choices, which, request.now)
    await request.open(proposal_views.form(found.objective, found.who))


async def proposal_again(request: Request, notice: str = "") -> View:
    """The form of a proposal as it stands, with the fields of the kind that is chosen in it."""
    _, objective, editing = objective_views.read_key_result(request.view)
    if editing:
        found = await request.read(proposals.to_edit, editing, request.now)
    else:
        found = await request.read(proposals.choices, objective, request.now)
    return proposal_views.form_again(request.view, found.objective, found.editing, notice)


async def open_comment(request: Request, which: Which) -> None:
    """Show the form for a comment."""
    found = await request.read(comments.about, which, request.now)
    await request.open(comment_views.form(found.objective, found.comments, found.key_result))


async def _open_examples(request: Request) -> None:
    await request.open(template_views.templates(await request.read(templates.offered)))
    await request.ack()


async def _propose(request: Request, id: ObjectiveId) -> None:
    found = await request.run(stages.propose, id, request.now)
    await request.tell(objective_views.stepped(found.only, found.moment, found.who))


async def _agree(request: Request, id: ObjectiveId) -> None:
    found = await request.run(stages.agree, id, request.now)
    await request.tell(objective_views.stepped(found.only, found.moment, found.who))


async def _accept(request: Request, id: KeyResultId) -> None:
    written = await request.run(proposals.accept, id, request.now)
    await request.tell(_settled(written))


def _settled(written: Written) -> Message:
    return proposal_views.settled(written.key_result, written.found.only, written.found.moment)


async def _open_changes(request: Request, id: KeyResultId) -> None:
    found = await request.read(proposals.to_edit, id, request.now)
    await request.open(proposal_views.form(found.objective, found.who, found.editing))


async def _open_decline(request: Request, id: KeyResultId) -> None:
    found = await request.read(proposals.to_decline, id, request.now)
    if found.editing:
        await request.open(proposal_views.decline_form(found.editing, found.objective))


MENU: dict[str, Callable[[Request, ObjectiveId], Awaitable[None]]] = {
    "propose": _propose,
    "agree": _agree,
    "propose_kr": open_proposal,
    "comment": open_comment,
}
"""What an objective's menu offers while it is set together."""
