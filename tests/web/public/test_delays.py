"""The honest delay where people wait for it: a range, a day, a number of dossiers, from ten decisions on."""

import pytest

from app.services.operations import delays
from app.storage.models import Dossier
from tests import factories
from tests.fixtures import NOON
from tests.services.stages import went
from tests.web.agent_pages import Visitor

WHERE = "aide/service?postcode=69003"


def decided(many: int, first: int = 21) -> None:
    """So many decisions, each a day slower than the one before, counted."""
    for number in range(many):
        went((("take", 1), ("approve", first + number)))
    delays.count_due(NOON)


def plain(text: str) -> str:
    return " ".join(text.replace("\xa0", " ").split())


@pytest.fixture
def waiting(app: object) -> Dossier:
    """Somebody who waits for a decision."""
    return factories.filed()


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            "ces 90 derniers jours : une demande sur deux a pris 23 à 29 jours (12 demandes, comptées le 23 novembre",
        ),
        (
            "en",
            "in the last 90 days: half of them took 23 to 29 days (12 applications, counted on 23 November 2026)",
        ),
    ],
)
def test_who_waits_is_told_how_long_others_did(
    visitor: Visitor, waiting: Dossier, lang: str, words: str
) -> None:
    decided(12)
    text = visitor().sign_in(waiting.account).get(f"/{lang}/suivi/").text
    assert words in plain(text)


def test_under_ten_decisions_nothing_is_told(visitor: Visitor, waiting: Dossier) -> None:
    decided(9)
    inside = visitor().sign_in(waiting.account)
    assert "pas pris assez de décisions récentes" in inside.get("/fr/suivi/").text
    assert "This service has not made enough recent decisions" in inside.get("/en/suivi/").text
    text = visitor().get(f"/fr/{WHERE}").text
    assert "pas pris assez de décisions récentes" in text
    assert "une demande sur deux" not in text


def test_who_has_a_decision_is_told_no_delay(visitor: Visitor, waiting: Dossier) -> None:
    decided(10)
    Dossier.update(state="unfavourable").where(Dossier.id == waiting.id).execute()
    text = visitor().sign_in(waiting.account).get("/fr/suivi/").text
    assert "une demande sur deux" not in text
    assert "pas assez" not in text


@pytest.mark.parametrize(
    ("lang", "words"),
    [
        (
            "fr",
            "Renouvellement, étudiant<br>une demande sur deux a pris 23 à 28 jours (10 demandes, 23/11/2026)",
        ),
        ("en", "Renewal, student<br>half of them took 23 to 28 days (10 applications, 23/11/2026)"),
    ],
)
def test_anybody_finds_it_beside_the_service(
    visitor: Visitor, waiting: Dossier, lang: str, words: str
) -> None:
    decided(10)
    text = plain(
        visitor().get(f"/{lang}/{WHERE}").text.replace('<span class="soft">', "").replace("</span>", "")
    )
    assert words in text
    assert "une demande sur deux" not in visitor().get("/fr/aide/service?postcode=75013").text


def test_all_in_the_same_time(visitor: Visitor, waiting: Dossier) -> None:
    for _ in range(10):
        went((("take", 0), ("approve", 1)))
    delays.count_due(NOON)
    text = visitor().sign_in(waiting.account).get("/fr/suivi/").text
    assert "une demande sur deux a pris 1 jour (10 demandes" in plain(text)
