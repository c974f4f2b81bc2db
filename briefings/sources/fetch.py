"""One polite and bounded HTTP request: guarded, conditional, redirects followed by hand."""

from __future__ import annotations

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, version
from urllib.parse import urlsplit

import aiohttp
from aiohttp.abc import AbstractResolver

from briefings.errors import BlockedAddress, FetchFailed
from briefings.sources.addresses import names_user, resolve
from briefings.sources.decoding import charset_of
from briefings.sources.guard import Guard, GuardedResolver, RefusedSocket
from briefings.sources.http_times import max_age, retry_after

MAX_REDIRECTS = 5
PER_HOST = 2  # connections to one host at a time
_PERMANENT = frozenset({301, 308})
_REDIRECTS = frozenset({301, 302, 303, 307, 308})
_ENCODINGS = frozenset({"", "identity", "gzip", "x-gzip", "deflate"})
_CHUNK = 64 * 1024


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """Bounds of one fetch: seconds over all its redirects, and bytes of the body once unpacked."""

    seconds: float = 20.0
    n_bytes: int = 10 * 2**20


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """An answer of 200 with its body, or of 304 without one.

    `url` is where the body came from; `moved_to` the address to ask from now on, when every redirect up to it was
    permanent. `max_age` is in seconds.
    """

    status: int
    url: str
    body: bytes = b""
    moved_to: str | None = None
    etag: str | None = None
    last_modified: str | None = None
    retry_after: float | None = None
    max_age: float | None = None
    content_type: str = ""
    charset: str = ""


_DEFAULT = Limits()


def user_agent(contact: str = "") -> str:
    """Return the honest name that we give: the bot, its version and where to complain."""
    try:
        release = version("briefing-bot")
    except PackageNotFoundError:
        release = "0"
    about = f"; +{contact}" if contact else ""
    return f"briefing-bot/{release} (news briefings from feeds{about})"


def open_session(
    allow: frozenset[str] = frozenset(), *, contact: str = "", resolver: AbstractResolver | None = None
) -> aiohttp.ClientSession:
    """Open the session that every outside address is fetched with; call it inside the running loop.

    Args:
        allow: "host:port" exceptions to the guard.
        contact: an address of the operator for the User-Agent.
        resolver: resolves names; the system's by default.
    """
    guard = Guard(allow)
    connector = aiohttp.TCPConnector(
        socket_factory=guard,
        resolver=GuardedResolver(guard, resolver),
        limit_per_host=PER_HOST,
        happy_eyeballs_delay=None,
    )
    return aiohttp.ClientSession(
        connector=connector,
        trust_env=False,
        cookie_jar=aiohttp.DummyCookieJar(),
        timeout=aiohttp.ClientTimeout(total=None),
        headers={"User-Agent": user_agent(contact), "Accept-Encoding": "gzip, deflate"},
    )


async def fetch(
    session: aiohttp.ClientSession,
    url: str,
    *,
    etag: str | None = None,
    modified: str | None = None,
    limits: Limits = _DEFAULT,
) -> Fetched:
    """Fetch an address, following at most 5 redirects.

    Args:
        session: from `open_session`.
        url: an http(s) address.
        etag: of the copy that we have; an unchanged one is answered with 304 and no body.
        modified: Last-Modified of that copy.
        limits: bounds of time and size.

    Raises:
        BlockedAddress: it leads, perhaps by a redirect, to where we do not go.
        FetchFailed: no usable answer; with the status and what Retry-After asked.
    """
    asked = {"If-None-Match": etag, "If-Modified-Since": modified}
    conditions = {name: value for name, value in asked.items() if value and value.isprintable()}
    try:
        async with asyncio.timeout(limits.seconds):
            return await _follow(session, url, conditions, limits)
    except TimeoutError as error:
        msg = f"{shown(url)} did not answer in full within {limits.seconds:g} s; it will be tried again later"
        raise FetchFailed(msg) from error
    except aiohttp.ClientConnectorError as error:
        raise _unreached(url, error) from error
    except (aiohttp.ClientError, OSError, ValueError) as error:
        msg = f"{shown(url)} can't be fetched ({type(error).__name__}); check the address in a browser"
        raise FetchFailed(msg) from error


def shown(url: str) -> str:
    """Return an address for messages, without credentials and parameters: these may hold secrets."""
    try:
        parts = urlsplit(url)
        place = parts.netloc.rpartition("@")[2]
    except ValueError:
        return "an unreadable address"
    return f"{parts.scheme}://{place}{parts.path}{'?…' if parts.query else ''}"[:300]


