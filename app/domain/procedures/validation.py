"""Validation of a VLS-TS (CESEDA R.431-17): the visa counts as a permit from then on."""

from typing import Any

from app.domain.journeys.checks import after, not_after_today, within_years
from app.domain.journeys.details import Detail
from app.domain.journeys.journey import Journey, Price, Purpose, Step
from app.domain.journeys.questions import Case, Kind, Option, Question
from app.domain.procedures.closing import CONFIRMATION, SUMMARY
from app.domain.procedures.personal import FAMILY, HOME, IDENTITY_CHECK, PHONE
from app.domain.rules.births import born
from app.domain.rules.calendar import add_months
from app.domain.rules.deadlines import VALIDATION
from app.domain.rules.fees import FEES, Operation, Rate
from app.domain.rules.rights import AttestationKind
from app.domain.text import N_, Problem

ADULT_YEARS = 18

# By ground of the visa: its name and the legal article on the confirmation.
MOTIFS = {
    "etudiant": ("ETUDIANT", "CESEDA R431-16 13°"),
    "visiteur": ("VISITEUR", "CESEDA R431-16 6°"),
    "talent": ("TALENT", "CESEDA R431-16 9°"),
    "famille": ("TALENT FAMILLE", "CESEDA R431-16 9°"),
    "salarie": ("SALARIE", "CESEDA R431-16 7°"),
    "autre": ("AUTRE", "CESEDA R431-16"),
}


def _rate(case: Case) -> Rate:
    return Rate.REDUCED if case.answers.get("visa_ground") == "etudiant" else Rate.NORMAL


def _adult(value: Any, case: Case) -> Problem | None:
    """Refuse minors: they cannot validate on line. A birth whose day is not known counts from its first possible day."""
    known = "born_on" in case.identity  # a list of documents is made for people without account
    if known and add_months(born(case.identity).earliest, 12 * ADULT_YEARS) > case.today:
        return Problem(
            N_(
                "La validation en ligne est réservée aux personnes majeures. Écrivez à la direction territoriale de "
                "l’OFII, ou demandez à votre préfecture."
            )
        )
    return None


def _within_visa(value: Any, case: Case) -> Problem | None:
    """Refuse a date of entry outside the validity of the visa."""
    first, last = case.identity.get("valid_from"), case.identity.get("valid_until")
    if first and last and not first <= value <= last:
        return Problem(N_("Cette date n’est pas dans la durée de votre visa. Regardez le tampon d’entrée."))
    return None


VISA = Step(
    "visa",
    N_("Votre visa"),
    N_("Vérifiez les informations de votre visa."),
    (
        *IDENTITY_CHECK,
        Question(
            "visa_ground",
            Kind.CHOICE,
            N_("Quel motif est écrit sur votre visa ?"),
            missing=N_("Choisissez le motif écrit sur votre visa."),
            hint=N_("Sur la vignette, à la ligne « Remarques »."),
            short=N_("Motif du visa"),
            checks=(_adult,),
            options=(
                Option("etudiant", N_("Étudiant")),
                Option("visiteur", N_("Visiteur")),
                Option("talent", N_("Talent, ou passeport talent")),
                Option("famille", N_("Talent (famille), ou passeport talent famille")),
                Option("salarie", N_("Salarié ou travailleur temporaire")),
                Option(
                    "autre", N_("Un autre motif"), N_("vie privée et familiale, stagiaire, jeune au pair…")
                ),
            ),
        ),
        Question(
            "visa_issued_on",
            Kind.DATE,
            N_("Date de délivrance du visa"),
            missing=N_("Écrivez la date de délivrance de votre visa."),
            hint=N_("Écrite sur la vignette. Par exemple : 3 08 2026"),
            checks=(not_after_today, within_years(2)),
        ),
        Question(
            "entered_on",
            Kind.DATE,
            N_("Date d’entrée en France"),
            missing=N_("Écrivez la date de votre entrée en France."),
            hint=N_("Le tampon d’entrée est dans votre passeport. Par exemple : 28 08 2026"),
            checks=(not_after_today, _within_visa, after("visa_issued_on")),
        ),
    ),
)

SITUATION = Step(
    "situation",
    N_("Votre situation"),
    N_("Dites où vous habitez et comment vous joindre."),
    (*FAMILY, *HOME, PHONE),
)


TAX = Step(
    "taxe",
    N_("La taxe"),
    N_("Payez la taxe avec un timbre électronique."),
    (
        Question(
            "stamp",
            Kind.STAMP,
            N_("Numéro du timbre électronique"),
            missing=N_("Écrivez le numéro de votre timbre électronique."),
            hint=N_(
                "16 chiffres, sur le reçu. On l’achète sur timbres.impots.gouv.fr, dans un bureau de tabac ou un centre "
                "des impôts, aussi en espèces. Un timbre en papier ne convient pas."
            ),
            short=N_("Timbre électronique"),
            width="w20",
            max_length=40,
        ),
    ),
    price=Price(N_("Votre taxe : %(amount)s. Il faut un timbre de ce montant, ni plus ni moins.")),
)


def _details(case: Case) -> tuple[Detail, ...]:
    ground, article = MOTIFS[case.answers["visa_ground"]]
    cents = FEES[Operation.VALIDATION, _rate(case)].on(case.today)
    amount = f"{cents // 100}.{cents % 100:02d} €"
    return (
        Detail("Numéro du visa", "Visa number", case.identity.get("visa_number", "")),
        Detail("Motif", "Ground of stay", ground),
        Detail("Référence réglementaire", "Legal reference", article),
        Detail("Montant de la taxe", "Amount of the tax", amount),
    )


def _granted(case: Case) -> tuple[str, ...]:
    """Return what the validation gives; the confirmation comes with the number, which only the register gives."""
    certified = (
        N_(
            "La confirmation vous attend dans votre espace. Sa référence est votre numéro étranger : elle ouvre votre "
            "compte, gardez-la."
        )
        if case.identity["foreign_number"]
        else N_(
            "Votre numéro étranger et la confirmation arrivent dans votre espace. Ce jour-là, nous vous écrivons."
        )
    )
    return (
        N_("Votre visa est validé : il tient lieu de titre de séjour jusqu’à sa date de fin."),
        certified,
        N_("Renouvellement : déposez votre demande entre 4 mois et 2 mois avant la fin du visa."),
    )


VISA_VALIDATION = Journey(
    slug="validation-visa",
    title=N_("Validation du visa long séjour valant titre de séjour"),
    english="validation of a long-stay visa that counts as a residence permit",
    purpose=Purpose.VALIDATION,
    audience=N_(
        "Vous êtes en France avec un visa long séjour valant titre de séjour (VLS-TS) : validez-le ici."
    ),
    answer_within=lambda case: None,
    deadline=VALIDATION,
    holders=frozenset({"VLS-TS"}),
    operation=lambda case: Operation.VALIDATION,
    fee_when=lambda case: (
        N_("Pour un visa « étudiant ».")
        if _rate(case) is Rate.REDUCED
        else N_("Pour un visa d’un autre motif.")
    ),
    rate=_rate,  # L.436-1
    photo=lambda case: False,
    makes_card=lambda case: False,
    on_filing=None,
    on_approval=AttestationKind.VALIDATION,
    automatic=lambda case: True,
    details=_details,
    granted=_granted,
    steps=(VISA, SITUATION, TAX, SUMMARY, CONFIRMATION),
    documents=(),
)
