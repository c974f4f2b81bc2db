import contextlib
import os
import signal
import subprocess
import sys
import threading
import time
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefings.errors import ParseFailed
from briefings.sources.records import FeedHints
from briefings.sources.sandbox import Sandbox

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
URL = "https://harbour.example/feed"
FEED = (
    b'<?xml version="1.0"?><rss version="2.0"><channel><title>Harbour Post</title><item><title>Envoys meet</title>'
    b"<link>https://harbour.example/1</link><description>The envoys met in the harbour "
    b"town.</description></item></channel></rss>"
)
PAGE = (
    b"<html><head><title>Envoys meet</title></head><body><article>"
    + b"<p>The envoys met in the harbour town on Tuesday.</p>" * 5
)
SLOW = b"<rss version='2.0'><channel>" + b"<a>" * 300_000
MEMORY_BOMB = b"<html><body>" + b"<i/>" * 2_500_000


def works(box: Sandbox) -> bool:
    return box.parse_feed(FEED, URL, NOW).entries[0].title == "Envoys meet"


def test_sandbox_when_jobs_follow_each_other_then_one_child_does_them_all(sandbox: Sandbox) -> None:
    feed = sandbox.parse_feed(FEED, URL, NOW, FeedHints(publisher="Post"))
    first = sandbox.pid
    assert feed.entries[0].publisher == "Post"
    assert sandbox.extract_page(PAGE, URL).text.startswith("The envoys met")
    assert sandbox.detect_language("Die Gesandten trafen sich am Dienstag in der Hafenstadt.") == "de"
    assert sandbox.find_feeds(b"<a href='/rss'>RSS</a>", URL)[0].url == "https://harbour.example/rss"
    assert sandbox.pid == first


def test_sandbox_when_job_is_busy_then_is_killed_by_our_clock_and_the_next_is_done() -> None:
    with Sandbox(job_seconds=0.5) as box:
        start = time.monotonic()
        with pytest.raises(ParseFailed, match=r"more than 0.5 s"):
            box.parse_feed(SLOW, URL, NOW)
        assert time.monotonic() - start < 10
    with Sandbox() as box:
        assert works(box)


def test_sandbox_when_child_stops_answering_then_is_killed_by_our_clock() -> None:
    with Sandbox(job_seconds=0.5) as box:
        assert works(box)
        os.kill(box.pid or 0, signal.SIGSTOP)  # holds what is written to it, as a child that loops would
        start = time.monotonic()
        with pytest.raises(ParseFailed, match=r"more than 0.5 s"):
            box.extract_page(PAGE + b" " * 5_000_000, URL)
        assert time.monotonic() - start < 5
        assert works(box)


def test_sandbox_when_body_needs_too_much_memory_then_only_the_child_ends(sandbox: Sandbox) -> None:
    with pytest.raises(ParseFailed, match="512 MB"):
        sandbox.extract_page(MEMORY_BOMB, URL)
    assert works(sandbox)


def test_sandbox_when_child_dies_between_jobs_then_another_is_started(sandbox: Sandbox) -> None:
    assert works(sandbox)
    os.kill(sandbox.pid or 0, signal.SIGKILL)
    time.sleep(0.05)
    assert works(sandbox)


def test_sandbox_when_its_share_of_jobs_is_done_then_the_child_is_replaced() -> None:
    with Sandbox(recycle_after=2) as box:
        pids = []
        for _ in range(4):
            assert works(box)
            pids.append(box.pid)
    assert pids[0] == pids[1] != pids[2] == pids[3]


def test_sandbox_when_closed_then_no_child_is_left() -> None:
    box = Sandbox()
    assert works(box)
    pid = box.pid or 0
    box.close()
    box.close()
    with pytest.raises(ProcessLookupError):
        os.kill(pid, 0)


def test_sandbox_when_several_threads_ask_then_each_gets_its_own_answer(sandbox: Sandbox) -> None:
    found: dict[int, str] = {}

    def ask(n: int) -> None:
        body = FEED.replace(b"Envoys meet", f"Envoys meet {n}".encode())
        found[n] = sandbox.parse_feed(body, URL, NOW).entries[0].title

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(12)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert found == {n: f"Envoys meet {n}" for n in range(12)}


def test_sandbox_when_started_then_knows_nothing_of_our_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SLACK_BOT_TOKEN", "xoxb-canary")
    with Sandbox() as box:
        assert works(box)
        assert b"canary" not in Path(f"/proc/{box.pid}/environ").read_bytes()