async def _follow(session: aiohttp.ClientSession, url: str, conditions: Mapping[str, str], limits: Limits) -> Fetched:
    """Ask address after address until one answers with something else than a redirect."""
    place, moved_to = url, None
    for n_redirects in range(MAX_REDIRECTS + 1):
        _check_scheme(place)
        async with session.get(place, headers=dict(conditions), allow_redirects=False) as answer:
            if answer.status not in _REDIRECTS:
                return await _take(answer, place, moved_to, limits, conditions)
            location = answer.headers.get("Location", "")
            following = resolve(place, location) if location else ""
            is_permanent = answer.status in _PERMANENT and (moved_to or url) == place
        if not following:
            msg = f"{shown(place)} redirects to no http(s) address; check it in a browser"
            raise FetchFailed(msg, status=answer.status)
        if names_user(following):  # it would be stored and shown as the feed's address
            msg = f"{shown(place)} redirects to an address with a user name or password; give the address where it ends"
            raise FetchFailed(msg, status=answer.status)
        is_weaker = place.startswith("https:") and following.startswith("http:")  # followed, but not for good
        place, moved_to = following, following if is_permanent and not is_weaker else moved_to
        if n_redirects == MAX_REDIRECTS:
            break
    msg = f"{shown(url)} redirects more than {MAX_REDIRECTS} times; give the address where it ends"
    raise FetchFailed(msg)


def _check_scheme(url: str) -> None:
    if not resolve("", url):
        msg = f"{shown(url)} is no http(s) address"
        raise BlockedAddress(msg)


async def _take(
    answer: aiohttp.ClientResponse, place: str, moved_to: str | None, limits: Limits, conditions: Mapping[str, str]
) -> Fetched:
    headers = answer.headers
    if answer.status != 200 and not (answer.status == 304 and conditions):
        msg = f"{shown(place)} answered {answer.status} {_meaning(answer.status)}"
        raise FetchFailed(msg, status=answer.status, retry_after=retry_after(headers))
    is_same = answer.status == 304  # many servers then leave their validators out: those that we sent still hold
    content_type = headers.get("Content-Type", "")[:200]
    return Fetched(
        status=answer.status,
        url=place,
        body=b"" if is_same else await _body(answer, place, limits.n_bytes),
        moved_to=moved_to,
        etag=headers.get("ETag") or (conditions.get("If-None-Match") if is_same else None),
        last_modified=headers.get("Last-Modified") or (conditions.get("If-Modified-Since") if is_same else None),
        retry_after=retry_after(headers),
        max_age=max_age(headers),
        content_type=content_type,
        charset=charset_of(content_type),
    )


async def _body(answer: aiohttp.ClientResponse, place: str, limit: int) -> bytes:
    """Return the unpacked body.

    Nested encodings are refused: a few bytes packed twice unpack to gigabytes.
    """
    encodings = [value.strip().lower() for value in answer.headers.getall("Content-Encoding", [])]
    if len(encodings) > 1 or not set(encodings) <= _ENCODINGS:
        msg = f"{shown(place)} is packed as '{', '.join(encodings)[:60]}', which is not unpacked"
        raise FetchFailed(msg, status=answer.status)
    pieces, size = [], 0
    async for piece in answer.content.iter_chunked(_CHUNK):
        size += len(piece)
        if size > limit:
            msg = f"{shown(place)} has more than {limit:,} bytes and was given up"
            raise FetchFailed(msg, status=answer.status)
        pieces.append(piece)
    return b"".join(pieces)


def _unreached(url: str, error: aiohttp.ClientConnectorError) -> BlockedAddress | FetchFailed:
    if isinstance(error.os_error, RefusedSocket):
        return BlockedAddress(
            f"{shown(url)} leads to a private or reserved network address or an unusual port; "
            "only public addresses on ports 80, 443, 8080 and 8443 are fetched (exceptions: FETCH_ALLOW)"
        )
    return FetchFailed(f"{shown(url)} can't be reached; it may be down, or its name is misspelt")


def _meaning(status: int) -> str:
    return _MEANINGS.get(status, "and no content" if status < 400 else "")


_MEANINGS = {
    401: "(it asks for a password)",
    403: "(it refuses us; its owner may not want bots)",
    404: "(not found; check the address)",
    410: "(gone for good; remove it)",
    429: "(too many requests; it will be tried later)",
    500: "(a fault on its side; it will be tried later)",
    502: "(a fault on its side; it will be tried later)",
    503: "(busy; it will be tried later)",
    504: "(a fault on its side; it will be tried later)",
}
