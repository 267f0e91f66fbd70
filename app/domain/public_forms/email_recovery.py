"""Forms for changing an address without access to the old mailbox: the applicant's request, the agent's decision."""

from dataclasses import replace

from app.domain.journeys.checks import some_words
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question, When
from app.domain.public_forms.account import EMAIL, IDENTIFY, IDENTIFY_VISA
from app.domain.public_forms.service_lookup import WHEREABOUTS
from app.domain.text import N_

TITLE = N_("Changer d’adresse e-mail sans accès à l’ancienne")

_WANTED = (
    replace(
        EMAIL.questions[0],
        label=N_("Nouvelle adresse e-mail"),
        missing=N_("Écrivez votre nouvelle adresse e-mail."),
        hint=N_("Une adresse que vous pouvez lire. Par exemple : nom@exemple.fr"),
    ),
    WHEREABOUTS.questions[0],
)

LOST = Step(
    "adresse-perdue",
    TITLE,
    N_("Un agent vérifie votre identité, puis change l’adresse."),
    IDENTIFY.questions + _WANTED,
)

LOST_VISA = Step(
    "adresse-perdue-visa",
    TITLE,
    LOST.sentence,
    IDENTIFY_VISA.questions + _WANTED,
)

GRANT, REFUSE = "grant", "refuse"

# Ways of checking the applicant's identity; the history has a sentence for each.
HOW = {
    "counter": N_("Au guichet, avec le passeport ou le titre"),
    "papers": N_("Avec des documents comparés à ceux du dossier"),
}

DECISION = Step(
    "changer-adresse",
    N_("Décider"),
    "",
    (
        Question(
            "decision",
            Kind.CHOICE,
            N_("Votre décision"),
            missing=N_("Choisissez votre décision."),
            options=(
                Option(GRANT, N_("Changer l’adresse"), N_("J’ai vérifié l’identité de la personne.")),
                Option(REFUSE, N_("Refuser"), N_("L’adresse ne change pas.")),
            ),
        ),
        Question(
            "checked",
            Kind.CHOICE,
            N_("Comment avez-vous vérifié l’identité ?"),
            missing=N_("Choisissez comment vous avez vérifié l’identité."),
            options=tuple(Option(key, label) for key, label in HOW.items()),
            when=When("decision", GRANT),
        ),
        Question(
            "seen",
            Kind.LONG_TEXT,
            N_("Ce que vous avez vu"),
            missing=N_("Écrivez ce que vous avez vu."),
            hint=N_("Pour vos collègues : la nature du document et le jour, sans numéro."),
            when=When("decision", GRANT),
            checks=(some_words,),
            max_length=500,
        ),
        Question(
            "reason",
            Kind.LONG_TEXT,
            N_("Motif du refus"),
            missing=N_("Écrivez le motif du refus."),
            hint=N_("La personne lit ce texte tel quel. Dites-lui ce qu’elle peut faire."),
            when=When("decision", REFUSE),
            checks=(some_words,),
            max_length=2000,
        ),
    ),
)
