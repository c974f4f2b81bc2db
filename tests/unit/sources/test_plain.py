from datetime import UTC, datetime

import pytest

from briefings.sources.plain import read_markdown, read_plain, unwrap

PAGE = """World

Norland and Sudmark sign harbour declaration

Navigation

Ask Corvo

Envoys put their names to a plan for the harbour

Norland and Sudmark agreed on Tuesday to open the harbour, envoy Ada Vex said after talks in Hafen.

A question of tolls

The question of tolls remains open, she said.

"We have a start, and no more than that,"

Ada Vex, envoy of Norland

Related posts

Report a Problem

Help us improve by reporting any issues with this answer.

Thank you for your feedback

Ed"""


def test_read_plain_when_site_menus_surround_it_then_only_the_article_stays() -> None:
    article = read_plain(PAGE)
    assert article.title == "Norland and Sudmark sign harbour declaration"
    assert article.text.startswith("Envoys put their names")
    assert article.text.endswith("Ada Vex, envoy of Norland")
    for gone in ("Navigation", "Corvo", "World", "Related", "Problem", "feedback", "Ed"):
        assert gone not in article.text.split("\n")


def test_read_plain_when_lines_are_kept_then_they_are_verbatim() -> None:
    assert set(read_plain(PAGE).text.split("\n")) <= set(PAGE.split("\n"))


def test_read_plain_when_file_names_its_fields_then_takes_them_off() -> None:
    article = read_plain(
        "Title: Envoys meet\nPublisher: Harbour Post\nDate: 6 January 2026\nURL: https://h.example/1\n\n"
        "They met, she said."
    )
    assert (article.title, article.text) == ("Envoys meet", "They met, she said.")
    assert article.fields == {
        "title": "Envoys meet",
        "publisher": "Harbour Post",
        "published": "6 January 2026",
        "url": "https://h.example/1",
    }


def test_read_plain_when_byline_and_date_stand_above_then_dates_it() -> None:
    article = read_plain(
        "Envoys meet in the harbour town\nBy Ada Vex\nPublished 6 January 2026 18:30\n3 min read\n\n"
        "They met on Tuesday, she said."
    )
    assert article.fields["published"] == datetime(2026, 1, 6, 18, 30, tzinfo=UTC)
    assert article.text == "They met on Tuesday, she said."


@pytest.mark.parametrize(
    ("text", "title", "kept"),
    [
        ("One line only", "One line only", "One line only"),
        (
            "The envoys met on Tuesday, she said.",
            "The envoys met on Tuesday, she said.",
            "The envoys met on Tuesday, she said.",
        ),
        ("Menu\nHome\nLogin", "Menu", "Home\nLogin"),
    ],
)
def test_read_plain_when_there_is_no_headline_then_loses_nothing_but_the_title(
    text: str, title: str, kept: str
) -> None:
    article = read_plain(text)
    assert (article.title, article.text) == (title, kept)


def test_read_plain_when_tail_is_a_speaker_then_keeps_it() -> None:
    text = 'Envoys meet in the harbour\n\nThey met on Tuesday, officials said.\n\n"It is a start."\n\nAda Vex'
    assert read_plain(text).text.endswith("Ada Vex")


def test_read_plain_when_related_headlines_follow_then_leaves_them_out() -> None:
    tail = "Read more\nSudmark calls off its autumn fair for lack of tents\nTolls: what is known"
    text = f"Envoys meet in the harbour\n\nThey met on Tuesday, officials said.\n\n{tail}"
    assert read_plain(text).text == "They met on Tuesday, officials said."


def test_unwrap_when_lines_break_at_a_column_then_joins_them() -> None:
    line = "The envoys of the two countries met in the harbour town on Tuesday and"
    wrapped = f"{line}\n{line}\nended early.\n\nShort line.\nAnother."
    assert unwrap(wrapped) == f"{line} {line} ended early.\n\nShort line.\nAnother."


def test_unwrap_when_each_line_is_a_paragraph_then_changes_nothing() -> None:
    assert unwrap(PAGE) == PAGE


def test_read_markdown_when_there_is_front_matter_then_reads_it_and_takes_marks_off() -> None:
    article = read_markdown(
        "---\ntitle: 'Envoys: a start'\ndate: 2026-01-06T20:00:00Z\nsource: Harbour Post\ntags: [a]\n---\n# Heading\n\n"
        'The **envoys** met, [she said](https://h.example "t").\n\n![pic](p.png)\n\n'
        "## Part\n\n> *Yes*, said snake_case_name.\n"
    )
    assert article.title == "Envoys: a start"
    assert article.fields["published"] == datetime(2026, 1, 6, 20, 0, tzinfo=UTC)
    assert "The envoys met, she said." in article.text
    assert article.text.endswith("Yes, said snake_case_name.")


def test_read_markdown_when_there_is_a_heading_then_it_is_the_title() -> None:
    article = read_markdown("# Envoys meet\n\nThey met on Tuesday, she said.")
    assert (article.title, article.text) == ("Envoys meet", "They met on Tuesday, she said.")


@pytest.mark.parametrize(
    "front", ["a: b: c", "- one\n- two", "x: !!python/object/apply:os.system ['true']", "x: " + "y" * 30_000]
)
def test_read_markdown_when_front_matter_is_broken_then_says_so(front: str) -> None:
    with pytest.raises(ValueError, match="front matter"):
        read_markdown(f"---\n{front}\n---\nText.")


def test_read_markdown_when_aliases_multiply_then_stays_small() -> None:
    bomb = "a: &a [x,x,x,x,x,x,x,x,x]\n" + "".join(
        f"{chr(98 + n)}: &{chr(98 + n)} [{','.join(['*' + chr(97 + n)] * 9)}]\n" for n in range(8)
    )
    assert read_markdown(f"---\n{bomb}title: Envoys\n---\nThey met on Tuesday.").title == "Envoys"
