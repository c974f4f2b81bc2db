"""One table of a TOML file, read key by key; every mistake names file, key and remedy."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from difflib import get_close_matches
from typing import Any, TypeVar
from urllib.parse import urlsplit

from config.records import ConfigError

_Word = TypeVar("_Word", bound=str)


def nearest(word: str, known: Iterable[str]) -> str:
    """Return the remedy for an unknown word: the name it resembles, else all that there are."""
    names = sorted(known)
    folded = {name.lower(): name for name in names}
    close = get_close_matches(word.lower(), folded, n=1, cutoff=0.6)
    if close:
        return f"did you mean '{folded[close[0]]}'?"
    return f"there are: {', '.join(names) or 'none'}"


@dataclass(frozen=True, slots=True)
class Row:
    """A table with the file it stands in and its path there ("topics.ukraine")."""

    file: str
    path: str
    values: Mapping[str, Any]

    def error(self, what: str, key: str = "") -> ConfigError:
        """Return the error to raise about this table, or about one key of it."""
        where = ".".join(part for part in (self.path, key) if part)
        return ConfigError(f"{self.file}: {where}: {what}" if where else f"{self.file}: {what}")

    def allow(self, *keys: str) -> Row:
        """Return this row when it holds no other keys.

        Raises:
            ConfigError: an unknown key; the message names the nearest right one.
        """
        for key in self.values:
            if key not in keys:
                raise self.error(f"unknown key '{key}'; {nearest(key, keys)}")
        return self

    def text(self, key: str, default: str | None = None) -> str:
        """Return a string; without a default the key must be there and not blank."""
        value = self.values.get(key, default)
        if value is None:
            raise self.error(f"missing key '{key}'; add {key} = \"...\"")
        if not isinstance(value, str):
            raise self.error(f"must be text in quotes, not {_kind(value)}", key)
        if default is None and not value.strip():
            raise self.error("is blank; write something or remove the row", key)
        return value.strip()

    def optional(self, key: str) -> str | None:
        """Return a string, or None when the key is not there."""
        return self.text(key) if key in self.values else None

    def texts(self, key: str) -> tuple[str, ...]:
        """Return a list of strings without repeats; an absent key is an empty list."""
        value = self.values.get(key, [])
        if not isinstance(value, list):
            raise self.error(f'must be a list like ["a", "b"], not {_kind(value)}', key)
        for number, item in enumerate(value, 1):
            if not isinstance(item, str):
                raise self.error(f"entry {number} must be text in quotes, not {_kind(item)}", key)
            if not item.strip():
                raise self.error(f"entry {number} is blank; remove it", key)
        return tuple(dict.fromkeys(item.strip() for item in value))

    def day(self, key: str) -> date | None:
        """Return a date, or None when the key is not there."""
        value = self.values.get(key)
        if value is not None and (isinstance(value, datetime) or not isinstance(value, date)):
            raise self.error(f"must be a date like 2024-05-14 without quotes, not {_kind(value)}", key)
        return value

    def reference(self, key: str, known: Iterable[str], noun: str) -> str | None:
        """Return the id of another row, or None when the key is not there."""
        value = self.optional(key)
        if value is not None:
            self.check_known(key, (value,), known, noun)
        return value

    def check_known(self, key: str, ids: Iterable[str], known: Iterable[str], noun: str) -> None:
        """Refuse ids that no row has."""
        names = frozenset(known)
        for value in ids:
            if value not in names:
                raise self.error(f"no {noun} '{value}'; {nearest(value, names)}", key)

    def choice(self, key: str, choices: tuple[_Word, ...], default: _Word) -> _Word:
        """Return one of the choices."""
        value = self.text(key, default)
        for choice in choices:
            if value == choice:
                return choice
        raise self.error(f"'{value}' is not one of the choices; {nearest(value, choices)}", key)

    def urls(self, key: str) -> tuple[str, ...]:
        """Return a list of http(s) addresses."""
        found = self.texts(key)
        for url in found:
            if not is_http(url):
                raise self.error(
                    f"'{url}' is not an http(s) address; write it in full, like https://example.org/rss", key
                )
        return found

    def tables(self, key: str) -> dict[str, Row]:
        """Return the tables below a key by their names, in order; an absent key has none."""
        value = self.values.get(key, {})
        if not isinstance(value, dict):
            raise self.error(f"must hold tables like [{self.path or key}.NAME], not {_kind(value)}", key)
        prefix = f"{self.path}.{key}" if self.path else key
        rows = {name: Row(self.file, f"{prefix}.{name}", table) for name, table in value.items()}
        for name, row in rows.items():
            if not isinstance(row.values, dict):
                raise row.error(f"must be a table like [{prefix}.{name}], not {_kind(row.values)}")
        return rows

    def listed(self, key: str) -> list[Row]:
        """Return the tables in a list, as rows numbered from 1; an absent key has none."""
        value = self.values.get(key, [])
        if not isinstance(value, list) or not all(isinstance(item, dict) for item in value):
            raise self.error('must be a list of tables like [{ title = "..." }]', key)
        return [Row(self.file, f"{self.path}.{key}[{number}]", item) for number, item in enumerate(value, 1)]

    def pairs(self, key: str) -> dict[str, str]:
        """Return a table of strings by strings."""
        table = self.values.get(key, {})
        if not isinstance(table, dict):
            raise self.error(f'must be a table of "words" = "meaning", not {_kind(table)}', key)
        row = Row(self.file, f"{self.path}.{key}", table)
        return {name: row.text(name) for name in table}

    def over(self, shipped: Row | None) -> Row:
        """Return what stands after this row is laid over the shipped one: this row alone, or both if it `extends`."""
        if "extends" not in self.values:
            return self
        if self.values["extends"] is not True:
            raise self.error("must be true; remove it to replace the shipped row", "extends")
        if shipped is None:
            raise self.error("nothing shipped has this name; remove 'extends' to add a new row", "extends")
        own = {key: value for key, value in self.values.items() if key != "extends"}
        return Row(self.file, self.path, _extended(shipped.values, own))


def is_http(url: str) -> bool:
    """Tell whether a text is an absolute http(s) address with a host and a possible port."""
    try:
        parts = urlsplit(url)
        return parts.scheme in {"http", "https"} and bool(parts.hostname) and parts.port != 0 and " " not in url
    except ValueError:
        return False


def _extended(base: Mapping[str, Any], more: Mapping[str, Any]) -> dict[str, Any]:
    """Lists are appended, tables are merged, anything else replaces."""
    out = dict(base)
    for key, value in more.items():
        old = out.get(key)
        if isinstance(old, list) and isinstance(value, list):
            out[key] = [*old, *value]
        elif isinstance(old, dict) and isinstance(value, dict):
            out[key] = _extended(old, value)
        else:
            out[key] = value
    return out


_KINDS: tuple[tuple[type, str], ...] = (
    (bool, "a yes/no"),
    (int, "a number"),
    (float, "a number"),
    (date, "a date"),
    (str, "text"),
    (list, "a list"),
    (dict, "a table"),
)


def _kind(value: object) -> str:
    return next((name for kind, name in _KINDS if isinstance(value, kind)), "something else")
