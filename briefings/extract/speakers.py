"""Speakers: from the words beside the cue to a person, a role and an actor. Gives no name where two would fit."""

from __future__ import annotations

from collections.abc import Sequence

from briefings.extract.context import ExtractContext
from briefings.extract.coreference import Coreference
from briefings.extract.introductions import people_of
from briefings.extract.mentions import Mention, find_mentions
from briefings.extract.names import Person
from briefings.extract.parsed import ParsedText
from briefings.extract.syntax import Source
from briefings.model import Speaker

_DETERMINERS = frozenset(("the", "a", "an", "his", "her", "their", "its", "our"))


class Speakers:
    """Resolves the sources of one article."""

    def __init__(self, parsed: ParsedText, context: ExtractContext, sources: Sequence[Source]) -> None:
        """Find the people of the article.

        Args:
            parsed: the article.
            context: the catalogue and the day.
            sources: all its sources, in the order of the text.
        """
        self.parsed = parsed
        self.context = context
        registry = people_of(parsed, context, sources)
        named = find_mentions(parsed, registry)
        self.day = context.published.date() if context.published else None
        self.coreference = Coreference(parsed, registry, named, {s.head for s in sources}, self.day)
        self.at_token = {m.token: m for m in self.coreference.mentions}

    def speaker(self, source: Source) -> Speaker:
        """Return the speaker of a source."""
        mention = self._mention(source)
        if mention is not None:
            return self._named(source, mention.person, mention.role) if mention.person else self._unnamed(source)
        person = None
        if source.head >= 0:
            person = self.coreference.described(source.span, self.parsed.tokens[source.head])
        return self._named(source, person, None) if person is not None else self._unnamed(source)

    def _mention(self, source: Source) -> Mention | None:
        """Return who is mentioned in the source, or named in the apposition to it."""
        inside = self.coreference.within(source.span)
        at_head = [m for m in inside if m.token == source.head]
        is_joined = " and " in source.span.cut(self.parsed.text)
        if at_head and (at_head[-1].person or len(inside) == 1):
            apposed = self._apposed(source) if at_head[-1].person is None else None
            is_single = len({id(m.person) for m in inside}) == 1 or not is_joined
            return apposed or (at_head[-1] if is_single else None)
        apposed = self._apposed(source)
        if apposed is not None:
            return apposed
        ending = [m for m in inside if m.span.end >= source.span.end - 1 and m.person]
        is_owner = source.span.cut(self.parsed.text).endswith(("'s", "’s"))
        return ending[-1] if ending and not is_owner and not is_joined else None

    def _apposed(self, source: Source) -> Mention | None:
        if source.head < 0:
            return None
        for c in self.parsed.tokens[source.head].children:
            named = self.at_token.get(c)
            if self.parsed.tokens[c].dep == "appos" and named is not None and named.person is not None:
                return Mention(named.span, c, named.person, True, named.role or self._description(source), True)
        return None

    def _description(self, source: Source) -> str | None:
        words = source.span.cut(self.parsed.text).split()
        if words and words[0].lower() in _DETERMINERS:
            words = words[1:]
        return " ".join(words) or None

    def _named(self, source: Source, person: Person, role: str | None) -> Speaker:
        spec, people, day = person.spec, self.context.people, self.day
        role = role or next(iter(person.roles), None)
        if role is None and spec is not None:
            role = people.role_on(spec, day)
        actor = (spec.actor_on(day) if day else spec.actor) if spec else people.actor_in(role or "")
        return Speaker(mention=source.span, name=person.name, person=spec.id if spec else None, role=role, actor=actor)

    def _unnamed(self, source: Source) -> Speaker:
        return Speaker(mention=source.span, actor=self.context.people.actor_in(source.span.cut(self.parsed.text)))
