"""Words that people wrote say their language where the page has another one (WCAG 3.1.2), on both sides."""

import re
from collections.abc import Callable
from dataclasses import replace

import pytest
from flask import Flask

from app.domain.journeys.questions import Kind, Option, Question
from app.services.applications import complements
from app.services.decisions import instruction, undoing
from app.services.review import notes
from app.services.review.dossier_view import view_dossier
from app.storage.models import Account, Agent, Dossier, Explanation, Notice
from app.web.localisation import formats
from app.web.pages.rendering import environment_of
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.services.decisions.test_undoing import by, row
from tests.web.agent_pages import address, enter, member

pytestmark = pytest.mark.engines("sqlite")
ASKED, NOTED, PLEA, WHY = "La page 3 manque.", "Rappeler lundi.", "My consulate is slow.", "I never had one."


@pytest.fixture
def officer(app: object) -> Agent:
    return member()


@pytest.fixture
def dossier(officer: Agent) -> Dossier:
    """Of somebody who reads English: a document was asked for, more time too."""
    filed = factories.filed()
    Account.update(language="en").where(Account.id == filed.account_id).execute()
    instruction.take(filed, by(officer, filed, NOON))
    notes.write(view_dossier(officer, filed.reference or "", NOON), officer, NOTED, NOON)
    Explanation.create(dossier=filed, slot="permit", text=WHY, written_at=NOON - factories.days(1))
    instruction.ask(row(filed), by(officer, filed, NOON), {"passport": ASKED})
    complements.ask_time(row(filed), PLEA, NOON)
    return row(filed)


def spoken(page: str) -> dict[str, set[str]]:
    """Each of the words above that a page shows, with the languages it is said to be in: "" is the page's own."""
    found = re.findall(r'<bdi(?: lang="(\w+)")?>([^<]+)</bdi>', page)
    shown = {words: {lang for lang, said in found if said == words} for words in (ASKED, NOTED, PLEA, WHY)}
    return {words: languages for words, languages in shown.items() if languages}


@pytest.mark.parametrize(("lang", "own", "other"), [("fr", "", "en"), ("en", "fr", "")])
def test_an_officer_reads_both(
    visitor: Callable[[], PageClient],
    officer: Agent,
    dossier: Dossier,
    clock: Clock,
    lang: str,
    own: str,
    other: str,
) -> None:
    page = enter(visitor(), officer, clock).get(f"{address(dossier, lang=lang)}?piece=permit").text
    assert spoken(page) == {ASKED: {own}, NOTED: {own}, PLEA: {other}, WHY: {other}}


@pytest.mark.parametrize(("lang", "own"), [("fr", ""), ("en", "fr")])
def test_an_applicant_reads_the_officers_words_as_theirs(
    visitor: Callable[[], PageClient], officer: Agent, dossier: Dossier, lang: str, own: str
) -> None:
    client = visitor().sign_in(dossier.account)
    assert spoken(client.get(f"/{lang}/suivi/{dossier.reference}/complement").text) == {ASKED: {own}}
    undoing.cancel_request(dossier, by(officer, dossier, NOON), ASKED)
    notice = Notice.get(Notice.kind == "request_cancelled")
    assert spoken(client.get(f"/{lang}/suivi/messages/{notice.id}").text) == {ASKED: {own}}


def test_words_are_escaped_and_those_of_the_page_have_no_language() -> None:
    assert formats.said("<b>", "en", language="fr") == '<bdi lang="en">&lt;b&gt;</bdi>'
    assert formats.said("oui", language="fr") == "<bdi>oui</bdi>"
    assert formats.said("بلی", "fa", language="fr") == '<bdi lang="fa-AF">بلی</bdi>'
    assert formats.plain(formats.said("a < b", "en", language="fr")) == "a < b"


QUESTION = Question("city", Kind.TEXT, "Ville", missing="Écrivez la ville.")
ANSWERS = {
    replace(QUESTION): '<bdi lang="" translate="no">&lt;b&gt;</bdi>',
    replace(QUESTION, kind=Kind.DATE): '<bdi translate="no">&lt;b&gt;</bdi>',
    replace(QUESTION, kind=Kind.CHOICE, options=(Option("a", "<b>"),)): "<bdi>&lt;b&gt;</bdi>",
}


@pytest.mark.parametrize("question", ANSWERS, ids=lambda question: question.kind)
def test_what_was_typed_is_not_said_to_be_in_the_language_of_the_page(question: Question) -> None:
    assert formats.answered("<b>", question, language="fr") == ANSWERS[question]


def test_what_a_person_typed_is_theirs_on_both_sides(
    visitor: Callable[[], PageClient], officer: Agent, dossier: Dossier, clock: Clock
) -> None:
    typed = '<bdi lang="" translate="no">29 rue du Professeur-Rochaix</bdi>'
    assert typed in visitor().sign_in(dossier.account).get(f"/fr/suivi/{dossier.reference}/modifier").text
    assert typed in enter(visitor(), officer, clock).get(address(dossier)).text


def test_words_within_a_sentence_keep_their_language(app: Flask) -> None:
    with app.test_request_context("/fr/"):
        said = environment_of("fr").from_string('{{ _(sentence, words="<i>"|said(unknown)) }}')
    sentence = said.render(sentence="Exemple : %(words)s <")
    assert sentence == 'Exemple : <bdi lang="">&lt;i&gt;</bdi> &lt;'


@pytest.mark.parametrize(("code", "words"), [("uk", "lit le site en ukrainien"), ("fr", ""), ("falc", "")])
def test_an_officer_sees_in_which_language_a_person_reads(
    visitor: Callable[[], PageClient], officer: Agent, dossier: Dossier, clock: Clock, code: str, words: str
) -> None:
    Account.update(language=code).where(Account.id == dossier.account_id).execute()
    client = enter(visitor(), officer, clock)
    for page in (address(dossier), f"{address(dossier)}/ecrire"):
        text = client.get(page).text
        assert ("lit le site" in text) is bool(words)
        assert words in text


def test_words_inside_a_sentence_keep_their_element(app: Flask) -> None:
    """A sentence with values is `text % values` in a compiled template, which would show the element as text."""
    with app.test_request_context("/fr/"):
        template = environment_of("fr").from_string(
            '{{ _("«\xa0%(words)s\xa0»", words=typed|said(unknown)) }}'
        )
        assert template.render(typed="<b>") == '«\xa0<bdi lang="">&lt;b&gt;</bdi>\xa0»'
