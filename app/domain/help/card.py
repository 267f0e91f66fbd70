"""Questions about paying for the card."""

from app.domain.help.entry import CARD, CHECKED, PUBLIC_FAQ, STAMPS, Entry, Link, Source
from app.domain.text import N_

_STAMPS = Link(N_("Le site des timbres électroniques"), url=STAMPS)

ENTRIES = (
    Entry(
        "payer-la-carte",
        CARD,
        N_("Mon titre de séjour est disponible. Combien et comment payer ?"),
        (
            N_(
                "Vous payez quand la carte vous est remise, avec un timbre fiscal électronique. Le montant "
                "est écrit dans le message et dans votre espace. Il dépend du motif de votre séjour."
            ),
            N_(
                "Achetez le timbre sur timbres.impots.gouv.fr par carte bancaire, dans un bureau de tabac "
                "ou dans un centre des impôts. Au bureau de tabac et au centre des impôts, vous pouvez "
                "payer en espèces."
            ),
            N_(
                "Vérifiez le document remis : c’est un timbre électronique, avec un numéro à 16 chiffres, "
                "du bon montant. Un timbre en papier ne peut pas servir."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ, Source("CESEDA, articles L.436-1 à L.436-7")),
        N_(
            "prix, payer, paiement, taxe, argent, montant, timbre, tabac, espèces, carte bancaire, coût, tarif"
        ),
        (_STAMPS, Link(N_("Les tarifs"), "aide.fees"), Link(N_("Mon espace"), "suivi.space")),
        ("rembourser-timbre",),
    ),
    Entry(
        "rembourser-timbre",
        CARD,
        N_("Comment me faire rembourser un timbre électronique ?"),
        (
            N_(
                "Le prix d’un titre comprend, selon les cas, une taxe qui dépend du motif de votre séjour "
                "et un droit de timbre pour fabriquer la carte. Tout se paie avec un seul timbre "
                "électronique, à la remise de la carte."
            ),
            N_(
                "Un timbre que vous n’avez pas utilisé est remboursé sur timbres.impots.gouv.fr. Vous avez "
                "18 mois après l’achat pour le demander. Il peut servir pendant 12 mois."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ, Source("timbres.impots.gouv.fr", STAMPS)),
        N_("remboursement, remboursé, argent, timbre non utilisé, erreur de timbre"),
        (_STAMPS,),
        ("payer-la-carte",),
    ),
)
