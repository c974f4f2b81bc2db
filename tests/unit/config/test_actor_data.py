"""The shipped actors: no name stands for two, roles make sense, speakers of several years are there."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter, defaultdict
from datetime import date
from itertools import combinations, pairwise

import pytest

from config.catalogue import Catalogue, PersonSpec, Role, load_catalogue

LISTED = (
    "russia",
    "ukraine",
    "united-states",
    "united-kingdom",
    "france",
    "germany",
    "eu",
    "nato",
    "united-nations",
    "china",
    "turkey",
    "poland",
    "italy",
    "spain",
    "hungary",
    "slovakia",
    "belarus",
    "finland",
    "sweden",
    "estonia",
    "latvia",
    "lithuania",
    "moldova",
    "canada",
    "japan",
    "saudi-arabia",
    "qatar",
    "uae",
    "switzerland",
    "vatican",
    "india",
    "iran",
    "israel",
    "north-korea",
    "south-africa",
    "brazil",
    "kazakhstan",
    "australia",
)
FIRST_YEAR, LAST_YEAR = 1950, 2026


@pytest.fixture(scope="module")
def shipped() -> Catalogue:
    return load_catalogue()


def folded(text: str) -> str:
    plain = unicodedata.normalize("NFKD", text)
    return "".join(c for c in plain if not unicodedata.combining(c)).casefold()


def on(shipped: Catalogue, actor: str, day: str, rank: str = "head") -> set[str]:
    """Return who held a role of a rank for an actor on a day."""
    when = date.fromisoformat(day)
    held = [(p, p.role_on(when)) for p in shipped.people() if p.actor_on(when) == actor]
    return {p.name for p, role in held if role is not None and role.rank == rank}


# ---- names ------------------------------------------------------------------------------------------------


def test_people_when_counted_then_there_are_hundreds_from_all_listed_actors(shipped: Catalogue) -> None:
    assert len(shipped.people()) >= 200
    assert all(shipped.actors[name].people for name in LISTED)
    assert len(shipped.actors["russia"].people) >= 60
    assert len(shipped.actors["russia"].offices) >= 20


def test_full_names_when_compared_then_no_two_people_share_one(shipped: Catalogue) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for person in shipped.people():
        for name in (person.name, *person.variants):
            owners[folded(name)].add(person.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_full_names_when_listed_then_have_two_words(shipped: Catalogue) -> None:
    single = {v for p in shipped.people() for v in (p.name, *p.variants) if " " not in v}
    assert single == {"MBS"}


def test_names_of_actors_when_compared_then_none_stands_for_two(shipped: Catalogue) -> None:
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for actor in shipped.actors.values():
        offices = (n for o in actor.offices for n in (o.name, *o.variants))
        for name in (*actor.names, *actor.adjectives, *actor.excluded, *offices):
            owners[folded(name).removeprefix("the ")].add(actor.id)
    assert {name: ids for name, ids in owners.items() if len(ids) > 1} == {}


def test_excluded_when_compared_then_none_also_speaks_for_the_actor(shipped: Catalogue) -> None:
    for actor in shipped.actors.values():
        speaks = {folded(n) for o in actor.offices for n in (o.name, *o.variants)} | {folded(n) for n in actor.names}
        speaks |= {folded(n) for p in actor.people for n in (p.name, *p.variants, *p.surnames)}
        assert not speaks & {folded(n) for n in actor.excluded}, actor.id


def test_surnames_when_one_is_a_country_or_body_then_it_does_not_stand_alone(shipped: Catalogue) -> None:
    taken = {folded(n).removeprefix("the ") for a in shipped.actors.values() for n in (*a.names, *a.adjectives)}
    assert not taken & {folded(s) for p in shipped.people() for s in p.surnames}


@pytest.mark.parametrize("word", ["may", "price", "ban", "power", "hunt", "miller", "bruce", "cooper", "brown", "dan"])
def test_surname_when_an_everyday_word_then_does_not_stand_alone(word: str, shipped: Catalogue) -> None:
    assert not [p.name for p in shipped.people() if word in {s.lower() for s in p.surnames}]


def test_surnames_when_shared_in_one_actor_then_are_shared_by_all_who_have_them(shipped: Catalogue) -> None:
    """Readers of one actor's people take a lone surname for the one who has it, so both or neither may."""
    for actor in shipped.actors.values():
        last = Counter(folded(p.name.split()[-1]) for p in actor.people)
        alone: defaultdict[str, set[str]] = defaultdict(set)
        for person in actor.people:
            for surname in person.surnames:
                alone[folded(surname)].add(person.id)
        for name in (n for n, count in last.items() if count > 1 and n in alone):
            assert len(alone[name]) == last[name], (actor.id, name)


def test_ids_when_read_then_are_small_letters_and_hyphens(shipped: Catalogue) -> None:
    assert all(p.id.replace("-", "").isalnum() and p.id == folded(p.id) for p in shipped.people())


def test_gender_when_shipped_then_everyone_has_one(shipped: Catalogue) -> None:
    assert [p.name for p in shipped.people() if p.gender is None] == []


def test_text_when_shipped_then_has_no_blanks_at_its_ends_or_doubled(shipped: Catalogue) -> None:
    for actor in shipped.actors.values():
        people = (n for p in actor.people for n in (p.name, *p.variants, *p.surnames, *(r.title for r in p.roles)))
        for text in (*actor.names, *actor.excluded, *actor.places, *people):
            assert text == " ".join(text.split())


# ---- roles ---------------------------------------------------------------------------------------------------


def test_roles_when_shipped_then_everyone_has_one_with_a_start(shipped: Catalogue) -> None:
    assert [p.name for p in shipped.people() if not p.roles or any(r.start is None for r in p.roles)] == []


