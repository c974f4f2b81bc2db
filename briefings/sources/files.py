"""Files to articles: text, Markdown, HTML, JSON rows, e-mail, local feeds, directories and zips of them."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from briefings.errors import BadArticle, BadInput, ParseFailed, UnreadableFile
from briefings.model import ParsedArticle
from briefings.sources.addresses import canonical, host_of
from briefings.sources.archive import Blob, blobs, unreadable
from briefings.sources.decoding import binary_kind, decode
from briefings.sources.mail import read_letter
from briefings.sources.plain import PlainArticle, read_markdown, read_plain
from briefings.sources.records import MAX_ARTICLE_CHARS, FeedHints
from briefings.sources.rows import Row, read_array, read_lines
from briefings.sources.sandbox import Sandbox
from briefings.sources.times import TOLERANCE, dated, read_time
from briefings.sources.words import clean, one_line

MAX_FILE = 10 * 2**20  # bytes of a page, feed or letter
MAX_JSON = 64 * 2**20
UNKNOWN_PUBLISHER = "Unknown publisher"
Outcome = ParsedArticle | BadInput


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """What a person says of the files where these don't say it themselves. `published` is aware."""

    published: datetime | None = None
    publisher: str = ""
    url: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class _Found:
    """What a file says itself, before `Given` fills the gaps."""

    where: str
    title: str
    text: str
    published: datetime | None = None
    publisher: str = ""
    url: str = ""
    language: str = ""
    is_teaser: bool = False
    note: str = ""


def read_paths(paths: Iterable[Path], given: Given, sandbox: Sandbox, now: datetime) -> Iterator[Outcome]:
    """Yield the articles of files, directories and zips in the order given; what can't be read comes as an error.

    Args:
        paths: files, directories (read with all below them) and zips.
        given: fills what a file lacks.
        sandbox: parses HTML and feeds.
        now: articles dated more than an hour later are undated.

    Raises:
        BadInput: the given date is in the future, or the given address is none.
    """
    _check_given(given, now)
    reader = _Reader(given, sandbox, now)
    for path in paths:
        for blob in blobs(path):
            if isinstance(blob, BadInput):
                yield blob
            else:
                yield from reader.read(blob)


def count_paths(paths: Iterable[Path]) -> int:
    """Return about how many outcomes `read_paths` will yield, for a progress bar: a line of .jsonl counts as one."""
    return sum(_n_outcomes(blob) for path in paths for blob in blobs(path))


def _n_outcomes(blob: Blob | BadInput) -> int:
    if isinstance(blob, BadInput) or blob.suffix not in (".jsonl", ".ndjson"):
        return 1
    try:
        with blob.open() as file:
            return max(1, sum(bool(line.strip()) for line in file))
    except OSError:
        return 1


def _check_given(given: Given, now: datetime) -> None:
    if given.published is not None and given.published > now + TOLERANCE:
        msg = f"--published {given.published:%Y-%m-%dT%H:%MZ} is in the future; give the date of publication"
        raise BadInput(msg)
    if given.url and not canonical(given.url):
        msg = f"--url {one_line(given.url, 100)} is not a web address; it starts with http:// or https://"
        raise BadInput(msg)


