"""The worker: nothing lost, nothing held up, failures in sight."""

import hashlib
import os
import signal
import socket
import subprocess
import sys
import threading
from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from pypdf import PdfReader

from app import jobs
from app.domain.dossiers.attestations import spell_code
from app.domain.texts.notices import NoticeKind
from app.factory import create_app
from app.gateways import mail as mail_gateway
from app.services.certificates import printing
from app.services.messages import notices
from app.settings import ROOT, Settings
from app.storage import outbox, outbox_admin
from app.storage.applications import attestations as store
from app.storage.database import database
from app.storage.models import Attestation, Dossier, Outbox
from tests import factories
from tests.fixtures import NOON, Clock
from tests.servers.smtp import Mailbox
from tests.services.outside import Post, only, with_gateways


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    return factories.filed()


def test_what_a_filing_promised(app: Flask, dossier: Dossier) -> None:
    assert jobs.run_once(app, NOON) == 4
    assert outbox.backlog() == {"waiting": 0, "failed": 0}
    (issued,) = store.of_dossier(dossier.id)
    content = printing.read_paper(issued, app.extensions["gateways"].files)
    assert hashlib.sha256(content).hexdigest() == issued.sha256
    assert len(content) == issued.size
    application = printing.read_application(dossier, app.extensions["gateways"].files)
    assert application.startswith(b"%PDF")
    assert jobs.run_once(app, NOON) == 0


def test_printed_papers_say_what_they_should(app: Flask, dossier: Dossier, tmp_path: Path) -> None:
    jobs.run_once(app, NOON)
    files = app.extensions["gateways"].files
    (issued,) = store.of_dossier(dossier.id)
    paper, whole = tmp_path / "paper.pdf", tmp_path / "whole.pdf"
    paper.write_bytes(printing.read_paper(issued, files))
    whole.write_bytes(printing.read_application(dossier, files))
    text = " ".join(page.extract_text() for page in PdfReader(paper).pages)
    for words in ("Thị Ánh Nguyễn", dossier.reference, spell_code(issued.code), "localhost/fr/verifier"):
        assert words in " ".join(text.split()).replace("\u00a0", " ") or words in text, words
    answers = " ".join(" ".join(page.extract_text() for page in PdfReader(whole).pages).split())
    for words in (dossier.reference, "29 rue du Professeur-Rochaix", "passport.jpg", "Nguyễn"):
        assert words in answers, words


def test_printing_again_changes_nothing(app: Flask, dossier: Dossier) -> None:
    jobs.run_once(app, NOON)
    (before,) = store.of_dossier(dossier.id)
    Outbox.update(done_at=None, due_at=NOON).execute()
    only("print_attestation")
    jobs.run_once(app, NOON + timedelta(hours=2))
    (after,) = store.of_dossier(dossier.id)
    assert (after.file_key, after.sha256) == (before.file_key, before.sha256)


def test_two_printers_of_one_paper_leave_one_file(app: Flask, dossier: Dossier, tmp_path: Path) -> None:
    (issued,) = store.of_dossier(dossier.id)
    files = app.extensions["gateways"].files

    def slow_draw(facts: object) -> bytes:
        printing.print_paper(Attestation, issued.id, lambda facts: b"%PDF first", files, NOON)
        return b"%PDF second"

    printing.print_paper(Attestation, issued.id, slow_draw, files, NOON)
    assert printing.read_paper(Attestation.get_by_id(issued.id), files) == b"%PDF first"
    assert len([one for one in (tmp_path / "uploads" / "2026").rglob("*") if one.is_file()]) == 1


def test_a_mail_server_that_comes_back(app: Flask, dossier: Dossier, smtp: Mailbox) -> None:
    sender = "Guichet <ne-pas-repondre@guichet.example>"
    with_gateways(app, mail=mail_gateway.from_url(f"{smtp.url}?tls=none", sender))
    only("mail_notice")
    smtp.refuse = True
    at = NOON
    for tries in (1, 2, 3):
        assert jobs.run_once(app, at) == 1
        row = Outbox.get()
        assert (row.tries, row.done_at) == (tries, None)
        assert row.error, "the type of the failure"
        assert dossier.account.email not in row.error
        assert jobs.run_once(app, at + timedelta(seconds=1)) == 0, "not before its time"
        at = row.due_at + timedelta(seconds=1)
    assert str(outbox_admin.backlog()[0]).split()[:2] == ["1", "mail_notice"]
    assert outbox.backlog() == {"waiting": 1, "failed": 1}
    smtp.refuse = False
    assert jobs.run_once(app, at) == 1
    assert outbox.backlog() == {"waiting": 0, "failed": 0}
    (letter,) = smtp.messages
    assert letter["X-Envelope-To"] == dossier.account.email
    assert dossier.reference in letter["Subject"]
    assert dossier.reference in letter.get_content()


