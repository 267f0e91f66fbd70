"""Forms of agents for requesting documents and for answering a request for more time."""

from collections.abc import Callable
from functools import lru_cache
from typing import Any

from app.domain.agent_forms.form import Answers, Form, always
from app.domain.dossiers.complements import MOST_OTHERS, OWN_WORDS, reason, reasons_for
from app.domain.journeys.checks import some_words
from app.domain.journeys.journey import SupportingDocument
from app.domain.journeys.questions import Case, Kind, Option, Question, When
from app.domain.rules.parameters import COMPLEMENT_CHOICES
from app.domain.text import N_, Problem

ASKED = "ask"  # key of the question whose answer has the keys of the documents requested
DUE_DAYS = "due_days"
NO_TIME = "none"


def _delays(*first: Option) -> tuple[Option, ...]:
    labels = {15: N_("15 jours"), 30: N_("30 jours"), 60: N_("60 jours")}
    return (*first, *(Option(str(days), labels[days]) for days in COMPLEMENT_CHOICES))


def _time_arguments(answers: Answers) -> dict[str, Any]:
    days = 0 if answers[DUE_DAYS] == NO_TIME else int(answers[DUE_DAYS])
    return {"days": days, "message": answers.get("reason", "")}


TIME_ANSWER = Form(
    questions=always(
        Question(
            DUE_DAYS,
            Kind.CHOICE,
            N_("Délai de plus, à partir d’aujourd’hui"),
            missing=N_("Choisissez le délai pour répondre."),
            options=_delays(Option(NO_TIME, N_("Non, la date ne change pas"))),
        ),
        Question(
            "reason",
            Kind.LONG_TEXT,
            N_("Ce que vous répondez à l’usager"),
            required=False,
            max_length=1000,
        ),
    ),
    arguments=_time_arguments,
)


_OTHERS = (
    Option("new_1", N_("Un document qui n’est pas dans la liste")),
    Option("new_2", N_("Un deuxième qui n’y est pas")),
    Option("new_3", N_("Un troisième qui n’y est pas")),
)[:MOST_OTHERS]
# What is said where the name, or the reason, of each of them is missing.
_UNNAMED = (
    (N_("Écrivez le nom du document."), N_("Dites pourquoi ce document est demandé.")),
    (N_("Écrivez le nom du deuxième document."), N_("Dites pourquoi le deuxième document est demandé.")),
    (N_("Écrivez le nom du troisième document."), N_("Dites pourquoi le troisième document est demandé.")),
)


@lru_cache(maxsize=500)
def _request(documents: tuple[SupportingDocument, ...]) -> tuple[Question, ...]:
    """Return the questions about the delay, the documents, and the reason for each document."""
    options = (*(Option(document.key, document.title) for document in documents), *_OTHERS)
    ticks = Question(
        ASKED,
        Kind.CHOICES,
        N_("Cochez les documents à demander"),
        missing=N_("Cochez au moins un document."),
        options=options,
    )
    delay = Question(
        DUE_DAYS,
        Kind.SELECT,
        N_("Délai pour répondre"),
        missing=N_("Choisissez le délai pour répondre."),
        options=_delays(),
        width="w10",
    )
    listed = (question for document in documents for question in _reason(document))
    named = (
        question
        for other, missing in zip(_OTHERS, _UNNAMED, strict=False)
        for question in _named(other.key, *missing)
    )
    return (delay, ticks, *listed, *named)


def _named(key: str, no_name: str, no_reason: str) -> tuple[Question, Question]:
    """Return the questions about a document outside the list: its name, and why it is asked for."""
    when = When(ASKED, key)
    return (
        Question(
            f"{key}_title",
            Kind.TEXT,
            N_("Nom du document (l’usager le lira)"),
            missing=no_name,
            when=when,
            checks=(some_words,),
            max_length=120,
        ),
        Question(
            f"{key}_words",
            Kind.LONG_TEXT,
            N_("Motif (l’usager le lira)"),
            missing=no_reason,
            hint=N_("Pourquoi il est demandé, et ce qui doit s’y voir."),
            when=when,
            checks=(some_words,),
            max_length=1000,
        ),
    )


def _reason(document: SupportingDocument) -> tuple[Question, Question]:
    key = document.key
    when = When(ASKED, key)
    missing = Problem(N_("Choisissez le motif pour : %(document)s"), {"document": Problem(document.title)})
    return (
        Question(
            f"{key}_reason",
            Kind.SELECT,
            N_("Motif (l’usager le lira)"),
            missing=missing,
            options=reasons_for(key),
            when=when,
            checks=(_own_words(f"{key}_words"),),
            width="w20",
        ),
        Question(
            f"{key}_words",
            Kind.LONG_TEXT,
            N_("Précision"),
            hint=N_("Dites ce que l’usager doit faire."),
            required=False,
            when=when,
            max_length=1000,
        ),
    )


def _own_words(key: str) -> Callable[[Any, Case], Problem | None]:
    def check(value: Any, case: Case) -> Problem | None:
        if value == OWN_WORDS and not case.answers.get(key):
            return Problem(N_("Écrivez le motif dans « Précision » : l’usager doit savoir quoi faire."))
        return None

    return check


def _request_arguments(answers: Answers) -> dict[str, Any]:
    new = [other.key for other in _OTHERS if other.key in answers[ASKED]]
    reasons = {
        slot: reason(answers[f"{slot}_reason"], slot, answers.get(f"{slot}_words", ""))
        for slot in answers[ASKED]
        if slot not in new
    }
    others = tuple((answers[f"{key}_title"], answers[f"{key}_words"]) for key in new)
    return {"reasons": reasons, "others": others, "days": int(answers[DUE_DAYS])}


REQUEST = Form(
    questions=lambda context: _request(context.documents),
    arguments=_request_arguments,
    reasons=lambda context: tuple(
        dict.fromkeys(reason for document in context.documents for reason in reasons_for(document.key))
    ),
)
