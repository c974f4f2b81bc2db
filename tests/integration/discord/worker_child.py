"""A whole worker with Discord switched on and an invented catalogue. Run by the tests of whole workers.

Given are its settings (`env`), the time at which it starts (`now`), and where a test must not take minutes: how fast
its clock runs (`speed`), every how many seconds it writes to people (`tell_s`), and into how small a part of their real
length the times of the right to the gateway are put (`part`).
"""

from __future__ import annotations

import json
import sys
import time
from datetime import datetime, timedelta
from typing import Any

from bot import duties
from bot.app import App
from bot.discord.adapter import LEASE, RENEW_S, TRY_S
from bot.process import run_process
from config.catalogue import load_catalogue
from config.records import Catalogue
from config.settings import load_settings
from tests.integration.use_cases.conftest import ESTMARK, TOPIC


def catalogue() -> Catalogue:
    return Catalogue(
        topics={"strait": TOPIC}, actors={"estmark": ESTMARK}, publishers={}, lexicons=load_catalogue().lexicons
    )


def main(given: dict[str, Any]) -> None:
    start, began = datetime.fromisoformat(given["now"]), time.monotonic()

    def clock() -> datetime:
        return start + timedelta(seconds=given.get("speed", 1) * (time.monotonic() - began))

    duties.TELL_S = given.get("tell_s", duties.TELL_S)
    with App(load_settings(given["env"]), catalogue(), clock) as app:
        app.set_up_logs()
        part = given.get("part", 1)
        app.chat.discord.renew_s, app.chat.discord.try_s = RENEW_S / part, TRY_S / part
        app.chat.discord.lease = LEASE / part
        run_process(app.worker())


if __name__ == "__main__":
    main(json.loads(sys.argv[1]))
