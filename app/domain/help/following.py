"""Questions about what happens after filing."""

from datetime import date

from app.domain.help.entry import CHECKED, FOLLOWING, PUBLIC_FAQ, Entry, Link, Paragraph, Source
from app.domain.text import N_

_SPACE = Link(N_("Mon espace"), "suivi.space")
_SILENCE = Source("CESEDA, articles R*.432-1, R.432-2 et R.422-5")

ENTRIES = (
    Entry(
        "ou-en-est-ma-demande",
        FOLLOWING,
        N_("Où en est ma demande ?"),
        (
            N_(
                "Connectez-vous et ouvrez « Mon espace ». Votre demande est traitée par la préfecture ou "
                "la sous-préfecture de l’adresse que vous avez déclarée. Les délais ne sont pas les mêmes "
                "partout."
            ),
            Paragraph(
                N_("Vous y voyez un de ces quatre états :"),
                (
                    N_("« Dépôt de la demande » : votre dépôt est bien reçu ;"),
                    N_(
                        "« Instruction en cours » : l’administration a pris connaissance de votre demande et la "
                        "traite. Attendez sa décision, ou une demande de document ;"
                    ),
                    N_("« Décision prise » : votre demande a été traitée, une décision est prise ;"),
                    N_(
                        "« Titre de séjour disponible » : la décision est favorable et la carte est fabriquée."
                    ),
                ),
            ),
            N_(
                "Un SMS vous dit comment retirer la carte. Sans SMS, regardez « Mon espace » et le site "
                "internet de votre préfecture."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("suivi, avancement, mon dossier, délai, instruction, attente, état, statut, combien de temps"),
        (_SPACE,),
        ("complement", "sans-reponse"),
    ),
    Entry(
        "complement",
        FOLLOWING,
        N_("J’ai reçu une demande de documents (complément). Que faire ?"),
        (
            N_("Un document manque, ou ne convient pas. Un e-mail vous demande de vous connecter."),
            N_(
                "Dans « Mon espace », ouvrez la demande. Pour chaque document, choisissez : le garder, le "
                "remplacer, ou expliquer."
            ),
            N_(
                "Vous n’avez pas le document ? Joignez la photo ou le scan d’une lettre écrite à la main "
                "qui explique votre situation."
            ),
            N_(
                "Puis envoyez votre réponse : sans cet envoi, l’agent ne voit rien. Ensuite, la préfecture "
                "reprend l’instruction."
            ),
            N_(
                "Le délai habituel est de %(complement_days)s jours. La date exacte est écrite dans la "
                "demande. Le temps qui vous est laissé peut repousser la date à laquelle le silence vaut refus : "
                "ce n’est pas sûr, gardez la première date."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("complément, pièce manquante, document manquant, non conforme, compléter, notification"),
        (_SPACE,),
        ("document-refuse",),
    ),
    Entry(
        "sans-reponse",
        FOLLOWING,
        N_("Je n’ai pas de réponse. Qu’est-ce que cela veut dire ?"),
        (
            N_(
                "La loi donne un délai à l’administration : %(answer_days)s jours pour un titre "
                "« étudiant », 4 mois pour la plupart des autres titres. Après ce délai, le silence vaut "
                "refus, même si vous avez une attestation de prolongation."
            ),
            N_("« Mon espace » affiche la date exacte. L’administration peut encore répondre après."),
            N_(
                "Le service vous a dit qu’un document indispensable manque ? Alors son silence n’est qu’un refus "
                "d’enregistrer la demande, qui ne se conteste pas au tribunal : complétez plutôt votre dossier."
            ),
            N_(
                "Sinon, ce refus peut être contesté pendant %(remedy)s. Pendant ce temps, vous "
                "pouvez aussi demander ses motifs au service. Une association, un avocat ou un point d’accès au droit "
                "peut vous aider."
            ),
        ),
        CHECKED,
        (
            _SILENCE,
            Source("Conseil d’État, avis n° 499904 du 6 mai 2025 et n° 493514 du 10 octobre 2024"),
            Source("Code des relations entre le public et l’administration, articles L.114-5 et L.232-4"),
        ),
        N_("silence, refus implicite, pas de réponse, trop long, recours, contester, refusé"),
        (_SPACE,),
        ("ou-en-est-ma-demande", "adp", "refus"),
    ),
    Entry(
        "rendez-vous",
        FOLLOWING,
        N_("J’ai un rendez-vous avec le service. Que faire si je ne peux pas venir ?"),
        (
            N_(
                "Le service peut vous inviter pour prendre vos empreintes, vous remettre la carte ou parler avec vous. "
                "« Mon espace » dit le jour, l’heure, le lieu et ce qu’il faut apporter."
            ),
            N_(
                "Vous ne pouvez pas venir ? Dites-le dans « Mon espace », sur la page du rendez-vous. Le service vous "
                "donne une autre date."
            ),
            N_(
                "Ne pas venir ne ferme pas votre demande : elle avance seulement moins vite. Écrivez au service pour "
                "avoir une autre date."
            ),
        ),
        date(2026, 11, 28),
        (Source("CESEDA, article L.142-1"),),
        N_(
            "rendez-vous, convocation, empreintes, biométrie, guichet, entretien, absent, empêché, annuler, déplacer"
        ),
        (_SPACE,),
        ("ou-en-est-ma-demande", "payer-la-carte"),
    ),
)
