"""Form of the answer to an employer about a card."""

from dataclasses import replace
from functools import cache

from app.domain.dossiers.hiring import Outcome
from app.domain.journeys.checks import some_words
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question
from app.domain.text import N_

OUTCOME_TITLES: dict[Outcome, str] = {
    Outcome.AUTHENTIC: N_("Le titre existe et autorise cet emploi"),
    Outcome.NO_WORK: N_("Le titre existe, mais n’autorise pas cet emploi"),
    Outcome.UNKNOWN: N_("La préfecture ne reconnaît pas ce titre"),
    Outcome.UNREADABLE: N_("La copie ne permet pas de répondre"),
}

_OUTCOME = Question(
    "outcome",
    Kind.CHOICE,
    N_("Que répond la préfecture ?"),
    missing=N_("Choisissez ce que répond la préfecture."),
    options=tuple(Option(str(outcome), title) for outcome, title in OUTCOME_TITLES.items()),
)
_WORDS = Question(
    "text",
    Kind.LONG_TEXT,
    N_("Précision pour l’employeur"),
    hint=N_("Seulement ce qu’il faut pour embaucher ou non : ne dites rien d’autre de la personne."),
    required=False,
    checks=(some_words,),
    max_length=1000,
)


@cache
def hiring_answer_step(corrects: bool) -> Step:
    """Return the form of an answer, or of one that corrects it, which says why."""
    why = replace(
        _WORDS,
        label=N_("Pourquoi la réponse change (l’employeur le lira)"),
        missing=N_("Écrivez pourquoi la réponse change."),
        required=True,
    )
    return Step("reponse", N_("Répondre à l’employeur"), "", (_OUTCOME, why if corrects else _WORDS))
