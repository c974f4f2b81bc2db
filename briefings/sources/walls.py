"""Pages that stand in the place of an article: consent and cookie pages, bot checks, paywalls, "not found"."""

from __future__ import annotations

import re

_WALL_WORDS = 180  # a page this short that asks for consent or proof is the question, not the article
_STUB_WORDS = 250
_ASKS = (  # a consent page, a bot check, an error
    "(?:we|we and our (?:\\d+ )?partners|this (?:web)?site) (?:use|value|care about|store)s? "
    "(?:cookies|your privacy|and/or access|information on)",
    "accept (?:all )?cookies", "cookie (?:policy|settings|preferences)", "before you continue", "legitimate interest",
    "manage (?:your )?(?:consent|privacy settings|preferences)", "(?:enable|turn on) (?:javascript|cookies)",
    "javascript (?:is|to be) (?:disabled|enabled|required)", "captcha", "access denied", "403 forbidden",
    "(?:are you|you are not|verify(?:ing)? (?:that )?you are(?: not)?) (?:a )?(?:robot|human)",
    "checking (?:if the site|your browser)", "unusual (?:traffic|activity)", "404 not found",
    "page (?:not|could not be) found", "page (?:that )?you (?:requested|are looking for)",
    "not available in your (?:region|country)", "blocked you from",
    "ddos protection",
)  # fmt: skip
_SELLS = (  # an invitation to subscribe or register
    "subscribe (?:now|today|to (?:continue|read|keep|unlock|get)|for (?:full|unlimited))",
    "(?:already|not) (?:a|an) (?:\\w+ )?(?:subscriber|member)", "for (?:subscribers|members) only",
    "(?:to continue|continue|keep) reading,? (?:this|for|with|log|sign|subscribe|register)",
    "(?:article|content|story) is (?:only |exclusively )?(?:for|available to|reserved for) "
    "(?:\\w+ )?(?:subscribers|members)",
    "(?:log in|sign in|sign up|register)(?: for free)? to (?:read|continue)", "create (?:a|your) free account",
    "you have (?:reached|used) (?:your|all)", "free articles? (?:left|remaining)",
    "start your (?:free )?(?:trial|subscription)", "unlock (?:this|the|full|unlimited)",
)  # fmt: skip
_THING = r"(?:(?:this|that|the|requested|your) ){0,3}(?:page|article|story|content|link|url|resource)"
_MISSES = (  # how pages are titled that answer 200 and should have answered 404
    r"(?:error |http )?4(?:04|10)(?: ?[:.|-]? ?(?:error|page|not found|gone|file)\b.{0,30})?",
    r"(?:sorry|oops|whoops)\b[^a-z]+.{0,40}\b(?:find|found|wrong|available|exist|error)\b.{0,30}",
    rf"{_THING} (?:you (?:requested|asked for|(?:are|were) looking for) )?(?:was |is |could |can )?not (?:be )?found",
    rf"{_THING} (?:(?:is|has been|was) )?(?:no longer (?:available|exists|here)|unavailable|removed|deleted|missing)",
    rf"{_THING} (?:can(?:no|.?)t be found|does(?:n.t| not) exist)",
    r"(?:page|link) (?:has )?(?:moved|expired)",
    r"we (?:can.?t|cannot|could(?:n.t| not)) find\b.{0,50}",
    "(?:not|nothing(?: was)?) found",
)
_MISSING = re.compile(rf"(?:{'|'.join(_MISSES)})[.!…]*", re.IGNORECASE)
_SITE = re.compile(r"\s+[|–—·:-]\s+.*$")  # the site's name behind a title
_WALL = re.compile(rf"\b(?:{'|'.join(_ASKS)})\b", re.IGNORECASE)
_PAYWALL = re.compile(rf"\b(?:{'|'.join(_SELLS)})\b", re.IGNORECASE)


def is_wall(title: str, text: str) -> bool:
    """Tell whether a page shows a consent question, a bot check or an error instead of an article."""
    if _MISSING.fullmatch(_SITE.sub("", title.strip())):
        return True
    words = len(text.split())
    hits = {match.group().lower() for match in _WALL.finditer(f"{title}\n{text}")}
    return bool(hits) and (words < 60 or (words < _WALL_WORDS and len(hits) > 1))


def without_stub(text: str, *, is_free: bool = True) -> tuple[str, bool]:
    """Return text without its invitations to subscribe, and whether it is only the beginning of an article.

    Args:
        text: paragraphs.
        is_free: False when the page itself says that the article is not free to read.
    """
    paragraphs = text.split("\n\n")
    kept = [p for p in paragraphs if not (_PAYWALL.search(p) and len(p.split()) < 60)]
    has_invitation = len(kept) < len(paragraphs)
    left = "\n\n".join(kept)
    return left, (has_invitation or not is_free) and len(left.split()) < _STUB_WORDS
