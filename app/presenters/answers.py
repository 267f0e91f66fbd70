"""Stored answers as text, for the summary, the follow-up, the PDF and the agent's page."""

from datetime import date
from typing import Any

from app.domain.journeys.questions import Kind, Question, as_list
from app.domain.rules.deadlines import Answers
from app.domain.text import N_
from app.forms.fields import FIELDS
from app.web.localisation import formats, nationalities
from app.web.localisation.language import gettext as _

AMOUNTS = {"": "%(amount)s", "month": N_("%(amount)s par mois"), "year": N_("%(amount)s par an")}
NOTHING = N_("Aucune réponse")
NO_NAME = N_("aucun")  # shown in place of a part of a name that a person does not have
NO_NUMBER = N_("en cours d’attribution")  # shown in place of a foreign number not assigned yet


def format_answer(question: Question, value: Any, language: str) -> str:
    """Return a stored answer as text in a language."""
    if value in (None, "", []):
        return _(NOTHING)
    if question.options:
        labels = {option.key: option.label for option in question.options}
        return ", ".join(_(labels[key]) if key in labels else str(key) for key in as_list(value))
    if question.kind is Kind.DATE:
        return formats.day(date.fromisoformat(value), language)
    if question.kind is Kind.MONEY:
        return _(AMOUNTS[question.per], amount=formats.euros(value, language))
    if question.kind is Kind.COUNTRY:
        return nationalities.country(value, language)
    if question.written:
        return question.written(value)
    return str(FIELDS[question.kind].format(value))


def reviewed_answer(question: Question, value: Any, answers: Answers, language: str) -> str:
    """Return a stored answer as an agent reads it: with the word that the person confirmed it, if it was doubted."""
    shown = format_answer(question, value, language)
    if not question.is_confirmed(value, answers):
        return shown
    return str(_("%(answer)s (inhabituel : confirmé par la personne)", answer=shown))
