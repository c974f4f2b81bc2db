"""A small shipped folder with an invented story, for tests of the loader."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from config.catalogue import Catalogue, load_catalogue

TOPICS = """
[topics.strait]
title = "The strait talks"
actor = "norland"
keywords = ["strait"]
"""
FEEDS = """
[publishers."Harbour Post"]
feeds = ["https://harbour.example/rss"]
"""
NORLAND = """
name = "Norland"
capital = "Skarhaven"
adjectives = ["Norlandic"]

[offices."Norlandic Sea Office"]
variants = ["Norland's Sea Office"]

[people.ada-holm]
name = "Ada Holm"
gender = "f"
roles = [{ title = "Norlandic envoy", start = 2020-01-01, end = 2024-01-01, rank = "ministry" }]
"""
WORDS = """
[groups.greetings]
origin = "invented"
words = ["hail"]
"""
SHIPPED: Mapping[str, str] = {
    "topics.toml": TOPICS,
    "feeds.toml": FEEDS,
    "actors/norland.toml": NORLAND,
    "lexicon/manners.toml": WORDS,
}


def write(folder: Path, files: Mapping[str, str]) -> Path:
    """Write files below a folder and return it."""
    folder.mkdir(parents=True, exist_ok=True)
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")
    return folder


def load(tmp_path: Path, overlay: Mapping[str, str] | None = None, **shipped: str) -> Catalogue:
    """Load the small folder, with an overlay and with shipped files exchanged (`topics=...`, `norland=...`)."""
    names = {"topics": "topics.toml", "feeds": "feeds.toml", "norland": "actors/norland.toml"}
    files = {**SHIPPED, **{names[key]: text for key, text in shipped.items()}}
    below = write(tmp_path / "shipped", files)
    over = None if overlay is None else write(tmp_path / "mine", overlay)
    return load_catalogue(over, shipped=below)