def test_roles_when_dated_then_within_our_years_and_in_order(shipped: Catalogue) -> None:
    for person in shipped.people():
        starts = [r.start for r in person.roles if r.start]
        assert starts == sorted(starts), person.name
        days = [d for r in person.roles for d in (r.start, r.end) if d]
        assert all(FIRST_YEAR <= d.year <= LAST_YEAR for d in days), person.name


def overlaps(one: Role, other: Role) -> bool:
    return (one.start or date.min) < (other.end or date.max) and (other.start or date.min) < (one.end or date.max)


def test_roles_when_they_overlap_then_titles_differ_and_only_the_last_is_open(shipped: Catalogue) -> None:
    for person in shipped.people():
        for one, other in combinations(person.roles, 2):
            assert not (overlaps(one, other) and one.title == other.title), person.name
        assert all(r.end is not None for r in person.roles[:-1]), person.name
        assert sum(overlaps(a, b) for a, b in pairwise(person.roles)) <= 1, person.name


def test_heads_when_counted_then_no_more_than_an_actor_can_have(shipped: Catalogue) -> None:
    for year in range(2014, LAST_YEAR + 1):
        day = date(year, 7, 1)
        held = [(p.actor_on(day), p.role_on(day)) for p in shipped.people() if any(r.rank == "head" for r in p.roles)]
        heads = Counter(actor for actor, role in held if role is not None and role.rank == "head")
        assert max(heads.values()) <= 3, year


RANK_OF_ENDING = {" President": "head", " Prime Minister": "head", " Foreign Minister": "ministry"}


def test_rank_when_a_short_title_says_it_then_agrees(shipped: Catalogue) -> None:
    for person in shipped.people():
        for role in person.roles:
            if any(w in role.title for w in ("spokesm", "spokesw", "press secretary")):
                assert role.rank == "spokesman", (person.name, role.title)
            for ending, rank in RANK_OF_ENDING.items():
                nation = role.title.removesuffix(ending)
                if nation != role.title and re.fullmatch(r"(North |South )?\w+", nation):
                    assert role.rank == rank or person.name == "Roberta Metsola", (person.name, role.title)


@pytest.mark.parametrize(
    ("actor", "day", "head"),
    [
        ("russia", "2014-03-18", "Vladimir Putin"),
        ("ukraine", "2015-02-12", "Petro Poroshenko"),
        ("ukraine", "2022-02-24", "Volodymyr Zelensky"),
        ("united-states", "2016-06-01", "Barack Obama"),
        ("united-states", "2018-07-16", "Donald Trump"),
        ("united-states", "2022-03-26", "Joe Biden"),
        ("united-states", "2025-08-15", "Donald Trump"),
        ("germany", "2015-02-12", "Angela Merkel"),
        ("germany", "2022-02-27", "Olaf Scholz"),
        ("germany", "2025-12-01", "Friedrich Merz"),
        ("united-kingdom", "2018-03-12", "Theresa May"),
        ("united-kingdom", "2022-04-09", "Boris Johnson"),
        ("united-kingdom", "2026-01-06", "Keir Starmer"),
        ("france", "2015-02-12", "Francois Hollande"),
        ("france", "2026-01-06", "Emmanuel Macron"),
        ("eu", "2017-01-01", "Jean-Claude Juncker"),
        ("eu", "2017-01-01", "Donald Tusk"),
        ("eu", "2025-01-01", "Antonio Costa"),
        ("nato", "2022-06-29", "Jens Stoltenberg"),
        ("nato", "2025-06-25", "Mark Rutte"),
        ("united-nations", "2016-01-01", "Ban Ki-moon"),
        ("united-nations", "2022-04-26", "Antonio Guterres"),
        ("turkey", "2022-03-29", "Recep Tayyip Erdogan"),
        ("poland", "2024-01-01", "Donald Tusk"),
    ],
)
def test_head_when_asked_for_a_day_then_is_who_it_was(actor: str, day: str, head: str, shipped: Catalogue) -> None:
    assert head in on(shipped, actor, day)


def named(shipped: Catalogue, name: str) -> PersonSpec:
    return next(p for p in shipped.people() if name in (p.name, *p.variants))


@pytest.mark.parametrize(
    ("written", "day", "title"),
    [
        ("Sergey Lavrov", "2022-02-24", "Russian Foreign Minister"),
        ("Nikolay Patrushev", "2020-01-01", "secretary of the Russian Security Council"),
        ("Sergei Shoigu", "2022-02-24", "Russian Defence Minister"),
        ("Sergey Shoygu", "2025-01-01", "secretary of the Russian Security Council"),
        ("Vassily Nebenzia", "2022-02-24", "Russian ambassador to the United Nations"),
        ("Volodymyr Zelenskyy", "2022-02-24", "Ukrainian President"),
        ("Rustem Umerov", "2025-08-01", "secretary of the National Security and Defence Council"),
        ("Andrii Yermak", "2024-01-01", "head of the Ukrainian President's office"),
        ("JD Vance", "2024-01-01", "US senator"),
        ("Mike Waltz", "2025-10-01", "US ambassador to the United Nations"),
        ("Mevlüt Çavuşoğlu", "2022-02-24", "Turkish Foreign Minister"),
        ("Kaja Kallas", "2022-02-24", "Estonian Prime Minister"),
        ("Viktor Orbán", "2024-07-05", "Hungarian Prime Minister"),
        ("Edgars Rinkevics", "2022-02-24", "Latvian Foreign Minister"),
    ],
)
def test_role_when_asked_by_any_spelling_and_day_then_is_the_one_of_that_day(
    written: str, day: str, title: str, shipped: Catalogue
) -> None:
    role = named(shipped, written).role_on(date.fromisoformat(day))
    assert role is not None
    assert role.title == title
