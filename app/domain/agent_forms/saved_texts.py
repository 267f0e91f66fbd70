"""Form of a text that a service keeps, to begin a message or the reason of a request with."""

from enum import StrEnum

from app.domain.journeys.checks import some_words
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question
from app.domain.text import N_, Problem


class Use(StrEnum):
    """Where a saved text is offered."""

    MESSAGE = "message"
    REQUEST = "request"


USE_TITLES: dict[Use, str] = {
    Use.MESSAGE: N_("Messages aux usagers"),
    Use.REQUEST: N_("Motifs des demandes de documents"),
}

SAVED_TEXT = Step(
    "texte",
    N_("Texte du service"),
    N_("Tout le service le voit, s’en sert et peut le changer. Rien n’y nomme une personne."),
    (
        Question(
            "use",
            Kind.CHOICE,
            N_("Pour"),
            missing=N_("Choisissez à quoi ce texte sert."),
            options=tuple(Option(str(use), title) for use, title in USE_TITLES.items()),
        ),
        Question(
            "name",
            Kind.TEXT,
            N_("Nom du texte"),
            missing=N_("Écrivez un nom pour ce texte."),
            hint=N_("Vos collègues le lisent, pas l’usager."),
            checks=(some_words,),
            max_length=60,
            width="w20",
        ),
        Question(
            "text",
            Kind.LONG_TEXT,
            N_("Texte"),
            missing=N_("Écrivez le texte."),
            checks=(some_words,),
            max_length=1000,
        ),
    ),
)

TAKEN = Problem(N_("Un autre texte du service a ce nom. Choisissez-en un autre."))
FULL = Problem(N_("Le service garde déjà beaucoup de textes. Supprimez-en un d’abord."))
