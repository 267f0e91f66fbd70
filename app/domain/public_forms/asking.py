"""Forms of conversations: question, next message, certificate of being blocked, agents' messages."""

from functools import cache

from app.domain.journeys.checks import alone, not_after_today, some_words, with_permits, within_years
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question
from app.domain.text import N_

BLOCKED = "blocked"  # topic of questions with a certificate of being blocked
DOSSIER = "dossier"  # topic of questions about a dossier
HIRING = "hiring"  # topic of checks of a card that an employer asks for
FROM_SERVICE = "service"  # topic of conversations that an agent begins about a dossier

TOPICS = (
    Option("account", N_("Mon compte, me connecter")),
    Option("form", N_("Le formulaire, une page qui ne marche pas")),
    Option("document", N_("Un document, l’e-photo ou le timbre")),
    Option(DOSSIER, N_("Une demande déjà déposée")),
    Option("certificate", N_("Une attestation")),
    Option("other", N_("Autre chose")),
)
TOPIC_TITLES = {topic.key: topic.label for topic in TOPICS} | {
    BLOCKED: N_("Je n’arrive pas à avancer"),
    FROM_SERVICE: N_("Message du service"),
    HIRING: N_("Vérification demandée par un employeur"),
}

TEXT = Question(
    "text",
    Kind.LONG_TEXT,
    N_("Votre message"),
    missing=N_("Écrivez votre message."),
    hint=N_("Dites ce que vous vouliez faire et ce qui s’est passé. Quelques phrases courtes suffisent."),
    checks=(some_words,),
    max_length=4000,
)
_EMAIL = Question(
    "email",
    Kind.EMAIL,
    N_("Votre adresse e-mail"),
    missing=N_("Écrivez votre adresse e-mail."),
    hint=N_("La réponse vous est envoyée à cette adresse."),
    width="w20",
    autocomplete="email",
)
_POSTCODE = Question(
    "postcode",
    Kind.POSTCODE,
    N_("Code postal de votre adresse"),
    missing=N_("Écrivez votre code postal."),
    hint=N_("Il sert à trouver le service qui vous répond."),
    width="w10",
    max_length=5,
    checks=(with_permits,),
    autocomplete="postal-code",
)
_PAGE = Question(
    "page",
    Kind.TEXT,
    N_("Page concernée"),
    hint=N_("Remplie automatiquement si vous venez de cette page, avec la date et l’heure."),
    required=False,
    max_length=200,
)

PROCEDURES = (
    Option("account", N_("Créer mon compte ou me connecter")),
    Option("first", N_("Première demande de titre")),
    Option("renewal", N_("Renouvellement de mon titre")),
    Option("change", N_("Changement d’adresse, perte ou vol du titre")),
    Option("validation", N_("Validation de mon visa")),
    Option("complement", N_("Répondre à une demande de documents")),
)
HELPERS = (
    Option("phone", N_("Le centre de contact citoyens, par téléphone")),
    Option("place", N_("Le point d’accueil numérique e-MERAUDE de la préfecture")),
    Option("service", N_("La préfecture, par message ou au guichet")),
    Option("none", N_("À personne pour l’instant")),
)

_TRIED = (
    Question(
        "tried",
        Kind.CHOICE,
        N_("Que voulez-vous faire ?"),
        missing=N_("Choisissez ce que vous voulez faire."),
        options=PROCEDURES,
    ),
    Question(
        "since",
        Kind.DATE,
        N_("Depuis quand essayez-vous ?"),
        missing=N_("Écrivez depuis quel jour vous essayez."),
        hint=N_("Le premier jour où cela n’a pas marché. Par exemple : 12 11 2026"),
        checks=(not_after_today, within_years(2)),
    ),
    Question(
        "text",
        Kind.LONG_TEXT,
        N_("Qu’est-ce qui ne marche pas ?"),
        missing=N_("Écrivez ce qui ne marche pas."),
        hint=N_(
            "Recopiez le message d’erreur et son numéro, s’il y en a un. Ces mots seront sur l’attestation."
        ),
        checks=(some_words,),
        max_length=2000,
    ),
    Question(
        "helpers",
        Kind.CHOICES,
        N_("À qui avez-vous déjà demandé de l’aide ?"),
        missing=N_("Dites à qui vous avez demandé de l’aide, ou cochez « À personne pour l’instant »."),
        hint=N_("La loi demande d’avoir cherché de l’aide avant l’accueil au guichet."),
        options=HELPERS,
        checks=(alone("none"),),
    ),
)


@cache
def question_step(has_account: bool, has_service: bool) -> Step:
    """Return the contact form, without address or postcode if the account or service is known."""
    topic = Question(
        "topic",
        Kind.CHOICE,
        N_("De quoi s’agit-il ?"),
        missing=N_("Choisissez de quoi il s’agit."),
        options=TOPICS,
    )
    email = () if has_account else (_EMAIL,)
    postcode = () if has_service else (_POSTCODE,)
    sentence = N_(
        "Un agent du service chargé de votre adresse vous répond. Les questions et les réponses sont gardées."
    )
    return Step("ecrire", N_("Écrire au service"), sentence, (topic, TEXT, _PAGE, *email, *postcode))


@cache
def blocked_step(has_account: bool, has_service: bool) -> Step:
    """Return the form of « Je n’arrive pas à avancer », without what is known: the account’s address, the service."""
    email = () if has_account else (_EMAIL,)
    postcode = () if has_service else (_POSTCODE,)
    sentence = N_(
        "Vous recevez une attestation datée de ce que vous avez essayé. Elle vous sert à demander l’accueil "
        "au guichet prévu par la loi, et un agent vous répond."
    )
    return Step("bloque", N_("Je n’arrive pas à avancer"), sentence, (*_TRIED, _PAGE, *email, *postcode))


MORE_TIME = Step(
    "delai",
    N_("Il me faut plus de temps"),
    "",
    (
        Question(
            "reason",
            Kind.LONG_TEXT,
            N_("Pourquoi, et jusqu’à quand ?"),
            missing=N_("Dites pourquoi il vous faut plus de temps."),
            checks=(some_words,),
            max_length=1000,
        ),
    ),
)
REPLY = Step("message", N_("Écrire un message"), "", (TEXT,))
ANSWER = Step(
    "reponse",
    N_("Répondre"),
    "",
    (
        Question(
            "text",
            Kind.LONG_TEXT,
            N_("Votre réponse"),
            missing=N_("Écrivez votre réponse."),
            hint=N_("La personne la lit dans son espace, ou dans un e-mail si elle n’a pas de compte."),
            checks=(some_words,),
            max_length=4000,
        ),
    ),
)
WRITE = Step(
    "ecrire",
    N_("Écrire à l’usager"),
    "",
    (
        Question(
            "text",
            Kind.LONG_TEXT,
            N_("Votre message"),
            missing=N_("Écrivez votre message."),
            hint=N_(
                "La personne le lit dans son espace et y répond. L’e-mail qui la prévient ne dit rien de "
                "son contenu. Pour obtenir un document, choisissez plutôt « Demander des documents » : "
                "cette demande a une date."
            ),
            checks=(some_words,),
            max_length=4000,
        ),
    ),
)
