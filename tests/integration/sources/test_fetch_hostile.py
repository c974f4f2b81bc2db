"""Servers that mean harm: heads without end, trailers, credentials in redirects, and pages that speak for others."""

import asyncio
import resource
from collections.abc import Iterator

import pytest

from briefings.errors import FetchFailed
from briefings.sources.fetch import Limits, fetch, open_session
from tests.integration.sources.origin import Origin, Request

QUICK = Limits(seconds=3.0, n_bytes=1_000_000)


async def get(origin: Origin, path: str):
    async with open_session(origin.allow) as session:
        return await fetch(session, origin.url(path), limits=QUICK)


def many_headers() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\n"
    while True:
        yield b"".join(b"X-%d: y\r\n" % n for n in range(10_000))


def one_long_header() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nX: "
    while True:
        yield b"y" * 65_536


def endless_trailers() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\nx\r\n0\r\n"
    while True:
        yield b"X-T: y\r\n" * 5_000


def early_hints() -> Iterator[bytes]:
    while True:
        yield b"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n" * 1_000


def huge_chunk_size() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + b"f" * 60 + b"\r\n"
    while True:
        yield b"x" * 65_536


def long_chunk_extension() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1;"
    while True:
        yield b"e" * 65_536


def huge_status_line() -> Iterator[bytes]:
    yield b"HTTP/1.1 200 "
    while True:
        yield b"K" * 65_536


@pytest.mark.parametrize(
    "answer",
    [
        many_headers,
        one_long_header,
        endless_trailers,
        early_hints,
        huge_chunk_size,
        long_chunk_extension,
        huge_status_line,
    ],
)
async def test_fetch_when_the_answer_never_ends_then_it_is_given_up_in_bounded_memory(origin: Origin, answer) -> None:
    async def send(_: Request, writer: asyncio.StreamWriter) -> None:
        for piece in answer():
            writer.write(piece)
            await writer.drain()

    origin.handles("/feed", send)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with pytest.raises(FetchFailed):
        await get(origin, "/feed")
    assert resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before < 60_000  # kB, the server's own share included


async def test_fetch_when_a_redirect_holds_a_password_then_it_is_neither_followed_nor_kept(origin: Origin) -> None:
    there = origin.answers("/there", b"x").replace("http://", "http://user:hidden@")
    origin.answers("/feed", status="301 Moved", Location=there)
    with pytest.raises(FetchFailed, match="user name or password") as refused:
        await get(origin, "/feed")
    assert "hidden" not in str(refused.value)
    assert origin.hits["/there"] == 0


async def test_fetch_when_two_lengths_are_given_then_it_fails_in_one_way(origin: Origin) -> None:
    async def send(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\nContent-Length: 900\r\n\r\nhello")
        await writer.drain()

    origin.handles("/feed", send)
    with pytest.raises(FetchFailed):
        await get(origin, "/feed")


async def test_fetch_when_answers_set_cookies_then_redirects_and_later_requests_carry_none(origin: Origin) -> None:
    origin.answers("/feed", status="302 Found", Location="/end", Set_Cookie="id=1; Path=/")
    origin.answers("/end", b"x", Set_Cookie="id=2; Path=/")
    async with open_session(origin.allow) as session:
        for _ in range(2):
            await fetch(session, origin.url("/feed"), limits=QUICK)
    assert [r.headers.get("cookie") for r in origin.requests] == [None] * 4
