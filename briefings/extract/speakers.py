"""Speakers: from the words beside the cue to a person, a role and an actor. Gives no name where two would fit."""

from __future__ import annotations

from bisect import bisect_left

from briefings.extract.context import ExtractContext
from briefings.extract.mentions import Mention, find_mentions
from briefings.extract.names import NameWords, Person, Registry, clean, stripped
from briefings.extract.parsed import ParsedText, Token
from briefings.extract.people import folded
from briefings.extract.syntax import SUBJECTS, Source, source_at
from briefings.model import Span, Speaker

_HE = {"he": "m", "she": "f", "him": "m", "his": "m", "her": "f"}
_DEFINITE = frozenset(("the", "this", "his", "her", "their"))
_ARTICLES = frozenset(("the", "a", "an"))
_MAX_WORDS = 4
_NEAR = 4  # sentences that a pronoun looks back


class Speakers:
    """Resolves the sources of one article, in the order of the text."""

    def __init__(self, parsed: ParsedText, context: ExtractContext, sources: list[Source]) -> None:
        self.parsed = parsed
        self.context = context
        self.known: NameWords = context.names
        self.registry = Registry(self.known, context.people)
        self.registry.read(parsed.title + "\n", len(parsed.title))
        for person in self.registry.people:
            person.first_seen = -1
        self.registry.read(parsed.text, parsed.end)
        for source in sources:
            self._learn(source)
        self.mentions = find_mentions(parsed, self.registry)
        self._add_pronouns({s.head for s in sources})
        self._starts = [m.span.start for m in self.mentions]

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
        unlike = self.known.bodies | self.known.never
        return all(
            w[:1].isupper() and not w.isupper() and not w.endswith(("'s", "’s")) and clean(w) not in unlike
            for w in words
        )

    # ---- pronouns ------------------------------------------------------------------------------------

    def _add_pronouns(self, heads: set[int]) -> None:
        """Resolve he and she in order, each becoming a mention that the next may rest on."""
        added = list(self.mentions)
        speakers = heads
        for mention in added:
            mention.is_speaker = mention.token in speakers
        position = 0
        result: list[Mention] = []
        for token in self.parsed.tokens:
            if token.lower not in {"he", "she"} or token.stretch >= 0:
                continue
            while position < len(added) and added[position].span.start < token.start:
                result.append(added[position])
                position += 1
            person = self._antecedent(token, result)
            if person:
                result.append(Mention(token.span, token.i, person, token.dep in SUBJECTS, None, token.i in speakers))
        result.extend(added[position:])
        self.mentions = result

    def _antecedent(self, token: Token, before: list[Mention]) -> Person | None:
        gender = _HE[token.lower]
        best: tuple[float, Person] | None = None
        for mention in reversed(before[-40:]):
            if mention.person.gender not in {gender, None}:
                continue
            distance = token.sentence - self.parsed.tokens[mention.token].sentence
            if distance > _NEAR:
                break
            score = -distance + 1.0 * mention.is_subject + 0.6 * mention.is_speaker
            score += 0.3 * (mention.person.gender == gender)
            if best is None or score > best[0]:
                best = (score, mention.person)
        return best[1] if best else None

    # ---- sources --------------------------------------------------------------------------------------

    def speaker(self, source: Source) -> Speaker:
        """Return the speaker of a source."""
        mention = self._mention(source)
        if mention is not None:
            return self._named(source, mention.person, mention.role)
        token = self.parsed.tokens[source.head] if source.head >= 0 else None
        person = self._described(source, token) if token else None
        if person is not None:
            return self._named(source, person, None)
        return self._unnamed(source)

    def _mention(self, source: Source) -> Mention | None:
        """Return the person named in the source, or in the apposition to it."""
        inside = self._within(source.span)
        people = {id(m.person) for m in inside}
        at_head = [m for m in inside if m.token == source.head]
        if at_head:
            return at_head[-1] if len(people) == 1 or len(inside) == 1 or not self._is_joined(source) else None
        for c in self.parsed.tokens[source.head].children if source.head >= 0 else ():
            token = self.parsed.tokens[c]
            if token.dep == "appos":
                named = [m for m in self.mentions if m.token == token.i]
                if named:
                    return Mention(named[0].span, c, named[0].person, True, self._description(source), True)
        ending = [m for m in inside if m.span.end >= source.span.end - 1]
        text = source.span.cut(self.parsed.text)
        return ending[-1] if ending and not text.endswith(("'s", "’s")) and not self._is_joined(source) else None

    def _within(self, span: Span) -> list[Mention]:
        first = bisect_left(self._starts, span.start)
        found = []
        for mention in self.mentions[first:]:
            if mention.span.start >= span.end:
                break
            found.append(mention)
        return found

    def _is_joined(self, source: Source) -> bool:
        return " and " in source.span.cut(self.parsed.text)

    def _description(self, source: Source) -> str | None:
        words = source.span.cut(self.parsed.text).split()
        if words and words[0].lower() in {"the", "a", "an", "his", "her", "their", "its"}:
            words = words[1:]
        return " ".join(words) or None

    def _described(self, source: Source, head: Token) -> Person | None:
        """Return whom a description stands for, if one only fits."""
        words = [clean(w) for w in source.span.cut(self.parsed.text).split()]
        noun = clean(source.span.cut(self.parsed.text).split()[-1]) if words else ""
        is_human = noun in self.known.human or noun.endswith("-year-old")
        if not is_human or words[0] in self.known.indefinite or not (words[0] in _DEFINITE or words[0].endswith("'s")):
            return None
        gender = self.known.gender_of([noun])
        fitting = [p for p in self.registry.people if gender is None or p.gender in {gender, None}]
        by_role = self._by_role(noun, words, fitting)
        near = self._near(head, fitting) if words[0] in {"the", "this"} else None
        if len(by_role) == 1 and (near is None or near is by_role[0] or self._is_recent(head, by_role[0])):
            return by_role[0]
        if len(by_role) == 1:
            return near
        return near if near is not None and (not by_role or near in by_role) else None

    def _by_role(self, noun: str, words: list[str], fitting: list[Person]) -> list[Person]:
        """Return the people with this office; of several, those whose office shares most words with the description."""
        scored = [(max((len(set(r) & set(words)) for r in self._roles(p) if noun in r), default=0), p) for p in fitting]
        best = max((score for score, _ in scored), default=0)
        return [p for score, p in scored if score == best] if best else []

    def _roles(self, person: Person) -> list[list[str]]:
        return [[self.known.long.get(w, w) for w in folded(role).split()] for role in person.roles]

    def _is_recent(self, head: Token, person: Person) -> bool:
        """Tell whether somebody was mentioned a few sentences back."""
        last = bisect_left(self._starts, head.start)
        recent = self.mentions[max(0, last - 12) : last]
        return any(m.person is person and head.sentence - self.parsed.tokens[m.token].sentence <= _NEAR for m in recent)

    def _near(self, head: Token, fitting: list[Person]) -> Person | None:
        """Return the last person who spoke or was a subject, two sentences back at most."""
        last = bisect_left(self._starts, head.start)
        for mention in reversed(self.mentions[max(0, last - 12) : last]):
            distance = head.sentence - self.parsed.tokens[mention.token].sentence
            if distance > 2:
                return None
            if mention.person in fitting and (mention.is_subject or mention.is_speaker):
                return mention.person
        return None

    # ---- records ----------------------------------------------------------------------------------------

    def _named(self, source: Source, person: Person, role: str | None) -> Speaker:
        spec = person.spec
        day = self.context.published.date() if self.context.published else None
        role = role or next(iter(person.roles), None)
        if role is None and spec is not None:
            role = self.context.people.role_on(spec, day)
        actor = (spec.actor_on(day) if day else spec.actor) if spec else self.context.people.actor_in(role or "")
        return Speaker(mention=source.span, name=person.name, person=spec.id if spec else None, role=role, actor=actor)

    def _unnamed(self, source: Source) -> Speaker:
        words = source.span.cut(self.parsed.text)
        return Speaker(mention=source.span, actor=self.context.people.actor_in(words))
