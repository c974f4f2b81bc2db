"""RSS, Atom and JSON Feed to articles. Runs in the limited child; never fetches, whatever the body says."""

from __future__ import annotations

import calendar
import io
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

import feedparser

from briefings.errors import ParseFailed
from briefings.model import ParsedArticle
from briefings.sources.addresses import canonical, host_of, resolve
from briefings.sources.json_feed import parse_json_feed
from briefings.sources.language import tell
from briefings.sources.markup import to_line, to_text
from briefings.sources.records import MAX_ARTICLE_CHARS, MAX_ENTRIES, FeedHints, ParsedFeed
from briefings.sources.times import dated
from briefings.sources.words import one_line, paragraphs

_TEASER_WORDS = 120
_HEAD = 2_000  # bytes that tell a web page from a feed
_WEB_PAGE = re.compile(rb"<!doctype\s+html|<html[\s>]|<body[\s>]", re.IGNORECASE)
_LAST_CLOSE = re.compile(rb"</(?:\w+:)?(?:item|entry)\s*>", re.IGNORECASE)
_CUT_OFF = re.compile(r"(?:…|\.\.\.|\[(?:…|\.\.\.|&hellip;)\])\W*$")
_MORE = re.compile(
    r"\s*(?:\[?\b(?:read|see|view|learn)\s+(?:more|the\s+(?:full|rest)[^.\n]{0,40}|full\s+(?:story|article))|"
    r"\[?\bcontinue\s+reading|\[?\bfull\s+story)[^.\n]{0,80}[\].…>»→]*\s*$",
    re.IGNORECASE,
)
_FOOTER = re.compile(r"\s*\bThe post .{1,300} (?:appeared first on|first appeared on) .{1,120}\.?\s*$", re.IGNORECASE)
_PERIODS = {"hourly": 3_600.0, "daily": 86_400.0, "weekly": 604_800.0, "monthly": 2_592_000.0, "yearly": 31_536_000.0}
NO_HINTS = FeedHints()


@dataclass(frozen=True, slots=True, kw_only=True)
class FeedContext:
    """What holds for every entry of one feed."""

    url: str
    now: datetime
    publisher: str
    language: str


def read_feed(body: bytes, url: str, now: datetime, hints: FeedHints = NO_HINTS) -> ParsedFeed:
    """Read a feed's first 500 entries, duplicates left out.

    Args:
        body: the feed's bytes.
        url: its address or file name, for relative links and messages.
        now: entries dated more than an hour later are undated.
        hints: what is known beside the bytes; without a publisher the articles get the feed's title.

    Raises:
        ParseFailed: the body is empty, a web page or no feed at all.
    """
    short, n_cut = _first_entries(body)
    parsed = parse_json_feed(short, hints.content_type) or _parse(short, url, hints.content_type)
    about = parsed.feed
    if not parsed.get("version") and not parsed.entries:
        raise ParseFailed(_refusal(body, url))
    title = to_line(str(about.get("title", "")))
    context = FeedContext(
        url=url,
        now=now,
        publisher=hints.publisher or title or host_of(url),
        language=str(about.get("language") or hints.language),
    )
    found = list(_distinct(_articles(parsed.entries[:MAX_ENTRIES], context)))
    kept = tuple(article for article, _ in found if len(article.text) <= MAX_ARTICLE_CHARS)
    return ParsedFeed(
        title=title,
        entries=kept,
        language=str(about.get("language", ""))[:20],
        ttl=_ttl(about),
        n_undated=sum(article.published is None for article in kept),
        n_left_out=n_cut + max(0, len(parsed.entries) - MAX_ENTRIES) + len(found) - len(kept),
        notes=tuple(dict.fromkeys(note for _, note in found if "future" in note or "right" in note))[:20],
    )


def _parse(body: bytes, url: str, content_type: str) -> Any:
    """Parse bytes, and bytes alone: given text or a bare bytes object, feedparser opens the URL or file it names."""
    headers = {"content-type": content_type or "application/xml"}
    if resolve("", url):
        headers["content-location"] = url
    return feedparser.parse(
        io.BytesIO(body), response_headers=headers, sanitize_html=False, resolve_relative_uris=False
    )


