"""The first step, the same for every ground of stay: identity, family, contact details and housing."""

from app.domain.journeys.checks import (
    after,
    not_after_today,
    passport_number,
    some_words,
    still_valid,
    with_permits,
    within_years,
)
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question, When
from app.domain.procedures.papers import PASSPORT_DOCUMENT
from app.domain.rules.identifiers import normal_number
from app.domain.text import N_

YES, NO = Option("yes", N_("Oui")), Option("no", N_("Non"))
YES_NO = (YES, NO)

IDENTITY_CHECK = (
    Question(
        "identity_right",
        Kind.CHOICE,
        N_("Les informations ci-dessus sont-elles exactes ?"),
        missing=N_("Dites si ces informations sont exactes."),
        short=N_("Informations du titre exactes"),
        options=(
            Option("yes", N_("Oui, tout est exact")),
            Option("no", N_("Non, une information est fausse")),
        ),
    ),
    Question(
        "identity_error",
        Kind.LONG_TEXT,
        N_("Quelle information est fausse, et que faut-il écrire ?"),
        missing=N_("Écrivez quelle information est fausse."),
        hint=N_("Un agent la corrigera. Cela ne retarde pas votre dépôt."),
        short=N_("Correction demandée"),
        when=When("identity_right", "no"),
        checks=(some_words,),
        max_length=1000,
    ),
)

FAMILY = (
    Question(
        "usage_name",
        Kind.TEXT,
        N_("Nom d’usage"),
        hint=N_("Par exemple le nom de votre époux ou épouse, si vous le portez."),
        required=False,
        width="w20",
        autocomplete="family-name",
        carried=True,
    ),
    Question(
        "family",
        Kind.CHOICE,
        N_("Situation familiale"),
        missing=N_("Choisissez votre situation familiale."),
        options=(
            Option("single", N_("Célibataire")),
            Option("married", N_("En mariage")),
            Option("partner", N_("En PACS")),
            Option("divorced", N_("En divorce ou en séparation")),
            Option("widowed", N_("Veuf ou veuve")),
        ),
        carried=True,
    ),
)

CHILDREN = (
    Question(
        "children",
        Kind.CHOICE,
        N_("Avez-vous des enfants ?"),
        missing=N_("Dites si vous avez des enfants."),
        hint=N_("Mineurs ou majeurs, en France ou ailleurs."),
        short=N_("Enfants"),
        options=YES_NO,
        carried=True,
        since=2,
    ),
    Question(
        "children_who",
        Kind.LONG_TEXT,
        N_("Prénom, nom et date de naissance de chaque enfant"),
        missing=N_("Écrivez le prénom, le nom et la date de naissance de chaque enfant."),
        hint=N_("Une ligne par enfant."),
        short=N_("Prénoms, noms et dates de naissance des enfants"),
        when=When("children", "yes"),
        checks=(some_words,),
        max_length=1000,
        carried=True,
        since=2,
    ),
)

_VALID = When("passport_held", "yes")

# Many consulates take months: a passport that has run out or is lost blocks nothing, for the documents step takes others.
PASSPORT = (
    Question(
        "passport_held",
        Kind.CHOICE,
        N_("Avez-vous un passeport valable ?"),
        missing=N_("Dites si vous avez un passeport valable."),
        short=N_("Passeport valable"),
        options=(
            Option("yes", N_("Oui")),
            Option(
                "no", N_("Je n’ai pas de passeport valable"), N_("il a expiré, est perdu, ou je n’en ai pas")
            ),
        ),
        carried=True,
        since=3,
    ),
    Question(
        "passport_instead",
        Kind.SELECT,
        N_("Quel document donnerez-vous à la place ?"),
        missing=N_("Choisissez le document que vous donnerez à la place du passeport."),
        hint=N_("Vous le joindrez à l’étape « Justificatifs »."),
        short=N_("À la place du passeport"),
        options=(
            Option("consular", N_("Une attestation consulaire avec photo")),
            Option("identity_card", N_("Une carte d’identité")),
            Option("consular_card", N_("Une carte consulaire")),
            Option("nationality", N_("Un certificat de nationalité de moins de 6 mois avec photo")),
            Option("none", N_("Aucun : j’expliquerai pourquoi")),
        ),
        when=When("passport_held", "no"),
        width="w20",
        since=3,
    ),
    Question(
        "passport_number",
        Kind.TEXT,
        N_("Numéro de passeport"),
        missing=N_("Écrivez le numéro de votre passeport."),
        hint=N_("En haut à droite de la page avec votre photo."),
        when=_VALID,
        checks=(passport_number,),
        normal=normal_number,
        width="w10",
        max_length=20,
        carried=True,
    ),
    Question(
        "passport_from",
        Kind.DATE,
        N_("Passeport délivré le"),
        missing=N_("Écrivez la date de délivrance de votre passeport."),
        hint=N_("Par exemple : 1 02 2019"),
        when=_VALID,
        checks=(not_after_today, within_years(20)),
        carried=True,
        since=2,
    ),
    Question(
        "passport_until",
        Kind.DATE,
        N_("Passeport valable jusqu’au"),
        missing=N_("Écrivez la date de fin de votre passeport."),
        hint=N_("Par exemple : 31 01 2029"),
        when=_VALID,
        checks=(
            still_valid(
                N_(
                    "Cette date est passée : vérifiez l’année. Pas de passeport valable ? À l’étape « Justificatifs », "
                    "un autre document convient. %(instead)s"
                ),
                PASSPORT_DOCUMENT,
            ),
            within_years(20),
            after(
                "passport_from",
                N_("La date de fin doit être après la date de délivrance. Vérifiez les deux."),
            ),
        ),
        carried=True,
    ),
    Question(
        "entered_on",
        Kind.DATE,
        N_("Date de votre première entrée en France pour ce séjour"),
        missing=N_("Écrivez la date de votre entrée en France."),
        hint=N_("Le tampon d’entrée est dans votre passeport."),
        short=N_("Entrée en France"),
        checks=(not_after_today, within_years(80)),
        carried=True,
    ),
)

