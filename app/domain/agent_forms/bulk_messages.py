"""Form of one message to several people: a ready text, which each reads in their language, or the agent's own."""

from app.domain.journeys.checks import some_words
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question, When
from app.domain.text import N_

OWN = "own"  # the option of a text that the agent writes

# Ready texts by key: sentences of the catalogues, so that they exist in every language of the service.
READY_TEXTS: dict[str, tuple[str, str]] = {
    "waiting": (
        N_("Rien à faire, la demande est examinée"),
        N_(
            "Votre demande est toujours en cours d’examen. Vous n’avez rien à faire : nous vous écrivons dès qu’il y a "
            "du nouveau."
        ),
    ),
    "contact": (
        N_("Vérifier ses coordonnées"),
        N_(
            "Vérifiez dans votre espace votre adresse, votre téléphone et votre adresse e-mail. Corrigez ce qui a "
            "changé : c’est là que nous écrivons."
        ),
    ),
    "counter": (
        N_("Guichet fermé quelques jours"),
        N_(
            "Le guichet de la préfecture est fermé quelques jours. Les demandes en ligne continuent, et vos droits ne "
            "changent pas. Avant de venir, lisez les horaires sur le site de la préfecture."
        ),
    ),
}

BULK_MESSAGE = Step(
    "ecrire-a-plusieurs",
    N_("Écrire aux personnes choisies"),
    N_(
        "Chaque personne reçoit le message dans son espace, et un e-mail qui la prévient sans en dire le contenu."
    ),
    (
        Question(
            "ready",
            Kind.CHOICE,
            N_("Quel message ?"),
            missing=N_("Choisissez un texte prêt, ou écrivez le vôtre."),
            hint=N_("Un texte prêt est lu par chaque personne dans sa langue, avec le français dessous."),
            options=(
                *(Option(key, title) for key, (title, _text) in READY_TEXTS.items()),
                Option(
                    OWN,
                    N_("J’écris le texte, en français"),
                    N_("Toutes les personnes le lisent en français."),
                ),
            ),
        ),
        Question(
            "text",
            Kind.LONG_TEXT,
            N_("Votre message"),
            missing=N_("Écrivez votre message."),
            hint=N_("Il est le même pour toutes : n’y nommez personne, et n’y dites rien d’un seul dossier."),
            when=When("ready", OWN),
            checks=(some_words,),
            max_length=4000,
        ),
    ),
)
