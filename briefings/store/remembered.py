"""Revisions read lately: they never change, so that their long texts need not be read again for every article."""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Iterable

from sqlalchemy import Connection, Engine

from briefings.model import Article

MOST = 3_000  # about 15 MB; above the articles of a busy week
_OPTION = "briefings_remembered"


class Remembered:
    """The revisions read last, by row number; shared by threads."""

    def __init__(self, most: int = MOST) -> None:
        self._most = most
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
            self._articles.update(articles)
            while len(self._articles) > self._most:
                self._articles.popitem(last=False)

    def clear(self) -> None:
        """Forget all: what the catalogue says of a publisher has changed."""
        with self._lock:
            self._articles.clear()


def remember(engine: Engine) -> None:
    """Give an engine its memory."""
    engine.update_execution_options(**{_OPTION: Remembered()})


def remembered(on: Connection | Engine) -> Remembered | None:
    """Return the memory of an engine, None when it has none."""
    memory: Remembered | None = on.get_execution_options().get(_OPTION)
    return memory