HOME = (
    Question(
        "housing",
        Kind.CHOICE,
        N_("Quel est votre logement ?"),
        missing=N_("Choisissez votre type de logement."),
        short=N_("Logement"),
        options=(
            Option("tenant", N_("Locataire")),
            Option("owner", N_("Propriétaire")),
            Option("hosted", N_("Chez quelqu’un qui m’héberge")),
            Option(
                "residence",
                N_("En résidence étudiante ou en foyer"),
                N_("CROUS, résidence privée, foyer"),
            ),
            Option("hotel", N_("À l’hôtel")),
            Option(
                "domiciled",
                N_("Sans logement stable, avec une domiciliation"),
                N_("par une association ou un centre communal d’action sociale"),
            ),
        ),
        carried=True,
    ),
    Question(
        "host",
        Kind.TEXT,
        N_("Nom de la personne qui vous héberge"),
        missing=N_("Écrivez le nom de la personne qui vous héberge."),
        when=When("housing", "hosted"),
        checks=(some_words,),
        width="w20",
        carried=True,
    ),
    Question(
        "domiciled_by",
        Kind.TEXT,
        N_("Nom de l’organisme qui vous domicilie"),
        missing=N_("Écrivez le nom de l’organisme qui vous domicilie."),
        when=When("housing", "domiciled"),
        checks=(some_words,),
        width="w20",
        carried=True,
    ),
    Question(
        "address",
        Kind.TEXT,
        N_("Numéro et nom de la rue"),
        missing=N_("Écrivez le numéro et le nom de votre rue."),
        hint=N_("Par exemple : 29 rue du Professeur-Rochaix"),
        checks=(some_words,),
        autocomplete="address-line1",
        carried=True,
    ),
    Question(
        "address_more",
        Kind.TEXT,
        N_("Complément d’adresse"),
        hint=N_("Bâtiment, chambre, « chez… », nom sur la boîte aux lettres."),
        required=False,
        autocomplete="address-line2",
        carried=True,
    ),
    Question(
        "postcode",
        Kind.POSTCODE,
        N_("Code postal"),
        missing=N_("Écrivez votre code postal."),
        width="w10",
        max_length=5,
        checks=(with_permits,),
        autocomplete="postal-code",
        carried=True,
    ),
    Question(
        "commune",
        Kind.COMMUNE,
        N_("Commune"),
        missing=N_("Choisissez ou écrivez votre commune."),
        hint=N_("Écrivez le nom de la ville, sans abréviation."),
        width="w20",
        autocomplete="address-level2",
        carried=True,
    ),
)

PHONE = Question(
    "phone",
    Kind.PHONE,
    N_("Téléphone"),
    missing=N_("Écrivez votre numéro de téléphone."),
    hint=N_("Un SMS vous préviendra quand vous aurez quelque chose à faire. Par exemple : 06 12 34 56 78"),
    width="w20",
    max_length=30,
    autocomplete="tel",
    carried=True,
)

PERSONAL = Step(
    "informations-personnelles",
    N_("Informations personnelles"),
    N_("Vérifiez votre nom, votre date de naissance et votre adresse."),
    (*IDENTITY_CHECK, *FAMILY, *CHILDREN, *PASSPORT, *HOME, PHONE),
)