@pytest.mark.parametrize(
    "attempt",
    [
        "open('/etc/passwd').read()",
        "open('left-behind.txt', 'w')",
        "os.open('left-behind.txt', os.O_CREAT | os.O_WRONLY)",
        "os.remove('left-behind.txt')",
        "os.fork()",
        "os.system('true')",
        "subprocess.run(['true'])",
        "socket.socket().connect(('127.0.0.1', 9))",
        "socket.getaddrinfo('h.example', 80)",
    ],
)
def test_child_when_a_parser_reaches_out_then_is_refused(attempt: str) -> None:
    script = (
        "import feedparser, os, socket, subprocess\nfrom briefings.sources import child\n"
        f"child._JOBS['feed'] = lambda header, body: {{'done': str({attempt})}}\nchild.main()"
    )
    job = b'{"job": "feed", "url": "a feed", "size": 0}\n'
    done = subprocess.run([sys.executable, "-c", script], input=job, capture_output=True, timeout=60, check=False)
    assert b"a feed can't be parsed (PermissionError)" in done.stdout, done.stderr


def test_sandbox_when_feed_has_100_000_items_then_500_are_read_in_bounded_time(sandbox: Sandbox) -> None:
    items = b"".join(
        b"<item><title>T %d</title><link>https://h.example/%d</link></item>" % (n, n) for n in range(100_000)
    )
    start = time.monotonic()
    found = sandbox.parse_feed(b"<rss version='2.0'><channel><title>x</title>" + items + b"</channel></rss>", URL, NOW)
    assert (len(found.entries), found.n_left_out) == (500, 99_500)
    assert time.monotonic() - start < 5


@pytest.mark.parametrize(
    "body",
    [
        b"<rss version='2.0'><channel>" + b"<a>" * 100_000,
        b"<rss version='2.0'><channel><item><description>" + b"&lt;div&gt;" * 100_000,
        b"<rss version='2.0'><channel>" + b"<item>" * 100_000,
        b'<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(9))
        + b']><rss version="2.0"><channel><title>&j;</title></channel></rss>',
        b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]><rss version="2.0"><channel><title>'
        b"&a;</title></channel></rss>",
    ],
    ids=["nested tags", "nested markup", "nested items", "billion laughs", "external entity"],
)
def test_sandbox_when_feed_is_built_to_hurt_then_ends_within_the_deadline(sandbox: Sandbox, body: bytes) -> None:
    start = time.monotonic()
    try:
        found = sandbox.parse_feed(body, URL, NOW)
        assert "root:" not in found.title
        assert len(found.title) <= 500
    except ParseFailed:
        pass
    assert time.monotonic() - start < 15
    assert works(sandbox)


@pytest.mark.parametrize(
    "body",
    [
        b"<html><body>" + tag * 100_000
        for tag in (b"<div>", b"<b><i>", b"<table><tr><td>", b"<a href='", b"<!--", b"<ul><li>")
    ],
)
def test_sandbox_when_page_is_nested_100_000_times_then_ends_within_the_deadline(sandbox: Sandbox, body: bytes) -> None:
    start = time.monotonic()
    with pytest.raises(ParseFailed):
        sandbox.extract_page(body, URL)
    assert time.monotonic() - start < 15
    assert works(sandbox)


MUTATED = settings(
    max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture], derandomize=True
)


@MUTATED
@given(data=st.data())
def test_sandbox_when_bodies_are_mutated_then_each_ends_in_a_record_or_an_error(
    sandbox: Sandbox, data: st.DataObject
) -> None:
    before = sandbox.pid
    whole = data.draw(st.sampled_from([FEED, PAGE, FEED.decode().encode("utf-16"), FEED + PAGE]))
    body = bytearray(whole)
    for _ in range(data.draw(st.integers(1, 6))):
        at = data.draw(st.integers(0, len(body)))
        body[at : at + data.draw(st.integers(0, 40))] = data.draw(
            st.binary(max_size=20) | st.sampled_from([b"<", b"]]>", b"&", b"\x00", b"<item>"])
        )
    for job in (lambda: sandbox.parse_feed(bytes(body), URL, NOW), lambda: sandbox.extract_page(bytes(body), URL)):
        with contextlib.suppress(ParseFailed):
            job()
    assert sandbox.pid == before
