"""The console as a platform: journal on a disk, commands from a pipe."""

from __future__ import annotations

import asyncio
import io
import os
import sys
from pathlib import Path
from typing import Any

import pytest

from bot.commands import sentence
from bot.console.adapter import JOURNAL, ConsolePlatform
from briefings.answers.records import Asker, Reply
from briefings.document import Document
from briefings.errors import Ambiguous, Refused
from briefings.model import Part
from tests.fakes import START


def console(folder: Path) -> ConsolePlatform:
    return ConsolePlatform(draw=lambda d: f"<<{d.summary}>>\n", data_dir=folder, out=io.StringIO())


def part(platform: ConsolePlatform, key: str = "k1") -> Part:
    body = platform.render(Document(title="", summary="briefing “é”", blocks=()))[0]
    return Part(delivery=1, number=1, key=key, channel="console", body=body, state="sending")


async def test_publish_prints_and_is_found_by_its_key_also_after_a_restart(tmp_path: Path) -> None:
    platform = console(tmp_path)
    message_id = await platform.publish(part(platform))
    assert platform.out.getvalue() == "<<briefing “é”>>\n"  # type: ignore[attr-defined]
    assert await console(tmp_path).find("k1", "console", START) == message_id
    assert await console(tmp_path).find("k2", "console", START) is None


async def test_tell_prints_and_keeps_a_journal_too(tmp_path: Path) -> None:
    platform = console(tmp_path)
    message_id = await platform.tell("console", part(platform).body, "direct 1")
    assert platform.out.getvalue() == "<<briefing “é”>>\n"  # type: ignore[attr-defined]
    assert await platform.find("direct 1", "console", START) == message_id


async def test_find_of_a_post_that_was_begun_only_can_not_tell(tmp_path: Path) -> None:
    platform = console(tmp_path)
    platform.journal.note("k1", "begun")
    with pytest.raises(Ambiguous, match="while it printed"):
        await platform.find("k1", "console", START)


async def test_find_with_a_journal_cut_short_passes_the_line_over(tmp_path: Path) -> None:
    platform = console(tmp_path)
    await platform.publish(part(platform))
    with (tmp_path / JOURNAL).open("a") as journal:
        journal.write('{"key": "k2", "st')
    assert await platform.find("k2", "console", START) is None
    assert await platform.find("k1", "console", START) is not None


async def test_find_with_an_unreadable_journal_can_not_tell(tmp_path: Path) -> None:
    (tmp_path / JOURNAL).mkdir()
    with pytest.raises(Ambiguous, match="can't be read"):
        await console(tmp_path).find("k1", "console", START)


async def test_publish_without_a_journal_prints_nothing(tmp_path: Path) -> None:
    platform = console(tmp_path / "missing")
    with pytest.raises(Refused, match="DATA_DIR"):
        await platform.publish(part(platform))
    assert platform.out.getvalue() == ""  # type: ignore[attr-defined]


async def test_publish_to_a_closed_terminal_is_ambiguous(tmp_path: Path) -> None:
    class Gone(io.StringIO):
        def write(self, text: str) -> int:
            raise BrokenPipeError(32, "Broken pipe")

    platform = ConsolePlatform(draw=lambda d: d.summary, data_dir=tmp_path, out=Gone())
    with pytest.raises(Ambiguous):
        await platform.publish(part(platform))


async def typed(platform: ConsolePlatform, monkeypatch: pytest.MonkeyPatch, data: bytes) -> list[str]:
    """Type into the console through a pipe and return what was asked."""
    read, write = os.pipe()
    asked: list[str] = []

    async def handle(text: str, asker: Asker) -> Reply:
        assert asker.is_manager
        asked.append(text)
        return sentence("answered")

    with os.fdopen(read) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        listening = asyncio.create_task(platform.listen(handle))
        os.write(write, data)
        os.close(write)
        await asyncio.wait_for(listening, 5)
    return asked


async def test_listen_answers_each_line_until_the_input_ends(tmp_path: Path, monkeypatch: Any) -> None:
    platform = console(tmp_path)
    assert await typed(platform, monkeypatch, b"/status\n\n/help quotes\nlast without end") == [
        "/status",
        "/help quotes",
        "last without end",
    ]
    assert platform.out.getvalue() == "<<Answered>>\n" * 3  # type: ignore[attr-defined]


async def test_listen_ends_at_exit_and_takes_bytes_that_are_no_text(tmp_path: Path, monkeypatch: Any) -> None:
    assert await typed(console(tmp_path), monkeypatch, b"\xff\xfe?\nexit\n/status\n") == ["��?"]


async def test_listen_that_is_cancelled_lets_its_thread_go(tmp_path: Path, monkeypatch: Any) -> None:
    read, write = os.pipe()
    with os.fdopen(read) as stdin:
        monkeypatch.setattr(sys, "stdin", stdin)
        listening = asyncio.create_task(console(tmp_path).listen(None))  # type: ignore[arg-type]
        await asyncio.sleep(0.05)
        listening.cancel()
        with pytest.raises(asyncio.CancelledError):
            await asyncio.wait_for(listening, 5)
    os.close(write)
