"""Supporting documents and conditions that the procedures of all grounds of stay share."""

from collections.abc import Callable

from app.domain.journeys.journey import SupportingDocument
from app.domain.journeys.questions import Case, as_list
from app.domain.procedures.papers import PASSPORT_AND_FAMILY, PERMIT_DOCUMENT
from app.domain.procedures.resources import exempted
from app.domain.text import N_

RENEWAL_IDENTITY = (PERMIT_DOCUMENT, *PASSPORT_AND_FAMILY)

BIRTH_CERTIFICATE = SupportingDocument(
    "birth_certificate",
    N_("Acte de naissance"),
    N_("Copie intégrale, ou extrait avec les noms des parents, avec les dernières mentions."),
    instead=N_(
        "Pas d’acte ? Une attestation de votre consulat, ou un jugement qui remplace l’acte. S’il n’est pas "
        "en français, ajoutez sa traduction par un traducteur agréé."
    ),
)

FIRST_IDENTITY = (
    SupportingDocument(
        "visa",
        N_("Visa de long séjour et tampon d’entrée"),
        N_("La page du passeport où le visa est collé, et celle du tampon d’entrée en France."),
        proves=("entered_on",),
        instead=N_("Passeport renouvelé depuis ? Joignez les pages de l’ancien passeport."),
    ),
    *PASSPORT_AND_FAMILY,
    BIRTH_CERTIFICATE,
)


def lives_on(*sources: str) -> Callable[[Case], bool]:
    """Return a rule: one of these resources is ticked, and the applicant is not exempt from showing resources."""

    def rule(case: Case) -> bool:
        return not exempted(case.answers) and bool(set(sources) & set(as_list(case.answers.get("sources"))))

    return rule


def answered(key: str, *options: str) -> Callable[[Case], bool]:
    """Return a rule: one of these options of a question is chosen."""
    return lambda case: case.answers.get(key) in options


PAYSLIPS = SupportingDocument(
    "payslips",
    N_("Trois derniers bulletins de salaire et contrat de travail"),
    "",
    lives_on("salary"),
    proves=("salary_amount",),
    instead=N_("Une attestation de l’employeur avec le salaire, si vous venez de commencer."),
    when=N_("Si vous vivez d’un salaire"),
)
GUARANTOR = SupportingDocument(
    "guarantor",
    N_("Preuve de l’aide : virements reçus, pièce d’identité et revenus du garant"),
    N_("Ordre de virement permanent, relevés bancaires, bulletins de salaire ou avis d’impôt du garant."),
    lives_on("family"),
    proves=("family_amount",),
    instead=N_("Une lettre du garant, datée et signée, avec ses relevés bancaires."),
    when=N_("Si votre famille ou un garant vous aide"),
)
BANK_STATEMENT = SupportingDocument(
    "bank_statement",
    N_("Attestation bancaire"),
    N_("De moins de 3 mois, à votre nom, avec le solde."),
    lives_on("savings", "other"),
    proves=("savings_amount", "other_amount"),
    instead=N_("Vos trois derniers relevés bancaires."),
    when=N_("Si vous vivez de vos économies ou d’une autre ressource"),
)
