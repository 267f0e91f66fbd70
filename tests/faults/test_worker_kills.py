"""A worker killed at random instants while it sends letters: none is lost, each kill repeats one letter at most."""

import os
import random
import signal
import subprocess
import sys
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime

import pytest
from flask import Flask

from app import jobs
from app.domain.texts.notices import NoticeKind
from app.gateways import mail as mail_gateway
from app.services.messages import notices
from app.settings import ROOT, Settings
from app.storage import outbox
from app.storage.models import Notice, Outbox
from tests import factories
from tests.servers.smtp import Mailbox
from tests.services.outside import with_gateways
from tests.waiting import until

LETTERS_A_TRIAL = 60  # enough that most kills fall among them, not before or after
LONGEST_SECONDS = 0.3  # from the first letter of a worker to its death: 60 letters take about as long


@pytest.mark.timeout(3600)
def test_no_letter_is_lost(
    app: Flask, settings: Settings, smtp: Mailbox, trials: int, chance: random.Random
) -> None:
    dossier = factories.filed()
    Outbox.delete().execute()
    mail = f"{smtp.url}?tls=none"
    environment = {**os.environ, **urls(replace(settings, mail_url=mail))}
    for _ in range(trials):
        for _ in range(LETTERS_A_TRIAL):
            notices.notify(dossier, NoticeKind.TAKEN, datetime.now(UTC))
        kill_among_letters(smtp, chance.uniform(0, LONGEST_SECONDS), environment)
    with_gateways(app, mail=mail_gateway.from_url(mail, "a@guichet.example"))
    while jobs.run_once(app, datetime.now(UTC) + 2 * outbox.LEASE):
        pass
    # The calendar may send letters of its own meanwhile: only those posted here are counted.
    posted = Notice.select(Notice.id).where(Notice.kind == str(NoticeKind.TAKEN))
    wanted = {f"<notice-{notice.id}" for notice in posted}
    sent = Counter(str(message["Message-ID"]).partition("@")[0] for message in smtp.messages)
    repeated = sum(sent[name] - 1 for name in wanted & sent.keys())
    print(f"{trials} kills, {len(wanted)} letters, {len(wanted - sent.keys())} lost, {repeated} sent twice")
    assert len(wanted) == trials * LETTERS_A_TRIAL
    assert wanted <= sent.keys()
    assert repeated <= trials


def urls(settings: Settings) -> dict[str, str]:
    """Return the settings of a worker process as environment variables."""
    names = ("database", "mail", "files", "sms", "register", "ephoto", "stamps")
    return {f"{name.upper()}_URL": str(getattr(settings, f"{name}_url")) for name in names}


def kill_among_letters(smtp: Mailbox, seconds: float, environment: dict[str, str]) -> None:
    """Run a worker until so long after its first letter, then kill it."""
    before = len(smtp.messages)
    command = [sys.executable, "-m", "app.cli", "worker"]
    worker = subprocess.Popen(command, cwd=ROOT, env=environment, stderr=subprocess.DEVNULL)
    until(lambda: len(smtp.messages) > before or worker.poll() is not None)
    try:
        worker.wait(seconds)
    except subprocess.TimeoutExpired:
        worker.send_signal(signal.SIGKILL)
        worker.wait()
    else:
        raise AssertionError(f"The worker ended by itself: {worker.returncode}.")
