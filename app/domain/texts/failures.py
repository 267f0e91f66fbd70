"""Headings and sentences of error pages by status, of the service and of the proxy before it."""

from app.domain.text import N_

FAILURES: dict[int, tuple[str, str]] = {
    400: (
        N_("La page n’a pas pu être envoyée"),
        N_(
            "La page était peut-être ouverte depuis longtemps. Revenez en arrière, rechargez-la et recommencez. "
            "Ce qui était enregistré l’est toujours."
        ),
    ),
    403: (
        N_("Vous n’avez pas accès à cette page"),
        N_("Connectez-vous avec le bon compte, ou revenez à l’accueil."),
    ),
    404: (
        N_("Cette page n’existe pas"),
        N_(
            "L’adresse est incomplète, ou la page a changé de place. Vos réponses et vos documents sont bien "
            "gardés."
        ),
    ),
    405: (
        N_("Cette adresse ne peut pas être ouverte directement"),
        N_("Revenez en arrière et utilisez les boutons de la page."),
    ),
    409: (
        N_("Ce n’est pas possible à cette étape"),
        N_("Rien n’a été changé. Ouvrez le dossier pour voir où il en est, et ce que vous pouvez faire."),
    ),
    413: (
        N_("L’envoi est trop lourd"),
        N_(
            "10 Mo par fichier, au plus. Envoyez moins de fichiers à la fois, ou des photos moins grandes. Vos "
            "autres documents sont bien gardés."
        ),
    ),
    429: (
        N_("Trop d’essais à la suite"),
        N_("Attendez quelques minutes, puis recommencez."),
    ),
    500: (
        N_("Une erreur de notre côté"),
        N_(
            "Ce n’est pas votre faute. Ce qui était enregistré est bien gardé. Réessayez dans quelques minutes."
        ),
    ),
    503: (
        N_("Le service est momentanément indisponible"),
        N_("Ce qui était enregistré est bien gardé. Réessayez dans quelques minutes."),
    ),
}
CALL = N_("Si votre titre expire bientôt, appelez-nous : une panne ne doit pas vous mettre en retard.")
