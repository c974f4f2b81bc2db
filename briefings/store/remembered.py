"""Revisions read lately: they never change, so that their long texts need not be read again for every article."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

from sqlalchemy import Connection, Engine

from briefings.model import Article

MOST_CHARS = 24_000_000  # of texts, about as many bytes; the articles of a busy month on one topic
_OPTION = "briefings_remembered"


class Remembered:
    """The revisions read last, by row number; shared by threads."""

    def __init__(self, most_chars: int = MOST_CHARS) -> None:
        self._most_chars = most_chars
        self._n_chars = 0
        self._lock = threading.Lock()
        self._articles: OrderedDict[int, Article] = OrderedDict()

    def get(self, revision_ids: Iterable[int]) -> dict[int, Article]:
        """Return those of these revisions that are remembered."""
        with self._lock:
            found = {number: self._articles[number] for number in revision_ids if number in self._articles}
            for number in found:
                self._articles.move_to_end(number)
        return found

    def put(self, articles: dict[int, Article]) -> None:
        """Remember revisions; the ones that nobody asked for longest make room."""
        with self._lock:
            for number, article in articles.items():
                if number not in self._articles:
                    self._n_chars += len(article.text)
                self._articles[number] = article
            while self._n_chars > self._most_chars:
                self._n_chars -= len(self._articles.popitem(last=False)[1].text)

    def clear(self) -> None:
        """Forget all: what the catalogue says of a publisher has changed."""
        with self._lock:
            self._articles.clear()
            self._n_chars = 0


def remember(engine: Engine) -> None:
    """Give an engine its memory."""
    engine.update_execution_options(**{_OPTION: Remembered()})


def remembered(on: Connection | Engine) -> Remembered | None:
    """Return the memory of an engine, None when it has none."""
    memory: Remembered | None = on.get_execution_options().get(_OPTION)
    return memory
