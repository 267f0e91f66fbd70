"""Form that tells a service that its applicant cannot come to an appointment."""

from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Question
from app.domain.text import N_

DECLINING = Step(
    "empechement",
    N_("Je ne peux pas venir"),
    "",
    (
        Question(
            "words",
            Kind.LONG_TEXT,
            N_("Un mot pour le service"),
            hint=N_("Par exemple : les jours et les heures où vous pouvez venir."),
            required=False,
            max_length=1000,
        ),
    ),
)
