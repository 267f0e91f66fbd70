"""Letters as a mail server receives them, octet by octet: what Orange, Outlook and Gmail are strict about."""

import re
from collections import Counter
from dataclasses import replace
from datetime import datetime
from email import message_from_bytes, policy
from email.header import decode_header, make_header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import getaddresses, parsedate_to_datetime

import pytest

from app.gateways import mail
from app.gateways.mail import MailRefused, MailUnavailable
from tests.gateways.test_mail import LETTER, SENDER
from tests.servers.smtp import Mailbox

LINK = "https://sejour.prefecture.example/fr/compte/adresse-perdue/lien/" + "t0k-en_" * 40
LETTERS = {
    "french": LETTER,
    "ascii": replace(LETTER, text="Hello,\n\n" + "all of it in ASCII " * 30 + "\n", language="en"),
    "link": replace(LETTER, text=f"Bonjour,\n\nOuvrez ce lien :\n{LINK}\nIl vaut 24 heures.\n"),
    "dots": replace(LETTER, text=".\n..\nFrom nobody\n.fin\n"),
    "arabic": replace(
        LETTER, subject="طلبك رقم " * 12 + "69-2026-000123-6", text="مرحبا،\n\n" + "طلبك " * 90
    ),
    "recipient": replace(LETTER, to="o'brien+" + "a" * 56 + "@" + "b" * 60 + ".exemple.fr"),
    "trailing spaces": replace(LETTER, text="Bonjour \t\n \nÀ bientôt  \n"),
}


def on_the_wire(smtp: Mailbox, letter: mail.Mail, sender: str = SENDER) -> tuple[bytes, EmailMessage]:
    """Send a letter; return its octets, and what a strict reader makes of them."""
    mail.from_url(f"{smtp.url}?tls=none", sender).send(letter)
    read = message_from_bytes(smtp.wires[-1], policy=policy.strict)
    assert isinstance(read, EmailMessage)
    return smtp.wires[-1], read


@pytest.mark.parametrize("name", LETTERS)
def test_every_octet_is_allowed(smtp: Mailbox, name: str) -> None:
    wire, read = on_the_wire(smtp, LETTERS[name])
    assert wire.isascii()
    assert not re.search(rb"(?<!\r)\n|\r(?!\n)", wire), "lines end with CRLF alone (RFC 5321, 2.3.8)"
    head, _, body = wire.partition(b"\r\n\r\n")
    assert max(map(len, body.split(b"\r\n"))) <= 76, "RFC 2045, 6.7"
    long = [line for line in head.split(b"\r\n") if len(line) > 78 and b" " in line.split(b": ")[-1]]
    assert not long, "RFC 5322, 2.1.1: folded wherever there is a space"
    assert max(map(len, re.findall(rb"=\?\S+\?=", head)), default=0) <= 75, "RFC 2047, 2"
    assert not read.defects
    text, sent = read.get_content().replace("\r\n", "\n"), LETTERS[name].text
    assert text.removesuffix("\n") == sent.removesuffix("\n")


@pytest.mark.parametrize("name", LETTERS)
def test_each_header_once_and_well_formed(smtp: Mailbox, name: str) -> None:
    wire, read = on_the_wire(smtp, LETTERS[name])
    names = Counter(re.findall(rb"^([\w-]+):", wire.partition(b"\r\n\r\n")[0], re.MULTILINE))
    assert names == Counter(
        b"Date From To Subject Message-ID Auto-Submitted "
        b"Content-Type Content-Transfer-Encoding MIME-Version Content-Language".split()
    )
    assert not [header for header in read.values() if header.defects]
    assert re.search(rb"^Date: Fri, 27 Nov 2026 10:30:00 \+0100\r$", wire, re.MULTILINE)
    assert re.search(rb"^Message-ID: <notice-7@sejour\.example>\r$", wire, re.MULTILINE)
    assert read["From"].addresses[0].addr_spec == "ne-pas-repondre@sejour.example"
    assert read["To"].addresses[0].addr_spec == LETTERS[name].to
    assert str(read["Subject"]) == LETTERS[name].subject
    assert read["Content-Type"].params["charset"] == "utf-8"
    assert read["Content-Transfer-Encoding"] == "quoted-printable"


def test_the_date_is_that_of_the_letter_in_summer_too(smtp: Mailbox) -> None:
    summer = datetime.fromisoformat("2026-07-01T22:30:00+00:00")
    wire, read = on_the_wire(smtp, replace(LETTER, at=summer))
    assert b"Date: Thu, 02 Jul 2026 00:30:00 +0200" in wire
    assert parsedate_to_datetime(read["Date"]) == summer


