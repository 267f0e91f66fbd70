"""What enters or leaves a dossier is decided on its row as it is then, not on the page that was shown."""

from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.domain.rules.uploads import LIMITS, Refusal
from app.gateways.antivirus import Verdict
from app.services.applications import complements, documents, dossiers, photos, reuse
from app.services.applications.reuse import ReusableFiles
from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.services.received_files import Sent
from app.storage.applications import complements as requests
from app.storage.applications import dossiers as store
from app.storage.applications.dossiers import StaleDossier
from app.storage.models import Document, Dossier, Event, Explanation, PhotoCode
from app.storage.review import dossier_view
from tests import factories
from tests.fixtures import NOON
from tests.intake.files import picture

CODE = "7K2M9QXA41TBZC83WD6R5H"


@dataclass
class Meanwhile:
    """A scanner that takes its time: something happens while it looks at a file."""

    happens: Any
    near = True

    def scan(self, _content: bytes) -> Verdict:
        """Find nothing."""
        self.happens()
        return Verdict.CLEAN


@pytest.fixture
def draft(app: Flask) -> Dossier:
    """A draft that can be filed."""
    factories.service()
    return factories.complete(factories.draft())


@pytest.fixture
def files(app: Flask) -> Any:
    """The store."""
    return app.extensions["gateways"].files


def stored(files: Any) -> list[Path]:
    """Every file of the store but those of the factories."""
    return [path for path in files.inner.root.rglob("*") if path.is_file() and path.parent.name != "test"]


SENT = [Sent("passport.jpg", picture())]


def test_a_file_that_arrives_after_the_filing_does_not_enter_unseen(draft: Dossier, files: Any) -> None:
    scanner = Meanwhile(lambda: dossiers.submit(draft, NOON))
    before = Document.select().count()
    with pytest.raises(StaleDossier):
        documents.attach(draft, "passport", SENT, scanner, files, NOON)
    assert Document.select().count() == before
    assert stored(files) == [], "nor does it stay in the store"


def test_a_file_removed_while_its_dossier_is_filed_stays_in_it(draft: Dossier, files: Any) -> None:
    """It was destroyed: the page still showed a draft."""
    document = Document.get(Document.slot == "passport")
    dossiers.submit(draft, NOON)
    with pytest.raises(StaleDossier):
        documents.remove(draft, document.id, files, NOON)
    assert files.read(document.key) == factories.BYTES
    assert Document.get_by_id(document.id).removed_at is None


@pytest.mark.parametrize("verb", ["explain", "photo", "reuse"])
def test_nothing_else_enters_a_dossier_filed_meanwhile(draft: Dossier, app: Flask, verb: str) -> None:
    files, desk = app.extensions["gateways"].files, app.extensions["gateways"].ephoto
    other = factories.document(factories.draft(), "rent", key="test/other")
    dossiers.submit(draft, NOON)
    verbs = {
        "explain": lambda: documents.explain(draft, "passport", "Perdu.", NOON),
        "photo": lambda: photos.set_code(desk, draft, "ATTENDRE00000000000000", NOON),
        "reuse": lambda: reuse.reuse_files(draft, ReusableFiles(NOON.date(), (other,)), files, NOON),
    }
    with pytest.raises(StaleDossier):
        verbs[verb]()
    assert Explanation.select().count() == 0
    assert PhotoCode.get().code == CODE
    assert stored(files) == []


def test_files_sent_by_two_tabs_share_the_ten_places(draft: Dossier, files: Any) -> None:
    """Each counted what was there before it examined its files: twenty were kept."""

    def other_tab() -> None:
        for _file in range(LIMITS.max_files_a_slot - 2):
            factories.document(draft, "passport")

    once = iter([other_tab])
    scanner = Meanwhile(lambda: next(once, lambda: None)())
    attached = documents.attach(draft, "passport", SENT * 3, scanner, files, NOON)
    assert len(attached.stored) == 1
    assert [refused.reason for _name, refused in attached.refused] == [Refusal.TOO_MANY_FILES] * 2
    passports = Document.select().where(Document.slot == "passport")
    assert passports.count() == LIMITS.max_files_a_slot
    assert len(stored(files)) == 2 * len(attached.stored), "the file and its preview; none of the others"


def test_a_file_added_once_filed_is_recorded_with_it(draft: Dossier, files: Any) -> None:
    filed = dossiers.submit(draft, NOON)
    documents.attach(filed, "passport", SENT * 2, Meanwhile(lambda: None), files, NOON)
    assert Event.select().where(Event.action == "add").count() == 1


def test_an_agent_who_takes_the_dossier_meanwhile_refuses_no_file(draft: Dossier, files: Any) -> None:
    filed, agent = dossiers.submit(draft, NOON), factories.agent()

    def take() -> None:
        row = Dossier.get_by_id(filed.id)
        instruction.take(row, Act(agent, NOON, dossier_view.last_move(row.id)))

    attached = documents.attach(filed, "passport", SENT, Meanwhile(take), files, NOON)
    assert len(attached.stored) == 1


def test_an_answer_sent_meanwhile_takes_no_further_file(draft: Dossier, files: Any) -> None:
    """One that came after it was sent would stand in the dossier without anybody having sent it."""
    filed, agent = dossiers.submit(draft, NOON), factories.agent()
    for act in (instruction.take, lambda *given: instruction.ask(*given, {"passport": "Illisible."})):
        row = Dossier.get_by_id(filed.id)
        act(row, Act(agent, NOON, dossier_view.last_move(row.id)))
    row = store.locked(filed.id)
    item = requests.item(requests.pending(row.id), "passport")

    def send() -> None:
        complements.decide(item, "keep", NOON)
        complements.send(row, NOON)

    with pytest.raises(StaleDossier):
        documents.attach(row, "passport", SENT, Meanwhile(send), files, NOON)
    with pytest.raises(StaleDossier):
        complements.decide(item, "replace", NOON)
    with pytest.raises(StaleDossier):
        complements.take_back(row, item.complement, Document.get().id, NOON)
    assert stored(files) == []
