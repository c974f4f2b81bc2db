"""What issues and responses are found by: the lexicons' phrases and the catalogue's names, ready to use."""

from __future__ import annotations

from dataclasses import dataclass

from briefings.extract.actor_names import NameIndex
from briefings.extract.phrases import PhraseIndex
from config.catalogue import Catalogue, Lexicon

LEXICONS = ("grammar", "responses", "issues")


@dataclass(frozen=True, slots=True)
class WatchRules:
    """Built once a catalogue. `watched`: ids of the actors that some topic watches."""

    phrases: PhraseIndex
    names: NameIndex
    lexicon: Lexicon
    watched: frozenset[str]
    others: frozenset[str]  # words for other parties than actors
    papers: frozenset[str]  # nouns for what somebody puts forward
    developments: frozenset[str]  # nouns for what somebody may answer

    @classmethod
    def build(cls, catalogue: Catalogue) -> WatchRules:
        """Compile the lexicons and index the names.

        Raises:
            ConfigError: a lexicon is missing, or a row refers to a set that is not there.
        """
        groups = {name: rows for stem in LEXICONS for name, rows in catalogue.lexicon(stem).groups.items()}
        lexicon = Lexicon(name="issues and responses", groups=groups)
        watched = frozenset(topic.actor for topic in catalogue.topics.values())
        others = frozenset(lexicon.words("set_others"))
        papers = frozenset(lexicon.words("set_papers"))
        developments = frozenset(lexicon.words("set_developments"))
        return cls(PhraseIndex(lexicon), NameIndex(catalogue), lexicon, watched, others, papers, developments)
