"""Forms of employers before a hiring: the check of a certificate, an earlier receipt."""

from typing import Any

from app.domain.dossiers.attestations import normalise_code
from app.domain.journeys.checks import not_before_today, siret, within_years
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Kind, Question
from app.domain.rules.identifiers import group_siret, normal_number
from app.domain.text import N_, Problem


def _certificate_code(value: Any, case: Case) -> Problem | None:
    """Refuse what cannot be the code of a certificate."""
    if normalise_code(value) is None:
        return Problem(N_("Le code a 8 lettres et chiffres, à côté du code QR. Recopiez-le en entier."))
    return None


_EMPLOYER = (
    Question(
        "company",
        Kind.TEXT,
        N_("Nom de l’entreprise ou de l’employeur"),
        missing=N_("Écrivez le nom de l’entreprise ou de l’employeur."),
        hint=N_("Un particulier écrit son nom."),
        autocomplete="organization",
    ),
    Question(
        "siret",
        Kind.TEXT,
        N_("Numéro SIRET"),
        hint=N_("14 chiffres. Un particulier sans SIRET laisse vide."),
        required=False,
        checks=(siret,),
        normal=normal_number,
        written=group_siret,
        width="w20",
        inputmode="numeric",
        max_length=40,
    ),
    Question(
        "email",
        Kind.EMAIL,
        N_("Adresse e-mail de l’employeur"),
        missing=N_("Écrivez l’adresse e-mail de l’employeur."),
        hint=N_("Par exemple : nom@exemple.fr"),
        width="w20",
        max_length=254,
        autocomplete="email",
    ),
    Question(
        "hired_on",
        Kind.DATE,
        N_("Jour de l’embauche"),
        missing=N_("Écrivez le jour de l’embauche."),
        hint=N_("Le premier jour de travail. Par exemple : 7 12 2026"),
        checks=(not_before_today, within_years(1)),
    ),
)

CERTIFICATE = Step(
    "attestation",
    N_("J’embauche : attestation"),
    N_("Vous recevez un reçu daté, qui dit ce que l’attestation disait au moment de la vérification."),
    (
        Question(
            "code",
            Kind.TEXT,
            N_("Code de l’attestation"),
            missing=N_("Écrivez le code imprimé sur le document."),
            hint=N_("8 lettres et chiffres, à côté du code QR. Exemple : K7QM-42XD"),
            checks=(_certificate_code,),
            normal=normal_number,
            width="w10",
            max_length=24,
        ),
        *_EMPLOYER,
    ),
)

READ = Step(
    "relire",
    N_("Relire un reçu"),
    N_("Le code de relecture est écrit sur le reçu."),
    (
        Question(
            "code",
            Kind.TEXT,
            N_("Code de relecture"),
            missing=N_("Écrivez le code de relecture."),
            hint=N_("12 lettres et chiffres. Exemple : K7QM-42XD-9BHT"),
            normal=normal_number,
            width="w20",
            max_length=40,
        ),
    ),
)
