"""The command line as a person runs it, on a data directory of its own."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

Run = Callable[..., subprocess.CompletedProcess[str]]
ARTICLE = """Envoys of Norland and Estmark meet

Envoys of Norland and Estmark met in Kyiv on Tuesday to speak about Ukraine.

"We came here to listen," said Ada Holm, the chief envoy of Norland.

The question of the fishing border remains unresolved.
"""


@pytest.fixture
def run(tmp_path: Path) -> Run:
    data = tmp_path / "data"

    def call(*words: str, given: str = "") -> subprocess.CompletedProcess[str]:
        environment = {"DATA_DIR": str(data), "COLUMNS": "100"}
        command = [sys.executable, "-m", "bot", *words]
        return subprocess.run(command, input=given, capture_output=True, text=True, env=environment, check=False)

    return call


@pytest.fixture
def article(tmp_path: Path) -> Path:
    file = tmp_path / "envoys.txt"
    file.write_text(ARTICLE, encoding="utf-8")
    return file


def test_import_when_done_twice_then_stored_once_and_in_the_briefing_of_its_day(run: Run, article: Path) -> None:
    given = ("--published", "2026-03-03T10:00Z", "--publisher", "Norland Post")
    assert run("import", *given, str(article)).stdout == "1 new, 0 changed, 0 already stored\n"
    assert run("import", *given, str(article)).stdout == "0 new, 0 changed, 1 already stored\n"
    shown = run("briefing", "--as-of", "2026-03-04T08:00Z")
    assert shown.returncode == 0
    assert "We came here to listen" in shown.stdout
    assert "Ada Holm" in shown.stdout
    before = run("briefing", "--as-of", "2026-03-03T08:00Z")
    assert "We came here to listen" not in before.stdout


def test_import_when_one_file_is_bad_then_it_is_named_and_the_rest_stored(
    run: Run, article: Path, tmp_path: Path
) -> None:
    (tmp_path / "empty.txt").write_text("")
    done = run(
        "import", "--published", "2026-03-03", "--publisher", "Norland Post", str(tmp_path / "empty.txt"), str(article)
    )
    assert done.returncode == 1
    assert "empty.txt" in done.stderr
    assert done.stdout.startswith("1 new")


def test_briefing_when_json_then_each_span_cut_from_the_stored_text_is_what_is_shown(run: Run, article: Path) -> None:
    run("import", "--published", "2026-03-03T10:00Z", "--publisher", "Norland Post", str(article))
    data = json.loads(run("briefing", "--as-of", "2026-03-04T08:00Z", "--format", "json").stdout)
    spans = list(_spans(data))
    assert spans
    assert all(s["text"] in ARTICLE for s in spans)


def _spans(value: object) -> list[dict[str, object]]:
    if isinstance(value, dict):
        own = [value] if {"text", "start", "end", "article"} <= value.keys() else []
        return own + [s for v in value.values() for s in _spans(v)]
    return [s for v in value for s in _spans(v)] if isinstance(value, list) else []


@pytest.mark.parametrize(
    ("words", "said"),
    [
        (("briefing", "nowhere"), "no topic 'nowhere'"),
        (("briefing", "--zone", "Mars/Base"), "Mars/Base"),
        (("import", "missing.txt"), "missing.txt"),
        (("say", "/quote Holm"), "/quotes"),
        (("subscribe", "ukraine", "25:00"), "25:00"),
    ],
)
def test_command_when_it_can_not_be_done_then_one_line_says_why(run: Run, words: tuple[str, ...], said: str) -> None:
    done = run(*words)
    assert done.returncode == 1
    assert said in done.stderr
    assert "Traceback" not in done.stderr


def test_extract_when_a_line_is_bad_then_it_is_answered_and_the_rest_goes_on(run: Run) -> None:
    lines = json.dumps({"id": "a", "text": ARTICLE}) + "\nnonsense\n" + json.dumps({"id": "b", "text": "Rain."}) + "\n"
    done = run("extract", "--jsonl", given=lines)
    first, second, third = map(json.loads, done.stdout.splitlines())
    assert [first["id"], second["id"], third["id"]] == ["a", None, "b"]
    assert "not JSON" in second["error"]
    assert [q["speaker"]["name"] for q in first["quotes"] if q["kind"] == "direct"] == ["Ada Holm"]
    assert all(q["text"] == ARTICLE[q["start"] : q["end"]] for q in first["quotes"])


def test_help_when_asked_then_every_command_is_listed(run: Run) -> None:
    shown = run("--help").stdout
    for name in ("demo", "run", "import", "fetch", "briefing", "extract", "subscribe", "schedule", "sources", "migrate",
                 "status", "check-config", "say"):  # fmt: skip
        assert name in shown
