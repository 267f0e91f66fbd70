"""The whole corpus of hostile files, the slow ones too, over the pages of the service; confining them changes nothing."""

from dataclasses import replace
from pathlib import Path

import pytest
from flask import Flask

from app.domain.rules.uploads import LIMITS
from app.intake import Accepted
from app.intake.outcome import Outcome
from app.intake.sandbox import PROGRAM, Sandbox
from app.services import received_files
from app.services.access.limits import HOUR, Quota
from app.storage.models import Document
from tests import factories
from tests.clients import PageClient
from tests.intake import corpus
from tests.intake.examining import Measured
from tests.web.forms import sent

DRAFT = "/fr/demande/etudiant"
# Nothing is taken from this process but its time and its memory.
UNCONFINED = PROGRAM.replace(
    "main()",
    "from app.intake import confinement as c; "
    "c._landlock = c._seccomp = c._leave_namespaces = lambda: open('/nowhere'); main()",
)


@pytest.mark.timeout(3600)
def test_each_is_answered_within_its_limits_and_what_is_kept_is_ours(tmp_path: Path) -> None:
    measured = Measured(tmp_path / "used")
    try:
        faults = {name: measured.faults(make()) for name, make in corpus.FILES.items()}
    finally:
        measured.sandbox.close()
    print(f"{len(faults)} files")
    assert {name: found for name, found in faults.items() if found} == {}


@pytest.mark.timeout(3600)
@pytest.mark.engines("sqlite")
def test_no_page_fails_and_nobody_is_sent_a_byte_as_it_came(
    app: Flask, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(received_files, "FILES", replace(received_files.FILES, source=Quota(10_000, HOUR)))
    factories.draft(owner := factories.account())
    client = PageClient(app).sign_in(owner)
    client.get(f"{DRAFT}/justificatifs")
    kept = 0
    for name in corpus.QUICK:
        data = corpus.FILES[name]()
        answer = client.post(f"{DRAFT}/pieces/passport", {"files": sent(data, f"{name}.jpg")})
        assert answer.status_code in (303, 422), name
        for file in Document.select():
            shown = client.get(f"/fr/suivi/pieces/{file.id}")
            assert shown.status_code == 200, name
            assert shown.data != data, name
            assert corpus.MARK not in shown.data, name
            if file.media_type == "application/pdf":
                assert client.get(f"/fr/suivi/pieces/{file.id}?page=1").status_code == 200, name
            kept += 1
        Document.delete().execute()
    print(f"{kept} kept of {len(corpus.QUICK)}")


def alike(outcome: Outcome) -> tuple[object, ...]:
    """What two answers to one file have in common."""
    return (outcome.media_type, outcome.pages) if isinstance(outcome, Accepted) else (outcome.reason,)


def test_no_file_is_refused_because_of_the_confinement() -> None:
    free, confined = Sandbox(program=UNCONFINED, wall_seconds=100.0), Sandbox(wall_seconds=100.0)
    try:
        assert "seccomp" not in free.probe()
        other = {
            name: (alike(free.examine(data, LIMITS)), alike(confined.examine(data, LIMITS)))
            for name, data in ((name, corpus.FILES[name]()) for name in corpus.QUICK)
        }
    finally:
        free.close()
        confined.close()
    assert {name: both for name, both in other.items() if both[0] != both[1]} == {}
    print(f"{len(other)} files")
