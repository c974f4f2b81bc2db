import json
import os
import zipfile
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from briefings.errors import BadInput
from briefings.model import ParsedArticle
from briefings.sources.files import Given, count_paths, read_paths
from briefings.sources.sandbox import Sandbox

NOW = datetime(2026, 3, 2, 6, 0, tzinfo=UTC)
TEXT = "Envoys meet in the harbour town\n\nThe envoys of Norland and Sudmark met on Tuesday, officials said.\n"
PAGE = (
    "<html><head><title>Envoys meet</title><meta property='og:site_name' content='Harbour Post'><meta name='date' "
    "content='2026-01-06T18:00Z'><link rel='canonical' href='https://harbour.example/1'></head><body><article>"
    + "<p>The envoys met in the harbour town on Tuesday, officials said.</p>"
    * 4
)
GIVEN = Given(published=datetime(2026, 1, 7, tzinfo=UTC), publisher="Reference", url="https://reference.example/x")


def read(sandbox: Sandbox, *paths: Path, given: Given = GIVEN) -> tuple[list[ParsedArticle], list[str]]:
    found = list(read_paths(paths, given, sandbox, NOW))
    return [f for f in found if isinstance(f, ParsedArticle)], [str(f) for f in found if isinstance(f, BadInput)]


def write(path: Path, content: str | bytes) -> Path:
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    return path


def test_read_paths_when_file_is_text_then_given_facts_fill_the_gaps(sandbox: Sandbox, tmp_path: Path) -> None:
    (article,), errors = read(sandbox, write(tmp_path / "a.txt", TEXT))
    assert errors == []
    assert article.title == "Envoys meet in the harbour town"
    assert article.text == "The envoys of Norland and Sudmark met on Tuesday, officials said."
    assert (article.publisher, article.url, article.published) == (
        "Reference",
        "https://reference.example/x",
        GIVEN.published,
    )
    assert (article.language, article.note) == ("en", "")


def test_read_paths_when_file_knows_better_then_given_facts_stand_back(sandbox: Sandbox, tmp_path: Path) -> None:
    (article,), _ = read(sandbox, write(tmp_path / "a.html", PAGE))
    assert (article.title, article.publisher, article.url) == (
        "Envoys meet",
        "Harbour Post",
        "https://harbour.example/1",
    )
    assert article.published == datetime(2026, 1, 6, 18, 0, tzinfo=UTC)


def test_read_paths_when_nothing_dates_it_then_is_undated_and_says_so(sandbox: Sandbox, tmp_path: Path) -> None:
    (article,), _ = read(sandbox, write(tmp_path / "a.txt", TEXT), given=Given())
    assert (article.published, article.publisher) == (None, "Unknown publisher")
    assert "no date found" in article.note
    assert "--published" in article.note


