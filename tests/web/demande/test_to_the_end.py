"""Procedures without a decision to wait for, gone through to the paper that they end in."""

from typing import Any

import pytest
from flask import Flask

from app import jobs
from app.domain.dossiers.states import State
from app.domain.journeys.questions import Case
from app.storage.models import Attestation, Dossier
from app.web.localisation.language import gettext as _
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.generated import PERMIT_UNTIL, TODAY, paths
from tests.on_offer import MOVING, VISA_VALIDATION
from tests.pdf.reading import text_of
from tests.services.outside import with_gateways
from tests.services.register import Register
from tests.speaking import speaking
from tests.web.agent_pages import Visitor, act, enter, member
from tests.web.forms import filled
from tests.web.procedures import go_through, holder, words

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.slow]
LANGS = pytest.mark.parametrize("lang", ["fr", "en"])


def paper(app: Flask, client: PageClient, dossier: Dossier, kind: str, clock: Clock) -> str:
    """The text of a certificate, downloaded by the person from their space."""
    while jobs.run_once(app, clock()):
        pass
    found = Attestation.get((Attestation.dossier == dossier.id) & (Attestation.kind == kind))
    link = f"/fr/attestations/{found.code}.pdf"
    assert link in client.get("/fr/suivi/").text
    return text_of(client.client.get(link).data)


@LANGS
def test_a_move_is_instructed_and_its_certificate_given(
    app: Flask, visitor: Visitor, clock: Clock, lang: str
) -> None:
    factories.service()
    client = visitor()
    answers = paths(MOVING)[0] | {"new_card": "no"}
    dossier = go_through(MOVING, answers, lang, app, client)
    assert not Attestation.select().where(Attestation.dossier == dossier.id).exists(), "after the instruction"
    desk = enter(visitor(), member(), clock)
    assert act(desk, dossier, "take").status_code == 303
    assert act(desk, dossier, "approve", kind=[]).status_code == 303
    assert Dossier.get_by_id(dossier.id).state == State.FAVOURABLE
    text = paper(app, client, dossier, "adresse", clock)
    for said in (
        "Attestation de changement d’adresse",
        answers["address"],
        answers["postcode"],
        "New address",
    ):
        assert said in text


@LANGS
def test_a_permit_of_less_than_a_year_owes_no_declaration(app: Flask, visitor: Visitor, lang: str) -> None:
    factories.service()
    short = {"valid_from": "2026-06-01"}
    case = Case({}, today=TODAY, identity=factories.identity(PERMIT_UNTIL, **short))
    with speaking(app, lang):
        side = next(side for side in MOVING.advice(case) if side.key == "short")
        told = words(_(side.advice))
    root = f"/{lang}/demande/{MOVING.slug}/{MOVING.steps[0].slug}"
    assert told not in words(visitor().sign_in(holder(MOVING)).get(root).text)
    assert told in words(visitor().sign_in(holder(MOVING, **short)).get(root).text)
    dossier = go_through(MOVING, paths(MOVING)[0], lang, app, visitor(), **short)
    assert dossier.state == State.FILED, "said, and let through"


@LANGS
def test_a_visa_is_validated_late_all_the_same(app: Flask, visitor: Visitor, clock: Clock, lang: str) -> None:
    factories.service()
    late = {"visa_issued_on": "2026-01-20", "entered_on": "2026-02-20", "visa_ground": "etudiant"}
    answers = paths(VISA_VALIDATION)[0] | late
    held: dict[str, Any] = {"valid_from": "2026-02-11", "permit_kind": "VLS-TS"}
    with_gateways(app, register=Register(visa_number="000000000", validated_on="", **held))
    client = visitor()
    dossier = go_through(VISA_VALIDATION, answers, lang, app, client, **held)
    assert not dossier.in_time
    text = paper(app, client, dossier, "validation", clock)
    number = Dossier.get_by_id(dossier.id).account.foreign_number
    for said in (number, "ETUDIANT", "CESEDA R431-16 13°", "100.00 €"):
        assert said in text.replace(" ", "") or said in text, said


@LANGS
def test_who_validates_late_is_warned_before_filing(visitor: Visitor, lang: str) -> None:
    factories.service()
    person = holder(VISA_VALIDATION, valid_from="2026-02-11")
    client = visitor().sign_in(person)
    for step in VISA_VALIDATION.steps[:2]:
        page = f"/{lang}/demande/{VISA_VALIDATION.slug}/{step.slug}"
        client.get(page)
        answers = paths(VISA_VALIDATION)[0] | {"entered_on": "2026-02-20"}
        shown = client.post(page, filled(step, answers))
        assert shown.status_code == 303, words(shown.text)
    told = {"fr": "c’était le 20 mai 2026", "en": "20 May 2026"}[lang]
    assert told in words(client.get(shown.location).text)
