"""Who opened a dossier, told to the person concerned and to agents."""

from collections.abc import Callable

import pytest
from flask import Flask

from app.storage.models import Account, AuditRecord, Document, Dossier
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import address, enter, member

NOBODY = {
    "fr": "Aucun agent n’a encore ouvert ce dossier",
    "en": "No officer has opened this application yet",
}
TIMES = {"fr": "ouvert 2 fois, la dernière le", "en": "opened 2 times, last on"}


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_person_sees_who_opened_their_dossier(
    desk: PageClient, visitor: Callable[[], PageClient], dossier: Dossier, lang: str
) -> None:
    own = visitor().sign_in(Account.get_by_id(dossier.account_id))
    page = f"/{lang}/suivi/{dossier.reference}/consultations"
    assert NOBODY[lang] in own.get(page).text
    desk.get(address(dossier))
    desk.get(address(dossier, "take"))
    text = own.get(page).text
    assert TIMES[lang] in text.replace("\xa0", " ")
    assert dossier.service.name in text
    assert "démo" not in text  # the service and the role, never a name
    assert f"/suivi/{dossier.reference}/consultations" in own.get(f"/{lang}/suivi/").text


def test_a_stranger_sees_nothing(visitor: Callable[[], PageClient], dossier: Dossier) -> None:
    other = visitor().sign_in(factories.account())
    assert other.get(f"/fr/suivi/{dossier.reference}/consultations").status_code == 404


def test_each_file_read_is_recorded_and_its_pages_once_while_they_are_turned(
    app: Flask, desk: PageClient, dossier: Dossier, clock: Clock
) -> None:
    first, other = list(Document.select().where(Document.dossier == dossier).limit(2))

    def turn(file: Document, pages: int) -> list[int]:
        for page in range(pages):
            desk.get(f"{address(dossier)}/fichiers/{file.id}?page={page + 1}")
        read = AuditRecord.select().where(AuditRecord.action == "read").order_by(AuditRecord.position)
        return [record.facts["document"] for record in read]

    assert turn(first, 3) == [first.id]
    assert turn(other, 2) == [first.id, other.id]
    assert turn(first, 1) == [first.id, other.id, first.id]
    clock.advance(minutes=16)
    assert turn(first, 2) == [first.id, other.id, first.id, first.id]
    desk.get(f"{address(dossier)}/fichiers/{first.id}")
    assert turn(first, 0)[4:] == [first.id]


def test_an_agent_sees_who_opened_it(
    desk: PageClient, visitor: Callable[[], PageClient], dossier: Dossier, clock: Clock
) -> None:
    colleague = member(dossier.service, name="S. Marchand")
    enter(visitor(), colleague, clock).get(address(dossier))
    assert "S. Marchand" in desk.get(address(dossier)).text