class _Reader:
    """Reads one file after another; a file that can't be read is a value, and the next one follows."""

    def __init__(self, given: Given, sandbox: Sandbox, now: datetime) -> None:
        self._given = given
        self._sandbox = sandbox
        self._now = now
        self._formats: Mapping[str, Callable[[Blob], Iterator[Outcome]]] = {
            ".txt": self._text, ".text": self._text, ".md": self._markdown, ".markdown": self._markdown,
            ".html": self._page, ".htm": self._page, ".xhtml": self._page,
            ".jsonl": self._lines, ".ndjson": self._lines, ".json": self._array,
            ".xml": self._feed, ".rss": self._feed, ".atom": self._feed, ".rdf": self._feed,
            ".eml": self._letter,
        }  # fmt: skip

    def read(self, blob: Blob) -> Iterator[Outcome]:
        """Yield the articles of one file."""
        reading = self._formats.get(blob.suffix)
        if reading is None:
            kinds = " ".join(sorted(self._formats))
            yield UnreadableFile(f"{blob.name}: files of this kind are not imported; give one of {kinds} .zip")
            return
        try:
            _refuse_empty_or_binary(blob)
            yield from reading(blob)
        except BadInput as error:
            yield error
        except ParseFailed as error:
            yield UnreadableFile(str(error))
        except OSError as error:
            yield unreadable(blob.name, error)

    def _text(self, blob: Blob) -> Iterator[Outcome]:
        yield self._plain(blob, read_plain)

    def _markdown(self, blob: Blob) -> Iterator[Outcome]:
        yield self._plain(blob, read_markdown)

    def _plain(self, blob: Blob, reading: Callable[[str], PlainArticle]) -> Outcome:
        text = _decoded(blob)
        if len(text) > MAX_ARTICLE_CHARS:
            return _too_long(blob.name, len(text))
        try:
            return self._finish(_from_plain(reading(text), blob.name))
        except ValueError as error:
            return UnreadableFile(f"{blob.name} can't be read: {error}")

    def _page(self, blob: Blob) -> Iterator[Outcome]:
        yield self._finish(self._from_html(blob.read(MAX_FILE), blob.name))

    def _letter(self, blob: Blob) -> Iterator[Outcome]:
        try:
            letter = read_letter(blob.read(MAX_FILE))
        except ValueError as error:
            yield UnreadableFile(f"{blob.name} is not a saved e-mail: {error}; save the message again as .eml")
            return
        if letter.html:
            found = self._from_html(letter.html.encode("utf-8", "replace"), blob.name)
        else:
            found = _from_plain(read_plain(letter.text), blob.name)
        yield self._finish(
            replace(
                found,
                title=letter.subject or found.title,
                published=letter.sent or found.published,
                publisher=letter.sender or found.publisher,
            )
        )

    def _feed(self, blob: Blob) -> Iterator[Outcome]:
        hints = FeedHints(publisher=self._given.publisher)
        feed = self._sandbox.parse_feed(blob.read(MAX_FILE), blob.name, self._now, hints)
        if not feed.entries:
            yield UnreadableFile(f"{blob.name} is a feed without entries; nothing to import")
        for entry in feed.entries:
            _, note = dated(entry.published, self._now)
            yield replace(entry, publisher=entry.publisher or UNKNOWN_PUBLISHER, note=note)
        if feed.n_left_out:
            yield BadArticle(
                f"{blob.name} has {feed.n_left_out:,} entries beyond the first {len(feed.entries)}; split the feed"
            )

    def _lines(self, blob: Blob) -> Iterator[Outcome]:
        with blob.open() as file:
            for row in read_lines(file, blob.name):
                yield row if isinstance(row, BadInput) else self._row(row)

    def _array(self, blob: Blob) -> Iterator[Outcome]:
        for row in read_array(blob.read(MAX_JSON), blob.name):
            yield row if isinstance(row, BadInput) else self._row(row)

    def _row(self, row: Row) -> Outcome:
        """Read one row; what is wrong with it is its own affair, not that of the rows after it."""
        try:
            if row.text.strip():
                found = _Found(where=row.where, title=row.title, text=clean(row.text).strip())
            else:
                found = self._from_html(row.html.encode("utf-8", "replace"), row.where)
        except ParseFailed as error:
            return BadArticle(str(error))
        return self._finish(
            replace(
                found,
                title=row.title or found.title,
                published=row.published or found.published,
                publisher=row.publisher or found.publisher,
                url=row.url or found.url,
                language=row.language or found.language,
                note=row.date_note,
            )
        )

    def _from_html(self, html: bytes, where: str) -> _Found:
        page = self._sandbox.extract_page(html, where)
        note = "only the beginning of the article: the page asks for a subscription" if page.is_teaser else ""
        return _Found(
            where=where,
            title=page.title,
            text=page.text,
            published=page.published,
            publisher=page.publisher,
            url=page.url,
            language=page.language,
            is_teaser=page.is_teaser,
            note=note,
        )

    def _finish(self, found: _Found) -> Outcome:
        """Fill the gaps from what was given and check what every article must have."""
        if not found.text:
            return UnreadableFile(f"{found.where} holds no article text")
        if len(found.text) > MAX_ARTICLE_CHARS:
            return _too_long(found.where, len(found.text))
        published, date_note = self._dated(found.published)
        url = canonical(found.url or self._given.url)
        language = found.language or self._sandbox.detect_language(f"{found.title}. {found.text[:1_500]}")
        return ParsedArticle(
            title=one_line(found.title or found.text, 300),
            text=found.text,
            publisher=one_line(found.publisher or self._given.publisher or host_of(url) or UNKNOWN_PUBLISHER, 100),
            url=url,
            published=published,
            language=language[:2].lower(),
            is_teaser=found.is_teaser,
            origin=found.where,
            note="; ".join(note for note in (found.note, date_note) if note),
        )

    def _dated(self, found: datetime | None) -> tuple[datetime | None, str]:
        """Return the file's own date, or the given one where it has none that can be right, and what is wrong."""
        published, note = dated(found, self._now)
        published = published or self._given.published
        return (published, "") if published else (None, f"{note}; give --published to date it")


def _refuse_empty_or_binary(blob: Blob) -> None:
    head = blob.head(4_096)
    if not head.strip(b" \t\r\n\x00\xef\xbb\xbf\xff\xfe"):
        msg = f"{blob.name} is empty; nothing to import"
        raise UnreadableFile(msg)
    kind = binary_kind(head)
    if kind:
        msg = f"{blob.name} is {kind}, not text; save its text as .txt or the page as .html"
        raise UnreadableFile(msg)


def _decoded(blob: Blob) -> str:
    try:
        return decode(blob.read(MAX_FILE))
    except ValueError as error:
        msg = f"{blob.name} can't be read: {error}; open it in an editor and save it as UTF-8"
        raise UnreadableFile(msg) from error


def _too_long(where: str, n_chars: int) -> BadArticle:
    return BadArticle(f"{where} has {n_chars:,} characters; an article may have {MAX_ARTICLE_CHARS:,}: split it")


def _from_plain(article: PlainArticle, where: str) -> _Found:
    fields = article.fields
    published = fields.get("published")
    return _Found(
        where=where,
        title=article.title,
        text=article.text,
        published=read_time(published if isinstance(published, str) else published.isoformat()) if published else None,
        publisher=str(fields.get("publisher", "")),
        url=str(fields.get("url", "")),
    )
