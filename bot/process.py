"""A worker as the whole process: waits for its turn, runs until it is told to stop and ends in time."""

from __future__ import annotations

import asyncio
import gc
import os
import signal
import sys
import threading
import time
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import TypeVar

import structlog

from bot.worker import Worker
from briefings.errors import StoreError

CLOSE_S = 2.0  # for threads once the worker has stopped
THREADS = 64  # polling may hold many, and posts and commands must not wait for one
# until a thread that computes lets another in: by Python's 5 ms the loop, which lets go each time it waits, waits for
# each busy thread again and again (median of an acknowledgement beside six of them: 109 ms, with this 38 ms)
SWITCH_S = 0.0005
# a full look for garbage stops every thread for 0.3 s once an archive's articles are remembered, and by Python's own
# thresholds it came every second while answers were made: young objects are looked at as ever, all of them at times
NEW_OBJECTS, YOUNG_ROUNDS, NEVER = 10_000, 10, 1_000_000
COLLECT_S = 900.0
STANDBY_S = 1.0  # between two tries to take over

T = TypeVar("T")
log = structlog.get_logger(__name__)


def leave_when_told() -> None:
    """End with 0 at a SIGTERM that comes before the worker runs: nothing is in hand yet.

    At once, since an exception raised in the middle of an import or a destructor may be swallowed there.
    """
    signal.signal(signal.SIGTERM, lambda *_: os._exit(0))


def until_usable(open_: Callable[[], T], tries: int = 24, pause_s: float = 5.0) -> T:
    """Open a database that may be starting or restarting itself; by default for two minutes.

    Raises:
        StoreError: it could not be opened by then.
    """
    for number in range(1, tries):
        try:
            return open_()
        except StoreError as error:
            log.warning("database not usable yet", error=str(error), attempt=number)
            time.sleep(pause_s)
    return open_()


def wait_for_turn(take: Callable[[], bool], who: str) -> bool:
    """Wait as standby while another worker holds the database; False when told to stop meanwhile.

    Args:
        take: takes the turn, says whether it is ours.
        who: what is waited for, for the log.
    """
    if take():
        return True
    stop = threading.Event()
    before = {n: signal.signal(n, lambda *_: stop.set()) for n in (signal.SIGTERM, signal.SIGINT)}
    log.info("standing by", database=who, why="another worker works on it")
    try:
        while not stop.wait(STANDBY_S):
            if take():
                log.info("taking over", database=who)
                return True
        return False
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def run_process(worker: Worker) -> None:
    """Run a worker as the whole process, until it is told to stop.

    A thread that still works two seconds after the stop (an article being parsed, a database that does not answer) is
    left behind and the process ends with 0: every write is a transaction, so this loses no more than a kill would.
    """

    async def main() -> None:
        collecting = prepare_loop()
        await worker.run()
        collecting.cancel()
        leaving = threading.Timer(CLOSE_S, _leave)
        leaving.daemon = True
        leaving.start()

    asyncio.run(main())


def prepare_loop() -> asyncio.Task[None]:
    """Give the running loop its threads, and let it in between them often: acknowledgements can't wait, answers can.

    Returns:
        What looks for garbage now and then; keep it.
    """
    asyncio.get_running_loop().set_default_executor(ThreadPoolExecutor(THREADS, thread_name_prefix="worker"))
    sys.setswitchinterval(SWITCH_S)
    gc.freeze()
    gc.set_threshold(NEW_OBJECTS, YOUNG_ROUNDS, NEVER)
    return asyncio.create_task(_collect_all())


async def _collect_all() -> None:
    while True:
        await asyncio.sleep(COLLECT_S)
        gc.collect()


def _leave() -> None:
    log.warning("a thread still worked after the stop and was left behind")
    sys.stdout.flush()
    sys.stderr.flush()
    os._exit(0)
