"""Article text against the clutter of a dozen kinds of news page, all fictional; the floors only rise."""

from collections import Counter
from statistics import mean

import pytest

from briefings.sources.sandbox import Sandbox

P = (
    "Norland and Sudmark agreed on Tuesday to open the harbour of Hafen to each other's ships, officials of both said.",
    "“We have a start, and no more than that,” Ada Vex, the envoy of Norland, told reporters on the "
    "steps of the customs house.",
    "The question of tolls remains unresolved, she said, and will be taken up again when the council meets in April.",
    "Sudmark has yet to respond to a proposal that its neighbour made last week, according to a "
    "paper seen by the Harbour Post.",
    "Orin Tal, a spokesman for the ministry of Sudmark, called the talks “useful” but declined to "
    "say what would follow.",
    "About 40,000 people live in Hafen, whose harbour has been closed to foreign ships since the "
    "quarrel of the year before last.",
)
LEAD = "Envoys open the harbour but leave the tolls"
MENU = (
    "<nav><ul>"
    + "".join(f"<li><a href='/{w}'>{w}</a></li>" for w in ("World", "Politics", "Business", "Sport", "Culture"))
    + "</ul></nav>"
)
RELATED = (
    "<aside class='related'><h3>Related stories</h3><ul><li><a href='/1'>Autumn fair called off for "
    "lack of tents</a></li>"
    "<li><a href='/2'>Ferry fares to rise for the third time</a></li></ul></aside>"
)
LETTER = (
    "<form class='newsletter'><h4>Sign up for the morning letter</h4><p>Get it in your inbox every day.</p>"
    "<input name='mail'><button>Go</button></form>"
)
FOOT = "<footer><p>© Harbour Post 2026. All rights reserved.</p><a href='/privacy'>Privacy policy</a></footer>"
COOKIES = (
    "<div id='cookie-banner'><p>We use cookies to improve your visit.</p><button>Accept all cookies</button></div>"
)
SHARE = "<div class='share'><a href='#'>Share</a><a href='#'>Save</a><a href='#'>Email</a></div>"
FIGURE = (
    "<figure><img src='a.jpg' alt=''><figcaption>The customs house in a file picture: M. Roon</figcaption></figure>"
)
PULLED = "“Nothing that floats will be turned away,”"
SPEAKER = "Ada Vex, envoy of Norland"


def paragraphs(tag: str = "p", *, inside: str = "") -> str:
    middle = len(P) // 2
    return (
        "".join(f"<{tag}>{p}</{tag}>" for p in P[:middle]) + inside + "".join(f"<{tag}>{p}</{tag}>" for p in P[middle:])
    )


def around(body: str, *, head: str = "") -> str:
    title = f"<title>{LEAD} | Harbour Post</title>"
    return f"<!DOCTYPE html><html lang='en'><head>{title}{head}</head><body>{body}</body></html>"


