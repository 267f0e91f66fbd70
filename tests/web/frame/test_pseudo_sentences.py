"""What no link leads to, in two invented languages: each letter, text message and error of a form is from a catalogue."""

import re
from collections.abc import Callable, Iterator

import pytest
from flask import Flask
from icalendar import Calendar

from app.domain.journeys.questions import Case, Kind, Question
from app.domain.rules.rights import AttestationKind, Situation
from app.forms.validators import sentence
from app.jobs.prints import own_page
from app.languages import SOURCE, language_of
from app.presenters import message_text
from app.services.messages import notices
from app.storage.models import Notice
from app.web.localisation.language import gettext as _
from tests import factories, pseudo
from tests.clients import PageClient
from tests.every_form import COLLEAGUES, SERVICES, every_form
from tests.fixtures import NOON
from tests.pdf import facts as papers
from tests.services.worker.test_letters import FACTS
from tests.speaking import speaking
from tests.web.frame.test_pseudo_languages import ALIKE, WORD, folder, settings  # noqa: F401 – fixtures

pytestmark = [pytest.mark.engines("sqlite"), pytest.mark.slow]
WRONG = ("x", "0", "99999999999999", "é@", "€", "-5", "2027")
WRONG_DATES = ("1900-02-03", "2020-01-01", "2400-01-01")
PRINTED = re.compile("(talent|étudiant|visiteur)( [–(].*)?$")  # on a permit, in French in every language
NAMES = {name for _key, name in (*COLLEAGUES, *SERVICES)}


def strange(text: str, known: str = "") -> list[str]:
    """The lines of a text with a word that did not come from a catalogue."""
    lines = ALIKE.sub("", pseudo.outside(text)).splitlines()
    return [line for line in lines if any(word not in known for word in WORD.findall(line))]


@pytest.mark.parametrize("lang", [pseudo.LTR, pseudo.RTL])
def test_each_letter_and_text_message(app: Flask, lang: str) -> None:
    dossier = factories.filed()
    config = app.extensions["settings"]
    for kind, facts in FACTS.items():
        notices.notify(dossier, kind, NOON, **facts)
        notice = Notice.select().order_by(Notice.id.desc()).get()
        with app.app_context():
            told = message_text.facts(notice, lang, config)
            known = f"{facts} {told} {config.operator} http localhost suivi"
            templates = [f"mail/notices/{kind}.txt"] + [f"sms/{kind}.txt"] * (kind in notices.WITH_SMS)
            for template in templates:
                text = message_text.text(lang, template, told)
                assert pseudo.OPENS in text
                assert not strange(text, known), (kind, text)


def errors(question: Question) -> Iterator[str]:
    """What is said of no answer, and of answers that cannot be right."""
    wrong: tuple[object, ...] = {Kind.DATE: WRONG_DATES, Kind.MONEY: (0, 10**9)}.get(question.kind, WRONG)
    for answer in ("", *wrong):
        for case in (Case({}), Case({question.key: answer})):
            try:
                problem = question.problem(answer, case)
            except (
                KeyError,
                AttributeError,
                ValueError,
                ArithmeticError,
            ):  # needs the answers of a whole application
                continue
            if problem:
                yield sentence(problem)


@pytest.mark.parametrize("lang", [pseudo.LTR, pseudo.RTL])
def test_each_form_and_each_of_its_errors(app: Flask, lang: str) -> None:
    found: dict[str, str] = {}
    with speaking(app, lang):
        known = " ".join((*NAMES, "Français English", *WRONG, app.extensions["settings"].operator))

        for name, step in every_form().items():
            for question in step.questions:
                words = [question.label, question.hint, *(each.label for each in question.options)]
                said = [_(text) for text in words if text and text not in NAMES and not PRINTED.match(text)]
                for text in (*said, *errors(question)):
                    if rest := strange(str(text), known):
                        found.setdefault(rest[0], name)
    assert not found


@pytest.mark.parametrize("lang", [pseudo.LTR, pseudo.RTL])
def test_the_calendar_of_a_permit(visitor: Callable[[], PageClient], lang: str) -> None:
    person = factories.account()
    sent = visitor().sign_in(person).get(f"/{lang}/suivi/echeances.ics")
    told = [
        str(event[part])
        for event in Calendar.from_ical(sent.data).events
        for part in ("summary", "description")
    ]
    assert len(told) >= 4
    known = " ".join(language_of(lang).locale.months["format"]["wide"].values())
    assert not [line for text in told for line in strange(text, known)]


def test_the_holders_page_of_a_certificate(app: Flask) -> None:
    sample = papers.facts(kind=AttestationKind.EXTENSION, situation=Situation.RENEWAL)
    known = " ".join((sample.holder, *language_of(pseudo.RTL).locale.months["format"]["wide"].values()))
    with speaking(app, pseudo.RTL):
        own = own_page(sample)
    assert own is not None
    shown = (own.title, own.note, *(words for row in own.rows[1:] for words in row))
    assert not [line for words in shown for line in strange(words, known)]


def test_a_sentence_outside_the_brackets_is_seen() -> None:
    assert strange(f"{pseudo.OPENS}abc {pseudo.CLOSES} Bonjour") == ["Bonjour"]
    assert not strange(pseudo.said("Bonjour %(name)s", pseudo.LTR) % {"name": "Lê"}, SOURCE)
