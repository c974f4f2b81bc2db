"""The demo's own parts: the script, and feeds as they stood at a time."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from bot.cli.demo import feed_at, read_script, sample_catalogue


def test_feed_at_when_an_entry_is_published_later_then_it_is_not_in_the_feed() -> None:
    script = read_script()
    file = next(iter(script.feeds.values()))
    assert b"<entry" not in feed_at(file, script.start - timedelta(days=30)).replace(b"ns0:", b"")
    assert feed_at(file, script.briefings[-1]).count(b"published>") == 2 * file.read_bytes().count(b"<published>")


def test_script_when_read_then_every_feed_is_one_of_the_catalogue() -> None:
    script = read_script()
    feeds = {url for p in sample_catalogue().publishers.values() for url in p.feeds}
    assert set(script.feeds) == feeds
    assert {o.feed for o in script.outages} <= feeds


def test_polls_when_asked_since_a_time_then_none_comes_twice() -> None:
    script = read_script()
    first = list(script.polls(script.briefings[0], datetime.min.replace(tzinfo=UTC)))
    second = list(script.polls(script.briefings[1], script.briefings[0]))
    assert first[-1] <= script.briefings[0] < second[0]
    assert len(set(first + second)) == len(first) + len(second)
