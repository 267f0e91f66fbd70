"""The step on work of both procedures for « talent »: mention, employer or enterprise, pay."""

from datetime import date
from typing import Any

from app.domain.journeys.checks import after, siret, some_words, within_years, yearly_amount_in_sight
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Kind, Option, Question, When
from app.domain.rules.deadlines import Answers
from app.domain.rules.identifiers import group_siret, normal_number
from app.domain.rules.mentions import TALENT_MENTIONS
from app.domain.rules.parameters import (
    TALENT_BLUE_CARD_PAY,
    TALENT_QUALIFIED_PAY,
    TALENT_RESEARCHER_PAY,
    Dated,
)
from app.domain.rules.resource_check import Sufficiency
from app.domain.text import N_, Problem

_HINTS = {
    "talent-salarie-qualifie": N_(
        "diplôme de niveau master, entreprise innovante, ou mission dans un groupe"
    ),
    "talent-carte-bleue": N_("emploi hautement qualifié, contrat de 6 mois au moins"),
    "talent-medical": N_("médecin, dentiste, sage-femme, pharmacien"),
    "talent-chercheur": N_("avec une convention d’accueil"),
    "talent-chercheur-mobilite": N_(
        "avec une convention d’accueil et un programme européen ou international"
    ),
    "talent-porteur-projet": N_("création d’entreprise, projet innovant ou investissement"),
    "talent-mandataire-social": N_("vous dirigez une société établie en France"),
    "talent-artiste": N_("artiste, auteur, interprète"),
    "talent-renommee": N_("dans un domaine scientifique, littéraire, artistique, sportif…"),
}

# Mentions that need a contract of employment.
_EMPLOYED = frozenset(
    {
        "talent-salarie-qualifie",
        "talent-carte-bleue",
        "talent-medical",
        "talent-chercheur",
        "talent-chercheur-mobilite",
    }
)
RESEARCH = ("talent-chercheur", "talent-chercheur-mobilite")

_PAY: dict[str, Dated[int]] = {
    "talent-salarie-qualifie": TALENT_QUALIFIED_PAY,
    "talent-carte-bleue": TALENT_BLUE_CARD_PAY,
    "talent-chercheur": TALENT_RESEARCHER_PAY,
    "talent-chercheur-mobilite": TALENT_RESEARCHER_PAY,
}


def _fits_mention(value: Any, case: Case) -> Problem | None:
    """Refuse an activity that the chosen mention does not allow."""
    if case.answers.get("talent_mention") in _EMPLOYED and value != "employed":
        return Problem(
            N_(
                "Cette mention demande un contrat de travail : choisissez « J’ai un employeur », ou une "
                "autre mention."
            )
        )
    return None


def pay_asked(answers: Answers, today: date) -> Sufficiency | None:
    """Compare the gross yearly pay with the amount required for the mention; None if the law sets no amount."""
    threshold = _PAY.get(answers.get("talent_mention", ""))
    return (
        Sufficiency(answers.get("annual_pay") or 0, threshold.on(today), yearly=True) if threshold else None
    )