def test_read_paths_when_date_of_the_file_is_in_the_future_then_is_undated_and_says_so(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    path = write(tmp_path / "a.txt", f"Date: 2031-01-01\n{TEXT}")
    (article,), _ = read(sandbox, path, given=Given())
    assert article.published is None
    assert "2031-01-01 00:00 UTC is in the future" in article.note
    (dated,), _ = read(sandbox, path)
    assert dated.published == GIVEN.published


@pytest.mark.parametrize(
    ("given", "word"),
    [(Given(published=NOW + timedelta(days=1)), "future"), (Given(url="javascript:alert(1)"), "web address")],
)
def test_read_paths_when_what_is_given_can_not_be_then_refuses_at_once(
    sandbox: Sandbox, tmp_path: Path, given: Given, word: str
) -> None:
    with pytest.raises(BadInput, match=word):
        read(sandbox, write(tmp_path / "a.txt", TEXT), given=given)


def test_read_paths_when_rows_are_given_then_each_line_is_an_article_or_an_error(
    sandbox: Sandbox, tmp_path: Path
) -> None:
    rows = [
        json.dumps(
            {
                "title": "A",
                "text": "The envoys met.\r\nThey left.",
                "published": "2026-01-06T10:00Z",
                "url": "https://h.example/1?utm_source=x",
            }
        ),
        "{broken",
        json.dumps(
            {"html": "<p>The envoys <b>met</b> in the harbour.</p>", "publisher": "Post", "published": "yesterday"}
        ),
        json.dumps({"title": "Lone surrogate \ud800", "text": "The envoys \ud800 met.\u0000"}),
    ]
    articles, errors = read(sandbox, write(tmp_path / "r.jsonl", "\n".join(rows)), given=Given())
    assert [a.origin for a in articles] == [f"{tmp_path}/r.jsonl line {n}" for n in (1, 3, 4)]
    assert "line 2" in errors[0]
    assert (articles[0].text, articles[0].url) == ("The envoys met.\nThey left.", "https://h.example/1")
    assert (articles[1].text, articles[1].publisher) == ("The envoys met in the harbour.", "Post")
    assert "can't be read" in articles[1].note
    articles[2].text.encode()


def test_read_paths_when_directory_is_given_then_reads_all_below_in_order(sandbox: Sandbox, tmp_path: Path) -> None:
    write(tmp_path / "b" / "2.md", "---\ntitle: Second\n---\nThe envoys met on Tuesday, officials said.")
    write(tmp_path / "a.txt", TEXT)
    write(tmp_path / ".hidden" / "x.txt", TEXT)
    write(tmp_path / "b" / ".x.txt", TEXT)
    write(tmp_path / "b" / "style.css", "x{}")
    write(
        tmp_path / "b" / "9.eml",
        "From: Post <p@h.example>\nSubject: Third\nDate: Tue, 06 Jan 2026 18:00:00 GMT\n\nThe envoys "
        "met, officials said.\n",
    )
    write(tmp_path / "b" / "list.docx", b"PK\x03\x04")
    articles, errors = read(sandbox, tmp_path)
    assert [a.title for a in articles] == ["Envoys meet in the harbour town", "Second", "Third"]
    assert len(errors) == 1
    assert "list.docx" in errors[0]
    assert count_paths([tmp_path]) == 4


def test_read_paths_when_feed_file_is_given_then_reads_its_entries(sandbox: Sandbox, tmp_path: Path) -> None:
    feed = (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>Post</title><entry><id>1</id><title>Envoys meet</title>"
        "<updated>2026-01-06T18:00:00Z</updated><content>They met.</content></entry><entry><id>2</id>"
        "<title>Undated</title></entry></feed>"
    )
    articles, errors = read(sandbox, write(tmp_path / "f.atom", feed), given=Given())
    assert errors == []
    assert [(a.title, a.publisher, bool(a.note)) for a in articles] == [
        ("Envoys meet", "Post", False),
        ("Undated", "Post", True),
    ]


BAD = [
    ("empty.txt", b"", "empty"),
    ("blank.txt", b" \n\t\n", "empty"),
    ("mark.txt", b"\xef\xbb\xbf", "empty"),
    ("scan.txt", b"%PDF-1.7 ...", "a PDF"),
    ("noise.txt", bytes(range(256)) * 20, "binary data"),
    ("torn.txt", "Посланники двух стран".encode() + b"\xff\xfe" + "встретились".encode(), "UTF-8"),
    ("large.txt", b"word " * 420_000, "an article may have 1,000,000"),
    ("huge.html", b"<p>" + b"x" * 11_000_000, "more than 10 MB"),
    ("front.md", b"---\na: b: c\n---\nText.", "front matter"),
    ("menu.html", b"<html><body><nav>Home</nav></body></html>", "no article"),
    ("page.xml", b"<!DOCTYPE html><html><body>x</body></html>", "web page, not a feed"),
    ("none.rss", b"<rss version='2.0'><channel><title>x</title></channel></rss>", "without entries"),
    ("list.json", b"{nope", "not JSON"),
    ("words.eml", b"just words", "not a saved e-mail"),
    ("table.xlsx", b"PK", "not imported"),
    ("torn.zip", b"PK\x03\x04 no zip", "can't be opened"),
]


@pytest.mark.parametrize(("name", "content", "reason"), BAD, ids=[name for name, _, _ in BAD])
def test_read_paths_when_a_file_is_bad_then_says_which_and_why_and_reads_the_rest(
    sandbox: Sandbox, tmp_path: Path, name: str, content: bytes, reason: str
) -> None:
    articles, errors = read(sandbox, write(tmp_path / name, content), write(tmp_path / "good.txt", TEXT))
    assert len(articles) == 1
    (error,) = errors
    assert error.startswith(str(tmp_path / name))
    assert reason in error


def test_read_paths_when_path_is_missing_or_special_then_says_so(sandbox: Sandbox, tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    _, errors = read(sandbox, tmp_path / "missing.txt", tmp_path / "pipe.txt", tmp_path / "void")
    assert ["does not exist" in errors[0], "not a regular file" in errors[1]] == [True, True]
    (tmp_path / "void").mkdir()
    assert "holds no file" in read(sandbox, tmp_path / "void")[1][0]


def test_read_paths_when_zip_is_given_then_reads_it_in_memory(sandbox: Sandbox, tmp_path: Path) -> None:
    with zipfile.ZipFile(tmp_path / "z.zip", "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("../../escape.txt", TEXT)
        archive.writestr("__MACOSX/._a.txt", TEXT)
        archive.writestr("b/bomb.txt", "0" * 100_000_000)
        archive.writestr("c/inner.zip", b"PK")
    articles, errors = read(sandbox, tmp_path / "z.zip")
    assert [a.origin for a in articles] == [f"{tmp_path}/z.zip/escape.txt"]
    assert "unpacks to more" in errors[0]
    assert "not imported" in errors[1]
    assert sorted(p.name for p in tmp_path.iterdir()) == ["z.zip"]


def test_read_paths_when_zip_lies_about_sizes_then_is_bounded(sandbox: Sandbox, tmp_path: Path) -> None:
    path = tmp_path / "z.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr("a.txt", TEXT)
    data = bytearray(path.read_bytes())
    at = data.index(b"PK\x01\x02")
    data[at + 24 : at + 28] = (5).to_bytes(4, "little")  # uncompressed size
    path.write_bytes(data)
    articles, errors = read(sandbox, path)
    assert len(articles) + len(errors) == 1


def test_read_paths_when_encodings_differ_then_text_is_right(sandbox: Sandbox, tmp_path: Path) -> None:
    words = "Le président a déclaré : « C’est un début », à Hafen."
    for encoding in ("utf-8", "utf-8-sig", "utf-16", "cp1252"):
        write(tmp_path / f"{encoding}.txt", f"Les envoyés se réunissent enfin\n\n{words}\n".encode(encoding))
    articles, errors = read(sandbox, tmp_path)
    assert errors == []
    assert {a.text for a in articles} == {words}
    assert {a.language for a in articles} == {"fr"}
