"""The people whom an article introduces: full names in its text, sources that look like names, the catalogue's."""

from __future__ import annotations

from collections.abc import Iterable

from briefings.extract.context import ExtractContext
from briefings.extract.name_words import clean, stripped
from briefings.extract.names import Registry
from briefings.extract.parsed import ParsedText
from briefings.extract.people import folded
from briefings.extract.syntax import Source, source_at

_ARTICLES = frozenset(("the", "a", "an"))
_MAX_WORDS = 4


def people_of(parsed: ParsedText, context: ExtractContext, sources: Iterable[Source]) -> Registry:
    """Return the people of an article.

    Args:
        parsed: the article.
        context: the catalogue.
        sources: who is quoted; a source of two capitalised words is a person unless its words say otherwise.
    """
    return _Introductions(parsed, context).read(sources)


class _Introductions:
    def __init__(self, parsed: ParsedText, context: ExtractContext) -> None:
        self.parsed = parsed
        self.context = context
        self.known = context.names
        self.registry = Registry(context.names, context.people)

    def read(self, sources: Iterable[Source]) -> Registry:
        self.registry.read(self.parsed.title + "\n", len(self.parsed.title))
        for person in self.registry.people:
            person.first_seen = -1
        self.registry.read(self.parsed.text, self.parsed.end)
        for source in sources:
            self._learn(source)
        return self.registry

    def _learn(self, source: Source) -> None:
        """A source of two capitalised words is a person unless its words say otherwise; one word may be a surname."""
        for c in self.parsed.tokens[source.head].children if source.head >= 0 else ():
            if self.parsed.tokens[c].dep == "appos" and c > source.head:
                self._learn(source_at(self.parsed, self.parsed.tokens[c]))
        words = [w.strip(",;()") for w in source.span.cut(self.parsed.text).split()]
        run: list[str] = []
        for word in reversed(words):
            if not word[:1].isupper():
                break
            run.insert(0, word)
        kept = stripped(run, self.known) if run else []
        if len(kept) == 1 and (len(run) == len(words) or clean(run[0]) in self.known.offices):
            surname = kept[0].removesuffix("'s").removesuffix("’s")
            if self.registry.adopt(surname) is None:
                self._look_up(surname)
        if self._is_name(source, kept) and (len(run) == len(words) or words[0].lower() not in _ARTICLES):
            self.registry.add(" ".join(kept), source.span.start)

    def _look_up(self, surname: str) -> None:
        """Take a surname that stands alone for the one person of the catalogue whose country the article is about."""
        known = self.context.people.by_surname.get(folded(surname), ())
        if len(known) == 1 and not self.registry.by_surname(surname) and self._is_about(known[0].actor):
            self.registry.add(known[0].name, self.parsed.end)

    def _is_about(self, actor: str) -> bool:
        spec = self.context.catalogue.actors[actor]
        return any(w and w in self.parsed.text for w in (spec.name, spec.capital, *spec.names, *spec.adjectives))

    def _is_name(self, source: Source, words: list[str]) -> bool:
        before = self.parsed.text[max(0, source.span.start - 5) : source.span.start].lower()
        if not 2 <= len(words) <= _MAX_WORDS or before.endswith("the ") or self.registry.is_end_of_known(words):
            return False
        if self.known.is_human(clean(words[-1])) and not self.known.is_given(words[0]):
            return False  # "The Courier Pollster"
        return all(
            w[:1].isupper() and not w.isupper() and not w.endswith(("'s", "’s")) and not self.known.is_unlike(clean(w))
            for w in words
        )
