"""Other forms of words and words for the same thing, from the word lists; phrases as one term beside their words."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from briefings.stories.words import Term, Vocabulary, phrase_table, stem, terms
from config.records import Lexicon

PHRASE = "="  # before a phrase that stands as a term
_VOWELS = "aeiou"


@dataclass(frozen=True, slots=True, eq=False)
class Thesaurus:
    """What stands for what in questions. `forms` and `alike` hold canonical words."""

    plain: Vocabulary
    vocabulary: Vocabulary  # with the phrases
    forms: Mapping[str, frozenset[str]]
    alike: Mapping[str, frozenset[str]]

    def terms(self, text: str) -> tuple[Term, ...]:
        """Return the canonical words of a text; a phrase stands before its words."""
        return tuple(self._spread(text))

    def _spread(self, text: str) -> Iterator[Term]:
        for term in terms(text, self.vocabulary):
            yield term
            if term.text.startswith(PHRASE):
                inside = terms(text[term.start : term.end], self.plain)
                yield from (replace(t, start=t.start + term.start, end=t.end + term.start) for t in inside)


def read_thesaurus(synonyms: Lexicon, irregular: Iterable[str], vocabulary: Vocabulary) -> Thesaurus:
    """Build the thesaurus.

    Args:
        synonyms: each line a group of words and phrases, with commas between.
        irregular: lines "verb = its irregular forms".
        vocabulary: of the stories.
    """
    verbs = dict(_verbs(irregular))
    groups = [tuple(w.strip() for w in line.split(",")) for g in synonyms.groups for line in synonyms.words(g)]
    phrases = dict.fromkeys(w for group in groups for w in group if " " in w or "-" in w)
    pairs = [(written, PHRASE + w) for w in phrases for written in _inflected(w, verbs)]
    table = {k: list(v) for k, v in vocabulary.phrases.items()}
    for first, rest in phrase_table(pairs).items():
        table[first] = sorted([*table.get(first, []), *rest], key=lambda r: -len(r[0]))
    full = replace(vocabulary, phrases={k: tuple(v) for k, v in table.items()})

    forms = _sets((_canonical(w, vocabulary) for w in (verb, *others)) for verb, others in verbs.items())
    listed = ({_canonical(w, vocabulary) for w in group} for group in groups)
    return Thesaurus(vocabulary, full, forms, _sets(_with_forms(group, forms) for group in listed))


def _canonical(word: str, vocabulary: Vocabulary) -> str:
    """Return what a word or phrase becomes in a text; the vocabulary's own phrases come first."""
    found = terms(word, vocabulary)
    if len(found) == 1 and (found[0].start, found[0].end) == (0, len(word)):
        return found[0].text
    return PHRASE + word if " " in word or "-" in word else stem(word)


def _with_forms(group: Iterable[str], forms: Mapping[str, frozenset[str]]) -> set[str]:
    members = set(group)
    return members.union(*(forms.get(w, frozenset()) for w in members))


def _verbs(lines: Iterable[str]) -> Iterator[tuple[str, tuple[str, ...]]]:
    for line in lines:
        verb, _, forms = line.partition("=")
        yield verb.strip(), tuple(f.strip() for f in forms.split(","))


def _sets(groups: Iterable[Iterable[str]]) -> dict[str, frozenset[str]]:
    """Return for each word the others of all its groups."""
    found: dict[str, set[str]] = {}
    for group in groups:
        listed = set(group)
        for word in listed:
            found.setdefault(word, set()).update(listed)
    return {word: frozenset(others - {word}) for word, others in found.items()}


def _inflected(phrase: str, verbs: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """Yield a phrase with its first word in all forms that it may have."""
    first, rest = phrase.split(" ", 1) if " " in phrase else (phrase, "")
    bare = first.removesuffix("e")
    doubled = first + first[-1] if first[-2:-1] in _VOWELS and first[-1] not in f"{_VOWELS}wxy" else bare
    made = (first, first + "s", first + "es", bare + "ed", bare + "ing", doubled + "ed", doubled + "ing")
    for form in dict.fromkeys((*made, *verbs.get(first, ()))):
        yield f"{form} {rest}".strip()
