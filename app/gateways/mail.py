"""E-mail delivery: to a folder in a demonstration, by SMTP elsewhere."""

import os
import smtplib
import ssl
from collections.abc import Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from datetime import datetime
from email import message_from_bytes, policy
from email.errors import HeaderParseError
from email.header import Header
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime, parseaddr
from pathlib import Path
from typing import Any, Protocol, cast
from urllib.parse import parse_qs, unquote

import idna

from app.domain.rules.calendar import PARIS
from app.gateways import smtp_answers
from app.gateways.delivery import Refused, Unavailable
from app.outside import Away, Part, cut_after
from app.packages import from_package
from app.variables import QUOTING, BadValue, address

CONNECT_SECONDS = 5.0
BYTE_SECONDS = 10.0  # from one to the next: some servers think about a letter before they take it
WHOLE_SECONDS = 30.0


class MailUnavailable(Unavailable):
    """Raised when the mail server is unreachable, or refuses what another day or an operator can mend."""


class MailRefused(Refused):
    """Raised when the address takes no e-mail: another try changes nothing."""


@dataclass(frozen=True)
class Mail:
    """An e-mail. `message_id` is the same at each try, so that a mailbox recognises a second delivery."""

    to: str
    subject: str
    text: str
    language: str
    message_id: str
    at: datetime


class _Wire(policy.EmailPolicy):
    """The library's policy for SMTP, without three of its faults.

    It breaks quoted-printable lines where headers are folded, at 78; RFC 2045 (6.7) allows 76. It loses spaces between
    the words of a subject that takes more than a line outside ASCII (python/cpython#92081). And it leaves the first line
    of a sender empty, which is allowed and looks odd to filters.
    """

    def fold_binary(self, name: str, value: Any) -> bytes:
        if name == "Subject":
            return self._line(name, self._words(name, str(value)))
        if name in ("From", "To"):
            (mailbox,) = value.addresses
            if mailbox.display_name.isascii():
                return self._line(name, str(mailbox))
            words = self._words(name, mailbox.display_name)
            return self._line(name, f"{words}{self.linesep} <{mailbox.addr_spec}>")
        return super().fold_binary(name, value)

    def _words(self, name: str, text: str) -> str:
        written = Header(text, header_name=name, maxlinelen=self.max_line_length)
        return written.encode(linesep=self.linesep)

    def _line(self, name: str, text: str) -> bytes:
        return f"{name}: {text}{self.linesep}".encode("ascii")


_WIRE = _Wire(linesep="\r\n", max_line_length=76)


class Mailer(Protocol):
    """A way to deliver e-mail."""

    def send(self, mail: Mail) -> None:
        """Deliver an e-mail; MailUnavailable or MailRefused if it was not accepted."""


def compose(mail: Mail, sender: str) -> EmailMessage:
    """Return the message of an e-mail: plain text, marked as automatic (RFC 3834), ASCII on the wire.

    Quoted-printable keeps lines at 76 characters whatever the length of a link (RFC 2045), and needs no 8BITMIME.
    MailRefused for a recipient that no letter can be addressed to.
    """
    message = EmailMessage(policy=_WIRE)
    message["Date"] = format_datetime(mail.at.astimezone(PARIS))
    message["From"] = sender
    message["To"] = str(Address(addr_spec=mailable(mail.to)))
    message["Subject"] = " ".join(mail.subject.split())
    message["Message-ID"] = f"<{mail.message_id}@{parseaddr(sender)[1].rpartition('@')[2]}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(mail.text, cte="quoted-printable")  # it drops every Content- header set before
    message["Content-Language"] = mail.language
    return message


def mailable(to: str) -> str:
    """Return an address as mail servers take it, its domain in punycode (IDNA 2008: `faß.de` is not `fass.de`).

    MailRefused where a letter before the @ is not ASCII, which few servers take (RFC 6531), or where it is no address.
    """
    name, _, domain = to.rpartition("@")
    try:
        found = f"{name}@{idna.encode(domain, uts46=True).decode()}"
        Address(addr_spec=found)
        found.encode("ascii")
    except (ValueError, HeaderParseError) as error:
        raise MailRefused("the address is not one") from error
    return found


