import pytest
from hypothesis import given
from hypothesis import strategies as st

from briefings.sources.decoding import binary_kind, charset_of, decode, decode_anyhow

WESTERN = "Le président a déclaré : « C’est un début », à Hafen – mardi."
CYRILLIC = "Посланники двух стран встретились во вторник в портовом городе и говорили до вечера о будущем договоре."


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32", "cp1252"])
def test_decode_when_text_is_western_then_reads_it_in_any_encoding(encoding: str) -> None:
    assert decode(WESTERN.encode(encoding)) == WESTERN


@pytest.mark.parametrize("encoding", ["utf-8", "utf-16", "cp1251"])
def test_decode_when_text_is_cyrillic_then_reads_it(encoding: str) -> None:
    assert decode(CYRILLIC.encode(encoding)) == CYRILLIC


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_decode_when_wide_text_has_no_mark_then_reads_it(encoding: str) -> None:
    assert decode("The envoys met in the harbour town.".encode(encoding)) == "The envoys met in the harbour town."


def test_decode_when_declared_encoding_lies_then_utf8_wins() -> None:
    assert decode(WESTERN.encode(), "iso-8859-1") == WESTERN


def test_decode_when_page_declares_its_encoding_then_uses_it() -> None:
    page = '<html><meta charset="windows-1251">Посланники'.encode("cp1251")
    assert "Посланники" in decode(page)


@pytest.mark.parametrize("declared", ["utf-7", "base64", "no-such", "idna", "utf-16", "zlib", "unicode_escape"])
def test_decode_when_declared_encoding_is_none_for_text_then_ignores_it(declared: str) -> None:
    assert decode(WESTERN.encode("cp1252"), declared) == WESTERN


def test_decode_when_utf8_is_damaged_then_says_so_and_pages_are_still_read() -> None:
    data = CYRILLIC.encode() + b"\xff\xfe" + CYRILLIC.encode()
    with pytest.raises(ValueError, match="damaged"):
        decode(data)
    assert decode_anyhow(data).startswith(CYRILLIC)


@pytest.mark.parametrize(
    ("data", "kind"),
    [
        (b"%PDF-1.7", "a PDF"),
        (b"PK\x03\x04", "a zip or office file"),
        (bytes(range(32)) * 40, "binary data"),
        (b"text\n", ""),
    ],
)
def test_binary_kind_when_bytes_are_no_text_then_names_them(data: bytes, kind: str) -> None:
    assert binary_kind(data) == kind


@given(st.binary(max_size=300), st.text(max_size=12))
def test_decode_anyhow_when_bytes_are_anything_then_gives_text(data: bytes, declared: str) -> None:
    assert isinstance(decode_anyhow(data, declared), str)


def test_charset_of_when_content_type_names_one_then_returns_it() -> None:
    assert charset_of('text/html; charset="UTF-8"') == "UTF-8"
    assert charset_of("text/html") == ""


@pytest.mark.parametrize("mark", [b"\xff\xfe", b"\xfe\xff"])
def test_decode_when_a_mark_is_followed_by_half_characters_then_refused_and_not_guessed(mark: bytes) -> None:
    with pytest.raises(ValueError, match="UTF-16"):
        decode(mark + b"\xd8\xd8\xd8\xd8")