def _first_entries(body: bytes) -> tuple[bytes, int]:
    """Return the body without the entries beyond the limit, and how many those are.

    feedparser's time grows with all entries, so the surplus is cut before it reads them; what closes the feed is kept.
    """
    ends = [match.end() for match in _LAST_CLOSE.finditer(body)]
    if len(ends) <= MAX_ENTRIES:
        return body, 0
    return body[: ends[MAX_ENTRIES - 1]] + body[ends[-1] :], len(ends) - MAX_ENTRIES


def _refusal(body: bytes, url: str) -> str:
    if not body.strip():
        return f"{url} is empty; check the address"
    if _WEB_PAGE.search(body[:_HEAD]):
        return (
            f"{url} is a web page, not a feed; look on that page for a link named RSS, Atom or feed "
            "and give its address, or import the page itself as .html"
        )
    return f"{url} is not an RSS, Atom or JSON feed; check the address in a browser"


def _articles(entries: list[Any], context: FeedContext) -> Iterator[tuple[ParsedArticle, str]]:
    for entry in entries:
        title = to_line(str(entry.get("title", "")))
        text, is_teaser = _text(entry)
        if not title and not text:
            continue
        published, note = dated(_published(entry), context.now)
        yield (
            ParsedArticle(
                title=title or one_line(text, 120),
                text=text or title,
                publisher=context.publisher,
                url=_address(entry, context.url),
                published=published,
                language=tell(f"{title}. {text}", str(entry.get("language") or context.language)),
                is_teaser=is_teaser,
                origin=context.url,
                guid=one_line(str(entry.get("id", ""))),
            ),
            f"{title[:80]}: {note}" if note else "",
        )


def _distinct(found: Iterator[tuple[ParsedArticle, str]]) -> Iterator[tuple[ParsedArticle, str]]:
    """Leave out an entry that repeats an earlier one's address, or its guid where neither has an address."""
    seen: set[str] = set()
    for article, note in found:
        key = article.url or article.guid or article.title
        if key not in seen:
            seen.add(key)
            yield article, note


def _text(entry: Mapping[str, Any]) -> tuple[str, bool]:
    """Return an entry's longest text and whether that is only a teaser."""
    full = [_plain(value) for value in entry.get("content", ())]
    summary = _plain({"value": entry.get("summary", ""), **entry.get("summary_detail", {})})
    raw = max([*full, summary], key=len)
    text = _MORE.sub("", _FOOTER.sub("", raw)).strip()
    is_cut = text != _FOOTER.sub("", raw).strip() or bool(_CUT_OFF.search(text))
    return text, is_cut or len(text.split()) < _TEASER_WORDS


def _plain(content: Mapping[str, Any]) -> str:
    value = str(content.get("value") or "")
    return paragraphs(value) if content.get("type") == "text/plain" and "</" not in value else to_text(value)


def _published(entry: Mapping[str, Any]) -> datetime | None:
    for name in ("published_parsed", "updated_parsed", "created_parsed"):
        moment = entry.get(name)
        if moment:
            try:
                return datetime.fromtimestamp(calendar.timegm(moment), tz=UTC)
            except (ValueError, OverflowError, OSError):
                continue
    return None


def _address(entry: Mapping[str, Any], base: str) -> str:
    """Return the canonical address: the original one of a redirecting service, the link, or a guid that is a link."""
    links = [link.get("href", "") for link in entry.get("links", ()) if link.get("rel") == "alternate"]
    guid = entry.get("id", "") if str(entry.get("id", "")).startswith("http") else ""
    for link in (entry.get("feedburner_origlink"), entry.get("link"), *links, guid):
        address = canonical(resolve(base, str(link))) if link else ""
        if address:
            return address
    return ""


def _ttl(about: Mapping[str, Any]) -> float | None:
    """Return the seconds a feed asks for between two reads: its `ttl` in minutes, or its update period."""
    try:
        if about.get("ttl"):
            return min(max(float(about["ttl"]) * 60, 0.0), 604_800.0)
        period = _PERIODS.get(str(about.get("sy_updateperiod", "")).strip().lower())
        return period / max(float(about.get("sy_updatefrequency") or 1), 1.0) if period else None
    except ValueError:
        return None
