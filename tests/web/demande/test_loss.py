"""A permit lost: told on the first step and before filing what follows, and led on to the renewal by itself."""

from datetime import date, timedelta
from typing import Any

import pytest
from flask import Flask

from app.domain.dossiers.states import State
from app.domain.journeys.journey import Journey
from app.services.applications import corrections, dossiers
from app.storage.models import Account, DecisionLetter, Dossier, Notice
from tests import factories
from tests.answers import ANSWERS
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.generated import forms, paths
from tests.on_offer import LOSS, MOVING, STUDENT_RENEWAL, TALENT_RENEWAL, VISITOR_RENEWAL
from tests.web.agent_pages import Visitor, act, enter, member
from tests.web.forms import filled
from tests.web.procedures import words

pytestmark = pytest.mark.engines("sqlite")
TODAY = date(2026, 11, 23)
LANGS = pytest.mark.parametrize("lang", ["fr", "en"])
ROOT = f"demande/{LOSS.slug}"


def declaring(days: int, **held: Any) -> Account:
    """Somebody whose permit ends in so many days, with everything answered and given."""
    factories.service()
    person = factories.account(factories.identity(TODAY + timedelta(days=days), **held))
    of = {"journey": LOSS.slug, "journey_version": LOSS.version}
    answers = paths(LOSS)[0]
    factories.complete(factories.draft(person, answers, **of), code=f"{person.id:022d}")
    return person


def file(client: PageClient, lang: str) -> Any:
    """Send the summary; the answer."""
    client.get(f"/{lang}/{ROOT}/recapitulatif")
    return client.post(f"/{lang}/{ROOT}/deposer", {"sworn": "yes"})


@LANGS
@pytest.mark.parametrize(
    ("days", "mention", "price", "then"),
    [
        (91, "etudiant", 150, 0),
        (90, "visiteur", 350, 0),
        (89, "etudiant", 0, 100),
        (59, "etudiant", 0, 280),
        (89, "visiteur", 0, 250),
    ],
)
def test_what_follows_is_told_before_the_card_is_cancelled(
    visitor: Visitor, days: int, mention: str, price: int, then: int, lang: str
) -> None:
    client = visitor().sign_in(declaring(days, mention=mention))
    first = words(client.get(f"/{lang}/{ROOT}/{LOSS.steps[0].slug}").text)
    summary = words(client.get(f"/{lang}/{ROOT}/recapitulatif").text)
    photo = words(client.get(f"/{lang}/{ROOT}/justificatifs").text)
    assert ('id="ephoto"' in photo) is bool(price)
    amount = f"{price} €" if lang == "fr" else f"€{price}"
    for text in (first, summary):
        if price:
            assert ("Un duplicata est fabriqué" if lang == "fr" else "A replacement card is made") in text
            assert amount in text
            assert "Ensuite :" not in text
        else:
            assert ("Il n’y a pas de duplicata" if lang == "fr" else "There is no replacement card") in text
            told = f"Prix : {then} €" if lang == "fr" else f"Price: €{then}"
            assert told in text
    assert ("C’est gratuit." in summary or "It is free." in summary) is not bool(price)


@LANGS
@pytest.mark.parametrize(("days", "mention"), [(60, "vie-privee"), (-200, "etudiant")])
def test_a_permit_that_is_renewed_elsewhere_says_where(
    visitor: Visitor, days: int, mention: str, lang: str
) -> None:
    client = visitor().sign_in(declaring(days, mention=mention))
    said = "à votre préfecture, pas ici" if lang == "fr" else "at your prefecture, not here"
    assert said in words(client.get(f"/{lang}/{ROOT}/recapitulatif").text)
    sent = file(client, lang)
    assert "/demande/confirmation/" in sent.location
    assert said in words(client.get(sent.location).text)