ACTIVITY = Step(
    "motif-de-sejour",
    N_("Motif de séjour"),
    N_("Décrivez votre projet."),
    (
        Question(
            "talent_mention",
            Kind.CHOICE,
            N_("Quelle mention demandez-vous ?"),
            missing=N_("Choisissez la mention que vous demandez."),
            hint=N_(
                "Les cartes « passeport talent » ont changé de nom en 2025 : choisissez la mention "
                "d’aujourd’hui. La mention de votre carte actuelle est écrite à la première étape."
            ),
            short=N_("Mention demandée"),
            # Legal names, which stay French in every catalogue.
            options=tuple(Option(key, title, _HINTS[key]) for key, title in TALENT_MENTIONS.items()),
        ),
        Question(
            "activity",
            Kind.CHOICE,
            N_("Comment travaillez-vous ?"),
            missing=N_("Choisissez comment vous travaillez."),
            short=N_("Activité"),
            checks=(_fits_mention,),
            options=(
                Option(
                    "employed",
                    N_("J’ai un employeur"),
                    N_("avec un contrat de travail ou une convention d’accueil"),
                ),
                Option("company", N_("Je crée, dirige ou finance une entreprise")),
                Option("independent", N_("À mon compte"), N_("artiste, auteur, profession libérale")),
            ),
        ),
        Question(
            "employer",
            Kind.TEXT,
            N_("Nom de l’employeur"),
            missing=N_("Écrivez le nom de votre employeur."),
            hint=N_("Comme sur votre contrat."),
            when=When("activity", "employed"),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "employer_siret",
            Kind.TEXT,
            N_("Numéro SIRET de l’employeur"),
            hint=N_("14 chiffres, en haut du bulletin de salaire."),
            when=When("activity", "employed"),
            required=False,
            checks=(siret,),
            normal=normal_number,
            written=group_siret,
            width="w20",
            max_length=30,
        ),
        Question(
            "contract",
            Kind.SELECT,
            N_("Contrat"),
            missing=N_("Choisissez votre type de contrat."),
            when=When("activity", "employed"),
            width="w20",
            options=(
                Option("open", N_("Contrat à durée indéterminée (CDI)")),
                Option("fixed", N_("Contrat à durée déterminée (CDD)")),
                Option("mission", N_("Détachement ou mission dans un groupe")),
                Option("host", N_("Convention d’accueil")),
            ),
        ),
        Question(
            "contract_starts",
            Kind.DATE,
            N_("Début du contrat"),
            missing=N_("Écrivez la date du début de votre contrat."),
            hint=N_("Par exemple : 1 09 2026"),
            when=When("activity", "employed"),
            checks=(within_years(40),),
        ),
        Question(
            "contract_ends",
            Kind.DATE,
            N_("Fin du contrat"),
            hint=N_("Laissez vide pour un contrat sans date de fin."),
            when=When("activity", "employed"),
            required=False,
            checks=(within_years(20), after("contract_starts")),
        ),
        Question(
            "company",
            Kind.TEXT,
            N_("Nom de l’entreprise"),
            missing=N_("Écrivez le nom de votre entreprise."),
            hint=N_("Ou le nom du projet, si elle n’existe pas encore."),
            when=When("activity", "company"),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "project",
            Kind.LONG_TEXT,
            N_("Votre projet en quelques phrases"),
            missing=N_("Décrivez votre projet."),
            hint=N_("Ce que fait l’entreprise, votre rôle, l’argent engagé."),
            short=N_("Projet"),
            when=When("activity", "company"),
            checks=(some_words,),
            max_length=2000,
        ),
        Question(
            "practice",
            Kind.LONG_TEXT,
            N_("Votre activité en quelques phrases"),
            missing=N_("Décrivez votre activité."),
            hint=N_("Vos œuvres ou prestations, et vos engagements des prochains mois."),
            short=N_("Activité indépendante"),
            when=When("activity", "independent"),
            checks=(some_words,),
            max_length=2000,
        ),
        Question(
            "job",
            Kind.TEXT,
            N_("Votre métier ou votre fonction"),
            missing=N_("Écrivez votre métier ou votre fonction."),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "annual_pay",
            Kind.MONEY,
            N_("Rémunération brute par an"),
            missing=N_("Écrivez votre rémunération brute par an."),
            hint=N_("En euros, comme sur le contrat. Par exemple : 41 000"),
            checks=(yearly_amount_in_sight,),
            width="w10",
            per="year",
        ),
        Question(
            "diploma",
            Kind.SELECT,
            N_("Votre plus haut diplôme"),
            missing=N_("Choisissez votre plus haut diplôme."),
            width="w20",
            options=(
                Option("doctorate", N_("Doctorat")),
                Option("master", N_("Master ou diplôme d’ingénieur (5 ans d’études)")),
                Option("licence", N_("Licence (3 ans d’études)")),
                Option("experience", N_("Pas de diplôme, mais 5 ans d’expérience")),
                Option("other", N_("Autre diplôme")),
            ),
        ),
    ),
    sufficiency=pay_asked,
    beside="annual_pay",
)
