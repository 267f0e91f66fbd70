"""A short letter to a body that refuses a certificate: what the law says of it, and where it is checked.

CESEDA R.431-15-1 (extension) and R.431-15-2 (favourable decision). It is handed over in French.
"""

from app.domain.text import N_

# Placeholders: %(address)s, the page where certificates are checked.
LETTER = (
    N_("Madame, Monsieur, vous avez refusé mon attestation."),
    N_(
        "L’attestation de prolongation d’instruction prouve la régularité du séjour pendant sa durée. Pour le "
        "renouvellement d’un titre qui autorise à travailler, elle autorise à travailler (article R.431-15-1 du CESEDA)."
    ),
    N_(
        "L’attestation de décision favorable prouve la régularité du séjour jusqu’à la remise du titre "
        "(article R.431-15-2 du CESEDA)."
    ),
    N_(
        "Vous pouvez vérifier la mienne sur %(address)s, gratuitement et sans compte, avec le code écrit à côté du "
        "code QR."
    ),
    N_(
        "Je vous demande de l’accepter, ou de m’écrire le motif de votre refus et le texte sur lequel il se fonde."
    ),
)
