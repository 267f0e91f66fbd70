"""Forms of employers before a hiring: the check of a certificate or of a card, an earlier receipt."""

from typing import Any

from app.domain.dossiers.attestations import normalise_code
from app.domain.journeys.checks import not_before_today, siret, with_permits, within_years
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Kind, Question
from app.domain.rules.identifiers import check_foreign_number, group_siret, normal_number
from app.domain.text import N_, Problem

CARD_FILES = "files"  # name of the field of the copy, which is no answer
CARD_FACTS = ("surname", "given_names", "born", "foreign_number")  # what is kept of the card itself


def _certificate_code(value: Any, case: Case) -> Problem | None:
    """Refuse what cannot be the code of a certificate."""
    if normalise_code(value) is None:
        return Problem(N_("Le code a 8 lettres et chiffres, à côté du code QR. Recopiez-le en entier."))
    return None


def _foreign_number(value: Any, case: Case) -> Problem | None:
    """Refuse what cannot be a foreign-national number."""
    return check_foreign_number(value)[1]


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

CARD = Step(
    "carte",
    N_("J’embauche : carte de séjour"),
    N_("La préfecture compare la copie de la carte avec ses fichiers et vous répond par e-mail."),
    (
        Question(
            "postcode",
            Kind.POSTCODE,
            N_("Code postal du siège de l’établissement"),
            missing=N_("Écrivez le code postal du siège de l’établissement, ou de votre domicile."),
            hint=N_("Il décide de la préfecture qui répond. Un particulier écrit celui de son domicile."),
            width="w10",
            max_length=5,
            checks=(with_permits,),
            autocomplete="postal-code",
        ),
        Question(
            "surname",
            Kind.TEXT,
            N_("Nom de la personne, comme sur la carte"),
            missing=N_("Écrivez le nom de la personne, comme sur la carte."),
            max_length=100,
        ),
        Question(
            "given_names",
            Kind.TEXT,
            N_("Prénoms, comme sur la carte"),
            hint=N_("Aucun prénom sur la carte ? Laissez vide."),
            required=False,
            max_length=100,
        ),
        Question(
            "born",
            Kind.TEXT,
            N_("Date de naissance, comme sur la carte"),
            missing=N_("Écrivez la date de naissance, comme sur la carte."),
            hint=N_("Par exemple : 14/03/2002. Jour inconnu : recopiez les zéros."),
            width="w10",
            max_length=100,
        ),
        Question(
            "foreign_number",
            Kind.TEXT,
            N_("Numéro étranger"),
            missing=N_("Écrivez le numéro étranger."),
            hint=N_("9 ou 10 chiffres, sur la carte. Exemple : 9920 000 137"),
            checks=(_foreign_number,),
            normal=normal_number,
            width="w20",
            inputmode="numeric",
            max_length=40,
        ),
        *_EMPLOYER,
    ),
)
