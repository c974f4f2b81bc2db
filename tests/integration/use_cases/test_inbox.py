"""Files dropped into the watched folder: complete ones are imported, once; bad ones are told, once."""

from __future__ import annotations

import os
import shutil
import zipfile
from datetime import UTC, datetime
from pathlib import Path

import pytest

from briefings.errors import BadInput
from briefings.sources.sandbox import Sandbox
from briefings.use_cases.inbox import Inbox, Received
from briefings.use_cases.newsroom import Newsroom

NOW = datetime(2026, 3, 4, 9, tzinfo=UTC)
ARTICLE = """---
title: {title}
publisher: Norland Post
published: 2026-03-03T10:00Z
---
Norland closed the strait on Tuesday. {title} was told.
"""


@pytest.fixture
def inbox(room: Newsroom, sandbox: Sandbox, tmp_path: Path) -> Inbox:
    folder = tmp_path / "inbox"
    folder.mkdir()
    return Inbox(room=room, sandbox=sandbox, folder=folder)


def drop(inbox: Inbox, name: str, text: str) -> Path:
    file = inbox.folder / name
    file.parent.mkdir(exist_ok=True)
    file.write_text(text, encoding="utf-8")
    return file


def test_look_when_a_file_is_dropped_then_imported_at_the_second_look_and_never_again(inbox: Inbox) -> None:
    drop(inbox, "sub/one.md", ARTICLE.format(title="One"))
    assert inbox.look(NOW) == Received()
    assert inbox.look(NOW) == Received(n_articles=1, n_files=1)
    assert inbox.look(NOW) == Received()
    assert inbox.room.store.articles.count() == 1
    assert (inbox.folder / "sub/one.md").exists()


def test_look_when_a_file_still_grows_then_it_waits(inbox: Inbox) -> None:
    file = drop(inbox, "one.md", "---\ntitle: One")
    inbox.look(NOW)
    file.write_text(ARTICLE.format(title="One"), encoding="utf-8")
    assert inbox.look(NOW) == Received()
    assert inbox.look(NOW).n_articles == 1


def test_look_when_touched_renamed_or_copied_then_not_imported_again(inbox: Inbox) -> None:
    file = drop(inbox, "one.md", ARTICLE.format(title="One"))
    for _ in range(2):
        inbox.look(NOW)
    os.utime(file, (1, 1))
    shutil.copy(file, inbox.folder / "two.md")
    assert [inbox.look(NOW).n_articles for _ in range(3)] == [0, 0, 0]
    assert inbox.look(NOW) == Received()


def test_look_when_a_file_changed_then_the_change_is_imported(inbox: Inbox) -> None:
    drop(inbox, "one.md", ARTICLE.format(title="One"))
    for _ in range(2):
        inbox.look(NOW)
    drop(inbox, "one.md", ARTICLE.format(title="One") + "\nMore was told later.\n")
    assert [inbox.look(NOW).n_articles for _ in range(2)] == [0, 1]
    assert inbox.room.store.articles.count() == 1


def test_look_when_files_are_bad_then_each_is_told_once_and_the_rest_imported(inbox: Inbox) -> None:
    drop(inbox, "bad.jsonl", '{"title": "A", "text": "Norland spoke.", "published": "2026-03-03"}\nnonsense\n')
    drop(inbox, "empty.txt", "")
    drop(inbox, "good.md", ARTICLE.format(title="Good"))
    inbox.look(NOW)
    received = inbox.look(NOW)
    assert received.n_articles == 2
    jsonl, empty = received.told
    assert "bad.jsonl" in jsonl
    assert "the rest of it was imported" in jsonl
    assert "empty.txt" in empty
    assert inbox.look(NOW) == Received()


def test_look_when_hidden_unfinished_or_a_link_then_left_alone(inbox: Inbox, tmp_path: Path) -> None:
    for name in (".hidden.md", "one.md.part", "two.crdownload", ".folder/three.md"):
        drop(inbox, name, ARTICLE.format(title=name))
    secret = tmp_path / "secret.md"
    secret.write_text(ARTICLE.format(title="Secret"), encoding="utf-8")
    (inbox.folder / "link.md").symlink_to(secret)
    assert [inbox.look(NOW) for _ in range(2)] == [Received(), Received()]


def test_look_when_a_zip_is_dropped_then_its_files_are_imported(inbox: Inbox) -> None:
    with zipfile.ZipFile(inbox.folder / "many.zip", "w") as archive:
        for number in range(3):
            archive.writestr(f"{number}.md", ARTICLE.format(title=f"Number {number}"))
    inbox.look(NOW)
    assert inbox.look(NOW) == Received(n_articles=3, n_files=1)


def test_look_when_the_folder_is_missing_then_it_says_so(inbox: Inbox) -> None:
    inbox.folder.rmdir()
    with pytest.raises(BadInput, match="INBOX_DIR"):
        inbox.look(NOW)
