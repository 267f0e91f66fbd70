"""The last steps, the same for every ground of stay: documents, summary, confirmation."""

from app.domain.journeys.journey import Page, Step
from app.domain.journeys.questions import Kind, Question
from app.domain.text import N_

DOCUMENTS = Step(
    "justificatifs",
    N_("Justificatifs"),
    N_("Joignez vos documents."),
    page=Page.DOCUMENTS,
)
SUMMARY = Step(
    "recapitulatif",
    N_("Récapitulatif"),
    N_("Vérifiez le récapitulatif de votre demande et de vos documents."),
    (
        Question(
            "observation",
            Kind.LONG_TEXT,
            N_("Observations"),
            hint=N_(
                "Tout ce que l’agent doit savoir : un retard et sa cause, un document qui arrivera plus tard."
            ),
            required=False,
            max_length=2000,
        ),
    ),
    page=Page.SUMMARY,
)
CONFIRMATION = Step(
    "confirmation",
    N_("Confirmation"),
    N_("Le dépôt de votre demande est confirmé."),
    page=Page.CONFIRMATION,
)

CLOSING_STEPS = (DOCUMENTS, SUMMARY, CONFIRMATION)
