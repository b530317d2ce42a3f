"""How much is enough: a word of warning beyond it, never a wall."""

from domain.objectives import Objective
from domain.policy import Policy


def beyond(objective: Objective, owned: int, policy: Policy) -> list[str]:
    """A sentence for each limit that is passed; `owned` is how many objectives its owner has in that cycle."""
    found = []
    if owned > policy.most_objectives:
        found.append(
            f"That makes {owned} objectives of {objective.owner.name} in {objective.cycle.name}, where about "
            f"{policy.most_objectives} can be looked after well. Which one could wait in the backlog?"
        )
    parts = len(objective.key_results)
    if parts > policy.most_key_results:
        found.append(
            f"{objective.ref} has {parts} key results now, where about {policy.most_key_results} can be followed. "
            "Which of them says least?"
        )
    return found
