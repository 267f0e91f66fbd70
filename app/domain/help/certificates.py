"""Questions about the certificates that the service issues."""

from datetime import date

from app.domain.help.entry import (
    CERTIFICATES,
    CERTIFICATES_SHEET,
    CHECKED,
    PUBLIC_FAQ,
    Entry,
    Link,
    Paragraph,
    Source,
)
from app.domain.text import N_

_SPACE = Link(N_("Mon espace"), "suivi.space")
_EXTENSION = Source("CESEDA, article R.431-15-1")

ENTRIES = (
    Entry(
        "adp",
        CERTIFICATES,
        N_("À quoi sert l’attestation de prolongation d’instruction (ADP) ?"),
        (
            N_(
                "Elle est émise quand la décision ne peut pas être prise avant la fin de votre document de "
                "séjour. On l’appelle aussi API. Elle est mise dans votre espace, une fois votre dossier "
                "ouvert par un agent."
            ),
            Paragraph(
                N_("Pour une première demande, l’ADP :"),
                (
                    N_(
                        "ne permet pas de voyager ni d’entrer dans l’espace Schengen, quel que soit le point "
                        "d’entrée ;"
                    ),
                    N_("ne donne pas de nouveaux droits, sauf exception écrite sur le document."),
                ),
            ),
            Paragraph(
                N_("Pour un renouvellement, l’ADP :"),
                (
                    N_("est valable seulement avec le titre précédent (carte ou visa), même expiré ;"),
                    N_(
                        "permet de voyager et d’entrer dans l’espace Schengen, quel que soit le point d’entrée ;"
                    ),
                    N_(
                        "garde tous les droits du titre précédent. S’il permettait de travailler, le travail "
                        "continue pendant la durée de l’attestation."
                    ),
                ),
            ),
            N_(
                "Si votre dossier est complet et déposé à temps, la préfecture doit la délivrer. Elle est "
                "valable %(extension_months)s mois au plus et elle est renouvelée jusqu’à la décision. Ces "
                "droits sont écrits sur le document."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ, _EXTENSION, CERTIFICATES_SHEET),
        N_("API, récépissé, prolongation, travailler, voyager, Schengen, droits, attestation provisoire"),
        (_SPACE, Link(N_("Vérifier une attestation"), "attestations.verify")),
        ("adf", "confirmation-de-depot", "verifier-attestation"),
    ),
    Entry(
        "adf",
        CERTIFICATES,
        N_("À quoi sert l’attestation de décision favorable (ADF) ?"),
        (
            N_(
                "Elle est mise dans votre espace quand la décision est favorable, en attendant que votre "
                "nouvelle carte soit remise."
            ),
            Paragraph(
                N_("L’ADF :"),
                (
                    N_(
                        "est valable seulement avec le titre ou le visa de long séjour précédent, même expiré ;"
                    ),
                    N_("garde tous les droits du titre précédent ;"),
                    N_(
                        "permet de voyager et d’entrer dans l’espace Schengen, quel que soit le point d’entrée ;"
                    ),
                    N_(
                        "permet de continuer à travailler, pendant sa durée, si le titre précédent le permettait, "
                        "et de travailler si le titre accordé le permet."
                    ),
                ),
            ),
            N_("Ces droits sont écrits sur le document."),
        ),
        CHECKED,
        (PUBLIC_FAQ, CERTIFICATES_SHEET, Source("CESEDA, article R.431-15-2")),
        N_("décision favorable, accepté, accord, travailler, voyager, Schengen, droits"),
        (_SPACE, Link(N_("Vérifier une attestation"), "attestations.verify")),
        ("adp", "payer-la-carte"),
    ),
    Entry(
        "confirmation-de-depot",
        CERTIFICATES,
        N_("La confirmation de dépôt est-elle un récépissé ?"),
        (
            N_(
                "Non. Elle prouve seulement que vous avez déposé une demande. Elle ne permet ni de "
                "séjourner, ni de travailler, ni de voyager."
            ),
            N_(
                "Tant que votre titre ou votre visa est valable, c’est lui qui prouve vos droits. Ensuite, "
                "c’est l’attestation de prolongation d’instruction (ADP)."
            ),
            N_("Le récépissé en papier n’existe pas pour une demande en ligne."),
        ),
        CHECKED,
        (_EXTENSION, CERTIFICATES_SHEET),
        N_("récépissé, preuve de dépôt, attestation de dépôt, accusé de réception"),
        (_SPACE,),
        ("adp",),
    ),
    Entry(
        "verifier-attestation",
        CERTIFICATES,
        N_("Mon employeur, la CAF ou la compagnie aérienne doute de mon attestation. Que faire ?"),
        (
            N_(
                "Montrez le code QR ou les huit lettres du document. La page « Vérifier une attestation » "
                "dit en français et en anglais si elle est authentique et quels droits elle donne."
            ),
            N_("Présentez-la toujours avec votre titre ou votre visa précédent, même expiré."),
            N_(
                "Cela ne suffit pas ? La page « Reconnaître une attestation » donne un mot à recopier, avec les articles "
                "de la loi."
            ),
        ),
        CHECKED,
        (CERTIFICATES_SHEET,),
        N_(
            "employeur, CAF, banque, propriétaire, aéroport, avion, France Travail, QR code, faux, "
            "authentique"
        ),
        (
            Link(N_("Vérifier une attestation"), "attestations.verify"),
            Link(N_("Reconnaître une attestation"), "aide.recognise"),
        ),
        ("adp", "adf"),
    ),
    Entry(
        "verifier-avant-embauche",
        CERTIFICATES,
        N_("Je suis employeur : que vérifier avant d’embaucher une personne étrangère ?"),
        (
            N_(
                "Vérifiez le titre au moins %(hiring_days)s jours ouvrables avant le premier jour de travail. Une "
                "personne inscrite à France Travail en est dispensée."
            ),
            N_("Une attestation avec un code QR : la réponse est immédiate, et vous gardez un reçu daté."),
            N_(
                "Une carte : la préfecture du siège de l’employeur répond par e-mail. Sans réponse dans le délai, la loi "
                "tient votre obligation pour remplie."
            ),
        ),
        date(2026, 11, 28),
        (
            Source(
                "Code du travail, articles L.5221-8, R.5221-41 et R.5221-42",
                "https://www.legifrance.gouv.fr/codes/id/LEGIARTI000018525696/",
            ),
        ),
        N_("employeur, embauche, embaucher, recruter, contrat de travail, vérifier, carte, préfecture"),
        (Link(N_("Vérifier avant d’embaucher"), "embauche.start"),),
        ("verifier-attestation",),
    ),
)
