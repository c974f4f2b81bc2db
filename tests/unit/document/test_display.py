from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.document import (
    Document,
    Heading,
    Item,
    Link,
    Moment,
    MomentForm,
    Text,
    Verbatim,
    clean,
    host_of,
    moment_text,
    safe,
    safe_link,
    safe_url,
    shown,
    size_of,
)  # fmt: skip
from briefings.model import Evidence, Span
from tests.hostile import TEXTS, URLS

AT = Evidence(article=1, revision=1, span=Span(0, 5))
DOCUMENT = Document(
    title="t", summary="s", blocks=(), zone="America/New_York", as_of=datetime(2031, 1, 1, 3, 0, tzinfo=UTC)
)


@given(st.text(alphabet=st.characters()))
def test_clean_when_any_text_is_given_then_twice_is_once_and_it_can_be_written(text: str) -> None:
    once = clean(text)
    assert clean(once) == once
    once.encode("utf-8")
    assert len(once) <= len(text)


@pytest.mark.parametrize("text", TEXTS, ids=range(len(TEXTS)))
def test_clean_when_the_text_is_hostile_then_only_what_shows_is_left(text: str) -> None:
    assert clean(text).replace("\u200d", "").replace("\u200c", "").isprintable()


def test_clean_when_scripts_need_joiners_then_they_stay() -> None:
    assert clean("\U0001f468\u200d\U0001f469") == "\U0001f468\u200d\U0001f469"
    assert clean("نمی\u200cدانم") == "نمی\u200cدانم"
    assert clean("ht\u200dtp") == "http"


def test_clean_when_letters_carry_accents_then_they_stay() -> None:
    assert clean("Nguyê\u0303n Ångström ﷺ") == "Nguyê\u0303n Ångström ﷺ"


@pytest.mark.parametrize("url", URLS, ids=range(len(URLS)))
def test_safe_url_when_it_is_unsafe_then_it_is_refused(url: str) -> None:
    assert safe_url(url) == ""


@pytest.mark.parametrize(
    "url",
    ["https://a.example/x?y=1&z=(2)#3", "HTTP://A.example", "http://a.example:8080/", "https://bücher.example/ü"],
)
def test_safe_url_when_it_is_a_web_address_then_it_is_kept(url: str) -> None:
    assert safe_url(url) == url


def test_host_of_when_it_is_spelt_in_other_letters_then_the_network_spelling_is_shown() -> None:
    assert host_of("https://раура.example/") == "xn--80aa0cbo.example"
    assert host_of("https://www.a.example/") == "a.example"


@pytest.mark.parametrize(
    ("label", "url", "words"),
    [
        ("Wire", "https://wire.example/1", "Wire"),
        ("wire.example", "https://www.wire.example/1", "wire.example"),
        ("Wire.example", "https://news.wire.example/1", "Wire.example"),
        ("https://good.example/a", "https://evil.example/a", "https://good.example/a (evil.example)"),
        ("good.example", "https://good.example.evil.example/", "good.example (good.example.evil.example)"),
        ("", "https://wire.example/1", "wire.example"),
        ("\u202e\u200b", "https://wire.example/1", "wire.example"),
        ("Wire", "javascript:alert(1)", "Wire"),
        ("Mr. Vint of U.S. Steel, No.5", "https://wire.example/1", "Mr. Vint of U.S. Steel, No.5"),
    ],
)
def test_safe_link_when_label_and_address_are_given_then_the_reader_is_not_misled(
    label: str, url: str, words: str
) -> None:
    assert "".join(x.text for x in safe_link(Link(label, url)) if isinstance(x, Text | Link)) == words


def test_safe_when_labels_hide_marks_then_they_are_gone_and_articles_words_stay() -> None:
    item = Item("Q-1", (Verbatim("a\u202eb", AT), Text("c\u202ed")))
    document = safe(Document(title="e\x1bf", summary="g\x00h", blocks=(Heading("i\u200bj"), item)))
    assert (document.title, document.summary) == ("ef", "gh")
    assert document.blocks == (Heading("ij"), Item("Q-1", (Verbatim("a\u202eb", AT), Text("cd"))))


def test_shown_when_words_are_not_in_marks_then_no_mark_is_added() -> None:
    assert shown(Verbatim("he said", AT, in_marks=False), DOCUMENT) == "he said"
    assert shown(Verbatim(" one\n\ntwo ", AT), DOCUMENT) == "“one two”"


@pytest.mark.parametrize(("form", "words"), [("time", "22:00"), ("date", "31 Dec"), ("datetime", "Tue 31 Dec, 22:00")])
def test_moment_text_when_a_zone_is_given_then_time_and_year_are_local(form: MomentForm, words: str) -> None:
    assert moment_text(Moment(datetime(2031, 1, 1, 3, 0, tzinfo=UTC), form), DOCUMENT) == words


def test_moment_text_when_the_year_is_another_then_it_is_named() -> None:
    assert moment_text(Moment(datetime(2029, 5, 2, tzinfo=UTC), "date"), DOCUMENT) == "1 May 2029"


def test_size_of_when_an_item_is_measured_then_it_counts_what_a_reader_sees() -> None:
    item = Item("Q-1", (Text("four"), Link("six666", "https://a.example/" + "x" * 500)))
    assert size_of(item, DOCUMENT) == len("Q-1 foursix666") + 1
