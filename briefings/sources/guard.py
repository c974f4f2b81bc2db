"""Which network addresses may be connected to: public ones on web ports, checked where the socket is made."""

from __future__ import annotations

import ipaddress
import socket
from collections.abc import Iterable
from typing import Any

from aiohttp.abc import AbstractResolver, ResolveResult
from aiohttp.resolver import ThreadedResolver

PORTS = frozenset({80, 443, 8080, 8443})

# IANA special-purpose registries (IPv4: RFC 6890 and later, IPv6: the same), multicast and reserved space. Written out,
# because the standard library's `is_global` calls NAT64, 6to4, site-local and multicast addresses global.
DENIED_V4 = tuple(
    ipaddress.IPv4Network(block)
    for block in (
        "0.0.0.0/8",  # this network
        "10.0.0.0/8",  # private use
        "100.64.0.0/10",  # carrier-grade NAT, also cloud metadata of some hosts
        "127.0.0.0/8",  # loopback
        "169.254.0.0/16",  # link local, cloud metadata
        "172.16.0.0/12",  # private use
        "192.0.0.0/24",  # protocol assignments
        "192.0.2.0/24",  # documentation
        "192.31.196.0/24",  # AS112
        "192.52.193.0/24",  # AMT
        "192.88.99.0/24",  # 6to4 relays
        "192.168.0.0/16",  # private use
        "192.175.48.0/24",  # AS112
        "198.18.0.0/15",  # benchmarks
        "198.51.100.0/24",  # documentation
        "203.0.113.0/24",  # documentation
        "224.0.0.0/4",  # multicast
        "240.0.0.0/4",  # reserved, with the broadcast address
    )
)
_GLOBAL_UNICAST = ipaddress.IPv6Network("2000::/3")  # all else is mapped, translated, local, multicast or unassigned
DENIED_V6 = tuple(
    ipaddress.IPv6Network(block)
    for block in (
        "::/96",  # unspecified, loopback, IPv4-compatible
        "::ffff:0:0/96",  # IPv4-mapped
        "64:ff9b::/96",  # NAT64
        "64:ff9b:1::/48",  # local NAT64
        "100::/64",  # discard
        "2001::/23",  # protocol assignments: Teredo, benchmarks, ORCHID
        "2001:db8::/32",  # documentation
        "2002::/16",  # 6to4
        "2620:4f:8000::/48",  # AS112
        "3fff::/20",  # documentation
        "5f00::/16",  # segment routing
        "fc00::/7",  # unique local
        "fe80::/10",  # link local
        "fec0::/10",  # site local
        "ff00::/8",  # multicast
    )
)

AddressInfo = tuple[Any, Any, int, str, tuple[Any, ...]]


class RefusedSocket(OSError):
    """The guard made no socket. An OSError, so that a host's other addresses are tried."""

    def __init__(self) -> None:
        super().__init__("address refused by the guard")


def is_public(address: str) -> bool:
    """Tell whether an IP address is one of the public internet."""
    try:
        found = ipaddress.ip_address(address)
    except ValueError:
        return False
    if isinstance(found, ipaddress.IPv4Address):
        return not any(found in block for block in DENIED_V4)
    plain = ipaddress.IPv6Address(int(found))  # without a scope
    return plain in _GLOBAL_UNICAST and not any(plain in block for block in DENIED_V6)


class Guard:
    """Makes the sockets of a session, to public addresses on web ports alone.

    It is asked for each connection with the address that was resolved, so literal addresses in any notation, DNS
    answers that change and redirects all pass through it.

    Args:
        allow: exceptions as "host:port"; a name stands for the addresses it resolves to.
    """

    def __init__(self, allow: Iterable[str] = ()) -> None:
        self._names = frozenset(place.lower() for place in allow)
        self._places = {
            _place(host.strip("[]"), int(port)) for host, _, port in (p.rpartition(":") for p in self._names)
        }

    def __call__(self, info: AddressInfo) -> socket.socket:
        """Return a socket for a resolved address.

        Raises:
            RefusedSocket: the address or port is not to be used.
        """
        family, kind, protocol, _, address = info
        if not self.permits(str(address[0]), int(address[1])):
            raise RefusedSocket
        return socket.socket(family=family, type=kind, proto=protocol)

    def permits(self, address: str, port: int) -> bool:
        """Tell whether a connection to this address and port may be made."""
        return (port in PORTS and is_public(address)) or _place(address, port) in self._places

    def admit(self, host: str, port: int, addresses: Iterable[str]) -> None:
        """Take note of the addresses of a name that was allowed; other names gain nothing."""
        if f"{host.lower()}:{port}" in self._names:
            self._places.update(_place(address, port) for address in addresses)


class GuardedResolver(AbstractResolver):
    """Resolves names and tells the guard the addresses of those that were allowed by name."""

    def __init__(self, guard: Guard, resolver: AbstractResolver | None = None) -> None:
        self._guard = guard
        self._resolver = resolver or ThreadedResolver()

    async def resolve(
        self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET
    ) -> list[ResolveResult]:
        """Return the addresses of a host."""
        found = await self._resolver.resolve(host, port, family)
        self._guard.admit(host, port, (result["host"] for result in found))
        return found

    async def close(self) -> None:
        """Close the resolver."""
        await self._resolver.close()


def _place(address: str, port: int) -> tuple[str, int]:
    """Return an address in its one notation, with a port."""
    try:
        return str(ipaddress.ip_address(address)), port
    except ValueError:
        return address.lower(), port
