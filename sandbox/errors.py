"""How the sandbox says no, in Slack's own words."""

from sandbox.records import Json


class SlackError(Exception):
    """A Web API refusal: Slack's error code, and whatever else stands beside it in the answer."""

    def __init__(self, code: str, **beside: object) -> None:
        super().__init__(code)
        self.code = code
        self.answer: Json = {"ok": False, "error": code, **beside}


def invalid_arguments(problem: str) -> SlackError:
    """The refusal of a call whose arguments are wrong, or of an answer."""
    return SlackError("invalid_arguments", response_metadata={"messages": [f"[ERROR] {problem}"]})


class NoAnswer(Exception):
    """The app did not answer a person in time: `operation_timeout`, or `dispatch_failed` when it was not connected."""

    def __init__(self, code: str) -> None:
        super().__init__(code)
        self.code = code


class Unheard(Exception):
    """An event was not acknowledged, for a `reason` in Slack's words; `is_final` where the app wants no redelivery."""

    def __init__(self, reason: str, is_final: bool = False) -> None:
        super().__init__(reason)
        self.reason, self.is_final = reason, is_final
