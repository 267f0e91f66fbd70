"""Forms of decisions: grant, its correction, refusal, closure, and templates of their letters."""

from collections.abc import Callable
from datetime import date
from functools import cache
from typing import Any

from app.domain.agent_forms.form import Answers, Form, always
from app.domain.dossiers import decisions
from app.domain.dossiers.decision_letters import MOST, problem
from app.domain.dossiers.decisions import CLOSURES, LAWS, OWN_WORDS, Granted, Outcome, refusals
from app.domain.journeys.checks import after, some_words, within_years
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Check, Kind, Option, Question
from app.domain.rules import mentions
from app.domain.rules.permits import KINDS, last_day
from app.domain.text import N_, Problem

_KINDS = {
    "CST": Option("CST", N_("Carte de séjour temporaire"), N_("un an au plus")),
    "CSP": Option("CSP", N_("Carte de séjour pluriannuelle"), N_("quatre ans au plus")),
}
_TOO_LONG = {
    12: N_(
        "Une carte de séjour temporaire dure un an au plus : jusqu’au %(day)s. Changez la date ou le titre."
    ),
    48: N_("Une carte de séjour pluriannuelle dure quatre ans au plus : jusqu’au %(day)s. Changez la date."),
}


def _not_longer_than_its_kind(value: Any, case: Case) -> Problem | None:
    kind, starts = KINDS.get(case.answers.get("kind", "")), case.answers.get("starts")
    if not kind or not starts or starts > "9000":  # date() ends with 9999; the first day has its own message
        return None
    last = last_day(date.fromisoformat(starts), kind.months)
    if date.fromisoformat(value) > last:
        return Problem(_TOO_LONG[kind.months], {"day": f"{last:%d/%m/%Y}"})
    return None


@cache
def _grant(kinds: tuple[str, ...], granted: frozenset[str]) -> tuple[Question, ...]:
    """Return the questions about the permit granted and its dates; none if the procedure grants no permit."""
    if not kinds:
        return ()
    allowed = [Option(key, title) for key, title in mentions.TITLES.items() if key in granted]
    return (
        Question(
            "kind",
            Kind.CHOICE,
            N_("Titre accordé"),
            missing=N_("Choisissez le titre accordé."),
            options=tuple(_KINDS[kind] for kind in kinds),
        ),
        Question(
            "mention",
            Kind.SELECT,
            N_("Mention"),
            missing=N_("Choisissez la mention."),
            options=tuple(allowed),
            width="w20",
        ),
        Question(
            "starts",
            Kind.DATE,
            N_("Premier jour de validité"),
            missing=N_("Écrivez le premier jour de validité."),
            checks=(within_years(2),),
        ),
        Question(
            "ends",
            Kind.DATE,
            N_("Dernier jour de validité"),
            missing=N_("Écrivez le dernier jour de validité."),
            hint=N_("Compris dans la validité."),
            checks=(after("starts"), within_years(7), _not_longer_than_its_kind),
        ),
    )


GRANT = Form(
    questions=lambda context: _grant(
        tuple(grantable.kind for grantable in context.journey.grants), context.journey.mentions
    ),
    arguments=lambda answers: {"granted": Granted.from_json(answers)},
)


@cache
def _corrected_grant(kinds: tuple[str, ...], granted: frozenset[str]) -> tuple[Question, ...]:
    """Return the questions about the permit granted, and the one about the error."""
    error = Question(
        "reason",
        Kind.LONG_TEXT,
        N_("L’erreur corrigée (l’usager le lira)"),
        missing=N_("Écrivez quelle erreur est corrigée."),
        hint=N_("Par exemple : la date de fin était fausse d’une année."),
        checks=(some_words,),
        max_length=1000,
    )
    return (*_grant(kinds, granted), error)


CORRECTED_GRANT = Form(
    questions=lambda context: _corrected_grant(
        tuple(grantable.kind for grantable in context.journey.grants), context.journey.mentions
    ),
    arguments=lambda answers: {"granted": Granted.from_json(answers), "reason": answers["reason"]},
)


def _owed_with(key: str, *grounds: str) -> Check:
    """Return a check that another question is answered if one of these grounds is chosen."""

    def check(value: Any, case: Case) -> Problem | None:
        if value in grounds and not (case.answers.get(key) or "").strip():
            return Problem(_OWED[key])
        return None

    return check


_OWED = {
    "reason": N_("Écrivez le motif dans « Les faits » : la personne doit comprendre la décision."),
    "law": N_("Écrivez plus bas les textes appliqués : ce motif n’en a pas de prêts."),
}


def _ground(options: tuple[Option, ...], *checks: Callable[[Any, Case], Problem | None]) -> Question:
    return Question(
        "ground",
        Kind.SELECT,
        N_("Motif (l’usager le lira)"),
        missing=N_("Choisissez un motif."),
        options=options,
        checks=checks,
        width="w20",
    )


def _law(hint: str) -> Question:
    return Question("law", Kind.TEXT, N_("Textes appliqués"), hint=hint, required=False, max_length=300)


_FACTS_HINT = N_(
    "L’usager lit ce texte tel quel : des phrases courtes, ce qui est vrai pour lui, ce qui manque."
)


def _grounds(answers: Answers) -> dict[str, str]:
    """Return the reason of a refusal or closure, and the legal texts that it is based on."""
    ground = answers["ground"]
    return {
        "reason": decisions.reason(ground, answers.get("reason", "")),
        "law": decisions.law(ground, answers.get("law", "")),
    }


@cache
def _refusal(options: tuple[Option, ...]) -> tuple[Question, ...]:
    """Return the questions about ground, facts and legal texts of a refusal (CRPA L.211-5)."""
    without_law = [option.key for option in options if option.key not in LAWS]
    facts = Question(
        "reason",
        Kind.LONG_TEXT,
        N_("Les faits"),
        missing=N_("Écrivez les faits."),
        hint=_FACTS_HINT,
        checks=(some_words,),
        max_length=4000,
    )
    law = _law(N_("Vide : ceux du motif choisi. Par exemple : article L.433-1 du CESEDA"))
    return _ground(options, _owed_with("law", *without_law)), facts, law


REFUSAL = Form(
    questions=lambda context: _refusal(refusals(context.journey)),
    arguments=_grounds,
    reasons=lambda context: refusals(context.journey),
)

CLOSURE = Form(
    questions=always(
        _ground(CLOSURES, _owed_with("reason", OWN_WORDS)),
        Question(
            "reason", Kind.LONG_TEXT, N_("Les faits"), hint=_FACTS_HINT, required=False, max_length=4000
        ),
        _law(N_("Vide : ceux du motif choisi, s’il en a.")),
    ),
    arguments=_grounds,
    reasons=lambda context: CLOSURES,
)


@cache
def template_step(kind: Outcome) -> Step:
    """Return the form for a service's template of a kind of letter."""

    def check(value: Any, case: Case) -> Problem | None:
        return problem(value, kind)

    text = Question(
        "text",
        Kind.LONG_TEXT,
        N_("Texte de la lettre"),
        missing=N_("Écrivez le texte de la lettre."),
        hint=N_("Une ligne vide sépare deux paragraphes. Les mots entre accolades sont remplacés."),
        checks=(check,),
        max_length=MOST,
    )
    return Step("modele", N_("Modèle de lettre"), "", (text,))
