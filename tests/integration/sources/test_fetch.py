import asyncio
import gzip
import time
import tracemalloc
import zlib

import pytest

from briefings.errors import BlockedAddress, FetchFailed
from briefings.sources.fetch import Limits, fetch, open_session, shown
from tests.integration.sources.origin import Origin, Request

QUICK = Limits(seconds=1.0, n_bytes=1_000_000)


async def get(origin: Origin, url: str, limits: Limits = QUICK, **conditions: str):
    async with open_session(origin.allow) as session:
        return await fetch(session, url, limits=limits, **conditions)


async def test_fetch_when_answer_is_plain_then_gives_body_and_headers(origin: Origin) -> None:
    url = origin.answers(
        "/feed",
        b"<rss/>",
        ETag='"1"',
        Last_Modified="Tue, 06 Jan 2026 18:00:00 GMT",
        Cache_Control="max-age=60",
        Content_Type="application/xml; charset=koi8-r",
    )
    found = await get(origin, url)
    assert (found.status, found.body, found.url, found.moved_to) == (200, b"<rss/>", url, None)
    assert (found.etag, found.last_modified, found.max_age, found.charset) == (
        '"1"',
        "Tue, 06 Jan 2026 18:00:00 GMT",
        60.0,
        "koi8-r",
    )


