"""Sides of the permit held on which several procedures turn."""

from datetime import date, timedelta

from app.domain.journeys.permits import PermitQuestion, Side
from app.domain.rules.deadlines import Identity
from app.domain.rules.mentions import STUDENT_MENTIONS
from app.domain.rules.parameters import ADDRESS_OWED_DAYS, DUPLICATE_DAYS, TERRITORIAL_LIMITS
from app.domain.rules.territories import of_permit
from app.domain.text import N_

# Nationalities that need not sign the commitment: Algeria (its agreement with France), the European Economic Area,
# Switzerland and Monaco (CESEDA L.412-7, R.413-2; page of the ministry).
COMMITMENT_EXEMPT = frozenset(
    "DZA AUT BEL BGR CHE CYP CZE DEU DNK ESP EST FIN GRC HRV HUN IRL ISL ITA LIE LTU LUX LVA MCO MLT NLD NOR "
    "POL PRT ROU SVK SVN SWE".split()
)


def ends_soon(permit: Identity, today: date) -> bool:
    """Return whether a permit ends in less than 90 days: it is then renewed, not replaced (FAQ)."""
    return date.fromisoformat(permit["valid_until"]) - today < timedelta(days=DUPLICATE_DAYS)


def end_of_permit(later: str, soon: str) -> PermitQuestion:
    """Return the question of the end of the permit, with the advice for each side."""
    return PermitQuestion(
        "permit_ends",
        (
            Side(
                "later",
                lambda permit, today: not ends_soon(permit, today),
                lambda permit, today: _lasting(today, DUPLICATE_DAYS),
                N_("Dans 90 jours ou plus"),
                later,
                N_("Si votre titre expire dans 90 jours ou plus"),
                N_("Votre titre expire dans 90 jours ou plus"),
            ),
            Side(
                "soon",
                ends_soon,
                lambda permit, today: _lasting(today, DUPLICATE_DAYS - 1),
                N_("Dans moins de 90 jours, ou il a déjà expiré"),
                soon,
                N_("Si votre titre expire dans moins de 90 jours"),
                N_("Votre titre expire dans moins de 90 jours"),
            ),
        ),
        N_("Quand expire votre titre de séjour ?"),
        N_("La date est écrite sur le titre."),
        N_("Choisissez quand expire votre titre de séjour."),
    )


def _lasting(today: date, days: int) -> Identity:
    ends = today + timedelta(days=days)
    begins = ends - timedelta(days=ADDRESS_OWED_DAYS - 1)
    return {"valid_from": begins.isoformat(), "valid_until": ends.isoformat()}


def is_short(permit: Identity, today: date) -> bool:
    """Return whether a permit lasts less than a year: a change of address need not be declared."""
    first, last = (date.fromisoformat(permit[key]) for key in ("valid_from", "valid_until"))
    return last - first < timedelta(days=ADDRESS_OWED_DAYS - 1)


def length_of_permit(short: str) -> PermitQuestion:
    """Return the question of the length of the permit, with the advice for a short one; it comes after its end."""
    return PermitQuestion(
        "permit_length",
        (
            Side(
                "long",
                lambda permit, today: not is_short(permit, today),
                lambda permit, today: _beginning(permit, ADDRESS_OWED_DAYS - 1),
            ),
            Side(
                "short",
                is_short,
                lambda permit, today: _beginning(permit, ADDRESS_OWED_DAYS - 2),
                advice=short,
                general=N_("Si votre titre dure moins d’un an"),
                personal=N_("Votre titre dure moins d’un an"),
            ),
        ),
    )


def _beginning(permit: Identity, days: int) -> Identity:
    begins = date.fromisoformat(permit["valid_until"]) - timedelta(days=days)
    return {"valid_from": begins.isoformat()}


def is_limited(permit: Identity, today: date) -> bool:
    """Return whether a permit is valid in the place that issued it only (CESEDA L.441-8), as far as the register says."""
    return bool(of_permit(permit, today))


def place_of_issue(limited: str) -> PermitQuestion:
    """Return the question of the place that issued the permit, with the advice for one that is valid there only."""
    return PermitQuestion(
        "permit_issued_in",
        (
            Side(
                "anywhere",
                lambda permit, today: not is_limited(permit, today),
                lambda permit, today: {"issued_in": ""},
            ),
            Side(
                "limited",
                is_limited,
                lambda permit, today: {"issued_in": min(TERRITORIAL_LIMITS.on(today), default="")},
                advice=limited,
                general=N_("Si votre titre a été délivré à Mayotte"),
                personal=N_("Votre titre a été délivré à Mayotte"),
            ),
        ),
    )


def has_student_permit(permit: Identity, today: date) -> bool:
    """Return whether the reduced rate of students is due (CESEDA L.436-1)."""
    return permit["mention"] in STUDENT_MENTIONS


STUDENT_PERMIT = PermitQuestion(
    "permit_student",
    (
        Side(
            "other",
            lambda permit, today: not has_student_permit(permit, today),
            lambda permit, today: {"mention": ""},
        ),
        Side("student", has_student_permit, lambda permit, today: {"mention": min(STUDENT_MENTIONS)}),
    ),
)


def is_exempt(permit: Identity, today: date) -> bool:
    """Return whether the holder of a permit need not sign the commitment, by nationality."""
    return permit.get("nationality") in COMMITMENT_EXEMPT


NATIONALITY = PermitQuestion(
    "permit_nationality",
    (
        Side(
            "exempt",
            is_exempt,
            lambda permit, today: {"nationality": "DZA"},
            N_("Algérienne, suisse, monégasque, ou d’un pays de l’Espace économique européen"),
        ),
        Side(
            "other",
            lambda permit, today: not is_exempt(permit, today),
            # Unspecified (ICAO Doc 9303): in no list of exemptions.
            lambda permit, today: {"nationality": "XXX"},
            N_("Une autre nationalité"),
        ),
    ),
    N_("Quelle est votre nationalité ?"),
    N_("Certaines nationalités sont dispensées du contrat d’engagement."),
    N_("Choisissez votre nationalité."),
)
