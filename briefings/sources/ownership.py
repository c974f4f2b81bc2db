"""Whose article an address is, so that no feed rewrites what another publisher wrote. Pure."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import Literal

from briefings.sources.addresses import host_of

Claim = Literal["none", "revise", "take over"]

# Sites that lend their name to everybody: two addresses there need not be of one owner. Those of the Public Suffix
# List's private section that publish articles.
_SHARED = frozenset({
    "blogspot.com", "feedburner.com", "ghost.io", "github.io", "gitlab.io", "herokuapp.com", "medium.com",
    "netlify.app", "pages.dev", "substack.com", "tumblr.com", "vercel.app", "web.app", "wordpress.com",
})  # fmt: skip
_SECOND_LEVEL = frozenset({"ac", "co", "com", "edu", "gob", "gov", "mil", "net", "org"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Who brings an article, and by which feed; `origin` is no web address when it was imported by hand."""

    publisher: str
    origin: str


def claim_of(new: Source, stored: Source, url: str, listed: Collection[tuple[str, str]]) -> Claim:
    """Tell what a source may do with a stored article at its address.

    An import by hand may revise anything. A feed may revise what its publisher brought, unless it has less right to the
    address, and takes over what a publisher with less right brought before it. The right to an address is that of
    feeds on the same site and of the feeds that the catalogue lists.

    Args:
        new: who brings it now.
        stored: who brought it first.
        url: the article's address.
        listed: the feeds of the catalogue, each with its publisher's name.
    """
    if not new.origin.startswith("http"):
        return "revise"
    has_right, had_right = _has_right(new, url, listed), _has_right(stored, url, listed)
    if new.publisher == stored.publisher and has_right >= had_right:
        return "revise"
    return "take over" if has_right and not had_right else "none"


def is_same_site(first: str, second: str) -> bool:
    """Tell whether two addresses belong to one site: one host, one below the other, or two below one name."""
    one, two = host_of(first), host_of(second)
    if not one or not two:
        return False
    return one == two or _name(one) == _name(two)


def _has_right(source: Source, url: str, listed: Collection[tuple[str, str]]) -> bool:
    return (source.publisher, source.origin) in listed or is_same_site(source.origin, url)


def _name(host: str) -> str:
    """Return the name that an owner registered: "post.example" of "feeds.post.example"; a shared host has its own."""
    labels = host.split(".")
    if host.replace(".", "").isdigit() or ":" in host:
        return host
    length = 3 if len(labels) > 2 and len(labels[-1]) == 2 and labels[-2] in _SECOND_LEVEL else 2
    name = ".".join(labels[-length:])
    return host if name in _SHARED else name