@LANGS
@pytest.mark.parametrize("days", [89, 30])
def test_under_ninety_days_filing_leads_on_to_the_renewal(visitor: Visitor, days: int, lang: str) -> None:
    person = declaring(days)
    client = visitor().sign_in(person)
    sent = file(client, lang)
    lost = Dossier.get(Dossier.account == person)
    assert lost.state == State.FAVOURABLE
    assert f"/{lang}/demande/{STUDENT_RENEWAL.slug}?apres={lost.reference}" in sent.location
    step = client.get(sent.location)
    page = client.get(step.location)
    text = words(page.text)
    assert f"/{lang}/demande/{STUDENT_RENEWAL.slug}/{STUDENT_RENEWAL.steps[0].slug}" in step.location
    assert str(lost.reference) in text
    assert f"/{lang}/demande/confirmation/{lost.reference}" in page.text
    assert f"/{lang}/attestations/" in page.text, "the paper that proves the declaration"
    again = client.post(f"/{lang}/{ROOT}/deposer", {"sworn": "yes"})
    assert again.status_code == 303
    assert Dossier.select().where(Dossier.journey == LOSS.slug).count() == 1


@LANGS
def test_over_ninety_days_filing_ends_at_its_confirmation(visitor: Visitor, lang: str) -> None:
    person = declaring(90)
    client = visitor().sign_in(person)
    sent = file(client, lang)
    lost = Dossier.get(Dossier.account == person)
    assert sent.location.endswith(f"/{lang}/demande/confirmation/{lost.reference}")
    assert lost.state == State.FILED


def test_a_renewal_that_is_filed_already_is_not_begun_again(visitor: Visitor) -> None:
    person = declaring(79)
    factories.filed(person)
    sent = file(visitor().sign_in(person), "fr")
    assert "/demande/confirmation/" in sent.location


def test_the_declaration_of_somebody_else_is_not_shown(visitor: Visitor) -> None:
    other = factories.filed()
    client = visitor().sign_in(declaring(79))
    first = f"/fr/demande/{STUDENT_RENEWAL.slug}/{STUDENT_RENEWAL.steps[0].slug}"
    assert client.get(f"{first}?apres={other.reference}").status_code == 404
    assert client.get(f"{first}?apres=%00").status_code == 404
    assert client.get(f"{first}?apres=").status_code == 200


@LANGS
def test_a_duplicate_stays_one_when_its_permit_ends_soon_after(
    visitor: Visitor, clock: Clock, app: Flask, lang: str
) -> None:
    person = declaring(95)
    confirmation = file(visitor().sign_in(person), lang).location
    clock.advance(days=10)
    client = visitor().sign_in(person)
    lost = Dossier.get(Dossier.account == person)
    assert ("Votre demande est déposée" if lang == "fr" else "Your application is submitted") in words(
        client.get(confirmation).text
    )
    desk = enter(visitor(), member(), clock)
    assert act(desk, lost, "take").status_code == 303
    page = words(desk.get(f"/fr/agents/dossiers/{lost.reference}/approve").text)
    assert "150 €" in page
    assert act(desk, lost, "approve", kind=[]).status_code == 303
    letter = DecisionLetter.get(DecisionLetter.dossier == lost)
    assert "Votre demande de duplicata est acceptée" in str(letter.__data__)
    told = Notice.select().where(Notice.dossier == lost, Notice.kind == "approved").get()
    assert told.facts["amount"] == 15_000


def test_a_corrected_duplicate_is_still_made(clock: Clock, app: Flask) -> None:
    person = declaring(95)
    lost = dossiers.submit(Dossier.get(Dossier.account == person), clock())
    assert lost.with_card
    corrections.correct(lost, {"happened_at": "Dans le tramway"}, clock.advance(days=10))
    assert Dossier.get_by_id(lost.id).with_card


@LANGS
def test_a_new_card_that_serves_nothing_is_told_where_it_is_chosen(visitor: Visitor, lang: str) -> None:
    told = (
        "Une nouvelle carte maintenant ne sert à rien" if lang == "fr" else "You do not need a new card now"
    )
    for days, shown in ((91, False), (89, True)):
        factories.service()
        person = factories.account(factories.identity(TODAY + timedelta(days=days)))
        answers = {key: value for key, value in paths(MOVING)[0].items() if key != "new_card"}
        factories.draft(person, answers, journey=MOVING.slug, journey_version=MOVING.version)
        client = visitor().sign_in(person)
        for step in MOVING.steps[:2]:
            text = words(client.get(f"/{lang}/demande/{MOVING.slug}/{step.slug}").text)
            assert (told in text) is shown, (days, step.slug)


