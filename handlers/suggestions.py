"""What is suggested in a form while somebody types what they mean."""

from domain.objectives import ObjectiveId
from handlers.request import Request
from operations import suggestions
from views import forms
from views import suggestions as views


async def helped(request: Request) -> None:
    """What thanks can be tied to."""
    found = await request.read(suggestions.helped, request.typed, request.now)
    await request.suggest(views.helped(found))


async def above(request: Request) -> None:
    """What the objective of the open form can hang below."""
    editing = forms.number(forms.metadata(request.view).get("objective"))
    below = None if editing is None else ObjectiveId(editing)
    found = await request.read(suggestions.above, request.typed, request.now, below)
    await request.suggest(views.above(found))
