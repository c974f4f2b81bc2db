"""Plain text and Markdown to a title and the article's own lines, without the menus of the site around it."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime

import yaml

from briefings.sources.times import read_time
from briefings.sources.words import clean, one_line

_MAX_FRONT_MATTER = 20_000
_FRONT_MATTER = re.compile(r"\A---[ \t]*\n(.*?)\n(?:---|\.\.\.)[ \t]*(?:\n|\Z)", re.DOTALL)
_FIELD = re.compile(r"^(title|headline|date|published|publisher|source|url|link|address)\s*:\s*(\S.*)$", re.IGNORECASE)
_NAMES = {
    "headline": "title", "date": "published", "source": "publisher", "site": "publisher", "link": "url",
    "address": "url", "canonical": "url",
}  # fmt: skip
_ENDS_SENTENCE = re.compile(r"[.?!…:;,][\"'”’»)\]]*$")
_ENDS_QUOTED = re.compile(r"[\"”»][.,]?$|[.,!?]['’]$")
_SITE_WORDS = (  # how lines of a site, not of its article, begin
    "related (?:posts?|articles?|stories|topics|content|news|links)", "read (?:more|next|also)", "see also",
    "more (?:on this|from|about|news|stories)", "most (?:read|popular|viewed)", "recommended(?: for you)?",
    "you (?:may|might) also like", "share(?: this)?", "follow us", "subscribe", "sign up", "newsletter", "comments?",
    "leave a (?:comment|reply)", "report (?:a|an) (?:problem|error|issue)", "problem reported", "help us improve",
    "thank you for your feedback", "was this (?:article|page|answer) helpful", "tags?", "topics?", "advertisement",
    "sponsored", "copyright", "all rights reserved", "contact us", "about us", "privacy policy", "terms (?:of|and)",
    "cookie", "navigation", "menu", "skip to", "search", "log ?in", "print", "back to top", "previous article",
    "next article", "trending", "latest news", "home",
)  # fmt: skip
_MARKED_LINE = re.compile(rf"(?:©|(?:{'|'.join(_SITE_WORDS)})\b).{{0,80}}", re.IGNORECASE)
_INSIDE = re.compile(
    r"(?:advertisement|(?:story|article) continues below.{0,40}|share this (?:article|story))", re.IGNORECASE
)
_BYLINE = re.compile(
    r"(?:by [A-Z]\S+(?: \S+){0,6}|\d+ min(?:ute)?s?(?: read)?|(?:published|updated|posted|last updated)\b.{0,60})",
    re.IGNORECASE,
)
_DATE_LABEL = re.compile(r"^(?:published|updated|posted)(?: on)?:?\s*", re.IGNORECASE)
_WRAPPED = range(50, 86)  # columns of a line that was broken by a program
_MENU_WORDS = 3
_TAIL_WORDS = 25  # a longer line belongs to the article


@dataclass(frozen=True, slots=True, kw_only=True)
class PlainArticle:
    """What a text file says. `fields` has those of title, published, publisher and url that it names itself."""

    title: str
    text: str
    fields: Mapping[str, str | datetime] = field(default_factory=dict)


def read_plain(text: str) -> PlainArticle:
    """Read a text file: named fields at its top, a headline, then the article.

    The headline is the first line of four words or more above the first sentence. Above the first sentence and below
    the last, short lines without a sentence are the site's menus and are left out; all that stays is verbatim.
    """
    fields, rest = _named_fields(clean(text))
    return _article(fields, rest.split("\n"))


def read_markdown(text: str) -> PlainArticle:
    """Read a Markdown file with or without YAML front matter; marks of emphasis, links and headings are taken off.

    Raises:
        ValueError: the front matter is no YAML mapping.
    """
    fields, body = _front_matter(clean(text))
    heading = re.search(r"^#\s+(.+)$", body, re.MULTILINE)
    if heading and "title" not in fields:
        fields["title"] = one_line(_unmarked(heading[1]))
        body = body[: heading.start()] + body[heading.end() :]
    return _article(fields, _unmarked(body).split("\n"))


def unwrap(text: str) -> str:
    """Join the lines of paragraphs that a program broke at a column; other text is returned as it is."""
    blocks = re.split(r"\n[ \t]*\n", text)
    broken = [block for block in blocks if block.count("\n") >= 2]
    if not broken or sum(_is_wrapped(block) for block in broken) < len(broken) * 0.6:
        return text
    return "\n\n".join(" ".join(block.split("\n")) if _is_wrapped(block, 1) else block for block in blocks)


def _is_wrapped(block: str, at_least: int = 2) -> bool:
    lines = block.rstrip("\n").split("\n")
    return (
        len(lines) > at_least and all(len(line) in _WRAPPED for line in lines[:-1]) and len(lines[-1]) < _WRAPPED.stop
    )


def _article(fields: dict[str, str | datetime], lines: list[str]) -> PlainArticle:
    lines = unwrap("\n".join(line.rstrip() for line in lines)).split("\n")
    first = next((n for n, line in enumerate(lines) if _is_prose(line)), None)
    if first is None:
        title, body = str(fields.get("title", "")), lines
    else:
        title, head = _head(lines[:first], fields)
        body = head + _without_tail(lines[first:])
    text = re.sub(r"\n{3,}", "\n\n", "\n".join(line for line in body if not _INSIDE.fullmatch(line.strip()))).strip()
    if not title:
        title, text = _first_line(text)
    return PlainArticle(title=one_line(title), text=text, fields=fields)


def _first_line(text: str) -> tuple[str, str]:
    """Take the title from the text: its first line when that is no sentence, else the first words, which stay."""
    line, _, rest = text.partition("\n")
    if rest.strip() and not _is_prose(line):
        return line, rest.strip()
    return (line if len(line) <= 120 else line[:120].rsplit(" ", 1)[0] + "…"), text


def _head(lines: list[str], fields: dict[str, str | datetime]) -> tuple[str, list[str]]:
    """Return the headline and what is kept of the lines above the first sentence."""
    title, kept = str(fields.get("title", "")), []
    for line in lines:
        words = line.strip()
        when = read_time(_DATE_LABEL.sub("", words))
        if when is not None:
            fields.setdefault("published", when)
        elif not words or _is_menu(words) or _BYLINE.fullmatch(words) or words == title:
            continue
        elif not title:
            title = words
        else:
            kept += [line, ""]
    return title, kept


def _without_tail(lines: list[str]) -> list[str]:
    """Leave out what follows the article: from a marker such as "Related posts" on, and short lines at the very end."""
    for n, line in enumerate(lines):
        rest = [later.strip() for later in lines[n:] if later.strip()]
        is_marker = (
            _MARKED_LINE.fullmatch(line.strip()) and len(line.split()) <= 5 and not line.rstrip().endswith((".", ","))
        )
        if n and is_marker and all(len(later.split()) < _TAIL_WORDS for later in rest):
            lines = lines[:n]
            break
    while len(lines) > 1 and _is_after_article(lines):
        lines = lines[:-1]
    return lines


def _is_after_article(lines: list[str]) -> bool:
    """Tell whether the last line belongs to the site; a name right under a quotation is its speaker."""
    last = lines[-1].strip()
    if not last:
        return True
    above = next((line.strip() for line in reversed(lines[:-1]) if line.strip()), "")
    if _ENDS_QUOTED.search(above) and not _MARKED_LINE.fullmatch(last):
        return False
    return (_is_menu(last) and len(last.split()) < _MENU_WORDS) or (
        bool(_MARKED_LINE.fullmatch(last)) and len(last.split()) < _TAIL_WORDS
    )


def _is_prose(line: str) -> bool:
    words = line.split()
    return len(words) > 14 or (len(words) > _MENU_WORDS and bool(_ENDS_SENTENCE.search(line.strip())))


def _is_menu(line: str) -> bool:
    return len(line.split()) <= _MENU_WORDS and not _ENDS_SENTENCE.search(line)


def _named_fields(text: str) -> tuple[dict[str, str | datetime], str]:
    """Take `Title:`, `Date:`, `Publisher:` and `URL:` lines from the top of a file."""
    fields: dict[str, str | datetime] = {}
    lines = text.lstrip("\n").split("\n")
    while lines and (match := _FIELD.match(lines[0].strip())):
        name = match[1].lower()
        fields[_NAMES.get(name, name)] = match[2].strip()
        lines = lines[1:]
    return fields, "\n".join(lines)


def _front_matter(text: str) -> tuple[dict[str, str | datetime], str]:
    match = _FRONT_MATTER.match(text)
    if match is None:
        return _named_fields(text)
    if len(match[1]) > _MAX_FRONT_MATTER:
        msg = "its front matter is too long"
        raise ValueError(msg)
    try:
        rows = yaml.safe_load(match[1])
    except (yaml.YAMLError, ValueError) as error:
        msg = "its front matter is not YAML; put values with a colon in quotation marks"
        raise ValueError(msg) from error
    if not isinstance(rows, dict):
        msg = "its front matter has no `name: value` lines"
        raise ValueError(msg)
    named = {str(name).lower(): value for name, value in rows.items()}
    fields = {_NAMES.get(name, name): _scalar(value) for name, value in named.items() if _scalar(value)}
    return fields, text[match.end() :]


def _scalar(value: object) -> str | datetime:
    if isinstance(value, datetime):
        return value
    if isinstance(value, (str, int, float, date)):
        return str(value)
    return ""


def _unmarked(text: str) -> str:
    """Return Markdown without its marks."""
    text = re.sub(r"!\[[^\]\n]*\]\([^)\n]*\)", "", text)
    text = re.sub(r"\[([^\]\n]*)\]\([^)\s]*(?:\s+\"[^\"\n]*\")?\)", r"\1", text)
    text = re.sub(r"(\*\*|__)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    text = re.sub(r"(?<![\w*])([*_])(?=\S)([^*_\n]+?)(?<=\S)\1(?![\w*])", r"\2", text)
    text = re.sub(r"^(?:#{1,6}\s+|>\s?|\s*[-*+]\s+)", "", text, flags=re.MULTILINE)
    return re.sub(r"\\([\\`*_{}\[\]()#+.!|>-])", r"\1", text)
