"""The validation of a VLS-TS: its stamp checked when typed, used once when filed, and the visa valid from then on."""

import json
from pathlib import Path
from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.domain.procedures.validation import TAX
from app.gateways.stamps import FileDesk, Stamp, StampDeskUnavailable
from app.storage.models import Account, Attestation, Dossier, UsedStamp
from tests import factories
from tests.clients import PageClient
from tests.generated import paths
from tests.on_offer import VISA_VALIDATION
from tests.services.outside import with_gateways
from tests.web.forms import filled
from tests.web.procedures import holder, words

pytestmark = pytest.mark.engines("sqlite")

GOOD, DEAR, USED, REFUNDED, OLD, UNKNOWN = (f"100020003000400{n}" for n in range(6))
OWED = 10_000  # a student's, in cents
DESK = {
    GOOD: {"state": "good", "amount": OWED},
    DEAR: {"state": "good", "amount": 30_000},
    USED: {"state": "used", "amount": OWED, "used_for": "autre"},
    REFUNDED: {"state": "refunded", "amount": OWED},
    OLD: {"state": "good", "amount": OWED, "bought_on": "2025-11-22"},
}
ROOT = "demande/validation-visa"


class Silence:
    """A desk that does not answer."""

    def look_up(self, *question: Any) -> Stamp:
        raise StampDeskUnavailable("silence")

    use = look_up


@pytest.fixture
def stamps(app: Flask) -> Path:
    """The stamps that exist."""
    factories.service()
    path = Path(app.extensions["settings"].stamps_url.removeprefix("file:"))
    path.write_text(json.dumps(DESK), encoding="utf-8")
    return path


def at_the_tax(visitor: Any, stamp: str = "") -> tuple[PageClient, Account, dict[str, Any]]:
    """A student who has answered everything but the tax."""
    person = holder(VISA_VALIDATION)
    answers = paths(VISA_VALIDATION)[0] | {"stamp": stamp}
    factories.draft(
        person,
        {key: value for key, value in answers.items() if value},
        journey=VISA_VALIDATION.slug,
        journey_version=VISA_VALIDATION.version,
    )
    return visitor().sign_in(person), person, answers


def pay(client: PageClient, stamp: str, lang: str = "fr") -> Any:
    """Type a stamp."""
    place = f"/{lang}/{ROOT}/{TAX.slug}"
    client.get(place)
    return client.post(place, filled(TAX, {"stamp": stamp}))


def submit(client: PageClient, lang: str = "fr") -> Any:
    """Read again and file."""
    client.get(f"/{lang}/{ROOT}/recapitulatif")
    return client.post(f"/{lang}/{ROOT}/deposer", {"sworn": "yes"})


def test_cents_of_a_stamp_are_told(visitor: Any, stamps: Path) -> None:
    """Half a euro more is another amount, and whoever reads why sees it."""
    stamps.write_text(json.dumps({GOOD: {"state": "good", "amount": OWED + 50}}), encoding="utf-8")
    page = words(pay(at_the_tax(visitor)[0], GOOD).text)
    assert "Ce timbre est de 100" in page
    assert "Ce timbre est de 100 €" not in page


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(
    ("typed", "french", "english"),
    [
        (DEAR, "Ce timbre est de 300 €, et il faut 100 €", "This stamp is for €300, and you need €100"),
        (USED, "Ce timbre a déjà servi", "has already been used"),
        (REFUNDED, "Ce timbre a été remboursé", "was refunded"),
        (OLD, "Ce timbre a plus de 12 mois", "is more than 12 months old"),
        (UNKNOWN, "Ce timbre n’existe pas", "This stamp does not exist"),
        ("1000 2000 3000", "16 chiffres", "16 digits"),
        ("", "Écrivez le numéro de votre timbre", "Write the number of your e-stamp"),
    ],
)
def test_a_stamp_that_cannot_pay(
    lang: str, typed: str, french: str, english: str, stamps: Path, visitor: Any
) -> None:
    client, person, answers = at_the_tax(visitor)
    answer = pay(client, typed, lang)
    assert answer.status_code == 422
    beside = words(answer.text).split('id="stamp-error"', 1)[1].split("</p>", 1)[0]
    assert (french if lang == "fr" else english) in beside
    assert not typed or typed.replace(" ", "") in answer.text.replace(" ", ""), "what was typed stays"
    kept = Dossier.get(Dossier.account == person)
    assert kept.answers["address"] == answers["address"]
    assert json.loads(stamps.read_text(encoding="utf-8")) == DESK


