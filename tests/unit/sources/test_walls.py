import pytest

from briefings.sources.walls import is_wall

LONG = "Most read today: the ferry, the fair and the fog. " * 40


@pytest.mark.parametrize(
    "title",
    [
        "Page not found",
        "Page Not Found - Northern Wire",
        "404",
        "404 | Post",
        "Error 404",
        "Sorry, we can't find that page",
        "Oops! Something went wrong",
        "Not found",
        "This article is no longer available",
        "The page you requested was not found",
        "The requested page could not be found",
        "Sorry, this page doesn't exist",
        "Article removed",
        "We couldn't find what you're looking for",
        "Content not found",
    ],
)
def test_is_wall_when_the_title_says_that_nothing_is_there_then_however_long_it_is_one(title: str) -> None:
    assert is_wall(title, LONG)


@pytest.mark.parametrize(
    "title",
    [
        "Missing sailors found alive",
        "Gone with the tide: ferry line cut",
        "404 people brought off the island",
        "404 missing after the storm",
        "Sorry, minister tells parliament",
        "Article 5 of the treaty is no longer a promise, envoy says",
        "Document found in archive names minister",
        "Link found between two fires",
        "Nothing found in search for the vessel",
        "We cannot forget, says minister",
        "Story moved a nation",
    ],
)
def test_is_wall_when_a_headline_only_sounds_like_it_then_it_is_none(title: str) -> None:
    assert not is_wall(title, LONG)
