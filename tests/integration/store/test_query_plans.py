"""What a briefing reads is found by index: no read goes through every article."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import timedelta

import pytest
from sqlalchemy import event

from briefings.store.engine import open_engine
from briefings.store.migrate import migrate
from briefings.store.store import Store
from tests.stored import NOON, after, parsed, save

LARGE = ("revisions", "articles", "quotations", "response_mentions", "issue_mentions", "findings", "article_topics")
SINCE = after(-24)
READS: dict[str, Callable[[Store], object]] = {
    "known_between": lambda s: s.articles.known_between(SINCE, NOON, as_of=NOON, topic="harbour"),
    "late_between": lambda s: s.articles.late_between(SINCE, NOON, as_of=NOON, topic="harbour"),
    "newest": lambda s: s.articles.newest(10),
    "undated": lambda s: s.articles.undated(),
    "find": lambda s: s.articles.find(parsed(3)),
    "find by words": lambda s: s.articles.find(parsed(3, url="")),
    "by_url": lambda s: s.articles.by_url("https://lakeside.example/3"),
    "texts": lambda s: s.articles.texts([(1, 1), (2, 1)]),
    "quotations": lambda s: s.findings.quotations(as_of=NOON, since=SINCE, until=NOON, topic="harbour"),
    "quotations of a person": lambda s: s.findings.quotations(as_of=NOON, person="mira-toval", limit=5),
    "quotations of an article": lambda s: s.findings.quotations(as_of=NOON, article=3),
    "responses": lambda s: s.findings.responses(as_of=NOON, since=SINCE, topic="harbour", actor="orvia"),
    "statements": lambda s: s.findings.statements(as_of=NOON, since=SINCE, topic="harbour", actor="orvia"),
    "responses by number": lambda s: s.findings.responses(as_of=NOON, actor="orvia", numbers=(3, 5)),
    "issue_mentions": lambda s: s.findings.issue_mentions(as_of=NOON, since=SINCE, topic="harbour"),
    "a quotation": lambda s: s.findings.quotation(1),
    "developments": lambda s: s.stories.developments(as_of=NOON, since=SINCE, topic="harbour"),
    "a development": lambda s: s.stories.development(1, as_of=NOON),
    "issues": lambda s: s.stories.issue_mentions_by_issue("harbour", as_of=NOON, since=SINCE),
    "checks": lambda s: s.feeds.checks(NOON, SINCE),
    "shown": lambda s: s.deliveries.items_shown(1, SINCE),
    "claim": lambda s: s.deliveries.claim_part("a", NOON, timedelta(seconds=60)),
    "search": lambda s: s.search.search("lighthouse", as_of=NOON, topic="harbour"),
}


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Give a SQLite store with some weeks of articles."""
    store = Store(open_engine(f"sqlite:///{tmp_path_factory.mktemp('plans') / 'x.db'}"))
    migrate(store.engine)
    for number in range(60):
        saved = save(store, parsed(number, published=after(-number * 12)))
        development = store.stories.add_to_development(saved.article.id, None, known=saved.article.known)
        assert development
        store.stories.assign_issue(
            saved.findings.issues[0], None, topic="harbour", label="x", known=saved.article.known
        )
    yield store
    store.close()


@pytest.mark.parametrize("name", READS)
def test_read_when_planned_then_no_large_table_is_scanned(archive: Store, name: str) -> None:
    statements: list[tuple[str, object]] = []

    def keep(_connection, _cursor, statement, parameters, _context, _many) -> None:
        statements.append((statement, parameters))

    event.listen(archive.engine, "before_cursor_execute", keep)
    READS[name](archive)
    event.remove(archive.engine, "before_cursor_execute", keep)
    selects = [(s, p) for s, p in statements if s.startswith(("SELECT", "WITH"))]
    assert selects
    with archive.engine.connect() as connection:
        for statement, parameters in selects:
            plan = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", parameters).all()
            steps = [row[3] for row in plan]
            scanned = [s for s in steps if s.startswith("SCAN") and s.split()[1] in LARGE and "USING INDEX" not in s]
            assert scanned == [], "\n".join([statement, *steps])
