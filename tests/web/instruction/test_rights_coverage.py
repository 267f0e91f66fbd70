"""What an agent sees and decides of rights that end, and what the person and a third party then read."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.services.certificates import attestations
from app.storage.models import Attestation, Dossier
from tests import factories
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import QUEUE, act, address, enter, member
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")

TODAY = date(2026, 11, 23)
REASON = "L’inscription jointe est celle d’une autre personne."


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """A dossier whose rights end in five days, that nobody has taken."""
    filed = factories.filed()
    Dossier.update(rights_end=TODAY + timedelta(days=5), in_time=True).where(Dossier.id == filed.id).execute()
    return Dossier.get_by_id(filed.id)


def test_the_count_leads_to_its_dossiers_and_falls_to_zero(
    dossier: Dossier, visitor: Any, clock: Clock
) -> None:
    desk = enter(visitor(), member(dossier.service), clock)
    first = words(desk.get(QUEUE).text)
    assert "Dans 7 jours, 1 personne n’aura plus de document valable" in first
    listed = words(desk.get(f"{QUEUE}?vue=sans-couverture").text)
    assert str(dossier.reference) in listed or "Nguyễn" in listed
    assert act(desk, dossier, "take").status_code == 303
    assert Attestation.select().where(Attestation.kind == "prolongation").count() == 1
    after = words(desk.get(QUEUE).text)
    assert "Personne ne perd ses droits" in after
    assert "Nguyễn" not in words(desk.get(f"{QUEUE}?vue=sans-couverture").text).split('id="queue"')[1]


def test_a_worker_that_is_down_is_seen_by_the_desk_and_told_to_the_person(
    dossier: Dossier, visitor: Any, clock: Clock
) -> None:
    """Seen: « Aucun droit ne finit sans suite » in green, « Prolongation automatique », rights ended ten days ago."""
    late = {"state": str(State.IN_REVIEW), "rights_end": TODAY - timedelta(days=10)}
    Dossier.update(late).where(Dossier.id == dossier.id).execute()
    desk = enter(visitor(), member(dossier.service), clock)
    queue = desk.get(f"{QUEUE}?vue=sans-couverture").text
    assert 'class="notice bad"' in queue
    assert str(dossier.reference) in queue
    assert "rien n’est émis" in words(desk.get(address(dossier)).text)
    space = words(visitor().sign_in(dossier.account).get("/fr/suivi/").text)
    assert "devrait déjà être là" in space
    assert "rien à faire" not in space
    attestations.issue_due_extensions(NOON)
    assert 'class="notice bad"' not in desk.get(f"{QUEUE}?vue=sans-couverture").text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_withheld_with_a_reason_that_the_person_reads(
    lang: str, dossier: Dossier, visitor: Any, clock: Clock
) -> None:
    Dossier.update(state=str(State.IN_REVIEW)).where(Dossier.id == dossier.id).execute()
    desk = enter(visitor(), member(dossier.service), clock)
    empty = act(desk, dossier, "withhold", reason="")
    assert empty.status_code == 422
    assert 'id="reason-error"' in empty.text
    assert act(desk, dossier, "withhold", reason=REASON).status_code == 303
    page = words(desk.get(address(dossier)).text)
    assert "Accorder la prolongation" in page
    assert "Ne pas prolonger" not in page
    client = visitor().sign_in(dossier.account)
    space = client.get(f"/{lang}/suivi/").text
    number = space.split("/suivi/messages/")[1].split('"')[0]
    assert REASON in words(client.get(f"/{lang}/suivi/messages/{number}").text)
    assert act(desk, dossier, "cover").status_code == 303
    assert Attestation.select().where(Attestation.kind == "prolongation").count() == 1


def test_a_certificate_taken_back_is_seen_at_once(dossier: Dossier, visitor: Any, clock: Clock) -> None:
    Dossier.update(state=str(State.IN_REVIEW)).where(Dossier.id == dossier.id).execute()
    issued = attestations.issue_extension_if_due(Dossier.get_by_id(dossier.id), NOON)
    assert issued is not None
    desk = enter(visitor(), member(dossier.service), clock)
    path = address(dossier, f"attestations/{issued.code}")
    assert issued.code in desk.get(address(dossier)).text
    assert desk.get(path).status_code == 200
    empty = desk.post(path, {"reason": ""})
    assert empty.status_code == 422
    assert 'id="reason-error"' in empty.text
    assert 'id="instead-error"' in empty.text
    (receipt,) = [one for one in Attestation.select() if one.kind == "depot"]
    assert address(dossier, f"attestations/{receipt.code}") not in desk.get(address(dossier)).text
    assert desk.get(address(dossier, f"attestations/{receipt.code}")).status_code == 404, (
        "it says what happened"
    )
    done = desk.post(path, {"reason": REASON, "instead": "nothing"})
    assert done.status_code == 303
    assert "L’attestation est retirée. L’usager est prévenu." in desk.get(done.location).text
    assert desk.post(path, {"reason": "Encore une fois", "instead": "nothing"}).status_code == 303
    assert Attestation.get_by_id(issued.id).revoked_reason == REASON
    public = visitor()
    public.get("/fr/verifier")
    checked = public.post("/fr/verifier", {"code": issued.code})
    checked = public.get(checked.location) if checked.location else checked
    assert "a été révoquée" in words(checked.text)
    assert REASON not in checked.text, "the reason is its holder's"
    other = factories.filed()
    assert desk.get(address(other, f"attestations/{issued.code}")).status_code == 404
    assert "plus en vigueur depuis" in words(desk.get(path).text)


def test_a_card_of_four_years_says_what_the_law_adds(visitor: Any, app: Flask) -> None:
    record = factories.identity(permit_kind="CSP", valid_from="2023-02-11")
    client = visitor().sign_in(factories.account(record))
    assert "article L.433-3" in client.get("/fr/suivi/").text
    short = visitor().sign_in(factories.account())
    assert "article L.433-3" not in short.get("/fr/suivi/").text
    filed = factories.filed(factories.account(factories.identity(permit_kind="CSP", valid_from="2023-02-11")))
    assert Attestation.get(Attestation.dossier == filed).facts["situation"] == "renouvellement-4-ans"
