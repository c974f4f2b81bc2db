"""No socket is ever opened to an address that is not public: literal, resolved, rebound or redirected to."""

import asyncio
import ipaddress
import socket

import pytest
from aiohttp.abc import AbstractResolver, ResolveResult

from briefings.errors import BlockedAddress, FetchFailed
from briefings.sources.fetch import Limits, fetch, open_session
from briefings.sources.guard import DENIED_V4, DENIED_V6
from tests.integration.sources.origin import Origin

QUICK = Limits(seconds=3.0)


def ends(block: ipaddress.IPv4Network | ipaddress.IPv6Network) -> list[str]:
    return [str(block.network_address), str(block.broadcast_address)]


def wrapped(address: str) -> list[str]:
    """Notations that carry an IPv4 address inside an IPv6 one: mapped, compatible, NAT64, 6to4, Teredo."""
    number = int(ipaddress.IPv4Address(address))
    high, low = f"{number >> 16:x}", f"{number & 0xFFFF:x}"
    return [
        f"::ffff:{address}",
        f"::{address}",
        f"64:ff9b::{address}",
        f"2002:{high}:{low}::1",
        f"2001:0:{high}:{low}::1",
        f"64:ff9b:1::{address}",
        f"::ffff:0:{address}",
    ]


# Loopback as old parsers read it: decimal, octal, hexadecimal, short, padded, full-width, with a dot at the end.
ODD = [
    "2130706433",
    "0x7f000001",
    "017700000001",
    "0177.0.0.1",
    "0x7f.0.0.1",
    "127.1",
    "127.0.1",
    "127.000.000.001",
    "0",
    "0x0",
    "１２７.0.0.1",
    "127。0。0。1",
    "127.0.0.1.",
    "localhost",
    "localhost.",
    "LOCALHOST",
    "①②⑦.⓪.⓪.①",
    "%31%32%37.0.0.1",
    "2852039166",
    "0xa9fea9fe",
    "0251.0376.0251.0376",
    "169.254.43518",
]
INSIDE = [
    "127.0.0.1",
    "10.0.0.1",
    "192.168.1.1",
    "172.16.0.1",
    "169.254.169.254",
    "100.100.100.200",
    "0.0.0.0",  # noqa: S104  # an address to refuse
    "255.255.255.255",
]
V4 = [end for block in DENIED_V4 for end in ends(block)]
V6 = [end for block in DENIED_V6 for end in ends(block)] + [
    "::1",
    "::",
    "fd00:ec2::254",
    "fe80::1%25lo",
    "4000::1",
    "e000::1",
]
URLS = [
    *(f"http://{address}/" for address in V4 + INSIDE),
    *(f"http://[{address}]:8080/" for address in V6),
    *(f"https://[{inner}]/" for address in INSIDE for inner in wrapped(address)),
    *(f"http://{host}:8080/" for host in ODD),
    *(f"http://1.1.1.1:{port}/" for port in (21, 22, 23, 25, 53, 110, 389, 2375, 3306, 5432, 6379, 9200, 11211, 27017)),
    "http://user@127.0.0.1:8080/",
    "http://1.1.1.1@127.0.0.1:8080/",
    "http://127.0.0.1:8080#@1.1.1.1/",
    "http://127.0.0.1:80?@1.1.1.1/",
    "http://1.1.1.1\\@127.0.0.1/",
    "http:127.0.0.1/",
    "http:///127.0.0.1/",
    "http://127.0.0.1\t/",
    " http://127.0.0.1/",
]


class Names(AbstractResolver):
    """Answers every name with addresses in turn: a list for each question."""

    def __init__(self, *answers: list[str]) -> None:
        self._answers = list(answers)

    async def resolve(self, host: str, port: int = 0, family: int = socket.AF_INET) -> list[ResolveResult]:
        found = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        return [
            ResolveResult(
                hostname=host,
                host=a,
                port=port,
                proto=0,
                flags=0,
                family=socket.AF_INET6 if ":" in a else socket.AF_INET,
            )
            for a in found
        ]

    async def close(self) -> None:
        """Nothing is open."""


@pytest.fixture
def reached(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Record the addresses that would be connected to; nothing but loopback servers of the test is really reached."""
    found: list[str] = []
    connect = asyncio.SelectorEventLoop.sock_connect

    async def record(loop: asyncio.SelectorEventLoop, sock: socket.socket, address: tuple[str, int]) -> None:
        found.append(address[0])
        if address[0] == "127.0.0.1" and address[1] > 20_000:
            return await connect(loop, sock, address)
        raise OSError("not reached in tests")

    monkeypatch.setattr(asyncio.SelectorEventLoop, "sock_connect", record)  # the only way to see every connection
    return found


async def refused(url: str, resolver: AbstractResolver | None = None, allow: frozenset[str] = frozenset()) -> None:
    async with open_session(allow, resolver=resolver) as session:
        with pytest.raises((BlockedAddress, FetchFailed)):
            await fetch(session, url, limits=QUICK)


async def test_fetch_when_address_leads_inside_then_no_socket_is_opened(reached: list[str]) -> None:
    assert len(URLS) >= 150
    for url in URLS:
        await refused(url)
    assert reached == []


async def test_fetch_when_address_is_public_then_it_would_be_reached(reached: list[str]) -> None:
    await refused("http://1.1.1.1/")
    await refused("https://[2606:4700::1111]/")
    assert reached == ["1.1.1.1", "2606:4700::1111"]


@pytest.mark.parametrize("address", [*INSIDE, *V6, *wrapped("10.0.0.1")])
async def test_fetch_when_name_resolves_inside_then_no_socket_is_opened(reached: list[str], address: str) -> None:
    await refused("http://rebind.example/", Names([address.replace("%25", "%")]))
    assert reached == []


@pytest.mark.parametrize("answer", [["10.0.0.1", "1.1.1.1"], ["1.1.1.1", "10.0.0.1"], ["::1", "1.1.1.1", "fe80::1"]])
async def test_fetch_when_answers_are_mixed_then_only_the_public_one_is_reached(
    reached: list[str], answer: list[str]
) -> None:
    await refused("http://mixed.example/", Names(answer))
    assert set(reached) == {"1.1.1.1"}


async def test_fetch_when_name_changes_its_address_then_each_connection_is_checked(reached: list[str]) -> None:
    async with open_session(resolver=Names(["1.1.1.1"], ["127.0.0.1"])) as session:
        for url in ("http://a.example/", "http://b.example/"):
            with pytest.raises((BlockedAddress, FetchFailed)):
                await fetch(session, url, limits=QUICK)
    assert reached == ["1.1.1.1"]


async def test_fetch_when_redirected_inside_then_no_further_socket_is_opened(
    reached: list[str], origin: Origin
) -> None:
    for n, url in enumerate(URLS):
        if url.isascii() and url.isprintable():
            origin.answers(f"/{n}", status="302 Found", Location=url.strip())
            await refused(origin.url(f"/{n}"), allow=origin.allow)
    assert set(reached) == {"127.0.0.1"}
    assert len(reached) == sum(origin.hits.values()) >= 150


async def test_fetch_when_name_is_allowed_then_its_address_is_reached_on_that_port_alone(origin: Origin) -> None:
    origin.answers("/feed", b"x")
    allow = frozenset({f"feeds.internal:{origin.port}"})
    async with open_session(allow, resolver=Names(["127.0.0.1"])) as session:
        found = await fetch(session, f"http://feeds.internal:{origin.port}/feed", limits=QUICK)
        assert found.body == b"x"
        with pytest.raises(BlockedAddress):
            await fetch(session, "http://feeds.internal:8080/feed", limits=QUICK)
