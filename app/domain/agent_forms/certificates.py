"""Forms about certificates: revocation, and what a decision makes of those in force."""

from app.domain.dossiers.endings import Settlement
from app.domain.journeys.checks import some_words
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question
from app.domain.text import N_

SETTLED = "certificates"  # key of the question about the certificates in force
IN_FORCE = Question(
    SETTLED,
    Kind.CHOICE,
    N_("Les attestations encore en vigueur"),
    hint=N_("L’usager lit votre choix, et la page de vérification le dit aussitôt."),
    options=(
        Option(Settlement.KEPT, N_("Elles restent valables jusqu’à leur date")),
        Option(Settlement.ENDED, N_("Elles prennent fin aujourd’hui")),
    ),
    missing=N_("Dites ce que deviennent les attestations encore en vigueur."),
)

INSTEAD = "instead"  # key of the question about what follows a revocation
CORRECTED = "corrected"
# What confirms each to the agent, by its event.
REVOCATION_DONE = {
    "attestation_revoked": N_("L’attestation est retirée. L’usager est prévenu."),
    "attestation_replaced": N_("Une attestation corrigée remplace l’ancienne. L’usager est prévenu."),
}
REVOCATION = Step(
    "revoke",
    N_("Retirer une attestation ?"),
    "",
    (
        Question(
            INSTEAD,
            Kind.CHOICE,
            N_("Ensuite"),
            options=(
                Option(
                    CORRECTED,
                    N_("Une attestation corrigée la remplace"),
                    N_("Pour les mêmes jours, avec ce que dit le dossier aujourd’hui."),
                ),
                Option("nothing", N_("Rien ne la remplace")),
            ),
            missing=N_("Dites si une attestation corrigée la remplace."),
        ),
        Question(
            "reason",
            Kind.LONG_TEXT,
            N_("Motif (l’usager le lira)"),
            missing=N_("Écrivez le motif."),
            checks=(some_words,),
            max_length=2000,
        ),
    ),
)
