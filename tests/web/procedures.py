"""A procedure gone through over its pages, each one looked at."""

import json
import re
from html import unescape
from pathlib import Path
from typing import Any

from flask import Flask

from app.domain.journeys.journey import Journey, Page
from app.domain.journeys.questions import Case
from app.presenters.answers import format_answer
from app.storage.models import Account, Dossier, PhotoCode
from app.web.localisation import catalogues
from app.web.localisation.language import gettext as _
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON
from tests.generated import PERMIT_UNTIL, TODAY, forms, identity
from tests.speaking import speaking
from tests.web.forms import filled

# French words, such as a permit's mention, in a page of another language.
_FRENCH = re.compile(r'<span lang="fr" dir="ltr">([^<]*)</span>')


def words(text: str) -> str:
    """The text of a page as its reader compares it."""
    whole = _FRENCH.sub(r"\1", catalogues.plain(text))
    return unescape(whole).replace("\xa0", " ").replace("\u202f", " ")


def holder(one: Journey, **held: Any) -> Any:
    """Somebody whose permit opens this procedure; `held` is what else the register says of it."""
    record = factories.identity(**{"valid_until": PERMIT_UNTIL, **identity(one), **held})
    if "visa_number" in record:
        record["visa_number"] = f"{Account.select().count():09d}"
    number = record["foreign_number"] or None
    return factories.account(record, foreign_number=number, visa_number=record.get("visa_number"))


def go_through(
    one: Journey, answers: dict[str, Any], lang: str, app: Flask, client: PageClient, **held: Any
) -> Dossier:
    """From « Je commence » to the follow-up, looking at each page."""
    person = holder(one, **held)
    client.sign_in(person)
    return fill_in(one, answers, lang, app, client, person)


def fill_in(
    one: Journey, answers: dict[str, Any], lang: str, app: Flask, client: PageClient, person: Any
) -> Dossier:
    """The same, by somebody who is signed in."""
    if one.stamp:
        answers = answers | {one.stamp.key: buy_stamp(one, answers, person, app)}
    root = f"/{lang}/demande/{one.slug}"
    for step in forms(one):
        shown = words(client.get(f"{root}/{step.slug}").text)
        answer = client.post(f"{root}/{step.slug}", filled(step, answers))
        assert answer.status_code == 303, words(answer.text)
        with speaking(app, lang):
            assert all(words(_(question.label)) in shown for question in step.asked(answers))
    dossier = Dossier.get(Dossier.account == person)
    look_at_documents(one, answers, lang, app, client, dossier)
    look_at_summary(one, answers, lang, app, client)
    answer = client.post(f"{root}/deposer", {"sworn": "yes"})
    assert answer.status_code == 303, words(answer.text)
    dossier = Dossier.get_by_id(dossier.id)
    assert dossier.reference in client.get(answer.location).text
    assert dossier.reference in client.get(f"/{lang}/suivi/").text
    assert dossier.sealed == {
        key: value for key, value in one.relevant(answers).items() if key != "observation"
    } | {"observation": ""}
    delay = one.answer_within(Case(answers, identity=person.identity, today=TODAY))
    assert dossier.legal_answer_on == (delay.after(TODAY) if delay else None)
    return dossier


def buy_stamp(one: Journey, answers: dict[str, Any], person: Any, app: Flask) -> str:
    """A stamp of the right amount, known to its desk."""
    number = f"{person.id:016d}"
    owed = one.fee(Case(answers, identity=person.identity, today=TODAY), TODAY)
    path = Path(app.extensions["settings"].stamps_url.removeprefix("file:"))
    known = json.loads(path.read_text(encoding="utf-8"))
    known[number] = {"state": "good", "amount": owed, "bought_on": "2026-11-01"}
    path.write_text(json.dumps(known), encoding="utf-8")
    return number


def look_at_documents(
    one: Journey, answers: dict[str, Any], lang: str, app: Flask, client: PageClient, dossier: Dossier
) -> None:
    """Exactly the documents declared are asked for; then they are given."""
    if not one.documents:
        return
    text = words(client.get(f"/{lang}/demande/{one.slug}/justificatifs").text)
    case = Case(answers, identity=dossier.identity, today=TODAY)
    needed = one.needed(case)
    with speaking(app, lang):
        for document in one.documents:
            assert (f'id="{document.key}"' in text) is (document in needed), document.key
            assert document not in needed or words(_(document.title)) in text
    for document in needed:
        factories.document(dossier, document.key)
    if one.photo(case):
        code = f"{dossier.id:022d}"
        PhotoCode.create(dossier=dossier, code=code, state="ready", given_at=NOON, checked_at=NOON)


def look_at_summary(one: Journey, answers: dict[str, Any], lang: str, app: Flask, client: PageClient) -> None:
    """Every answer is read again, in the language of the page."""
    text = words(client.get(f"/{lang}/demande/{one.slug}/recapitulatif").text)
    with speaking(app, lang):
        for step, rows in one.rows(answers):
            for question, value in rows:
                if step.page is Page.FORM:
                    assert words(_(question.title)) in text
                    assert words(format_answer(question, value, lang)) in text, question.key
    assert "%(" not in text
