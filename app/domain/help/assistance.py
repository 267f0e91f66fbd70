"""Questions about finding help."""

from app.domain.help.entry import CHECKED, CONTACT_FORM, HELP, PUBLIC_FAQ, Entry, Link, Paragraph, Source
from app.domain.text import N_

_CONTACT = Link(N_("Toutes les façons de trouver de l’aide"), "aide.contact")
_SUPPORT = Source("Arrêté du 1er août 2023 sur l’accueil et l’accompagnement des usagers (NOR IOMV2311395A)")

ENTRIES = (
    Entry(
        "probleme-technique",
        HELP,
        N_("Un problème technique m’empêche de continuer. Que faire ?"),
        (
            N_(
                "Appelez le centre de contact citoyens (CCC) au %(phone)s : service gratuit, prix d’un appel."
            ),
            N_(
                "Préparez une capture d’écran du message d’erreur, avec l’adresse de la page, la date et "
                "l’heure. Notez le numéro d’erreur s’il y en a un."
            ),
            Paragraph(
                N_(
                    "Vous pouvez aussi écrire avec le formulaire de contact et joindre vos captures d’écran : le service "
                    "chargé de votre adresse répond."
                ),
                offered=CONTACT_FORM,
            ),
            N_(
                "Le centre n’a pas trouvé de solution ? Demandez à votre préfecture comment venir à son "
                "point e-MERAUDE."
            ),
            N_(
                "Le site ne marche toujours pas pour vous, malgré cette aide ? La préfecture doit alors "
                "pouvoir enregistrer votre demande autrement."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ, _SUPPORT, Source("CESEDA, article R.431-2")),
        N_("bug, erreur, panne, bloqué, téléphone, appeler, contact, site ne marche pas, CCC, assistance"),
        (_CONTACT,),
        ("e-meraude", "document-refuse"),
    ),
    Entry(
        "e-meraude",
        HELP,
        N_("Qu’est-ce qu’un point e-MERAUDE ?"),
        (
            N_(
                "C’est un lieu de la préfecture où l’on vous écoute, vous renseigne et vous aide à faire "
                "la démarche en ligne, même sans ordinateur ni connexion. On y vient sur rendez-vous."
            ),
            N_(
                "Il est réservé aux étrangers présents en France qui ont un droit au séjour donnant un "
                "titre demandé en ligne."
            ),
            N_(
                "Les personnes qui y travaillent ne traitent pas les demandes. Le site internet de votre "
                "préfecture donne l’adresse et les rendez-vous."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ, _SUPPORT),
        N_(
            "emeraude, point d’accueil numérique, sans internet, sans ordinateur, rendez-vous, aide "
            "sur place, préfecture"
        ),
        (_CONTACT,),
        ("probleme-technique",),
    ),
    Entry(
        "reglementation",
        HELP,
        N_("J’ai une question sur les règles du séjour en France. Qui peut répondre ?"),
        (
            Paragraph(
                N_("Trois sources officielles :"),
                (
                    N_("le site internet de votre préfecture ;"),
                    N_("le site www.service-public.fr ;"),
                    N_("Allô service public, au 3939."),
                ),
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("loi, droit, réglementation, service public, 3939, information, conditions"),
        (Link(N_("Le site service-public.fr"), url="https://www.service-public.fr"), _CONTACT),
        ("probleme-technique",),
    ),
    Entry(
        "gratuit",
        HELP,
        N_("Faut-il payer quelqu’un pour faire la demande ?"),
        (
            N_(
                "Non. Ce service est gratuit, et aucun intermédiaire n’est agréé. Personne n’a le droit de "
                "vous vendre un rendez-vous ou une place."
            ),
            N_(
                "Ne donnez jamais votre mot de passe. Vous payez seulement le timbre électronique, à la "
                "remise de la carte ou à la validation d’un visa VLS-TS."
            ),
        ),
        CHECKED,
        (Source("Préfecture de Vaucluse, mise en garde sur les intermédiaires"),),
        N_("payant, arnaque, intermédiaire, vendre, rendez-vous payant, avocat, escroquerie"),
        (_CONTACT,),
        ("payer-la-carte",),
    ),
)
