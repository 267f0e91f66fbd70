"""Questions about a new address and a lost, stolen or damaged card."""

from app.domain.help.entry import CHANGES, CHECKED, LOSS, MOVING, PUBLIC_FAQ, Entry, Link, Paragraph, Source
from app.domain.text import N_

_CONTACT = Link(N_("Trouver de l’aide"), "aide.contact")

ENTRIES = (
    Entry(
        "demenagement",
        CHANGES,
        N_("J’ai déménagé. Faut-il un nouveau titre de séjour ?"),
        (
            Paragraph(
                N_(
                    "Quel que soit votre titre, déclarez votre adresse sur ce site : « Je déclare un "
                    "changement de situation », puis « Changement d’adresse »."
                ),
                offered=MOVING,
            ),
            Paragraph(
                N_(
                    "Sur ce site, déclarer une nouvelle adresse n’est pas encore possible. Quel que soit votre "
                    "titre, faites-le sur la plateforme nationale (ANEF) : « Je déclare un changement de "
                    "situation », puis « Domicile »."
                ),
                missing=MOVING,
            ),
            N_(
                "Ce n’est pas obligatoire si votre titre dure moins d’un an. Sinon, vous avez 3 mois après "
                "l’arrivée dans le nouveau logement."
            ),
            N_(
                "Une nouvelle carte n’est pas obligatoire. Elle est payante : vous choisissez d’en "
                "demander une ou non."
            ),
            N_(
                "Quand votre déclaration est traitée, une attestation est mise dans votre espace. Elle "
                "prouve votre nouvelle adresse."
            ),
            N_(
                "Vous quittez Mayotte ? Un titre délivré là-bas ne vaut pas ailleurs, sauf exceptions. Vous partez en "
                "Nouvelle-Calédonie, en Polynésie française ou à Wallis-et-Futuna ? Votre titre n’y vaut pas."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ, Source("CESEDA, article R.431-23")),
        N_("adresse, changement d’adresse, nouvelle adresse, domicile, déménagement, déménager, logement"),
        (
            Link(N_("Déclarer un changement d’adresse"), "accueil.presentation", {"procedure": MOVING}),
            _CONTACT,
        ),
        ("ou-en-est-ma-demande", "mayotte", "pacifique"),
    ),
    Entry(
        "perte-vol",
        CHANGES,
        N_("Mon titre est perdu, volé ou abîmé. Comment avoir un duplicata ?"),
        (
            Paragraph(
                N_(
                    "Sur ce site : « Je déclare un changement de situation », puis « Perte, vol ou "
                    "détérioration du titre »."
                ),
                offered=LOSS,
            ),
            Paragraph(
                N_(
                    "Sur ce site, cette déclaration n’est pas encore possible. Faites-la sur la plateforme "
                    "nationale (ANEF) : « Je déclare un changement de situation », puis « Je signale la perte, "
                    "le vol ou la détérioration de mon titre de séjour »."
                ),
                missing=LOSS,
            ),
            N_("En cas de vol, portez d’abord plainte à la police ou à la gendarmerie."),
            N_(
                "Si votre titre expire dans %(duplicate_days)s jours ou plus, un duplicata est fabriqué. Il "
                "coûte %(duplicate_fee)s, ou %(duplicate_fee_reduced)s pour un titre « étudiant », au "
                "retrait de la carte. Il faut une e-photo."
            ),
            N_(
                "Si votre titre expire dans moins de %(duplicate_days)s jours, il n’y a pas de "
                "duplicata. La déclaration est gratuite, sans e-photo. Le site vous conduit ensuite "
                "automatiquement au renouvellement, qui se paie à son propre tarif."
            ),
            N_("Un titre déclaré perdu ou volé n’est plus valable, même retrouvé."),
        ),
        CHECKED,
        (
            PUBLIC_FAQ,
            Source(
                "Service-public, fiche F21032", "https://www.service-public.fr/particuliers/vosdroits/F21032"
            ),
        ),
        N_("perdu, volé, perte, vol, détérioration, duplicata, cassé, plainte"),
        (
            Link(
                N_("Déclarer la perte, le vol ou la détérioration"),
                "accueil.presentation",
                {"procedure": LOSS},
            ),
            _CONTACT,
        ),
        ("demander-un-titre",),
    ),
)
