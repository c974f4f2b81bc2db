import ipaddress
import socket

import pytest

from briefings.sources.guard import DENIED_V4, DENIED_V6, Guard, RefusedSocket, is_public


def info(address: str, port: int = 443) -> tuple[object, ...]:
    family = socket.AF_INET6 if ":" in address else socket.AF_INET
    return (family, socket.SOCK_STREAM, 0, "", (address, port))


@pytest.mark.parametrize("block", [*DENIED_V4, *DENIED_V6], ids=str)
def test_is_public_when_address_is_in_a_special_block_then_false(block: ipaddress.IPv4Network) -> None:
    edges = [block.network_address, block.network_address + block.num_addresses // 2, block.broadcast_address]
    assert [is_public(str(edge)) for edge in edges] == [False, False, False]


@pytest.mark.parametrize(
    "address", ["1.1.1.1", "9.255.255.255", "11.0.0.0", "100.63.255.255", "100.128.0.0", "172.15.255.255", "172.32.0.0",
                "192.0.1.0", "198.17.255.255", "198.20.0.0", "223.255.255.255", "2606:4700::1111", "2a00:1450::1",
                "2001:200::1", "2003::1"]
)  # fmt: skip
def test_is_public_when_address_is_beside_a_special_block_then_true(address: str) -> None:
    assert is_public(address)


@pytest.mark.parametrize(
    "address", ["::ffff:8.8.8.8", "::8.8.8.8", "64:ff9b::8.8.8.8", "2002:808:808::1",
                "fe80::1%eth0", "fec0::1", "4000::1",
                "", "example.org", "127.1", "0x7f.0.0.1"]
)  # fmt: skip
def test_is_public_when_address_is_translated_local_or_no_address_then_false(address: str) -> None:
    assert not is_public(address)


@pytest.mark.parametrize("port", [0, 21, 22, 25, 53, 81, 3128, 5432, 6379, 8000, 9200, 11211])
def test_guard_when_port_is_not_of_the_web_then_refuses(port: int) -> None:
    with pytest.raises(RefusedSocket):
        Guard()(info("1.1.1.1", port))


@pytest.mark.parametrize("port", [80, 443, 8080, 8443])
def test_guard_when_address_is_public_then_makes_a_socket(port: int) -> None:
    Guard()(info("1.1.1.1", port)).close()


def test_guard_when_place_is_allowed_then_permits_that_port_alone() -> None:
    guard = Guard({"127.0.0.1:5000", "[::1]:5001"})
    assert guard.permits("127.0.0.1", 5000)
    assert guard.permits("0:0:0:0:0:0:0:1", 5001)
    assert not guard.permits("127.0.0.1", 5001)
    assert not guard.permits("127.0.0.2", 5000)


def test_admit_when_name_is_allowed_then_permits_its_addresses() -> None:
    guard = Guard({"feeds.internal:8080"})
    guard.admit("Feeds.internal", 8080, ["10.1.2.3"])
    guard.admit("evil.example", 8080, ["10.9.9.9"])
    guard.admit("feeds.internal", 5432, ["10.1.2.4"])
    assert guard.permits("10.1.2.3", 8080)
    assert not guard.permits("10.9.9.9", 8080)
    assert not guard.permits("10.1.2.4", 5432)
