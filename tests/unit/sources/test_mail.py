from datetime import UTC, datetime
from email.message import EmailMessage

import pytest

from briefings.sources.mail import read_letter


def letter(text: str = "", html: str = "") -> EmailMessage:
    message = EmailMessage()
    message["From"] = "Harbour Post <news@harbour.example>"
    message["Subject"] = "Fwd: Envoys: fünf Stunden"
    message["Date"] = "Tue, 06 Jan 2026 18:00:00 +0200"
    if text:
        message.set_content(text)
    if html:
        message.add_alternative(html, subtype="html") if text else message.set_content(html, subtype="html")
    return message


def test_read_letter_when_it_has_both_parts_then_takes_the_plain_one() -> None:
    found = read_letter(letter("The envoys met.\n\n> cited\n\n-- \nsignature", "<p>html</p>").as_bytes())
    assert (found.subject, found.sender) == ("Envoys: fünf Stunden", "Harbour Post")
    assert found.sent == datetime(2026, 1, 6, 16, 0, tzinfo=UTC)
    assert (found.text, found.html) == ("The envoys met.", "")


def test_read_letter_when_it_has_html_alone_then_gives_that() -> None:
    assert "<p>The envoys" in read_letter(letter(html="<p>The envoys met.</p>").as_bytes()).html


def test_read_letter_when_text_is_attached_then_leaves_it() -> None:
    message = letter("The envoys met.")
    message.add_attachment("secret list", filename="list.txt")
    assert read_letter(message.as_bytes()).text == "The envoys met."


@pytest.mark.parametrize(
    "data", [b"just some words\n", b"", b"Subject: x\nContent-Type: image/png\n\nabc", b"X-A: b\n\ntext"]
)
def test_read_letter_when_it_is_no_letter_then_says_so(data: bytes) -> None:
    with pytest.raises(ValueError, match="it has no"):
        read_letter(data)


def test_read_letter_when_charset_is_unknown_then_still_reads() -> None:
    found = read_letter(
        b"From: a@h.example\nSubject: =?x-none?q?a?=\nContent-Type: text/plain; charset=x-none\n\nThe envoys met."
    )
    assert found.text == "The envoys met."
