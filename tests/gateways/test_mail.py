"""Letters: the same letter in the demonstration's folder and through a real SMTP conversation."""

import os
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path

import pytest

from app.gateways import mail
from app.gateways.mail import FolderMailer, Mail, MailUnavailable, SmtpMailer
from app.variables import BadValue
from tests.servers.process import free_port
from tests.servers.smtp import Mailbox, mail_server
from tests.servers.tls import CERTIFICATE, server_context
from tests.storage import strangers

SENDER = "Guichet séjour <ne-pas-repondre@sejour.example>"
LETTER = Mail(
    "anh@exemple.fr",
    "Votre demande est déposée",
    "Bonjour,\n\nÀ bientôt, Thị Ánh.\n",
    "fr",
    "notice-7",
    datetime(2026, 11, 27, 9, 30, tzinfo=UTC),
)


def check(message: mail.EmailMessage) -> None:
    """What every letter carries, however it travelled."""
    assert message["From"] == SENDER
    assert message["To"] == "anh@exemple.fr"
    assert message["Subject"] == "Votre demande est déposée"
    assert message["Message-ID"] == "<notice-7@sejour.example>"
    assert message["Content-Language"] == "fr"
    assert message["Auto-Submitted"] == "auto-generated"
    assert message.get_content_type() == "text/plain"
    assert message.get_content().replace("\r\n", "\n") == LETTER.text


def test_a_letter_is_kept_once_and_read_back(tmp_path: Path):
    mailer = mail.from_url(f"file:{tmp_path / 'mail'}", SENDER)
    assert isinstance(mailer, FolderMailer)
    assert list(mailer.letters()) == []
    mailer.send(LETTER)
    mailer.send(LETTER)
    [(name, message)] = mailer.letters()
    assert name == "notice-7"
    check(message)
    assert [path.name for path in (tmp_path / "mail").iterdir()] == ["notice-7.eml"]


def test_letters_come_newest_first(tmp_path: Path):
    mailer = FolderMailer(tmp_path, SENDER)
    for place, name in enumerate(("first", "second", "third")):
        mailer.send(replace(LETTER, message_id=name))
        os.utime(tmp_path / f"{name}.eml", (place, place))
    assert [name for name, _message in mailer.letters()] == ["third", "second", "first"]


@pytest.mark.parametrize("name", ["missing", "../secret", "/etc/passwd", "..", ""])
def test_only_letters_of_the_folder_are_read(tmp_path: Path, name: str):
    (tmp_path / "secret.eml").write_text("Subject: no\n\nno", encoding="utf-8")
    mailer = FolderMailer(tmp_path / "mail", SENDER)
    mailer.send(LETTER)
    with pytest.raises(FileNotFoundError):
        mailer.letter(name)


def test_a_folder_that_cannot_be_written(tmp_path: Path):
    (tmp_path / "taken").write_text("a file stands where the folder should be", encoding="utf-8")
    with pytest.raises(MailUnavailable):
        FolderMailer(tmp_path / "taken", SENDER).send(LETTER)


def test_a_letter_through_smtp(smtp: Mailbox):
    mail.from_url(f"{smtp.url}?tls=none", SENDER).send(LETTER)
    [message] = smtp.messages
    check(message)
    assert message["X-Envelope-To"] == "anh@exemple.fr"


def test_a_subject_never_makes_a_second_header(smtp: Mailbox):
    letter = replace(LETTER, subject="Bonjour\r\nBcc: tous@exemple.fr")
    mail.from_url(f"{smtp.url}?tls=none", SENDER).send(letter)
    [message] = smtp.messages
    assert message["Bcc"] is None
    assert message["Subject"] == "Bonjour Bcc: tous@exemple.fr"


def test_a_server_that_refuses_leaves_the_letter_to_be_sent_again(smtp: Mailbox):
    smtp.refuse = True
    mailer = mail.from_url(f"{smtp.url}?tls=none", SENDER)
    with pytest.raises(MailUnavailable):
        mailer.send(LETTER)
    smtp.refuse = False
    mailer.send(LETTER)
    assert len(smtp.messages) == 1


def test_a_server_without_tls_gets_nothing_when_tls_was_asked(smtp: Mailbox):
    with pytest.raises(MailUnavailable):
        mail.from_url(f"{smtp.url}?tls=starttls", SENDER).send(LETTER)
    assert smtp.messages == []


@pytest.mark.parametrize(("tls", "option"), [("ssl", "ssl_context"), ("starttls", "tls_context")])
def test_no_letter_goes_to_a_server_that_nobody_vouches_for(
    monkeypatch: pytest.MonkeyPatch, tls: str, option: str
):
    with mail_server(**{option: server_context()}) as mailbox:
        mailer = mail.from_url(f"{mailbox.url}?tls={tls}", SENDER)
        with pytest.raises(MailUnavailable, match="SSLCertVerificationError"):
            mailer.send(LETTER)
        assert mailbox.messages == []
        monkeypatch.setenv("SSL_CERT_FILE", str(CERTIFICATE))
        mailer.send(LETTER)
        [message] = mailbox.messages
        check(message)


def test_nobody_listens():
    with pytest.raises(MailUnavailable):
        mail.from_url(f"smtp://127.0.0.1:{free_port()}?tls=none", SENDER).send(LETTER)


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("smtp://mail.example", SmtpMailer("mail.example", 587, "", "", "starttls", SENDER)),
        ("smtp://mail.example?tls=ssl", SmtpMailer("mail.example", 465, "", "", "ssl", SENDER)),
        (
            "smtp://u%40x:p%3Aw@mail.example:25",
            SmtpMailer("mail.example", 25, "u@x", "p:w", "starttls", SENDER),
        ),
    ],
)
def test_addresses(url: str, expected: SmtpMailer):
    assert mail.from_url(url, SENDER) == expected


@pytest.mark.parametrize(
    ("url", "said"),
    [
        ("https://mail.example", "begins with neither file: nor smtp:"),
        ("smtp:", "names no host"),
        ("smtp://mail.example?tls=maybe", "another tls"),
        ("smtp://mail.example:port", "cannot be read"),
        ("smtp://u:sec/ret@mail.example", "cannot be read"),
        ("smtp://u:12/ret@mail.example", "more than a host and a port"),
    ],
)
def test_addresses_that_are_none(url: str, said: str):
    with pytest.raises(ValueError, match=said):
        mail.from_url(url, SENDER)


def test_a_mail_server_of_a_package_outside_the_tree(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(strangers.install(tmp_path))
    box = mail.from_url("box://top", SENDER)
    box.send(LETTER)
    assert (box.url, box.sender, box.letters) == ("box://top", SENDER, [LETTER])
    with pytest.raises(BadValue, match="neither file: nor smtp:"):
        mail.from_url("chest://top", SENDER)
