"""Employers who hire: a dated receipt of the check of a certificate, for them, the inspector and the person."""

import json
import re
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.attestations import spell_code
from app.domain.dossiers.states import State
from app.presenters.applicants import own_data
from app.services.calendar import erasures
from app.services.certificates import attestations, endings
from app.storage.applications import attestations as certificates
from app.storage.models import Attestation, Dossier, HiringCheck, Outbox
from tests import factories
from tests.fixtures import NOON, Clock
from tests.pdf.reading import text_of
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")

EMPLOYER = {
    "company": "Boulangerie O’Brien & fils",
    "siret": "732 829 320 00074",
    "email": "Paie@Exemple.fr",
    "hired_on-day": "30",
    "hired_on-month": "11",
    "hired_on-year": "2026",
}
FORM = "/fr/embauche/attestation"


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    return factories.filed()


@pytest.fixture
def extension(dossier: Dossier) -> Attestation:
    """An extension certificate, valid from tomorrow for three months."""
    Dossier.update(state=str(State.IN_REVIEW), in_time=True, rights_end=date(2026, 11, 23)).where(
        Dossier.id == dossier.id
    ).execute()
    made = attestations.issue_extension_if_due(Dossier.get_by_id(dossier.id), NOON)
    assert made
    return made


def ask(client: Any, code: str, address: str = FORM, **changes: str) -> Any:
    client.get(address)
    return client.post(address, {"code": code, **EMPLOYER, **changes})


def test_a_check_leads_to_the_form_with_its_code(extension: Attestation, visitor: Any) -> None:
    client = visitor()
    client.get("/fr/verifier")
    page = client.post("/fr/verifier", {"code": extension.code}).text
    assert "J’embauche cette personne" in page
    form = client.post("/fr/embauche", {"code": extension.code})
    assert form.status_code == 200
    assert f'value="{extension.code}"' in form.text
    assert "error" not in form.text.split("<main")[1], "nothing is checked before it is sent"


def test_a_receipt_of_a_filing_offers_none(dossier: Dossier, visitor: Any) -> None:
    (deposit,) = certificates.of_dossier(dossier.id)
    client = visitor()
    client.get("/fr/verifier")
    assert "J’embauche cette personne" not in client.post("/fr/verifier", {"code": deposit.code}).text
    answer = ask(client, deposit.code)
    assert answer.status_code == 422
    assert "ne dit rien du droit de travailler" in words(answer.text)
    assert HiringCheck.select().count() == 0


def test_the_receipt_says_what_was_checked_and_when(extension: Attestation, visitor: Any) -> None:
    client = visitor()
    answer = ask(client, spell_code(extension.code))
    assert answer.status_code == 303, words(answer.text)
    assert answer.location == "/fr/embauche/recu", "no code in the address"
    check = HiringCheck.get()
    assert (check.company, check.siret, check.email) == (
        "Boulangerie O’Brien & fils",
        "73282932000074",
        "paie@exemple.fr",
    )
    page = words(client.get(answer.location).text)
    for text in (
        check.number,
        "23 novembre 2026 à 12 h 00",
        "L’attestation est authentique. Elle vaut à partir du 24 novembre 2026.",
        spell_code(extension.code),
        "Nguyễn",
        "732 829 320 00074",
        "30 novembre 2026",
        "Respecté : au moins 2 jours ouvrables",
        "L.5221-8",
        check.code[:4],
    ):
        assert text in page, text
    paper = client.get("/en/embauche/recu.pdf")
    assert paper.location == "/fr/embauche/recu.pdf", "shown to an inspector in French"
    paper = client.get("/fr/embauche/recu.pdf")
    assert paper.mimetype == "application/pdf"
    printed = words(text_of(paper.data))
    assert check.number in printed
    assert "Boulangerie O’Brien & fils" in printed
    assert paper.data == client.get("/fr/embauche/recu.pdf").data


def test_a_check_just_before_the_hiring_says_so(extension: Attestation, visitor: Any) -> None:
    client = visitor()
    answer = ask(client, extension.code, **{"hired_on-day": "24"})
    assert "Non respecté : moins de 2 jours ouvrables" in words(client.get(answer.location).text)


@pytest.mark.parametrize(
    ("hired", "said"),
    [("28", "sauf si votre département a son propre jour férié"), ("29", "Respecté : au moins")],
)
def test_a_local_holiday_in_between_is_told(
    hired: str, said: str, extension: Attestation, visitor: Any, clock: Clock
) -> None:
    clock.at = datetime(2026, 12, 24, 12, tzinfo=NOON.tzinfo)
    client = visitor()
    answer = ask(client, extension.code, **{"hired_on-day": hired, "hired_on-month": "12"})
    assert said in words(client.get(answer.location).text)


def test_it_is_read_again_by_its_code_alone(extension: Attestation, visitor: Any) -> None:
    ask(visitor(), extension.code)
    code, other = HiringCheck.get().code, visitor()
    assert other.get("/fr/embauche/recu").location == "/fr/embauche/relire"
    assert other.get("/fr/embauche/recu.pdf").location == "/fr/embauche/relire"
    other.get("/fr/embauche/relire")
    unknown = other.post("/fr/embauche/relire", {"code": "K7QM-42XD-9BHT"})
    assert unknown.status_code == 422
    assert "Nguyễn" not in unknown.text
    answer = other.post("/fr/embauche/relire", {"code": f" {code[:4]} {code[4:8]}-{code[8:].lower()}"})
    assert answer.location == "/fr/embauche/recu"
    assert "Nguyễn" in other.get(answer.location).text