@pytest.mark.parametrize(
    ("ground", "french", "english"),
    [
        ("etudiant", "Votre taxe : 100 €.", "Your tax: €100."),
        ("visiteur", "Votre taxe : 300 €.", "Your tax: €300."),
    ],
)
def test_the_amount_is_told_before_a_stamp_is_bought(
    ground: str, french: str, english: str, stamps: Path, visitor: Any
) -> None:
    client, person, answers = at_the_tax(visitor)
    Dossier.update(answers=answers | {"visa_ground": ground}).where(Dossier.account == person).execute()
    for lang, told in (("fr", french), ("en", english)):
        assert told in words(client.get(f"/{lang}/{ROOT}/{TAX.slug}").text)


def test_filed_and_valid_at_once(stamps: Path, visitor: Any) -> None:
    client, person, _ = at_the_tax(visitor)
    assert pay(client, "1000 2000 3000 4000").status_code == 303
    answer = submit(client)
    assert answer.status_code == 303
    assert "validé" in client.get(answer.location).text
    dossier = Dossier.get(Dossier.account == person)
    assert State(dossier.state) is not State.DRAFT
    assert UsedStamp.get().dossier_id == dossier.id
    assert json.loads(stamps.read_text(encoding="utf-8"))[GOOD]["used_for"].startswith(
        f"guichet-{dossier.id}-2026"
    )
    again = submit(client)
    assert again.status_code in (303, 404)
    assert "La vérification est automatique" in words(client.get("/fr/suivi/").text), "nobody studies it"
    assert Dossier.select().where(Dossier.account == person).count() == 1
    assert Attestation.select().where(Attestation.dossier == dossier).count() <= 1


def test_the_desk_is_away_and_comes_back(app: Flask, stamps: Path, visitor: Any) -> None:
    with_gateways(app, stamps=Silence())
    client, person, _ = at_the_tax(visitor)
    assert pay(client, GOOD).status_code == 303, "a desk that is away stops nobody before the end"
    answer = submit(client, "en")
    assert answer.status_code == 409
    assert "nothing is lost" in words(answer.text)
    assert Dossier.get(Dossier.account == person).state == State.DRAFT
    with_gateways(app, stamps=FileDesk(stamps))
    assert submit(client, "en").status_code == 303
    assert Dossier.get(Dossier.account == person).state != State.DRAFT


def test_a_stamp_used_by_another_between_typing_and_filing(stamps: Path, visitor: Any) -> None:
    first, _, _ = at_the_tax(visitor, GOOD)
    second, person, _ = at_the_tax(visitor, GOOD)
    assert submit(first).status_code == 303
    answer = submit(second)
    assert answer.status_code == 409
    assert "déjà servi" in words(answer.text)
    assert Dossier.get(Dossier.account == person).state == State.DRAFT


@pytest.mark.parametrize("stamp", [USED, REFUNDED, DEAR])
def test_a_stamp_that_turned_bad_is_not_kept(stamp: str, stamps: Path, visitor: Any) -> None:
    client, person, _ = at_the_tax(visitor, stamp)
    assert submit(client).status_code == 409
    assert UsedStamp.select().count() == 0
    assert Dossier.get(Dossier.account == person).state == State.DRAFT


@pytest.mark.parametrize(
    ("born_on", "told"),
    [
        ("2008-11-23", False),
        ("2008-11-24", True),
        ("2008-11", False),
        ("2008-12", True),
        ("2008", False),
        ("2009", True),
    ],
)
def test_only_who_is_a_minor_for_certain_is_sent_elsewhere(visitor: Any, born_on: str, told: bool) -> None:
    factories.service()
    client = visitor().sign_in(holder(VISA_VALIDATION, born_on=born_on))
    step = VISA_VALIDATION.steps[0]
    client.get(f"/fr/{ROOT}/{step.slug}")
    answer = client.post(f"/fr/{ROOT}/{step.slug}", filled(step, paths(VISA_VALIDATION)[0]))
    assert answer.status_code == (422 if told else 303)
    assert ("réservée aux personnes majeures" in words(answer.text)) is told
