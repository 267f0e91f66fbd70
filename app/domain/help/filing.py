"""Questions about making an application."""

from app.domain.help.entry import (
    CHECKED,
    FAMILY,
    FILING,
    FIRST,
    PUBLIC_FAQ,
    STUDENT,
    TALENT,
    VISITOR,
    Entry,
    Link,
    Paragraph,
    Source,
)
from app.domain.text import N_

_START = Link(N_("Demander ou renouveler un titre de séjour"), "accueil.presentation", {"procedure": STUDENT})
_WHICH = Link(N_("Quelle démarche pour moi ?"), "orientation.ask")
_WINDOW = Source(
    "CESEDA, article R.431-5", "https://www.legifrance.gouv.fr/codes/article_lc/LEGIARTI000042806998"
)
_LATE = Source("CESEDA, articles R.431-8 et L.436-5")
_COMMITMENT = Source(
    "Ministère de l’intérieur, contrat d’engagement à respecter les principes de la République"
)

ENTRIES = (
    Entry(
        "demander-un-titre",
        FILING,
        N_("Comment demander ou renouveler mon titre de séjour ?"),
        (
            Paragraph(
                N_("Sur ce site, vous pouvez demander en ligne :"),
                (
                    Paragraph(
                        N_(
                            "le renouvellement d’un titre « étudiant », si vous avez un titre de séjour, un récépissé "
                            "ou un VLS-TS validé."
                        ),
                        offered=STUDENT,
                        missing=FIRST,
                    ),
                    Paragraph(
                        N_(
                            "un titre « étudiant », avec un visa « titre à solliciter », un VLS-TS validé ou un titre "
                            "de séjour."
                        ),
                        offered=FIRST,
                    ),
                    Paragraph(
                        N_("un titre « talent », qui s’appelait « passeport talent » jusqu’en juin 2025."),
                        offered=TALENT,
                    ),
                    Paragraph(
                        N_("un titre « talent (famille) », qui s’appelait « passeport talent famille »."),
                        offered=FAMILY,
                    ),
                    Paragraph(N_("un titre « visiteur »."), offered=VISITOR),
                ),
            ),
            Paragraph(
                N_(
                    "Les titres « talent », « talent (famille) » et « visiteur » se demandent aussi "
                    "en ligne, sur la plateforme nationale (ANEF). La première demande avec un visa "
                    "« titre à solliciter » aussi."
                ),
                missing=VISITOR,
            ),
            N_("Pour un autre titre, le site internet de votre préfecture explique la démarche."),
            N_(
                "Connectez-vous d’abord à votre compte, par « Se connecter » en haut de la page ou par "
                "« Je demande ou renouvelle un titre de séjour » sur l’accueil."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ, Source("Loi n° 2024-42 et décret n° 2025-539 (mentions « talent »)")),
        N_("renouvellement, première demande, passeport talent, visiteur, étudiant, carte de séjour"),
        (_WHICH, _START, Link(N_("Se connecter"), "compte.sign_in")),
        ("quand-deposer", "deroulement"),
    ),
    Entry(
        "quand-deposer",
        FILING,
        N_("Quand déposer ma demande en ligne ?"),
        (
            N_(
                "Au plus tôt 4 mois et au plus tard 2 mois avant la fin de votre document de séjour. La loi "
                "compte en jours : entre %(opens_days)s et %(closes_days)s jours avant la fin."
            ),
            N_("Votre espace affiche vos propres dates. Trop tôt, vous pouvez déjà préparer la demande."),
        ),
        CHECKED,
        (PUBLIC_FAQ, _WINDOW),
        N_("délai, date, dates, expire, expiration, trop tôt, quatre mois, deux mois"),
        (_START,),
        ("en-retard",),
    ),
    Entry(
        "en-retard",
        FILING,
        N_("Mon titre expire dans moins de 2 mois, ou il a déjà expiré. Que faire ?"),
        (
            N_(
                "Déposez quand même, le plus vite possible. Expliquez le retard dans « Observations », au "
                "récapitulatif."
            ),
            N_(
                "Une demande en retard coûte %(late_fee)s de plus, sauf force majeure ou visa encore "
                "valable. L’attestation de prolongation n’est plus garantie."
            ),
            N_(
                "Plus de %(late_months)s mois après la fin du titre, vous devez de nouveau remplir les "
                "conditions d’entrée en France, avec un visa. Appelez votre préfecture avant."
            ),
        ),
        CHECKED,
        (_LATE,),
        N_("retard, tard, expiré, périmé, titre fini, régularisation, 180"),
        (_START,),
        ("quand-deposer", "adp"),
    ),
    Entry(
        "deroulement",
        FILING,
        N_("Comment se déroule le dépôt de la demande ?"),
        (
            Paragraph(
                N_(
                    "La demande se fait en 5 ou 6 étapes, selon le titre demandé. Pour un titre « étudiant », "
                    "il y en a six :"
                ),
                (
                    N_("informations personnelles : vous vérifiez votre état civil et votre adresse ;"),
                    N_("motif de séjour : vous décrivez votre projet ;"),
                    N_("ressources : vous dites de quoi vous vivez ;"),
                    N_("justificatifs : vous joignez vos documents et le code de votre e-photo ;"),
                    N_("récapitulatif : vous vérifiez tout ;"),
                    N_("confirmation : le dépôt est confirmé."),
                ),
            ),
            N_(
                "Chaque étape validée est enregistrée. Vous pouvez vous arrêter et reprendre plus tard à "
                "la dernière étape enregistrée."
            ),
            N_(
                "Après le dépôt, vous recevez une confirmation par e-mail et dans votre espace. Vous y "
                "suivez ensuite votre demande."
            ),
            N_(
                "La réponse tarde, et votre document de séjour expire ? Si votre dossier est complet et déposé à temps, "
                "une attestation de prolongation d’instruction arrive dans votre espace, dès qu’un agent a ouvert votre "
                "dossier."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("étape, étapes, brouillon, sauvegarde, reprendre, formulaire"),
        (_START,),
        ("liste-des-pieces", "confirmation-de-depot", "adp"),
    ),
    Entry(
        "liste-des-pieces",
        FILING,
        N_("Où trouver la liste des pièces justificatives ?"),
        (
            N_(
                "Sur la page de présentation de la démarche, avant de commencer. Vous pouvez aussi la "
                "télécharger en PDF."
            ),
            Paragraph(
                N_("Il faut :"),
                (
                    N_(
                        "les documents qui justifient votre situation, photographiés ou numérisés, en JPG, PNG, "
                        "BMP, TIFF ou PDF ;"
                    ),
                    N_("le code d’une e-photo."),
                ),
            ),
            N_("Les photos HEIC, WebP, AVIF et GIF sont acceptées aussi."),
            N_(
                "Un document vous manque ? Joignez à la place la photo d’une lettre écrite à la main qui "
                "explique pourquoi."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("documents, papiers, justificatifs, dossier, preuves, joindre"),
        (
            Link(
                N_("Les documents à joindre"),
                "accueil.presentation",
                {"procedure": STUDENT, "_anchor": "documents"},
            ),
            Link(N_("La liste à imprimer (PDF)"), "accueil.documents_list", {"procedure": STUDENT}),
        ),
        ("document-refuse", "obtenir-e-photo", "contrat-engagement"),
    ),
    Entry(
        "document-refuse",
        FILING,
        N_("Le site refuse mon fichier. Que faire ?"),
        (
            N_("Lisez le message à côté du document : il dit ce qui ne va pas et comment le réparer."),
            Paragraph(
                N_("Le plus souvent :"),
                (
                    N_("fichier trop lourd : %(max_size)s au plus. Prenez une photo de chaque page ;"),
                    N_("PDF avec un mot de passe : faites une capture d’écran de chaque page ;"),
                    N_("autre format : il faut une photo (JPG, PNG, HEIC) ou un PDF."),
                ),
            ),
        ),
        CHECKED,
        (Source("Règles de ce service"),),
        N_("télécharger, upload, envoyer, fichier trop gros, taille, mégaoctets, scan, scanner, photo floue"),
        (),
        ("liste-des-pieces", "probleme-technique"),
    ),
    Entry(
        "contrat-engagement",
        FILING,
        N_("Qu’est-ce que le contrat d’engagement à respecter les principes de la République ?"),
        (
            N_(
                "C’est un texte que vous datez et signez, en français. Il est demandé pour chaque première "
                "demande et chaque renouvellement depuis le 17 juillet 2024. Certaines nationalités en "
                "sont dispensées."
            ),
            N_("Sur ce site, il a sa propre place à l’étape « Justificatifs »."),
        ),
        CHECKED,
        (_COMMITMENT,),
        N_("CEPR, contrat, signer, laïcité, principes républicains"),
        (),
        ("liste-des-pieces",),
    ),
)
