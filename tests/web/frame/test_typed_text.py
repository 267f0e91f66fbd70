"""What is typed or pasted, in every field of every form: one stored value, whatever comes along with it."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from itertools import product
from typing import Any

import pytest
from flask import Flask
from werkzeug.datastructures import MultiDict

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Kind, Question
from app.domain.rules.identifiers import normal_number, normal_reference
from app.forms.fields import FIELDS
from app.forms.steps import form_class
from tests.every_form import every_question

ARABIC = str.maketrans("0123456789", "٠١٢٣٤٥٦٧٨٩")
WIDE = {code: code + 0xFEE0 for code in range(ord("!"), ord("~") + 1)}
HIDDEN = "\u200b\u200e\u200f\u202a\u202c\u2066\u2069\u00ad\ufeff\u2060\u061c"

TYPED: dict[Kind, str] = {
    Kind.TEXT: "Hélène d'Ornano 12",
    Kind.LONG_TEXT: "Première ligne é 12\nDeuxième",
    Kind.EMAIL: "o'brien12@exemple.fr",
    Kind.PHONE: "06 12 34 56 78",
    Kind.MONEY: "1200,50",
    Kind.POSTCODE: "69003",
    Kind.COMMUNE: "Lyon",
    Kind.STAMP: "1000200030004000",
    Kind.COUNTRY: "VNM",
}
WITH_GRAMMAR = frozenset(TYPED) - {Kind.TEXT, Kind.LONG_TEXT, Kind.COMMUNE}


@pytest.fixture(autouse=True)
def french(app: Flask) -> Iterator[None]:
    """Sentences need a request to be in a language."""
    with app.test_request_context("/fr/"):
        yield


def dirty(text: str) -> Iterator[str]:
    """The same text as keyboards, word processors, PDF readers and other scripts give it."""
    yield from (f"  {text}\r\n", f"\ufeff{text}\u200b", f"\u202b{text}\u202c", f"\u00a0\u3000{text}\u2028")
    yield HIDDEN.join(text)
    yield unicodedata.normalize("NFD", text)
    yield text.replace("\n", "\r\n")
    yield text.translate(ARABIC)
    yield text.translate(WIDE)
    yield text.translate(ARABIC).translate(WIDE) + "\t"


def dirty_with_grammar(text: str) -> Iterator[str]:
    """And where only one sign is right: the others that look like it."""
    yield text.replace("'", "’")
    yield text.replace("'", "ʼ")
    yield text.replace(" ", "\u202f").replace(",", "\u066b")


def stored(question: Question, **sent: str) -> Any:
    """What a field keeps, and its errors if it can keep nothing."""
    form = form_class(Step("essai", "", "", (replace(question, when=None, checks=()),)))(
        MultiDict(sent), Case({}, today=date(2026, 11, 23))
    )
    form.validate()
    return form.answers.get(question.key, form.errors)


ASKED = {f"{name} {question.key}": question for name, question in every_question()}


def sent_for(question: Question) -> Iterator[dict[str, str]]:
    """What a browser may send for one and the same answer, the plain one first."""
    key, kind = question.key, question.kind
    if kind is Kind.DATE:
        plain = {f"{key}-day": "7", f"{key}-month": "09", f"{key}-year": "2026"}
        yield plain
        for variants in zip(*map(dirty, plain.values()), strict=True):
            yield dict(zip(plain, variants, strict=True))
        return
    text = question.options[0].key if question.options else TYPED.get(kind, "")
    if question.normal in (normal_number, normal_reference):
        text = "69 2026 000123 6"
    yield {key: text}
    variants = [*dirty(text), *(dirty_with_grammar(text) if kind in WITH_GRAMMAR or question.normal else ())]
    yield from ({key: variant} for variant in variants)


def test_the_same_value_is_kept_however_it_is_typed() -> None:
    wrong = []
    for name, question in ASKED.items():
        if question.kind is Kind.PASSWORD:
            continue
        clear, *others = [stored(question, **sent) for sent in sent_for(question)]
        assert not isinstance(clear, dict), (name, clear)
        wrong += [(name, ascii(other), clear) for other in others if other != clear]
    assert not wrong, (len(wrong), wrong[:5])


def test_no_input_cuts_before_its_text_is_cleaned(app: Flask) -> None:
    """A limit in the page counts the spaces of « 69 003 », and cuts in silence."""
    templates = app.jinja_env.loader
    assert templates is not None
    for name in templates.list_templates():
        text = templates.get_source(app.jinja_env, name)[0]
        assert not re.search(r"\bmaxlength=", text), name


def question_of(kind: Kind, **more: Any) -> Question:
    """A question of a kind."""
    return Question("line", kind, "Question", missing="Répondez.", **more)


def test_a_limit_counts_what_is_kept() -> None:
    assert stored(question_of(Kind.TEXT, max_length=5), line="\u200b" * 50 + " Élise ") == "Élise"


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("nom@exämple.de", "nom@xn--exmple-cua.de"),
        ("nom@straße.de", "nom@xn--strae-oqa.de"),  # not strasse.de, which is somebody else's
        ("O’Brien@exemple.fr", "o'brien@exemple.fr"),
        ("<mailto:nom@exemple.fr>", "nom@exemple.fr"),
        (
            "nom @exemple. fr.",
            "nom@exemple.fr",
        ),  # keyboards of telephones end a word with a space, a sentence with a dot
        ("nom@例え.jp", "nom@xn--r8jz45g.jp"),
    ],
)
def test_a_mail_address_is_kept_as_letters_reach_it(typed: str, kept: str) -> None:
    assert stored(question_of(Kind.EMAIL), line=typed) == kept


@pytest.mark.parametrize("typed", ["andré@exemple.fr", "ñandu@exemple.fr", "имя@exemple.fr"])
def test_an_address_that_no_letter_reaches_is_refused_with_its_letter_and_the_cure(typed: str) -> None:
    (sentence,) = stored(question_of(Kind.EMAIL), line=typed)["line"]
    strange = next(letter for letter in typed if not letter.isascii())
    assert f"« {strange} »".replace("« ", "«\u00a0").replace(" »", "\u00a0»") in sentence
    assert "donnez-en une autre" in sentence


@pytest.mark.parametrize("typed", ["7/09/2026", "07.09.2026", "7 9 2026"])
def test_a_whole_date_pasted_into_the_first_box_is_read(typed: str) -> None:
    question = question_of(Kind.DATE)
    assert stored(question, **{"line-day": typed}) == "2026-09-07"


@pytest.mark.parametrize(
    "year", ["1447", "1405", "2569"]
)  # of the Hijra, lunar and solar; of the Buddhist era
def test_a_year_of_another_calendar_is_named_as_such(year: str) -> None:
    sent = {"line-day": "12", "line-month": "3", "line-year": year}
    (sentence,) = stored(question_of(Kind.DATE), **sent)["line"]
    assert year in sentence
    assert "autre calendrier" in sentence


@pytest.mark.parametrize("typed", ["69 003", "F-69003", "６９００３", "\u200b69003"])
def test_a_postcode_however_it_is_written(typed: str) -> None:
    assert stored(question_of(Kind.POSTCODE), line=typed) == "69003"


def test_letters_of_a_word_in_persian_stay_apart() -> None:
    assert stored(question_of(Kind.TEXT), line="علی\u200cرضا\u200c") == "علی\u200cرضا"


def test_every_kind_has_a_sample() -> None:
    """A new kind of question says here what is typed into it."""
    choices = {Kind.CHOICE, Kind.SELECT, Kind.CHOICES, Kind.DATE, Kind.PASSWORD}
    assert set(TYPED) | choices == set(FIELDS)


# Signs that the service that this one replaces refused, in any field.
HOSTILE = (
    '& * $ ( ) ° : ; , _ " /',
    "Paris 8",
    "2 bis / B, esc. n° 4 & 5",
    "Saint-Étienne-du-Grès-sur-l'Étang",
    "x'; --",
)


def test_no_sign_is_refused_in_a_text() -> None:
    free = [q for q in ASKED.values() if q.kind in (Kind.TEXT, Kind.LONG_TEXT) and not q.normal]
    for question, sign in product(free, HOSTILE):
        text = f"Chez nous {sign}"
        assert stored(question, **{question.key: text}) == text
