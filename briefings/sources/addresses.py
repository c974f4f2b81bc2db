"""Web addresses: resolved, checked to be http(s), and in one form for one article."""

from __future__ import annotations

import re
from urllib.parse import SplitResult, quote, unquote, urljoin, urlsplit, urlunsplit

MAX_LENGTH = 2_000
_SCHEMES = {"http": 80, "https": 443}
_UNSAFE = re.compile(r"[\x00-\x20\x7f-\x9f\\<>\"^`{|}]|[\u200b-\u200f\u2028-\u202e\u2066-\u2069\ufeff]")
_KEPT_IN_PATH = "/%:@!$&'()*+,;=~-._"
_KEPT_IN_QUERY = _KEPT_IN_PATH + "?"

# What publishers and networks add to tell where a reader came from: never part of what is shown. From the
# documentation of Google, Meta, Microsoft, Mailchimp and Adobe campaign tags and from news feeds.
_TRACKING = re.compile(
    r"(?:utm_\w+|mtm_\w+|pk_\w+|at_(?:medium|campaign|custom\d|link_\w+|ptr_name|bbc_team|format|campaign_type)"
    r"|ns_(?:mchannel|source|campaign|linkname|fee)|mc_[ce]id|fbclid|gclid|gclsrc|dclid|gbraid|wbraid|msclkid|yclid|twclid"
    r"|igshid|igsh|_ga|_gl|_hs(?:enc|mi)|cmpid|icid|ocid|ito|smid|smtyp|emc|ncid|cid_source|xtor|wt\.mc_id|mkt_tok"
    r"|traffic_source|partner|sref|rss|feedname|maca)",
    re.IGNORECASE,
)
_AMP_QUERY = {("amp", ""), ("amp", "1"), ("amp", "true"), ("outputtype", "amp"), ("_amp", "true")}
_AMP_TAIL = re.compile(r"(?:/amp/?|\.amp(?=\.html?$)|\.amp)$|\.amp(?=\.html?$)")
_AMP_CACHE = re.compile(r"^/(?:amp|[cv])/(s/)?([^/]+\.[^/]+)(/.*)?$")
_MOBILE = frozenset({"m", "mobile", "amp"})


def resolve(base: str, link: str) -> str:
    """Return a link as an absolute http(s) address, or "" when it is none."""
    try:
        joined = urljoin(base, link.strip())
        parts = urlsplit(joined)
        usable = parts.scheme.lower() in _SCHEMES and bool(parts.hostname) and parts.port != 0
    except ValueError:
        return ""
    return joined if usable and len(joined) <= MAX_LENGTH else ""


def canonical(url: str) -> str:
    """Return the one form of an article's address, or "" when it is not an http(s) address.

    Lower-case host, no credentials, default port, fragment or tracking parameters; AMP and mobile pages give way to
    the plain page. The scheme and the order of the other parameters are kept: some sites answer to one form only.
    """
    url = _UNSAFE.sub(lambda m: quote(m[0], safe="") if m[0].isprintable() else "", url.strip())
    if not resolve("", url):
        return ""
    parts = _out_of_cache(urlsplit(url))
    host = _host(parts)
    if not host:
        return ""
    path = _AMP_TAIL.sub("", quote(parts.path, safe=_KEPT_IN_PATH)) or "/"
    fragment = parts.fragment if parts.fragment.startswith("!") else ""
    found = urlunsplit((parts.scheme.lower(), host, path, _query(parts.query), quote(fragment, safe=_KEPT_IN_QUERY)))
    return found if len(found) <= MAX_LENGTH else ""


def names_user(url: str) -> bool:
    """Tell whether an address holds a user name or password: everybody who sees it would see them."""
    return "@" in urlsplit(url).netloc


def host_of(url: str) -> str:
    """Return the host of an address in lower case without `www.`; "" when there is none."""
    try:
        host = urlsplit(url).hostname or ""
    except ValueError:
        return ""
    return host.removeprefix("www.")


def _host(parts: SplitResult) -> str:
    """Return host and, where it is not the scheme's own, port; in ASCII."""
    name = unquote(parts.hostname or "").rstrip(".")
    if ":" in name:
        name = f"[{name}]"
    else:
        try:
            name = name.encode("idna").decode("ascii").lower()
        except UnicodeError:
            return ""
        name = _plain_host(name)
    port = parts.port
    return name if port in (None, _SCHEMES[parts.scheme.lower()]) else f"{name}:{port}"


def _plain_host(name: str) -> str:
    """Return the desktop host for a mobile or AMP one: m.dw.example -> www.dw.example, en.m.x.org -> en.x.org."""
    labels = name.split(".")
    if len(labels) > 2 and labels[0] in _MOBILE:
        return ".".join(["www", *labels[1:]])
    if len(labels) > 3 and labels[1] in _MOBILE:
        return ".".join([labels[0], *labels[2:]])
    return name


def _query(query: str) -> str:
    kept = []
    for pair in query.split("&"):
        name, _, value = pair.partition("=")
        name = unquote(name).lower()
        if pair and not _TRACKING.fullmatch(name) and (name, value.lower()) not in _AMP_QUERY:
            kept.append(quote(pair, safe=_KEPT_IN_QUERY))
    return "&".join(kept)


def _out_of_cache(parts: SplitResult) -> SplitResult:
    """Return the publisher's own address for one in an AMP cache."""
    host = parts.hostname or ""
    if not (
        host.endswith(".cdn.ampproject.org") or (host.startswith("www.google.") and parts.path.startswith("/amp/"))
    ):
        return parts
    match = _AMP_CACHE.match(parts.path)
    if match is None:
        return parts
    return SplitResult("https" if match[1] else "http", match[2], match[3] or "/", parts.query, "")
