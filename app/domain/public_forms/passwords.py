"""Questions about passwords, asked by forms of applicants and of agents."""

from dataclasses import replace

from app.domain.journeys.questions import Kind, Question
from app.domain.text import N_

PRESENT_PASSWORD = Question(
    "password",
    Kind.PASSWORD,
    N_("Mot de passe"),
    missing=N_("Écrivez votre mot de passe."),
    autocomplete="current-password",
    max_length=1000,
)
# Asked again of somebody who is signed in.
SURE_PASSWORD = replace(
    PRESENT_PASSWORD, label=N_("Votre mot de passe"), hint=N_("Pour être sûrs que c’est vous.")
)
# Asked beside the one that takes its place.
CURRENT_PASSWORD = replace(
    PRESENT_PASSWORD,
    key="current",
    label=N_("Mot de passe actuel"),
    missing=N_("Écrivez votre mot de passe actuel."),
)
NEW_PASSWORD = Question(
    "password",
    Kind.PASSWORD,
    N_("Mot de passe"),
    missing=N_("Choisissez un mot de passe."),
    hint=N_("12 caractères au moins. Quatre mots sans lien font un bon mot de passe. Vous pouvez le coller."),
    autocomplete="new-password",
    max_length=1000,
)
REPLACING_PASSWORD = replace(NEW_PASSWORD, label=N_("Nouveau mot de passe"))
