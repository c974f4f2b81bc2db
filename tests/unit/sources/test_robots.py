import time

import pytest

from briefings.sources.robots import read_robots

FILE = """
# a comment
User-agent: *
Disallow: /private
Allow: /private/press   # but this
Disallow: /*.pdf$
Disallow: /*?print=

User-agent: other-bot
User-agent: Briefing-Bot
Disallow: /no-bots/
"""


@pytest.mark.parametrize(
    ("path", "allowed"),
    [
        ("/", True),
        ("/private/a", False),
        ("/private/press/1", True),
        ("/a/b.pdf", False),
        ("/a/b.pdf.html", True),
        ("/a?print=1", False),
    ],
)
def test_allows_when_only_the_group_for_all_fits_then_the_longest_pattern_decides(path: str, *, allowed: bool) -> None:
    assert read_robots(FILE, "somebody").allows(f"https://h.example{path}") is allowed


def test_allows_when_a_group_names_us_then_that_alone_holds() -> None:
    rules = read_robots(FILE)
    assert rules.allows("https://h.example/private/a")
    assert not rules.allows("https://h.example/no-bots/a")


@pytest.mark.parametrize(
    "text", ["", "User-agent: *\nDisallow:", "nonsense\x00\nDisallow: /", "<html>not found</html>"]
)
def test_allows_when_file_forbids_nothing_then_all_is_allowed(text: str) -> None:
    assert read_robots(text).allows("https://h.example/any")


def test_allows_when_patterns_are_built_to_be_slow_then_ends_soon() -> None:
    rules = read_robots("User-agent: *\n" + f"Disallow: /{'*a' * 2_000}b\n" * 20)
    start = time.monotonic()
    assert rules.allows("https://h.example/" + "a" * 3_000)
    assert time.monotonic() - start < 1