THRESHOLDS = [
    (STUDENT_RENEWAL, "ressources", "salary_amount", "877,50 €", "€877.50", 87_749, 87_750),
    (VISITOR_RENEWAL, "ressources", "pension_amount", "1 477,93 €", "€1,477.93", 147_792, 147_793),
]


@LANGS
@pytest.mark.parametrize(
    ("journey", "slug_of_step", "key", "french", "english", "below", "enough"), THRESHOLDS
)
def test_the_amount_stands_beside_its_question_and_is_told_once_it_is_known(
    visitor: Visitor,
    journey: Journey,
    slug_of_step: str,
    key: str,
    french: str,
    english: str,
    below: int,
    enough: int,
    lang: str,
) -> None:
    step = next(step for step in forms(journey) if step.slug == slug_of_step)
    source = key.removesuffix("_amount")
    base = ANSWERS if journey is STUDENT_RENEWAL else paths(journey)[0]
    answers = {k: v for k, v in base.items() if k not in {q.key for q in step.questions}}
    factories.service()
    mention = min(journey.mentions)
    person = factories.account(factories.identity(date(2027, 2, 10), mention=mention))
    factories.draft(person, answers, journey=journey.slug, journey_version=journey.version)
    client = visitor().sign_in(person)
    root = f"/{lang}/demande/{journey.slug}/"
    text = words(client.get(f"{root}{slug_of_step}").text)
    amount = french if lang == "fr" else english
    hint = text.partition('id="sources-hint"')[2].partition("</p>")[0]
    assert (
        f"Montant demandé : {amount} par mois" if lang == "fr" else f"Amount required: {amount} a month"
    ) in hint
    missed = {"fr": "ressources sont sous le montant demandé", "en": "are below the amount required"}[lang]
    assert missed not in text
    for declared, told in ((below, True), (enough, False)):
        given = answers | {"exemption": "none", "sources": [source], key: declared, "free_housing": "no"}
        sent = client.post(f"{root}{slug_of_step}", filled(step, given))
        assert sent.status_code == 303, words(sent.text)
        following = words(client.get(sent.location).text)
        assert (missed in following) is told
        assert (amount in following) is told
        assert (missed in words(client.get(f"{root}{slug_of_step}").text)) is told
        client.get(f"{root}{slug_of_step}")


@LANGS
def test_who_is_exempt_from_resources_is_told_nothing(visitor: Visitor, lang: str) -> None:
    person = factories.account(factories.identity(date(2027, 2, 10)))
    answers = {k: v for k, v in ANSWERS.items() if k not in ("sources", "salary_amount", "free_housing")}
    draft = factories.draft(person, answers | {"exemption": "french_bac"})
    client = visitor().sign_in(person)
    text = words(client.get(f"/{lang}/demande/{draft.journey}/justificatifs").text)
    assert "Vos ressources sont sous le montant demandé" not in text
    assert "Your resources are below the amount required" not in text


@LANGS
def test_the_pay_asked_of_each_mention_stands_beside_the_pay(visitor: Visitor, lang: str) -> None:
    journey = TALENT_RENEWAL
    person = factories.account(
        factories.identity(date(2027, 2, 10), mention="talent-chercheur", permit_kind="CSP")
    )
    answers = paths(journey)[0] | {"talent_mention": "talent-carte-bleue", "annual_pay": 5_900_000}
    factories.draft(person, answers, journey="talent", journey_version=journey.version)
    client = visitor().sign_in(person)
    text = words(client.get(f"/{lang}/demande/talent/motif-de-sejour").text)
    hint = text.partition('id="annual_pay-hint"')[2].partition("</p>")[0]
    for french, english, mention in (
        ("39 582 € par an", "€39,582 a year", "talent – salarié qualifié"),
        ("59 373 € par an", "€59,373 a year", "talent – carte bleue européenne"),
        ("27 600 € par an", "€27,600 a year", "talent – chercheur, talent – chercheur-programme de mobilité"),
    ):
        colon = " :" if lang == "fr" else ":"
        assert f"{mention}{colon} {french if lang == 'fr' else english}" in hint
    missed = {"fr": "ressources sont sous le montant demandé", "en": "are below the amount required"}[lang]
    assert missed in text
    assert missed in words(client.get(f"/{lang}/demande/talent/justificatifs").text)
