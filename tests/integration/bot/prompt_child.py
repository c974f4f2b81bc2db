"""The console at a terminal, with two speakers known; says what was asked. Run by test_prompt."""

from __future__ import annotations

import asyncio
import signal
import sys
from collections.abc import Iterable
from pathlib import Path

from bot.commands import sentence
from bot.console.adapter import ConsolePlatform
from briefings.answers.records import Asker, Reply


def values(completion: str, typed: str) -> Iterable[str]:
    names = {"speakers": ("Ada Holm", "Bo Rask"), "topics": ("harbour",)}.get(completion, ())
    return [n for n in names if n.lower().startswith(typed.lower())]


async def handle(text: str, asker: Asker) -> Reply:
    return sentence(f"asked {text}")


async def main() -> None:
    platform = ConsolePlatform(draw=lambda d: f"<<{d.summary}>>\n", data_dir=Path(sys.argv[1]), values=values)
    listening = asyncio.create_task(platform.listen(handle))
    asyncio.get_running_loop().add_signal_handler(signal.SIGTERM, listening.cancel)
    await asyncio.wait({listening})


asyncio.run(main())
