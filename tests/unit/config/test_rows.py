"""Single rows: addresses, remedies and what `extends` does."""

from __future__ import annotations

from typing import Any

import pytest

from config.records import ConfigError
from config.rows import Row, is_http, nearest


def row(**values: Any) -> Row:
    return Row("x.toml", "things.one", values)


@pytest.mark.parametrize(
    ("url", "is_good"),
    [
        ("https://a.example/rss", True),
        ("http://a.example:8080/", True),
        ("http://[2001:db8::1]/", True),
        ("HTTPS://A.EXAMPLE/", True),
        ("ftp://a.example/", False),
        ("file:///etc/passwd", False),
        ("//a.example/", False),
        ("a.example", False),
        ("https://", False),
        ("http://a.example:0/", False),
        ("http://a.example:70000/", False),
        ("http://a.example/a b", False),
        ("http://[::1", False),
        ("", False),
    ],
)
def test_is_http_when_given_an_address_then_wants_scheme_host_and_port(url: str, is_good: bool) -> None:
    assert is_http(url) is is_good


def test_nearest_when_nothing_is_like_it_then_lists_all() -> None:
    assert nearest("zzz", ["b", "a"]) == "there are: a, b"
    assert nearest("zzz", []) == "there are: none"


def test_nearest_when_only_the_case_differs_then_names_it() -> None:
    assert nearest("TITLE", ["title", "actor"]) == "did you mean 'title'?"


def test_text_when_padded_then_is_stripped() -> None:
    assert row(a="  hail ").text("a") == "hail"


def test_text_when_absent_with_a_default_then_is_the_default() -> None:
    assert row().text("a", "") == ""
    assert row().optional("a") is None


def test_texts_when_repeated_then_keep_the_first_of_each() -> None:
    assert row(a=["y", "x", " y "]).texts("a") == ("y", "x")


def test_over_when_not_extending_then_replaces() -> None:
    assert row(a=1).over(row(b=2)).values == {"a": 1}


def test_over_when_extending_then_lists_grow_tables_merge_and_the_rest_is_replaced() -> None:
    below = row(words=["a"], table={"x": 1, "y": ["p"]}, title="old")
    above = row(extends=True, words=["b"], table={"y": ["q"], "z": 3}, title="new")
    merged = above.over(below).values
    assert merged == {"words": ["a", "b"], "table": {"x": 1, "y": ["p", "q"], "z": 3}, "title": "new"}
    assert below.values["words"] == ["a"]


def test_error_when_a_key_is_given_then_file_and_path_come_first() -> None:
    assert str(row().error("is wrong", "title")) == "x.toml: things.one.title: is wrong"
    assert str(Row("x.toml", "", {}).error("is wrong")) == "x.toml: is wrong"


def test_choice_when_not_one_of_them_then_says_which_is_near() -> None:
    with pytest.raises(ConfigError, match=r"x\.toml: things\.one\.rank: 'haed' is not one .*'head'\?"):
        row(rank="haed").choice("rank", ("head", "lower"), "lower")
