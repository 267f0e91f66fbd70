"""Questions of the orientation, and the sentences for people that have to go to their prefecture.

Sources: CESEDA; accord franco-algérien du 27 décembre 1968.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from app.domain.journeys.checks import not_after_today, within_years
from app.domain.journeys.journey import Purpose, Step
from app.domain.journeys.questions import Kind, Option, Question
from app.domain.public_forms.account import EMAIL
from app.domain.text import N_


class Ground(StrEnum):
    """Grounds of stay for which applications are filed on this site."""

    STUDENT = "etudiant"
    TALENT = "talent"
    FAMILY = "talent-famille"
    VISITOR = "visiteur"


class Reason(StrEnum):
    """Reasons for being sent to the prefecture."""

    OTHER_GROUND = "other_ground"
    NOT_OFFERED = "not_offered"
    ALGERIA = "algeria"
    TEMPORARY_VISA = "temporary_visa"
    SHORT_VISA = "short_visa"
    EU_RESIDENT = "eu_resident"
    TURNING_18 = "turning_18"
    NOTHING = "nothing"
    EXPIRED = "expired"


@dataclass(frozen=True)
class Held:
    """A document that the person has: its kinds in the register, and the purpose it allows or the reason it does not."""

    key: str
    label: str
    hint: str = ""
    kinds: frozenset[str] = frozenset()
    purpose: Purpose = Purpose.RENEWAL
    reason: Reason | None = None


HELD = (
    Held(
        "titre",
        N_("Un titre de séjour"),
        N_("Une carte en plastique, avec votre photo."),
        frozenset({"CST", "CSP"}),
    ),
    Held(
        "vls-ts-valide",
        N_("Un visa VLS-TS, déjà validé en ligne"),
        N_("Visa long séjour valant titre de séjour. Vous avez reçu la confirmation de validation."),
        frozenset({"VLS-TS"}),
    ),
    Held(
        "vls-ts",
        N_("Un visa VLS-TS, pas encore validé"),
        N_("Visa long séjour valant titre de séjour. Il se valide après l’arrivée en France."),
        frozenset({"VLS-TS", "VLS"}),
        Purpose.VALIDATION,
    ),
    Held(
        "visa",
        N_("Un visa long séjour « carte de séjour à solliciter »"),
        N_("Ces mots sont écrits sur le visa."),
        frozenset({"VLS"}),
        Purpose.FIRST,
    ),
    Held(
        "recepisse",
        N_("Un récépissé"),
        N_("Le papier remis par la préfecture pendant une demande de titre."),
        frozenset({"RECEPISSE"}),
    ),
    Held("vls-t", N_("Un visa long séjour temporaire (VLS-T)"), reason=Reason.TEMPORARY_VISA),
    Held(
        "court-sejour",
        N_("Un visa de court séjour"),
        N_("Y compris « étudiant-concours »."),
        reason=Reason.SHORT_VISA,
    ),
    Held(
        "resident-ue",
        N_("Une carte de résident longue durée-UE d’un autre pays"),
        reason=Reason.EU_RESIDENT,
    ),
    Held(
        "majorite",
        N_("Rien : je vis en France depuis mon enfance et j’ai 18 ans, ou bientôt"),
        reason=Reason.TURNING_18,
    ),
    Held("rien", N_("Rien de tout cela"), reason=Reason.NOTHING),
)

OTHER, ALGERIA = "autre", "certificat"
GROUNDS = (
    Option(
        str(Ground.STUDENT),
        N_("Étudiant"),
        N_("Vous êtes de nationalité algérienne ? Choisissez « Certificat de résidence »."),
    ),
    Option(str(Ground.TALENT), N_("Talent"), N_("Avant juin 2025 : « passeport talent ».")),
    Option(str(Ground.FAMILY), N_("Talent (famille)"), N_("Avant juin 2025 : « passeport talent famille ».")),
    Option(str(Ground.VISITOR), N_("Visiteur"), N_("Vous vivez en France sans y travailler.")),
    Option(ALGERIA, N_("Certificat de résidence"), N_("Pour les personnes de nationalité algérienne.")),
    Option(OTHER, N_("Un autre titre"), N_("Salarié, vie privée et familiale, retraité, soins…")),
)


def _page(question: Question, title: str) -> Step:
    return Step(question.key, title, "", (question,))


HELD_STEP = _page(
    Question(
        "document",
        Kind.CHOICE,
        N_("Quel document avez-vous ?"),
        missing=N_("Choisissez le document que vous avez."),
        hint=N_("Le plus récent que vous avez reçu."),
        options=tuple(Option(document.key, document.label, document.hint) for document in HELD),
    ),
    N_("Votre document"),
)
GROUND_STEP = _page(
    Question(
        "motif",
        Kind.CHOICE,
        N_("Quel titre demandez-vous ?"),
        missing=N_("Choisissez le titre que vous demandez."),
        options=GROUNDS,
    ),
    N_("Votre motif"),
)
UNTIL_STEP = _page(
    Question(
        "fin",
        Kind.DATE,
        N_("Dernier jour de validité de ce document"),
        missing=N_("Écrivez le dernier jour de validité de ce document."),
        hint=N_("Par exemple : 31 01 2027"),
        checks=(within_years(30),),
    ),
    N_("Vos dates"),
)
ENTERED_STEP = _page(
    Question(
        "entree",
        Kind.DATE,
        N_("Date de votre entrée en France avec ce visa"),
        missing=N_("Écrivez la date de votre entrée en France."),
        hint=N_("Le tampon est dans votre passeport. Pas encore en France ? Revenez après l’arrivée."),
        checks=(not_after_today, within_years(5)),
    ),
    N_("Vos dates"),
)
# In the order in which they are asked; addresses have the answers as parameters with these keys.
STEPS = (HELD_STEP, GROUND_STEP, UNTIL_STEP, ENTERED_STEP)

# Title and text of each reason.
REASONS: Mapping[Reason, tuple[str, str]] = {
    Reason.OTHER_GROUND: (
        N_("Ce titre ne se demande pas ici"),
        N_(
            "Ce site reçoit les demandes « étudiant », « talent », « talent (famille) » et « visiteur ». Pour un "
            "autre titre, le site internet de votre préfecture explique la démarche."
        ),
    ),
    Reason.NOT_OFFERED: (
        N_("Cette démarche n’est pas encore sur ce site"),
        N_(
            "Elle se fait en ligne, sur la plateforme nationale (ANEF). Le site internet de votre préfecture donne "
            "le lien et l’aide qu’il faut."
        ),
    ),
    Reason.ALGERIA: (
        N_("Le certificat de résidence ne se demande pas ici"),
        N_(
            "Un accord entre la France et l’Algérie donne d’autres règles. Avec un visa « étudiant », le certificat "
            "se demande dans les deux mois qui suivent l’arrivée. Votre préfecture dit comment faire."
        ),
    ),
    Reason.TEMPORARY_VISA: (
        N_("Un VLS-T ne se renouvelle pas"),
        N_(
            "Ce visa temporaire ne se valide pas et ne se prolonge pas. Vous voulez rester en France après sa fin ? "
            "Demandez à votre préfecture si un autre titre est possible."
        ),
    ),
    Reason.SHORT_VISA: (
        N_("Un visa de court séjour ne suffit pas ici"),
        N_(
            "Pour demander un titre en ligne, il faut un visa de long séjour ou un titre. Avec un visa "
            "« étudiant-concours », la demande se fait à votre préfecture."
        ),
    ),
    Reason.EU_RESIDENT: (
        N_("Cette demande se fait à votre préfecture"),
        N_(
            "Avec une carte de résident longue durée-UE d’un autre pays, vous ne pouvez pas faire les "
            "démarches de ce site."
        ),
    ),
    Reason.TURNING_18: (
        N_("À 18 ans, la première demande se fait à votre préfecture"),
        N_(
            "Demandez un titre au plus tard deux mois après vos 18 ans. Pour certains titres, comme « talent "
            "(famille) », la loi laisse plus de temps. Votre préfecture dit quels documents apporter."
        ),
    ),
    Reason.NOTHING: (
        N_("Il faut un visa de long séjour ou un titre"),
        N_(
            "Sans l’un d’eux, aucune démarche n’est possible ici. Votre préfecture peut vous dire si un titre est "
            "possible. Une association peut vous aider gratuitement."
        ),
    ),
    Reason.EXPIRED: (
        N_("Votre document a expiré depuis plus de 6 mois"),
        N_(
            "La loi ne permet plus un renouvellement en ligne : vous devez de nouveau remplir les "
            "conditions d’entrée. Demandez conseil à votre préfecture avant toute démarche."
        ),
    ),
}

# The form for a reminder when it is too early to file: an address, for one letter.
REMINDER_STEP = replace(
    EMAIL,
    slug="rappel",
    title=N_("Recevoir un rappel"),
    sentence=N_("Cette adresse sert à un seul e-mail. Elle est effacée dès que l’e-mail est envoyé."),
)
