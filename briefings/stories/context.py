"""What the stories know of words and names: built once from the catalogue, then only read."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from briefings.stories.words import Vocabulary, phrase_table, plain, spelling, stem, terms, words
from config.records import ActorSpec, Catalogue, Lexicon

# documents that the background table stands for, and in how many of them a word of each step occurs
BACKGROUND = 1000
_STEPS = (("common_1", 250), ("common_2", 100), ("common_3", 35))


@dataclass(frozen=True, slots=True, eq=False)
class StoryContext:
    """The vocabulary and the word lists of `lexicon/stories.toml`, in canonical words."""

    vocabulary: Vocabulary
    background: Mapping[str, int]  # canonical word -> documents out of BACKGROUND
    places: frozenset[str]
    countries: frozenset[str]
    recurring: frozenset[str]
    physical: frozenset[str]
    lasting: frozenset[str]  # of those that come again, the ones that are told for days
    aftermath: frozenset[str]  # words of reports that come back to what has happened
    common: frozenset[str]
    matters: Mapping[str, str]  # canonical word or phrase -> concept
    matter_words: Vocabulary
    generic: frozenset[str]
    frame: frozenset[str]  # words that say who speaks and how: reporters, spokesman, rejected
    voices: frozenset[str]  # people who speak for others every day: their names tell no event from another
    lexicon: Lexicon

    def canonical(self, text: str) -> tuple[str, ...]:
        """Return the canonical words of a short text, in order."""
        return tuple(t.text for t in terms(text, self.vocabulary))


def story_context(catalogue: Catalogue) -> StoryContext:
    """Build the context from a catalogue.

    Args:
        catalogue: needs `lexicon/stories.toml`; the aliases of every topic, the names of every actor and their places
            are taken in.
    """
    lexicon = catalogue.lexicons["stories"]
    pairs = tuple(_pairs(catalogue, lexicon))
    synonyms = dict(_synonyms(lexicon))
    phrases = phrase_table((*pairs, *_synonym_phrases(lexicon)))
    vocabulary = Vocabulary(phrases=phrases, synonyms=synonyms, stop=frozenset(lexicon.words("stop")))
    matters = dict(_matters(lexicon))
    generic = frozenset(stem(w) for w in lexicon.words("matter_generic"))
    return StoryContext(
        vocabulary=vocabulary,
        background=_background(lexicon, vocabulary),
        places=frozenset(_places(catalogue, lexicon)),
        countries=frozenset(_canon(c) for c, _, _ in _countries(lexicon)),
        recurring=frozenset("~" + w for w in lexicon.words("recurring")),
        physical=frozenset("~" + w for w in lexicon.words("physical")),
        lasting=frozenset("~" + w for w in lexicon.words("lasting")),
        aftermath=frozenset(t.text for w in lexicon.words("aftermath") for t in terms(w, vocabulary)),
        common=frozenset(stem(w) for _, group in _common(lexicon) for w in group),
        matters=matters,
        matter_words=Vocabulary(
            phrases=phrase_table((*((m, "#" + c) for m, c in matters.items() if " " in m), *pairs)),
            synonyms={stem(m): "#" + c for m, c in matters.items() if " " not in m},
            stop=vocabulary.stop,
        ),
        generic=generic,
        frame=frozenset(t.text for w in lexicon.words("frame") for t in terms(w, vocabulary)),
        voices=frozenset(_voices(catalogue)),
        lexicon=lexicon,
    )


def actor_names(actor: ActorSpec) -> tuple[str, ...]:
    """Return every name, adjective, office and person by which a text may mean the actor as a government."""
    people = (n for p in actor.people for n in (p.name, *p.variants, *p.surnames))
    offices = (n for o in actor.offices for n in (o.name, *o.variants))
    return tuple(dict.fromkeys((actor.name, actor.capital, *actor.names, *actor.adjectives, *offices, *people)))


def _canon(text: str) -> str:
    found = [spelling(w.text) for w in words(text)]
    return stem(found[0]) if len(found) == 1 else " ".join(found)


def _split(line: str) -> list[str]:
    return [part.strip() for part in line.split("=")]


def _listed(text: str) -> list[str]:
    return [part.strip() for part in text.split(",") if part.strip()]


def _countries(lexicon: Lexicon) -> Iterator[tuple[str, list[str], str]]:
    for line in lexicon.words("countries"):
        country, demonyms, capital = _split(line)
        yield country, _listed(demonyms), capital


def _pairs(catalogue: Catalogue, lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    """Yield (written, stands for); the first of two for the same words wins, so topics come before the general."""
    for topic in catalogue.topics.values():
        for written, meant in topic.aliases.items():
            yield written, _canon(meant)
    for written, meant in map(_split, lexicon.words("place_aliases")):
        yield written, _canon(meant)
    for country, demonyms, capital in _countries(lexicon):
        yield from ((f"{word} capital", _canon(capital)) for word in demonyms)
        yield from ((word, _canon(country)) for word in (country, *demonyms))
        yield capital, _canon(capital)
    for actor in catalogue.actors.values():
        yield from _actor_pairs(actor)


def _actor_pairs(actor: ActorSpec) -> Iterator[tuple[str, str]]:
    yield from ((f"{word} capital", _canon(actor.capital)) for word in actor.adjectives if actor.capital)
    yield from ((word, _canon(actor.name)) for word in actor.adjectives)
    for person in actor.people:
        short = person.name.rsplit(maxsplit=1)[-1]
        for written in (person.name, *person.variants, *person.surnames):
            yield written, _canon(short)


def _voices(catalogue: Catalogue) -> Iterator[str]:
    """Yield the canonical names of the people who are or were spokesmen."""
    for actor in catalogue.actors.values():
        for person in actor.people:
            if any(role.rank == "spokesman" for role in person.roles):
                yield _canon(person.name.rsplit(maxsplit=1)[-1])


def _places(catalogue: Catalogue, lexicon: Lexicon) -> Iterator[str]:
    for topic in catalogue.topics.values():
        yield from (_canon(p) for p in topic.places)
    for actor in catalogue.actors.values():
        yield from (_canon(p) for p in (actor.capital, *actor.places) if p)
    for country, _, capital in _countries(lexicon):
        yield from (_canon(country), _canon(capital))


def _groups(lines: Iterable[str]) -> Iterator[tuple[str, list[str]]]:
    for line in lines:
        head, others = _split(line)
        yield head, _listed(others)


def _synonyms(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for head, others in _groups(lexicon.words("same_words")):
        yield from ((stem(plain(w)), "~" + head) for w in (head, *others) if " " not in w)


def _synonym_phrases(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for head, others in _groups(lexicon.words("same_words")):
        yield from ((w, "~" + head) for w in others if " " in w or "-" in w)


def _matters(lexicon: Lexicon) -> Iterator[tuple[str, str]]:
    for concept, others in _groups(lexicon.words("matters")):
        yield from ((w, concept) for w in others)


def _common(lexicon: Lexicon) -> Iterator[tuple[int, tuple[str, ...]]]:
    yield from ((n, lexicon.words(group)) for group, n in _STEPS)


def _background(lexicon: Lexicon, vocabulary: Vocabulary) -> dict[str, int]:
    """Return document counts by canonical word; synonyms add up, up to the commonest step."""
    counts: dict[str, int] = {}
    for n, group in _common(lexicon):
        for word in group:
            key = vocabulary.synonyms.get(stem(word), stem(word))
            counts[key] = min(_STEPS[0][1], max(counts.get(key, 0), n))
    return counts