async def test_fetch_when_asking_then_is_honest_about_itself_and_follows_no_environment(
    origin: Origin, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("http_proxy", "http://127.0.0.1:9")
    await get(origin, origin.answers("/feed", b"x", Set_Cookie="id=1; Path=/"))
    asked = origin.requests[0].headers
    assert asked["user-agent"].startswith("briefing-bot/")
    assert asked["accept-encoding"] == "gzip, deflate"
    assert "cookie" not in asked


async def test_fetch_when_copy_is_unchanged_then_304_without_a_body(origin: Origin) -> None:
    async def handler(request: Request, writer: asyncio.StreamWriter) -> None:
        is_known = request.headers.get("if-none-match") == '"1"'
        writer.write(b'HTTP/1.1 304 Not Modified\r\nETag: "1"\r\n\r\n' if is_known else b"HTTP/1.1 200 OK\r\n\r\nbody")

    url = origin.handles("/feed", handler)
    found = await get(origin, url, etag='"1"', modified="Tue, 06 Jan 2026 18:00:00 GMT")
    assert (found.status, found.body, found.etag) == (304, b"", '"1"')
    assert origin.requests[0].headers["if-modified-since"] == "Tue, 06 Jan 2026 18:00:00 GMT"
    assert (await get(origin, url)).body == b"body"


async def test_fetch_when_304_leaves_the_validators_out_then_those_sent_still_hold(origin: Origin) -> None:
    found = await get(origin, origin.answers("/feed", status="304 Not Modified"), etag='"1"', modified="a day")
    assert (found.etag, found.last_modified) == ('"1"', "a day")


async def test_fetch_when_304_was_not_asked_for_then_fails(origin: Origin) -> None:
    with pytest.raises(FetchFailed, match="304"):
        await get(origin, origin.answers("/feed", status="304 Not Modified"))


async def test_fetch_when_stored_validator_has_line_ends_then_it_is_not_sent(origin: Origin) -> None:
    await get(origin, origin.answers("/feed", b"x"), etag='"1"\r\nX-Evil: 1')
    assert "x-evil" not in origin.requests[0].headers


@pytest.mark.parametrize(
    ("status", "headers", "wait"),
    [
        ("410 Gone", {}, None),
        ("429 Too Many Requests", {"Retry_After": "120"}, 120.0),
        ("404 Not Found", {}, None),
        (
            "503 Service Unavailable",
            {"Retry_After": "Mon, 02 Mar 2026 06:10:00 GMT", "Date": "Mon, 02 Mar 2026 06:00:00 GMT"},
            600.0,
        ),
        ("500 Oops", {}, None),
        ("206 Partial Content", {}, None),
        ("403 Forbidden", {}, None),
    ],
)
async def test_fetch_when_answer_is_no_body_then_fails_with_status_and_wait(
    origin: Origin, status: str, headers: dict[str, str], wait: float | None
) -> None:
    with pytest.raises(FetchFailed) as failed:
        await get(origin, origin.answers("/feed", b"no", status, **headers))
    assert (failed.value.status, failed.value.retry_after) == (int(status[:3]), wait)


@pytest.mark.parametrize(
    ("chain", "moved_to"),
    [
        (["301", "308"], "/2"),
        (["301", "302"], "/1"),
        (["302", "301"], None),
        (["307"], None),
        (["303", "301"], None),
        (["308"], "/1"),
    ],
)
async def test_fetch_when_redirected_then_only_a_permanent_beginning_moves_the_address(
    origin: Origin, chain: list[str], moved_to: str | None
) -> None:
    for n, status in enumerate(chain):
        origin.answers(f"/{n}", status=f"{status} Moved", Location=f"/{n + 1}")
    origin.answers(f"/{len(chain)}", b"end")
    found = await get(origin, origin.url("/0"))
    assert (found.body, found.url) == (b"end", origin.url(f"/{len(chain)}"))
    assert found.moved_to == (origin.url(moved_to) if moved_to else None)


async def test_fetch_when_redirects_loop_then_stops_after_five(origin: Origin) -> None:
    with pytest.raises(FetchFailed, match="more than 5 times"):
        await get(origin, origin.answers("/loop", status="302 Found", Location="/loop"))
    assert origin.hits["/loop"] == 6


async def test_fetch_when_five_redirects_lead_to_the_body_then_it_is_read(origin: Origin) -> None:
    for n in range(5):
        origin.answers(f"/{n}", status="302 Found", Location=f"/{n + 1}")
    origin.answers("/5", b"end")
    assert (await get(origin, origin.url("/0"))).body == b"end"


@pytest.mark.parametrize(
    "location",
    ["file:///etc/passwd", "ftp://h.example/", "javascript:1", "gopher://127.0.0.1:6379/_x", "", "http://[bad"],
)
async def test_fetch_when_redirect_leaves_the_web_then_fails(origin: Origin, location: str) -> None:
    with pytest.raises(FetchFailed, match="no http"):
        await get(origin, origin.answers("/r", status="302 Found", Location=location))


async def test_fetch_when_body_drips_then_the_overall_deadline_ends_it(origin: Origin) -> None:
    async def drip(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x")
            await writer.drain()
            await asyncio.sleep(0.05)

    await expect_deadline(origin, origin.handles("/drip", drip))


async def test_fetch_when_headers_drip_then_the_overall_deadline_ends_it(origin: Origin) -> None:
    async def drip(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n")
        while True:
            writer.write(b"X: 1\r\n")
            await writer.drain()
            await asyncio.sleep(0.05)

    await expect_deadline(origin, origin.handles("/drip", drip))


async def test_fetch_when_each_redirect_is_slow_then_the_deadline_is_over_all(origin: Origin) -> None:
    async def slow(request: Request, writer: asyncio.StreamWriter) -> None:
        await asyncio.sleep(0.4)
        writer.write(f"HTTP/1.1 302 Found\r\nLocation: {request.path}x\r\nContent-Length: 0\r\n\r\n".encode())

    for n in range(6):
        origin.handles("/s" + "x" * n, slow)
    await expect_deadline(origin, origin.url("/s"))


async def expect_deadline(origin: Origin, url: str) -> None:
    start = time.monotonic()
    with pytest.raises(FetchFailed, match="within 1 s"):
        await asyncio.wait_for(get(origin, url), timeout=4)
    assert time.monotonic() - start < 2


async def test_fetch_when_body_is_endless_then_the_size_ends_it(origin: Origin) -> None:
    async def endless(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(b"HTTP/1.1 200 OK\r\n\r\n")
        while True:
            writer.write(b"x" * 65_536)
            await writer.drain()

    with pytest.raises(FetchFailed, match="more than 1,000,000 bytes"):
        await get(origin, origin.handles("/endless", endless))


@pytest.mark.parametrize("encoding", ["gzip", "deflate"])
async def test_fetch_when_body_is_a_bomb_then_memory_stays_bounded(origin: Origin, encoding: str) -> None:
    packer = zlib.compressobj(9, wbits=31 if encoding == "gzip" else 15)
    bomb = b"".join(packer.compress(bytes(2**20)) for _ in range(200)) + packer.flush()
    url = origin.answers("/bomb", bomb, Content_Encoding=encoding)
    tracemalloc.start()
    with pytest.raises(FetchFailed, match="more than"):
        await get(origin, url, Limits(seconds=10, n_bytes=10 * 2**20))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert peak < 40 * 2**20


@pytest.mark.parametrize("encoding", ["gzip, gzip", "gzip,deflate", "br", "zstd", "compress", "x-unknown"])
async def test_fetch_when_encoding_is_nested_or_unknown_then_is_refused(origin: Origin, encoding: str) -> None:
    body = gzip.compress(gzip.compress(b"<rss/>"))
    with pytest.raises(FetchFailed, match=r"not unpacked|can't be fetched"):
        await get(origin, origin.answers("/feed", body, Content_Encoding=encoding))


async def test_fetch_when_encoding_header_comes_twice_then_is_refused(origin: Origin) -> None:
    async def twice(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(
            b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\nContent-Encoding: gzip\r\n\r\n"
            + gzip.compress(gzip.compress(b"x"))
        )

    with pytest.raises(FetchFailed, match="not unpacked"):
        await get(origin, origin.handles("/feed", twice))


async def test_fetch_when_body_is_packed_once_then_is_unpacked(origin: Origin) -> None:
    assert (
        await get(origin, origin.answers("/feed", gzip.compress(b"<rss/>"), Content_Encoding="gzip"))
    ).body == b"<rss/>"


@pytest.mark.parametrize(
    "raw",
    [
        b"",
        b"HTTP/1.1",
        b"garbage\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\nshort",
        b"HTTP/1.1 200 OK\r\nContent-Length: -1\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nZZ\r\n",
        b"HTTP/1.1 200 OK\r\nContent-Encoding: gzip\r\n\r\nnot gzip at all",
        b"HTTP/1.1 999 Odd\r\n\r\n",
        b"HTTP/1.1 200 OK\r\n" + b"X-Y: z\r\n" * 10_000 + b"\r\n",
        b"HTTP/1.1 200 OK\r\nX: " + b"y" * 100_000 + b"\r\n\r\n",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nContent-Length: 5\r\n\r\n0\r\n\r\n",
        b"\x16\x03\x01\x02\x00",
    ],
)
async def test_fetch_when_answer_is_broken_then_fails_in_one_way(origin: Origin, raw: bytes) -> None:
    async def handler(_: Request, writer: asyncio.StreamWriter) -> None:
        writer.write(raw)

    with pytest.raises(FetchFailed):
        await get(origin, origin.handles("/feed", handler))


async def test_fetch_when_nothing_listens_then_says_that_it_is_not_reached(origin: Origin) -> None:
    async with open_session(frozenset({"127.0.0.1:9"})) as session:
        with pytest.raises(FetchFailed, match="can't be reached"):
            await fetch(session, "http://127.0.0.1:9/")


@pytest.mark.parametrize(
    "url", ["file:///etc/passwd", "ftp://h.example/", "", "h.example/feed", "http://", "javascript:1"]
)
async def test_fetch_when_address_is_not_of_the_web_then_is_blocked(url: str) -> None:
    async with open_session() as session:
        with pytest.raises(BlockedAddress):
            await fetch(session, url)


async def test_fetch_when_it_fails_then_the_message_holds_no_secret(origin: Origin) -> None:
    url = origin.url("/feed?key=hunter2").replace("http://", "http://me:hunter3@")
    with pytest.raises(FetchFailed) as failed:
        await get(origin, url)
    assert "hunter" not in str(failed.value)
    assert shown("https://u:p@h.example/a?b=c") == "https://h.example/a?…"
