"""Where one stands, as the space, the messages, the confirmation and the desk tell it on the same day."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from html import unescape

import pytest
from flask import Flask
from icalendar import Calendar

from app.domain.dossiers import standing_words
from app.domain.dossiers.endings import Settlement
from app.domain.dossiers.standing import Follows, Held
from app.domain.dossiers.states import State
from app.domain.rules.calendar import NO_END
from app.presenters import message_text
from app.services.certificates import attestations
from app.services.decisions import instruction
from app.services.decisions.acts import Act
from app.settings import Settings
from app.storage.models import Agent, Dossier, Notice
from app.storage.review import dossier_view
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import address, enter, member

pytestmark = pytest.mark.engines("sqlite")

Visitor = Callable[[], PageClient]


@pytest.fixture
def filed(app: Flask) -> Dossier:
    """A renewal filed in time; the permit ends on 10 February 2027."""
    return factories.filed()


@pytest.fixture
def agent(filed: Dossier) -> Agent:
    """A member of the service."""
    return member(filed.service)


def read(page: str) -> str:
    """The words of a page without its marks, spaces alike."""
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", page.split("<main", 1)[-1])).split())


def space(visitor: Visitor, dossier: Dossier) -> str:
    return read(visitor().sign_in(dossier.account).get("/fr/suivi/").text)


def act(dossier: Dossier, agent: Agent, clock: Clock) -> Act:
    return Act(agent, clock(), dossier_view.last_move(dossier.id))


def test_a_promise_carries_its_condition_and_ends_with_its_date(
    filed: Dossier, visitor: Visitor, clock: Clock
) -> None:
    """Seen: « vous recevrez ici une attestation, avant le 2 mars » on 5 March, and nothing to do, beside silence."""
    page = space(visitor, filed)
    assert "dès qu’un agent a ouvert votre dossier" in page
    assert "Vous n’avez rien à faire" in page
    assert "10 février 2027" in page
    clock.advance(days=97)
    page = space(visitor, filed)
    assert "a expiré le 10 février 2027 : aucun document ne prouve plus votre droit" in page
    assert "Écrire au service" in page
    assert "rien à faire" not in page
    assert "prouve vos droits jusqu’au" not in page
    assert "attestation de prolongation prend la suite dès qu’un agent a ouvert votre dossier" in page


def test_both_dates_are_told_with_a_certificate(
    filed: Dossier, agent: Agent, visitor: Visitor, clock: Clock
) -> None:
    instruction.take(filed, act(filed, agent, clock))
    clock.advance(days=70)
    assert attestations.issue_due_extensions(clock()) == 1
    page = space(visitor, Dossier.get_by_id(filed.id))
    assert (
        "Votre attestation de prolongation prouve que votre séjour est régulier jusqu’au 10 mai 2027" in page
    )
    assert "Fin de vos droits 10 mai 2027" in page
    assert "Date légale de réponse 21 février 2027" in page
    assert "Votre attestation de prolongation ne change pas cette date" in page
    raw = visitor().sign_in(filed.account).get("/fr/suivi/echeances.ics").get_data()
    days = [entry["dtstart"].dt for entry in Calendar.from_ical(raw).events]
    assert days == [date(2027, 2, 10), date(2027, 5, 10), date(2027, 2, 21)], "permit, rights, legal answer"


def test_silence_after_a_request_is_told_the_same_to_everybody(
    app: Flask, filed: Dossier, agent: Agent, visitor: Visitor, clock: Clock, settings: Settings
) -> None:
    """Mail said that the service may decide, the space that the dossier may be closed, the desk that nothing closes."""
    instruction.take(filed, act(filed, agent, clock))
    instruction.ask(filed, act(filed, agent, clock), {"passport": "La photo est floue."})
    notice = Notice.get(Notice.kind == "complement_asked")
    with app.app_context():
        told = read(" ".join(message_text.title_and_sentences(notice, "fr", settings)[1]))
    client = visitor().sign_in(filed.account)
    pages = [told] + [
        read(client.get(path).text) for path in ("/fr/suivi/", f"/fr/suivi/{filed.reference}/complement")
    ]
    for page in pages:
        assert read(standing_words.unanswered(past=False)) in page
        assert "jusqu’au 21 février 2027 pour répondre" in page
        assert "la date serait alors le 23 mars 2027 au plus tard" in page
    desk = read(enter(visitor(), agent, clock).get(address(filed)).text)
    assert read(standing_words.unanswered_desk(past=False)) in desk
    assert "Réponse légale 21/02/2027" in desk
    assert "ce refus ne naît qu’après le 23/03/2027" in desk


def test_the_desk_names_three_dates_and_no_extension_that_is_not_one(
    filed: Dossier, agent: Agent, visitor: Visitor, clock: Clock
) -> None:
    desk = enter(visitor(), agent, clock)

    def page() -> str:
        return read(desk.get(address(filed)).text)

    assert "Fin des droits et du titre 10/02/2027" in page()
    assert "Prolongation à la prise en charge" in page()
    instruction.take(filed, act(filed, agent, clock))
    assert "Prolongation automatique, le 26/01/2027" in page()
    Dossier.update(rights_end=clock().date() - timedelta(days=10)).where(Dossier.id == filed.id).execute()
    assert "Fin du titre 10/02/2027" in page()
    assert "Prolongation en retard : rien n’est émis" in page()
    Dossier.update(state="favourable", rights_end=NO_END).where(Dossier.id == filed.id).execute()
    assert "Fin des droits à la remise" in page()
    assert "Prolongation" not in page()
    Dossier.update(state="in_review", journey="domicile").where(Dossier.id == filed.id).execute()
    assert "Fin des droits inchangés" in page()


def test_every_meaning_has_words_for_both_sides() -> None:
    assert set(standing_words.HELD) == set(Held)
    assert set(standing_words.FOLLOWS) == set(standing_words.DESK) == set(Follows)


def test_a_letter_that_leaves_late_tells_what_was_then(
    app: Flask, filed: Dossier, agent: Agent, clock: Clock, settings: Settings
) -> None:
    """Seen: « une attestation arrive à partir du 16 décembre 9999 », mailed after a decision of the same hour."""
    instruction.take(filed, act(filed, agent, clock))
    approved = Dossier.get_by_id(filed.id)
    instruction.approve(approved, act(approved, agent, clock))
    taken = Notice.get(Notice.kind == "taken")
    with app.app_context():
        told = message_text.facts(taken, "fr", settings)
    assert told["rights"] == (standing_words.HELD[Held.PERMIT], standing_words.FOLLOWS[Follows.AUTOMATIC])
    days = [told["days"][name].replace("\u00a0", " ") for name in ("until", "issued")]
    assert days == ["10 février 2027", "26 janvier 2027"]


def test_a_certificate_left_in_force_is_told_after_the_dossier_is_closed(
    filed: Dossier, agent: Agent, clock: Clock, visitor: Visitor
) -> None:
    clock.advance(days=70)
    instruction.take(filed, act(filed, agent, clock))
    extended = Dossier.get_by_id(filed.id)
    asked = replace(act(extended, agent, clock), certificates=Settlement.KEPT)
    instruction.close(extended, asked, "Déposée deux fois.")
    clock.advance(days=20)
    told = space(visitor, filed)
    assert (
        "Votre attestation de prolongation prouve que votre séjour est régulier jusqu’au 10 mai 2027" in told
    )


def test_a_request_past_its_date_says_once_that_one_can_still_answer(
    app: Flask, filed: Dossier, agent: Agent, visitor: Visitor, clock: Clock, settings: Settings
) -> None:
    instruction.take(filed, act(filed, agent, clock))
    instruction.ask(filed, act(filed, agent, clock), {"passport": "La photo est floue."})
    clock.advance(days=40)
    instruction.remind(filed, act(filed, agent, clock))
    notice = Notice.get(Notice.kind == "complement_reminder")
    with app.app_context():
        told = [" ".join(message_text.title_and_sentences(notice, "fr", settings)[1])]
    client = visitor().sign_in(filed.account)
    told += [client.get(path).text for path in ("/fr/suivi/", f"/fr/suivi/{filed.reference}/complement")]
    told.append(enter(visitor(), agent, clock).get(address(filed)).text)
    for text in map(read, told):
        assert text.count("peut encore répondre") + text.count("pouvez encore répondre") == 1
        assert "encore répondre après cette date" not in text


@pytest.mark.parametrize(
    ("journey", "kind", "state", "told", "untold"),
    [
        ("validation-visa", "VLS-TS", State.FAVOURABLE, "arrivent dans votre espace", "Validez votre visa"),
        ("etudiant-premiere", "VLS", State.WITHDRAWN, "Votre première demande", "Il est valable jusqu’au"),
        ("etudiant-premiere", "VLS", State.FILED, "Votre demande est déposée", "Votre première demande"),
    ],
)
def test_a_visa_is_told_its_next_step_and_no_renewal(
    app: Flask, visitor: Visitor, journey: str, kind: str, state: State, told: str, untold: str
) -> None:
    """Seen: a validated visa whose number had not come was sent to the prefecture for its renewal."""
    record = factories.identity(permit_kind=kind, foreign_number="", visa_number="330000777", validated_on="")
    person = factories.account(record, foreign_number=None, visa_number="330000777")
    dossier = factories.filed(person, journey="etudiant-premiere")
    changes = {"journey": journey, "state": str(state), "with_card": False}
    Dossier.update(changes).where(Dossier.id == dossier.id).execute()
    page = read(visitor().sign_in(person).get("/fr/suivi/").text)
    assert told in page
    for wrong in (untold, "renouvellement de ce titre", "déposez votre renouvellement"):
        assert wrong not in page
