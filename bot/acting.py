"""Who does what a command does, and in which workspace: Cairn may be in several."""

from domain.errors import Refusal
from domain.people import Member, Workspace, WorkspaceId
from domain.permissions import Verb, may
from storage import people
from storage.database import Session


def the_workspace(session: Session, named: str | None) -> WorkspaceId:
    """The workspace of this id or name, or the only one; raises `Refusal`."""
    known = people.every_workspace(session)
    if not known:
        raise Refusal("Cairn has not been in any workspace yet. Start it once, with `python -m bot run`.")
    if named is None and len(known) == 1:
        return known[0].id
    found = [each.id for each in known if named and named.casefold() in {each.id.casefold(), each.name.casefold()}]
    if len(found) != 1:
        raise Refusal(f"Which workspace? Say --workspace and one of {', '.join(map(_called, known))}.")
    return found[0]


def the_member(session: Session, workspace: WorkspaceId, slack_id: str) -> Member:
    """Whoever has this Slack id; raises `Refusal` where Cairn has not met them."""
    found = people.member(session, workspace, slack_id.strip().upper())
    if found is None:
        raise Refusal(f"Cairn knows nobody with the Slack id {slack_id}. It stands in their profile, under ⋮.")
    return found


def who_imports(session: Session, workspace: WorkspaceId, slack_id: str | None) -> Member:
    """Whoever is named, or the only admin there is; raises `Refusal`."""
    if slack_id is not None:
        return the_member(session, workspace, slack_id)
    able = [each for each in people.admins(session, workspace) if may(Verb.IMPORT, each)]
    if len(able) != 1:
        raise Refusal("Who does this? Say --as and the Slack id of an admin or an OKR champion.")
    return able[0]


def _called(each: Workspace) -> str:
    return f"{each.id} ({each.name})" if each.name else each.id