@dataclass(frozen=True)
class FolderMailer:
    """A mailer that writes .eml files, shown by the demonstration's mailbox page."""

    folder: Path
    sender: str

    def send(self, mail: Mail) -> None:
        try:
            self.folder.mkdir(parents=True, exist_ok=True)
            temporary = self.folder / f".{mail.message_id}.part"
            temporary.write_bytes(bytes(compose(mail, self.sender)))
            os.replace(temporary, self.folder / f"{mail.message_id}.eml")
        except OSError as error:
            raise MailUnavailable(type(error).__name__) from error

    def letters(self) -> Iterator[tuple[str, EmailMessage]]:
        """Yield the name and the message of each e-mail, newest first."""
        found = sorted(self.folder.glob("*.eml"), key=lambda path: path.stat().st_mtime, reverse=True)
        for path in found:
            yield path.stem, self.letter(path.stem)

    def letter(self, name: str) -> EmailMessage:
        """Return an e-mail by name; FileNotFoundError if there is none."""
        path = self.folder / f"{Path(name).name}.eml"
        message = message_from_bytes(path.read_bytes(), policy=policy.default)
        assert isinstance(message, EmailMessage)  # the policy's message factory
        return message


@dataclass(frozen=True)
class SmtpMailer:
    """A mail server; `tls` is starttls, ssl or none."""

    host: str
    port: int
    user: str
    password: str
    tls: str  # starttls, ssl or none
    sender: str
    part: Part = field(default_factory=lambda: Part("mail server"), compare=False, repr=False)

    def send(self, mail: Mail) -> None:
        try:
            with self.part.call(), self._connect() as server, self._cut(server):
                if self.tls == "starttls":
                    server.starttls(context=ssl.create_default_context())
                if self.user:
                    server.login(self.user, self.password)
                to = mailable(mail.to)
                server.sendmail(parseaddr(self.sender)[1], [to], bytes(compose(mail, self.sender)))
        except Away as away:
            raise MailUnavailable(str(away)) from away
        except (OSError, smtplib.SMTPException) as error:
            said = smtp_answers.read(error)
            raise (MailRefused if said.refuses_address else MailUnavailable)(str(said)) from error

    def _cut(self, server: smtplib.SMTP) -> AbstractContextManager[None]:
        assert server.sock
        server.sock.settimeout(BYTE_SECONDS)
        return cut_after(WHOLE_SECONDS, lambda: server.sock)  # TLS puts another in its place

    def _connect(self) -> smtplib.SMTP:
        if self.tls == "ssl":
            context = ssl.create_default_context()
            return smtplib.SMTP_SSL(self.host, self.port, timeout=CONNECT_SECONDS, context=context)
        return smtplib.SMTP(self.host, self.port, timeout=CONNECT_SECONDS)


def from_url(url: str, sender: str) -> Mailer:
    """Return the mailer of `file:folder`, or of `smtp://user:password@host:port?tls=starttls|ssl|none`."""
    if url.startswith("file:"):
        return FolderMailer(Path(url.removeprefix("file:")), sender)
    if not url.startswith("smtp:"):
        return cast(Mailer, from_package("mail", url, "begins with neither file: nor smtp:", sender))
    parts = address(url)
    if parts.path not in ("", "/"):
        raise BadValue(f"has more than a host and a port; {QUOTING}")
    tls = parse_qs(parts.query).get("tls", ["starttls"])[0]
    if tls not in ("starttls", "ssl", "none"):
        raise BadValue("has another tls than starttls, ssl or none")
    port = parts.port or (465 if tls == "ssl" else 587)
    user, password = unquote(parts.username or ""), unquote(parts.password or "")
    return SmtpMailer(parts.hostname or "", port, user, password, tls, sender)
