"""How fast 1,000 feeds are polled, how politely 100 feeds over 7 days, and what 10,000 damaged bodies do: by hand."""

from __future__ import annotations

import asyncio
import random
import resource
import sys
import time
from collections import Counter
from datetime import UTC, datetime, timedelta
from pathlib import Path

from briefings.errors import ParseFailed
from briefings.sources.fetch import fetch, open_session
from briefings.sources.polling import Attempt, next_try
from briefings.sources.sandbox import Sandbox
from tests.integration.sources.origin import Origin, Request

START = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
USUAL = timedelta(minutes=15)
AT_ONCE = 32
WORDS = "The envoys of Norland and Sudmark met in the harbour town and talked until the evening. " * 6


def body(feed: int, n_entries: int = 25) -> bytes:
    """Return a feed of ordinary size, about 16 kB."""
    items = "".join(
        f"<item><title>Envoys meet {n}</title><link>https://h.example/{feed}/{n}</link><guid>{n}</guid>"
        f"<pubDate>Mon, 02 Mar 2026 05:00:00 GMT</pubDate><description>{WORDS}</description></item>"
        for n in range(n_entries)
    )
    return f"<rss version='2.0'><channel><title>Feed {feed}</title>{items}</channel></rss>".encode()


async def one_cycle(n_feeds: int = 1_000) -> str:
    """Fetch and parse many feeds side by side, as a worker does that starts with all of them due."""
    free = asyncio.Semaphore(AT_ONCE)
    async with Origin() as origin:
        urls = [origin.answers(f"/{n}", body(n)) for n in range(n_feeds)]
        with Sandbox() as sandbox:
            async with open_session(origin.allow) as session:

                async def poll(url: str) -> int:
                    async with free:
                        answer = await fetch(session, url)
                        return len((await asyncio.to_thread(sandbox.parse_feed, answer.body, url, START)).entries)

                start = time.monotonic()
                entries = sum(await asyncio.gather(*(poll(url) for url in urls)))
                seconds = time.monotonic() - start
            ours = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 1024
            child = peak_mb(sandbox.pid)
    return f"{n_feeds} feeds, {entries} entries: {seconds:.1f} s, peak {ours} MB here and {child} MB in the child"


async def seven_days(n_feeds: int = 100, days: int = 7) -> str:
    """Poll feeds that change every few hours, on a simulated clock, against a server that knows its validators."""
    chance = random.Random(7)  # noqa: S311  # jitter of a simulation
    seen: Counter[str] = Counter()
    clock = START

    def version(feed: int) -> int:
        return int((clock - START).total_seconds() // 3600) // (3 + feed % 20)

    async def answer(request: Request, writer: asyncio.StreamWriter) -> None:
        feed = int(request.path[1:])
        tag = f'"{version(feed)}"'
        is_known = request.headers.get("if-none-match") == tag
        seen["304" if is_known else "200"] += 1
        status = "304 Not Modified" if is_known else "200 OK"
        writer.write(f"HTTP/1.1 {status}\r\nETag: {tag}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n".encode())

    async with Origin() as origin, open_session(origin.allow) as session:
        due = {origin.handles(f"/{n}", answer): START for n in range(n_feeds)}
        tags: dict[str, str] = {}
        while clock < START + timedelta(days=days):
            for url in [u for u, at in due.items() if at <= clock]:
                is_same = tags.get(url) == f'"{version(int(url.rpartition("/")[2]))}"'
                found = await fetch(session, url, etag=tags.get(url))
                seen["unchanged"] += is_same
                seen["unchanged answered 304"] += is_same and found.status == 304
                tags[url] = found.etag or ""
                due[url] = next_try(Attempt(is_success=True, status=found.status), 0, clock, USUAL, chance.random()).at
            clock += timedelta(minutes=5)
    share = seen["unchanged answered 304"] / max(1, seen["unchanged"])
    n_polls = seen["304"] + seen["200"]
    return f"{n_feeds} feeds over {days} days: {n_polls} polls, {share:.1%} of unchanged ones answered 304"


def damaged(n: int = 10_000, folder: Path | None = None) -> str:
    """Parse damaged bodies as feeds and as pages; `folder` may hold real feeds to damage."""
    chance = random.Random(11)  # noqa: S311  # repeatable injuries
    whole = [p.read_bytes() for p in sorted(folder.rglob("*.xml"))] if folder else [body(1, 3), body(2, 1)]
    seen: Counter[str] = Counter()
    slowest, start = 0.0, time.monotonic()
    with Sandbox(recycle_after=n * 3) as sandbox:
        sandbox.detect_language("start")
        first = sandbox.pid
        for _ in range(n):
            data = damage(chance, whole)
            begun = time.monotonic()
            for job in (
                lambda d=data: sandbox.parse_feed(d, "a feed", START),
                lambda d=data: sandbox.extract_page(d, "a page"),
            ):
                try:
                    job()
                    seen["read"] += 1
                except ParseFailed:
                    seen["refused"] += 1
            slowest = max(slowest, time.monotonic() - begun)
        is_same = sandbox.pid == first
    seconds = time.monotonic() - start
    child = "kept" if is_same else "replaced"
    return f"{n} damaged bodies: {dict(seen)} in {seconds:.0f} s, slowest {slowest:.2f} s, child {child}"


def damage(chance: random.Random, whole: list[bytes]) -> bytes:
    """Return one body with up to eight injuries."""
    data = bytearray(chance.choice(whole))
    for _ in range(chance.randint(1, 8)):
        at = chance.randint(0, len(data))
        match chance.randint(0, 4):
            case 0:
                del data[at : at + chance.randint(1, 60)]
            case 1 if data:
                data[at % len(data)] ^= 1 << chance.randint(0, 7)
            case 2:
                data[at:at] = chance.choice(whole)[: chance.randint(0, 300)]
            case 3:
                text = bytes(data).decode("utf-8", "replace")
                data = bytearray(text.encode(chance.choice(["utf-16", "cp1251", "utf-32", "shift_jis"]), "replace"))
            case _:
                data[at:at] = chance.choice(
                    [b"<item>", b"</entry>", b"<![CDATA[", b"]]>", b"&#0;", b"\x00", b"<!DOCTYPE x ["]
                )
    return bytes(data)


def peak_mb(pid: int | None) -> int:
    """Return the highest memory use of a process, where the system tells it."""
    status = Path(f"/proc/{pid}/status")
    rows = status.read_text().split("\n") if status.exists() else []
    return next((int(row.split()[1]) // 1024 for row in rows if row.startswith("VmHWM")), 0)


def main() -> None:
    """Print the three figures; a folder of feeds may be given to damage instead of our own."""
    folder = Path(sys.argv[1]) if len(sys.argv) > 1 else None
    for line in (asyncio.run(one_cycle()), asyncio.run(seven_days()), damaged(folder=folder)):
        sys.stdout.write(line + "\n")


if __name__ == "__main__":
    main()
