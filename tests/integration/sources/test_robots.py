from datetime import UTC, datetime, timedelta

import pytest

from briefings.sources.fetch import open_session
from briefings.sources.robots import Memory, Robots
from tests.integration.sources.origin import Origin

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("status", "body", "allowed"),
    [
        ("200 OK", b"User-agent: *\nDisallow: /a", False),
        ("200 OK", b"User-agent: *\nAllow: /", True),
        ("404 Not Found", b"", True),
        ("403 Forbidden", b"", True),
        ("500 Oops", b"", False),
        ("429 Too Many Requests", b"", False),
        ("200 OK", b"Disallow: /" * 60_000, False),
    ],
)
async def test_allows_when_site_answers_then_its_rules_hold(
    origin: Origin, status: str, body: bytes, *, allowed: bool
) -> None:
    origin.answers("/robots.txt", body, status)
    async with open_session(origin.allow) as session:
        assert await Robots(session).allows(origin.url("/a/1")) is allowed


async def test_allows_when_site_is_private_then_nothing_is_allowed() -> None:
    async with open_session() as session:
        assert not await Robots(session).allows("http://127.0.0.1/a")


async def test_allows_when_asked_again_then_the_site_is_asked_once_a_day(origin: Origin) -> None:
    origin.answers("/robots.txt", b"User-agent: *\nDisallow: /b")
    memory: Memory = {}
    async with open_session(origin.allow) as session:
        for hours in (0, 1, 23):
            robots = Robots(session, NOW + timedelta(hours=hours), memory)
            assert await robots.allows(origin.url("/a"))
            assert not await robots.allows(origin.url("/b"))
        assert origin.hits["/robots.txt"] == 1
        await Robots(session, NOW + timedelta(hours=25), memory).allows(origin.url("/a"))
    assert origin.hits["/robots.txt"] == 2