def test_each_failure_waits_longer_than_the_one_before(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    """As ADR 0008 says: 10 seconds, 1 and 10 minutes, 1 hour, then every 6 hours, for ever."""
    monkeypatch.setitem(jobs.HANDLERS, "mail", lambda work: 1 / 0)
    outbox.post("mail", {}, NOON)
    at, waits = NOON, []
    for tries in range(1, 8):
        assert jobs.run_once(app, at) == 1
        row = Outbox.get()
        assert (row.tries, row.error) == (tries, "ZeroDivisionError")
        waits.append((row.due_at - at).total_seconds())
        assert jobs.run_once(app, row.due_at - timedelta(seconds=1)) == 0, "not before its time"
        at = row.due_at
    said = [10, 60, 600, 3600, 6 * 3600, 6 * 3600, 6 * 3600]
    assert all(0 <= wait - least < 9 for wait, least in zip(waits, said, strict=True)), waits


def test_an_operator_tries_again_now(app: Flask, dossier: Dossier) -> None:
    only("mail_notice")
    Outbox.update(tries=4, error="MailUnavailable", due_at=NOON + timedelta(hours=6)).execute()
    assert jobs.run_once(app, NOON) == 0
    assert outbox_admin.retry(NOON) == 1
    assert jobs.run_once(app, NOON) == 1


def test_one_bad_row_holds_up_nothing(app: Flask, dossier: Dossier) -> None:
    outbox.post("no_such_work", {}, NOON - timedelta(minutes=1))
    outbox.post("mail_notice", {"notice": 999_999}, NOON - timedelta(minutes=1))
    assert jobs.run_once(app, NOON) == 6
    assert {row.error for row in Outbox.select().where(Outbox.tries > 0)} == {"KeyError", "NoSuchNotice"}
    assert Outbox.select().where(Outbox.done_at.is_null(False)).count() == 4


def test_two_workers_share_without_doing_twice(app: Flask, dossier: Dossier) -> None:
    Outbox.delete().execute()
    post = Post()
    with_gateways(app, mail=post)
    for _ in range(20):
        notices.notify(dossier, NoticeKind.TAKEN, NOON)
    done = []

    def work() -> None:
        with database.connection_context():
            done.append(jobs.run_once(app, NOON))

    workers = [threading.Thread(target=work) for _ in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sum(done) == 20
    assert len(post.letters) == 20


def test_a_killed_worker_loses_nothing(
    app: Flask, dossier: Dossier, settings: Settings, smtp: Mailbox
) -> None:
    """A worker is killed in the middle of a conversation with a mail server that never answers."""
    only("mail_notice")
    with socket.create_server(("127.0.0.1", 0)) as silent:
        environment = {
            **os.environ,
            "DATABASE_URL": settings.database_url,
            "MAIL_URL": f"smtp://127.0.0.1:{silent.getsockname()[1]}?tls=none",
            "FILES_URL": settings.files_url,
            "SMS_URL": settings.sms_url,
            "REGISTER_URL": settings.register_url,
            "EPHOTO_URL": settings.ephoto_url,
            "STAMPS_URL": settings.stamps_url,
        }
        worker = subprocess.Popen(
            [sys.executable, "-m", "app.cli", "worker"],
            cwd=ROOT,
            env=environment,
            stderr=subprocess.DEVNULL,
        )
        silent.settimeout(100)
        connection, _ = silent.accept()
        worker.send_signal(signal.SIGKILL)
        worker.wait()
        connection.close()
    row = Outbox.get()
    assert row.done_at is None
    assert row.leased_until is not None
    with_gateways(app, mail=mail_gateway.from_url(f"{smtp.url}?tls=none", "a@guichet.example"))
    real_now = row.leased_until - outbox.LEASE
    assert jobs.run_once(app, real_now) == 0, "still leased"
    assert jobs.run_once(app, real_now + timedelta(seconds=61)) == 1
    assert len(smtp.messages) == 1


def test_work_is_done_in_the_order_in_which_it_came_due(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    done: list[str] = []
    monkeypatch.setitem(jobs.HANDLERS, "mail", lambda work: done.append(work.payload["name"]))
    for name, minutes in (("third", 1), ("first", 3), ("second", 2), ("fourth", 1)):
        outbox.post("mail", {"name": name}, NOON - timedelta(minutes=minutes))
    outbox.post("mail", {"name": "not yet"}, NOON + timedelta(minutes=1))
    assert jobs.run_once(app, NOON) == 4
    assert done == ["first", "second", "third", "fourth"]


def test_one_worker_on_its_own_application(settings: Settings, clock: Clock, database_url: str) -> None:
    """The worker's application knows its handlers by the names that acts post."""
    app = create_app(settings, clock)
    posted = {"print_attestation", "print_application", "mail_notice", "sms_notice", "mail", "scan_document"}
    posted |= {
        "give_number",
        "mail_number",
        "invalidate_permit",
        "print_certificate",
        "print_letter",
        "read_identity",
        "check_files",
        "make_copy",
        "scan_attachment",
    }
    assert jobs.HANDLERS.keys() == posted
    assert app.extensions["clock"] is clock
