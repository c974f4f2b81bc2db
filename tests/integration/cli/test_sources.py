"""Feeds and files on the command line: find, add, list, check; letters, encodings and duplicates imported."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import NamedTuple

import pytest

from bot.cli.root import main
from config.catalogue import load_catalogue
from tests.integration.sources.origin import Origin


class Done(NamedTuple):
    """How a command ended."""

    returncode: int
    stdout: str
    stderr: str


Run = Callable[..., Done]
RSS = b"""<rss version='2.0'><channel><title>Norland Post</title><item><title>Envoys meet</title><guid>1</guid>
<pubDate>Wed, 04 Mar 2026 06:00:00 GMT</pubDate><description>Envoys met.</description></item></channel></rss>"""
PAGE = b'<html><head><link rel="alternate" type="application/rss+xml" href="/rss"></head><body>Welcome</body></html>'
LETTER = b"""From: =?utf-8?q?Norland_B=C3=BCro?= <desk@norland.example>
Subject: Envoys meet
Date: Tue, 03 Mar 2026 10:00:00 +0100
Content-Type: text/plain; charset="iso-8859-1"
Content-Transfer-Encoding: quoted-printable

The envoys met in the caf=E9 of the harbour on Tuesday and talked until evening.
"""
TEXT = "The envoys met in the café of the harbour on Tuesday and talked until the evening about “the strait”."


@pytest.fixture
def origin() -> Iterator[Origin]:
    """Serve from a thread of its own: the command line is another process."""
    loop, server = asyncio.new_event_loop(), Origin()
    loop.run_until_complete(server.__aenter__())
    thread = threading.Thread(target=loop.run_forever)
    thread.start()
    yield server
    asyncio.run_coroutine_threadsafe(server.__aexit__(), loop).result()
    loop.call_soon_threadsafe(loop.stop)
    thread.join()
    loop.close()


@pytest.fixture
def run(tmp_path: Path, origin: Origin, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> Run:
    """Run a command with no feeds but those added: the shipped ones are none of a test's business."""
    config = tmp_path / "config"
    config.mkdir()
    rows = (f'[publishers."{name}"]\nfeeds = []\norigin = "none"\n' for name in load_catalogue().publishers)
    (config / "feeds.toml").write_text("\n".join(rows), encoding="utf-8")

    for name, value in {
        "DATA_DIR": str(tmp_path / "data"), "COLUMNS": "160", "FETCH_ALLOW": f"127.0.0.1:{origin.port}",
        "CONFIG_DIR": str(config),
    }.items():  # fmt: skip
        monkeypatch.setenv(name, value)

    def call(*words: str) -> Done:
        monkeypatch.setattr(sys, "argv", ["briefing-bot", *words])
        capsys.readouterr()
        code = 0
        try:
            main()
        except SystemExit as end:
            code = int(end.code or 0)
        return Done(code, *capsys.readouterr())

    return call


def test_sources_when_a_page_is_added_then_its_feed_is_read_listed_exported_and_removed(
    run: Run, origin: Origin, tmp_path: Path
) -> None:
    origin.answers("/", PAGE, Content_Type="text/html")
    feed = origin.answers("/rss", RSS)
    added = run("sources", "add", origin.url("/"), "--publisher", "The Post", "--kind", "wire")
    assert added.stdout.startswith(f"Added {feed} as The Post (1 entry,")
    assert "is read already, as The Post" in run("sources", "add", feed).stdout
    checked = run("sources", "check")
    assert checked.returncode == 0
    assert "The Post" in checked.stdout
    assert "1 feeds, 0 of them down" in checked.stdout
    file = tmp_path / "feeds.opml"
    assert run("sources", "export", str(file)).stdout == f"Wrote 1 feeds to {file}.\n"
    assert run("sources", "import", str(file)).stdout.startswith("0 feeds added, 1 were there already")
    assert run("sources", "remove", feed).stdout == f"Removed {feed} of The Post; its articles stay.\n"
    assert "No feed" in run("sources").stdout


def test_sources_check_when_no_feed_answers_then_it_fails_and_says_each_reason(run: Run, origin: Origin) -> None:
    origin.answers("/rss", RSS)
    run("sources", "add", origin.url("/rss"))
    origin.answers("/rss", status="503 Busy")
    done = run("sources", "check")
    assert done.returncode == 1
    assert "never answered" in done.stdout
    assert "503" in done.stdout
    assert "no feed answered" in done.stderr


def test_sources_add_when_it_can_not_be_done_then_one_line_says_why(run: Run, origin: Origin) -> None:
    origin.answers("/two", PAGE.replace(b"<head>", b'<head><link rel="alternate" type="text/xml" href="/b">'))
    origin.answers("/rss", RSS)
    origin.answers("/b", RSS.replace(b"Post", b"Times"))
    two = run("sources", "add", origin.url("/two"))
    assert (two.returncode, "Norland Times" in two.stdout, "names 2 feeds" in two.stderr) == (1, True, True)
    for words, said in ((("add", "http://10.0.0.1/"), "private"), (("remove", "https://no.example/"), "no feed")):
        done = run("sources", *words)
        assert (done.returncode, said in done.stderr, "Traceback" in done.stderr) == (1, True, False)


def test_import_when_letters_encodings_and_duplicates_come_then_each_article_is_stored_once(
    run: Run, tmp_path: Path
) -> None:
    folder = tmp_path / "articles"
    folder.mkdir()
    (folder / "letter.eml").write_bytes(LETTER)
    for encoding in ("utf-8", "utf-16", "cp1252"):
        head = f"Envoys meet again\n\n{TEXT}\n".encode(encoding)
        (folder / f"{encoding}.txt").write_bytes(head)
    given = ("import", "--published", "2026-03-03T12:00Z", "--publisher", "Bay Courier", str(folder))
    done = run(*given)
    assert (done.returncode, done.stdout) == (0, "2 new, 0 changed, 2 already stored\n")
    assert run(*given).stdout == "0 new, 0 changed, 4 already stored\n"
    found = run("say", "/related café harbour").stdout
    assert "Norland Büro" in found
