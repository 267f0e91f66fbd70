"""The servers behind the other tests are real: each speaks its own protocol, and refuses what it must."""

import smtplib
import socket
import struct
from email.message import EmailMessage

import obstore
import psycopg
import pytest
from obstore.exceptions import BaseError
from obstore.store import S3Store

from tests.servers.clamd import EICAR, MARKER


def test_postgres_keeps_rows(postgres):
    with psycopg.connect(postgres.url("postgres")) as connection:
        assert connection.execute("SELECT 'Nguyễn'").fetchone() == ("Nguyễn",)
        assert connection.execute("SHOW timezone").fetchone() == ("Europe/Paris",)


def open_bucket(s3, **changes):
    known = {"access_key_id": s3.server.access_key, "secret_access_key": s3.server.secret_key} | changes
    options = {"allow_http": True}
    return S3Store(
        s3.name, endpoint=s3.server.endpoint, region=s3.server.region, client_options=options, **known
    )


def test_s3_keeps_objects(s3):
    obstore.put(open_bucket(s3), "a/clé", b"content")
    assert obstore.get(open_bucket(s3), "a/clé").bytes() == b"content"


def test_s3_checks_signatures(s3):
    with pytest.raises(BaseError):
        obstore.get(open_bucket(s3, secret_access_key="wrong"), "a/clé")


def test_mail_arrives(smtp):
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = (
        "service@example.fr",
        "a@example.fr",
        "Votre dossier déposé",
    )
    message.set_content("Bonjour")
    with smtplib.SMTP("127.0.0.1", smtp.port) as connection:
        connection.send_message(message)
    assert [kept["Subject"] for kept in smtp.messages] == ["Votre dossier déposé"]


def test_mail_can_be_refused_for_now(smtp):
    smtp.refuse = True
    with smtplib.SMTP("127.0.0.1", smtp.port) as connection, pytest.raises(smtplib.SMTPDataError):
        connection.sendmail("service@example.fr", ["a@example.fr"], b"Subject: x\r\n\r\nx")
    assert smtp.messages == []


def scan(url, content):
    """Clamd's INSTREAM: length-prefixed chunks, an empty one at the end."""
    with socket.create_connection(("127.0.0.1", int(url.rpartition(":")[2]))) as connection:
        connection.sendall(b"zINSTREAM\0" + struct.pack("!L", len(content)) + content + struct.pack("!L", 0))
        return connection.recv(200).rstrip(b"\0")


@pytest.mark.parametrize(
    ("content", "answer"),
    [
        (b"a harmless file", b"stream: OK"),
        (EICAR, b"stream: Test.Eicar.UNOFFICIAL FOUND"),
        (b"before " + MARKER + b" after", b"stream: Test.Marker.UNOFFICIAL FOUND"),
    ],
    ids=["clean", "eicar", "marker"],
)
def test_antivirus_tells_bad_from_good(clamd_url, content, answer):
    assert scan(clamd_url, content) == answer


def test_browser_draws_a_page(browser):
    page = browser.new_page()
    page.set_content("<h1>Séjour</h1>")
    assert page.get_by_role("heading", name="Séjour").is_visible()
    page.close()