def test_the_letter_says_nothing_of_the_person(extension: Attestation, visitor: Any) -> None:
    ask(visitor(), extension.code)
    check = HiringCheck.get()
    (letter,) = (row.payload for row in Outbox.select() if "hiring_receipt" in json.dumps(row.payload))
    told = json.dumps(letter)
    assert letter["to"] == "paie@exemple.fr"
    assert check.number in told
    assert check.code not in told
    assert extension.code not in told


def test_sent_twice_is_one_receipt(extension: Attestation, visitor: Any) -> None:
    client = visitor()
    ask(client, extension.code)
    ask(client, extension.code)
    assert HiringCheck.select().count() == 1
    ask(client, extension.code, **{"hired_on-day": "28"})
    assert HiringCheck.select().count() == 2


def test_what_left_force_gives_no_receipt(extension: Attestation, visitor: Any) -> None:
    endings.revoke(extension, "Une erreur de nom.", NOON)
    answer = ask(visitor(), extension.code)
    assert answer.status_code == 422
    assert "n’est plus valable" in words(answer.text)
    assert "Nguyễn" not in answer.text
    assert EMPLOYER["siret"] in words(answer.text), "what was typed stays"
    assert HiringCheck.select().count() == 0


def test_a_certificate_that_ends_before_the_hiring(extension: Attestation, visitor: Any) -> None:
    answer = ask(
        visitor(), extension.code, **{"hired_on-day": "1", "hired_on-month": "6", "hired_on-year": "2027"}
    )
    assert answer.status_code == 422
    assert "prend fin le 23 février 2027" in words(answer.text)


def test_a_certificate_that_begins_after_the_hiring(extension: Attestation, visitor: Any) -> None:
    answer = ask(visitor(), extension.code, **{"hired_on-day": "23"})
    assert answer.status_code == 422
    assert "vaut seulement à partir du 24 novembre 2026" in words(answer.text)


def test_a_certificate_in_force_is_said_to_be(extension: Attestation, visitor: Any, clock: Clock) -> None:
    clock.at = NOON + timedelta(days=1)
    client = visitor()
    page = words(client.get(ask(client, extension.code).location).text)
    assert "authentique et en vigueur à cet instant" in page


def test_a_revocation_afterwards_leaves_the_receipt_as_it_was(extension: Attestation, visitor: Any) -> None:
    client = visitor()
    ask(client, extension.code)
    before = client.get("/fr/embauche/recu.pdf").data
    endings.revoke(extension, "Une erreur de nom.", NOON + timedelta(hours=1))
    assert client.get("/fr/embauche/recu.pdf").data == before


@pytest.mark.parametrize(
    ("field", "value", "told"),
    [
        ("company", "", "Écrivez le nom de l’entreprise"),
        ("siret", "732829320", "14 chiffres"),
        ("email", "paie@", "e-mail"),
        ("hired_on-day", "1", "Cette date est passée"),
        ("code", "", "Écrivez le code imprimé sur le document."),
        ("code", "K7QM", "Recopiez-le en entier"),
    ],
)
def test_a_mistake_is_told_beside_its_field(
    field: str, value: str, told: str, extension: Attestation, visitor: Any
) -> None:
    answer = ask(visitor(), **{"code": extension.code, field: value})
    assert answer.status_code == 422
    assert told in words(answer.text)


def test_guesses_are_slowed(extension: Attestation, visitor: Any) -> None:
    client = visitor()
    statuses = [ask(client, "K7QM42XD").status_code for _ in range(31)]
    assert statuses == [422] * 30 + [429]


def test_one_address_is_not_flooded(extension: Attestation, visitor: Any) -> None:
    statuses = [
        ask(visitor(), extension.code, company=f"Société {number}").status_code for number in range(7)
    ]
    assert statuses == [303] * 6 + [429]


def test_the_person_reads_that_an_employer_asked_but_no_name(
    dossier: Dossier, extension: Attestation, visitor: Any
) -> None:
    ask(visitor(), extension.code)
    client = visitor().sign_in(dossier.account)
    page = words(client.get(f"/fr/suivi/{dossier.reference}/consultations").text)
    assert f"un employeur a vérifié votre attestation {spell_code(extension.code)}" in page
    assert "Boulangerie" not in page, "nobody verified the name"
    (held,) = own_data.data(dossier.account, NOON)["hiring_checks"]
    assert held["company"] == "Boulangerie O’Brien & fils"
    assert held["certificate"] == extension.code


def test_it_is_forgotten_after_a_year(app: Flask, extension: Attestation, visitor: Any, clock: Clock) -> None:
    ask(visitor(), extension.code)
    files = app.extensions["gateways"].files
    erasures.sweep(files, NOON + timedelta(days=364))
    assert HiringCheck.select().count() == 1
    erasures.sweep(files, NOON + timedelta(days=367))
    assert HiringCheck.select().count() == 0


def test_no_cookie_is_needed_to_check(extension: Attestation, visitor: Any) -> None:
    """The button of the check page is a form without token: it changes nothing."""
    answer = visitor().post("/fr/verifier", {"code": extension.code})
    assert not re.search(r"csrf_token", answer.text.split("<main")[1])
