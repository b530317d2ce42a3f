"""OAuth v2: what a person allows on the install page is worth a code, and the code a token."""

import secrets
import time
from collections.abc import Collection
from dataclasses import dataclass, field
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from sandbox.errors import SlackError
from sandbox.manifest import Manifest
from sandbox.records import Json
from sandbox.rules import Rules


@dataclass(frozen=True)
class Asked:
    """What an install link asks for."""

    scopes: tuple[str, ...]
    user_scopes: tuple[str, ...]
    redirect_uri: str
    """As the link has it; "" where it relies on the first one of the manifest."""
    lands_at: str
    """Where the person goes afterwards."""
    state: str


@dataclass(frozen=True)
class Consent:
    """What somebody has allowed, in their workspace."""

    team_id: str
    user_id: str
    asked: Asked
    given: float = field(default_factory=time.monotonic)


class OAuth:
    """The app's credentials, and the codes that are out."""

    def __init__(
        self, client_id: str, client_secret: str, manifest: Manifest, refused: Collection[str], rules: Rules
    ) -> None:
        """An app with these credentials; `refused` are the scopes that nobody who installs it grants."""
        self.client_id, self._client_secret = client_id, client_secret
        self._manifest, self._refused, self._rules = manifest, refused, rules
        self._codes: dict[str, Consent] = {}

    @property
    def app_name(self) -> str:
        """What the app is called to those who are asked to install it."""
        return self._manifest.app_name

    def asked(self, link: Json) -> Asked:
        """What this link asks for. Raises SlackError where Slack would show no page to press Allow on."""
        if link.get("client_id") != self.client_id:
            raise SlackError("invalid_client_id")
        scopes, user_scopes = _scopes(link.get("scope", "")), _scopes(link.get("user_scope", ""))
        if not (scopes or user_scopes):
            raise SlackError("no_scopes")
        scopes = tuple(scope for scope in scopes if scope not in self._refused)
        if not set(scopes) <= {*self._manifest.scopes}:
            raise SlackError("invalid_scope")
        redirect_uri = link.get("redirect_uri", "")
        lands_at = redirect_uri or next(iter(self._manifest.redirect_urls), "")
        if not any(_is_within(lands_at, each) for each in self._manifest.redirect_urls):
            raise SlackError("bad_redirect_uri")
        return Asked(scopes, user_scopes, redirect_uri, lands_at, link.get("state", ""))

    def code(self, consent: Consent) -> str:
        """A code that is worth this consent, once, for ten minutes."""
        code = f"{secrets.randbelow(10**10)}.{secrets.randbelow(10**13)}.{secrets.token_hex(32)}"
        self._codes[code] = consent
        return code

    def redeemed(self, arguments: Json) -> Consent:
        """The consent that the code among these arguments of oauth.v2.access is worth. Raises SlackError."""
        self.identify(arguments)
        if arguments.get("grant_type", "authorization_code") != "authorization_code":
            raise SlackError("invalid_grant_type")
        consent = self._codes.get(str(arguments.get("code")))
        if consent is None or time.monotonic() - consent.given > self._rules.code_seconds:
            raise SlackError("invalid_code")
        if arguments.get("redirect_uri", "") != consent.asked.redirect_uri:
            raise SlackError("bad_redirect_uri")
        del self._codes[str(arguments["code"])]
        return consent

    def identify(self, arguments: Json) -> None:
        """Raise SlackError unless these arguments have the app's id and secret."""
        if arguments.get("client_id") != self.client_id:
            raise SlackError("invalid_client_id")
        if not secrets.compare_digest(str(arguments.get("client_secret")), self._client_secret):
            raise SlackError("bad_client_secret")


def _scopes(written: str) -> tuple[str, ...]:
    """Scopes as a link lists them, with commas or spaces between."""
    return tuple(dict.fromkeys(written.replace(",", " ").split()))


def _is_within(uri: str, configured: str) -> bool:
    """Whether this is a configured address or below it; a loopback address may have any port (RFC 8252, 7.3)."""
    asked, known = urlsplit(uri), urlsplit(configured)
    below = asked.path == known.path or asked.path.startswith(known.path.rstrip("/") + "/")
    same_place = asked.hostname == known.hostname if _is_loopback(asked) else asked.netloc == known.netloc
    return bool(asked.scheme) and asked.scheme == known.scheme and same_place and below


def _is_loopback(uri: SplitResult) -> bool:
    if uri.hostname == "localhost":
        return True
    try:
        return ip_address(uri.hostname or "").is_loopback
    except ValueError:
        return False