@pytest.mark.parametrize(
    ("name", "address"),
    [
        ("Guichet séjour", "ne-pas-repondre@guichet-sejour.example"),
        ("Guichet", "a@sejour.example"),
        ("Préfecture du Rhône, séjour (Lyon)", "a@sejour.example"),
        ("Prefecture, Lyon", "a@sejour.example"),
        ("Préfecture de Saint-Barthélemy et de Saint-Martin, service des étrangers, séjour", "a@b.example"),
        ("", "ne-pas-repondre@guichet-sejour.example"),
    ],
)
def test_the_sender_is_one_name_and_one_address(smtp: Mailbox, name: str, address: str) -> None:
    wire, read = on_the_wire(smtp, LETTER, str(Address(name, addr_spec=address)))
    (found,) = read["From"].addresses
    assert found.addr_spec == address
    head = wire.partition(b"\r\n\r\n")[0].decode()
    assert not re.search(r"^[\w-]+: *\r$", head, re.MULTILINE), "an empty first line is odd to filters"
    assert max(map(len, head.split("\r\n"))) <= 78
    written = re.sub(r"\r\n(?= )", "", head).partition("From: ")[2].partition("\r\n")[0]
    assert len(getaddresses([written])) == 1, "a comma makes no second sender"
    # The library's reader of addresses puts a space between two encoded words, against RFC 2047 (6.2).
    assert str(make_header(decode_header(written))).rpartition(" <")[0].strip('"') == name


def test_a_message_id_is_never_folded(smtp: Mailbox) -> None:
    """The folder of some versions of `email` writes a long one as an encoded word, which no mailbox recognises."""
    domain = "a" * 40 + ".prefecture." + "b" * 40 + ".example"
    wire, _ = on_the_wire(smtp, LETTER, f"Guichet <ne-pas-repondre@{domain}>")
    assert f"Message-ID: <notice-7@{domain}>\r\n".encode() in wire


@pytest.mark.parametrize(
    ("typed", "sent"),
    [
        ("nom@exämple.de", "nom@xn--exmple-cua.de"),
        ("nom@faß.de", "nom@xn--fa-hia.de"),  # never fass.de, which is somebody else's
        ("nom@Exemple.FR", "nom@exemple.fr"),
    ],
)
def test_a_domain_travels_in_punycode(smtp: Mailbox, typed: str, sent: str) -> None:
    _, read = on_the_wire(smtp, replace(LETTER, to=typed))
    assert smtp.messages[-1]["X-Envelope-To"] == sent
    assert read["To"].addresses[0].addr_spec == sent


@pytest.mark.parametrize(
    "to",
    ["andré@exemple.fr", "(André)a@exemple.fr", "o’brien@exemple.fr", "nom@", "nom", "", "a b@exemple.fr"],
)
def test_what_is_no_address_is_refused_for_good(smtp: Mailbox, to: str) -> None:
    with pytest.raises(MailRefused) as refusal:
        mail.from_url(f"{smtp.url}?tls=none", SENDER).send(replace(LETTER, to=to))
    assert not to or to not in str(refusal.value)
    assert smtp.messages == []


REFUSED = [
    ("RCPT", "550 5.1.1 <anh@exemple.fr>: Recipient address rejected: User unknown"),
    ("RCPT", "550 anh@exemple.fr: no such user here"),
    ("RCPT", "550 5.2.1 The email account that you tried to reach is disabled"),
    (
        "RCPT",
        "550 5.4.1 Recipient address rejected: Access denied",
    ),  # Microsoft's word for an unknown mailbox
    ("RCPT", "556 5.1.10 Recipient domain does not accept mail (null MX)"),
    ("RCPT", "501 5.1.3 Bad recipient address syntax"),
    ("RCPT", "553 sorry, that mailbox name is not allowed"),
    ("DATA", "550 5.1.1 no such person, said after the letter"),
]
LATER = [
    ("RCPT", "450 4.2.0 greylisted, come again"),
    ("RCPT", "452 4.2.2 mailbox full"),
    ("RCPT", "552 5.2.2 mailbox full"),
    ("RCPT", "421 4.7.0 too many connections"),
    ("RCPT", "550 5.7.1 your address is on a list"),
    ("RCPT", "554 5.7.1 relay access denied"),
    ("RCPT", "550 5.4.5 daily quota of the sender exceeded"),
    ("RCPT", "550 5.1.8 sender's domain not found"),
    ("RCPT", "554 blocked"),
    ("MAIL", "550 5.1.1 this sender is unknown"),
    ("DATA", "550 this looks like spam"),
    ("DATA", "554 5.7.5 policy of the sender's domain"),
    ("DATA", "451 4.3.0 no room"),
]


@pytest.mark.parametrize(
    ("command", "answer", "error"),
    [(*case, MailRefused) for case in REFUSED] + [(*case, MailUnavailable) for case in LATER],
)
def test_only_what_is_said_of_the_recipient_ends_a_letter(
    smtp: Mailbox, command: str, answer: str, error: type[Exception]
) -> None:
    smtp.answers[command] = answer
    with pytest.raises(error) as raised:
        mail.from_url(f"{smtp.url}?tls=none", SENDER).send(LETTER)
    said = str(raised.value)
    assert answer.split(maxsplit=1)[0] in said, "an operator sees the code"
    assert "anh" not in said, "the server's words repeat the address"