PAGES = {
    "article": around(f"{MENU}<article><h1>{LEAD}</h1>{FIGURE}{paragraphs()}</article>{FOOT}"),
    "with clutter": around(
        f"{COOKIES}{MENU}<main><article><h1>{LEAD}</h1><p class='byline'>By M. Roon</p>{SHARE}{FIGURE}"
        f"{paragraphs(inside=RELATED + LETTER)}{SHARE}</article></main>{RELATED}{FOOT}"
    ),
    "blocks in divs": around(
        f"{MENU}<div id='main'><article><h1>{LEAD}</h1>"
        + "".join(f"<div data-component='text-block' class='x{n}'><div><p>{p}</p></div></div>" for n, p in enumerate(P))
        + f"</article></div>{RELATED}{FOOT}"
    ),
    "paragraphs as divs": around(f"{MENU}<div class='article-body'><h1>{LEAD}</h1>{paragraphs('div')}</div>{FOOT}"),
    "line breaks": around(f"{MENU}<div class='entry-content'><h1>{LEAD}</h1>{'<br><br>'.join(P)}</div>{FOOT}"),
    "table layout": around(
        f"<table><tr><td>{MENU}</td><td class='content'><h1>{LEAD}</h1>{paragraphs()}</td></tr></table>{FOOT}"
    ),
    "government": around(
        f"<div class='header'>{MENU}</div><div class='read__in'><h1 class='entry-title p-name'>{LEAD}</h1>"
        f"<div class='entry-content e-content read__internal_content'>{paragraphs()}</div></div>{FOOT}"
    ),
    "wordpress": around(
        f"{MENU}<div class='post hentry'><h1 class='entry-title'>{LEAD}</h1><div class='entry-content'>{paragraphs()}"
        f"<div class='sharedaddy'>{SHARE}</div></div><div id='comments'><h3>3 comments</h3><ol>"
        f"<li><p>First! What a day for the harbour.</p></li></ol></div></div>{FOOT}"
    ),
    "sections": around(
        f"{MENU}<article><header><h1>{LEAD}</h1><p class='standfirst'>{P[0]}</p></header><section>"
        f"<h2>What was said</h2><p>{P[1]}</p><p>{P[2]}</p></section>"
        f"<section><h2>What follows</h2><p>{P[3]}</p><p>{P[4]}</p><p>{P[5]}</p></section></article>{FOOT}"
    ),
    "pull quote": around(
        f"{MENU}<article><h1>{LEAD}</h1><p>{P[0]}</p><blockquote><p>{P[1]}</p></blockquote>"
        + "".join(f"<p>{p}</p>" for p in P[2:])
        + f"</article>{RELATED}{FOOT}"
    ),
    "links inside": around(
        f"{MENU}<article><h1>{LEAD}</h1>"
        + paragraphs().replace("Harbour Post", "<a href=/h>Harbour Post</a>").replace("tolls", "<b>tolls</b>")
        + f"</article>{RELATED}{FOOT}"
    ),
    "no semantic tags": around(
        f"{MENU}<div><div><div><h1>{LEAD}</h1><div>{paragraphs()}</div></div></div></div>{FOOT}"
    ),
}


def shares(text: str) -> tuple[float, float]:
    """Return precision and recall of the words of a text against those of the article."""
    found, wanted = Counter(text.split()), Counter(" ".join(P).split())
    both = sum((found & wanted).values())
    return both / max(1, sum(found.values())), both / sum(wanted.values())


@pytest.mark.parametrize(
    "quote",
    [
        f"<blockquote>{PULLED}<cite>{SPEAKER}</cite></blockquote>",
        f"<figure class='quote'><blockquote><p>{PULLED}</p><footer>{SPEAKER}</footer></blockquote></figure>",
        f"<div class='quote'><p>{PULLED}</p><p>{SPEAKER}</p></div>",
    ],
)
def test_extract_page_when_quotation_is_set_apart_then_it_and_its_speaker_stay(sandbox: Sandbox, quote: str) -> None:
    page = around(f"{MENU}<article><h1>{LEAD}</h1>{paragraphs(inside=quote)}</article>{FOOT}")
    text = sandbox.extract_page(page.encode(), "https://harbour.example/1").text
    assert f"{PULLED}\n\n{SPEAKER}\n\n" in text


@pytest.fixture(scope="module")
def texts(sandbox: Sandbox) -> dict[str, str]:
    return {
        name: sandbox.extract_page(page.encode(), f"https://harbour.example/{n}").text
        for n, (name, page) in enumerate(PAGES.items())
    }


@pytest.mark.parametrize("name", PAGES)
def test_extract_page_when_layout_is_of_a_kind_then_every_paragraph_is_whole(texts: dict[str, str], name: str) -> None:
    assert [p for p in P if p not in texts[name]] == []


def test_extract_page_when_all_layouts_are_counted_then_f1_is_above_its_floor(texts: dict[str, str]) -> None:
    scores = {name: 2 * p * r / (p + r) for name, (p, r) in ((n, shares(t)) for n, t in texts.items())}
    assert mean(scores.values()) >= 0.98, scores
    assert min(scores.values()) >= 0.93, scores
