"""A status that is set by hand: what may be set, why, and for how long it stands."""

import re
from dataclasses import dataclass
from datetime import date, timedelta

from domain.days import named_day
from domain.errors import Refusal
from domain.objectives import Override, Status
from domain.people import Member
from domain.words import NOTE, required

SETTABLE = (Status.ON_TRACK, Status.AT_RISK, Status.OFF_TRACK)
"""What can be set by hand: "done" is a value, and "stale" is what silence makes of it."""

USUAL = timedelta(weeks=1)
"""How long it stands where nobody says until when: until the next check-in."""

LONGEST = timedelta(weeks=4)
"""How far away its last day may be: after that somebody has to look again."""


@dataclass(frozen=True, slots=True)
class OverrideDraft:
    """A status as somebody would like to set it; without a day it stands for the usual time.

    What a form left `alone` of one that was set already is named, and stays.
    """

    status: str
    reason: str
    until: date | None = None
    alone: frozenset[str] = frozenset()


def override(draft: OverrideDraft, by: Member, today: date) -> Override:
    """The status that was set; raises `Refusal` beside "status", "until" or "reason" when it cannot be."""
    if draft.status not in SETTABLE:
        raise Refusal(f"Choose one of these: {', '.join(SETTABLE[:-1])} or {SETTABLE[-1]}.", "status")
    until = _until(draft.until or today + USUAL, today)
    why = "Say why in a few words: whoever reads the status will want to know."
    return Override(Status(draft.status), required(draft.reason, "reason", why, NOTE), until, by)


def in_force(override: Override | None, today: date) -> Override | None:
    """What was set by hand, until its last day is over."""
    return override if override and today <= override.until else None


def typed(text: str, today: date) -> OverrideDraft | None:
    """What "at risk until 4 Dec because the vendor is late" means; None for "auto", which takes it back.

    Raises `Refusal` when there is no status in it, or no day where one should be.
    """
    found = _STATUS.fullmatch(text.strip())
    if not found:
        raise Refusal(f"What is it: on track, at risk or off track? {EXAMPLE}", "status")
    status, rest = found[1].casefold(), found[2]
    if status.startswith("auto"):
        return None
    until, reason = _day_and_reason(rest, today)
    return OverrideDraft(_MEANT[status[0:2]], reason, until)


EXAMPLE = "For example `/okr status KR-34 at risk until Friday because the vendor is late`."

_STATUS = re.compile(
    r"(?:(?:to|is|=) *)?(on[ _-]?track|at[ _-]?risk|off[ _-]?track|green|yellow|amber|red|auto(?:matic)?)\b"
    r"[\s,:;.–—-]*(.*)",
    re.IGNORECASE | re.DOTALL,
)
_MEANT = {
    **dict.fromkeys(("on", "gr"), Status.ON_TRACK),
    **dict.fromkeys(("at", "ye", "am"), Status.AT_RISK),
    **dict.fromkeys(("of", "re"), Status.OFF_TRACK),
}
_UNTIL = re.compile(r"\b(?:until|till?|through)\b\s*", re.IGNORECASE)
_BECAUSE = re.compile(r"^[\s,:;.–—-]*(?:(?:because|since|as)\b(?: of\b)?)?[\s,:;]*", re.IGNORECASE)
_LASTING = re.compile(
    r"for (?:the )?(?:next |another |at least )?((?:(?:\d+|an?|one|two|three|four|five|a few|some|several) )?"
    r"(?:day|week|month|quarter|year)s?)\b",
    re.IGNORECASE | re.ASCII,
)
_WORDS_IN_A_DAY = 5
_JUST_BEEN = timedelta(weeks=26)


def _day_and_reason(rest: str, today: date) -> tuple[date | None, str]:
    """The day after "until", at the beginning or at the end, or so long "for 3 weeks", and the rest as the reason."""
    lasting = _LASTING.match(rest)
    if lasting:
        day = named_day(lasting[1], today)
        if day is None:
            raise Refusal("For how long? Say it in days or weeks, such as *for 2 weeks*.", "until")
        return day, _reason(rest[lasting.end() :])
    found = _UNTIL.search(rest)
    if not found:
        return None, _reason(rest)
    before, after = rest[: found.start()].strip(), rest[found.end() :].split(" ")
    for length in range(min(len(after), _WORDS_IN_A_DAY), 0, -1):
        day = _last_day(" ".join(after[:length]).rstrip(",:;!"), today)
        left = " ".join(after[length:]).strip()
        if day and not (before and left):
            return day, _reason(before or left)
    if before:  # "because we wait until they answer" names no day, and "until Friday for the release" is no end of it
        return None, _reason(rest)
    raise Refusal("Until which day? Write it like 4 Dec, Friday or 2026-12-04.", "until")


def _last_day(typed: str, today: date) -> date | None:
    """The day that was meant; one that could not stand for so long is rather the one that has just been."""
    day = named_day(typed, today)
    if day and day > today + LONGEST:
        before = named_day(typed, today - _JUST_BEEN)
        return before if before and before.replace(year=day.year) == day else day
    return day


def _reason(words: str) -> str:
    return _BECAUSE.sub("", words).strip()


def _until(day: date, today: date) -> date:
    if day < today:
        raise Refusal(f"{day:%-d %B %Y} is over already. Choose today or a later day.", "until")
    if day > today + LONGEST:
        latest = today + LONGEST
        raise Refusal(
            f"A status set by hand stands for four weeks at most: until {latest:%-d %B} at the latest.", "until"
        )
    return day
