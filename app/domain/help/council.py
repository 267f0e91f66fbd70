"""What the Conseil d'État ordered of the national platform on 5 May 2026, and where this service does it.

Six orders within six months (5 November 2026), a seventh within twelve (5 May 2027). Known from the press release of the
Conseil d'État and from commentaries: the text of the ruling, and its number, were not found.
"""

from dataclasses import dataclass

from app.domain.help.entry import LOSS, MOVING, Link
from app.domain.text import N_

RELEASE = (
    "https://www.conseil-etat.fr/en/news/public-services-the-conseil-d-etat-orders-the-state-to-guarantee-normal-"
    "access-to-the-anef-online-platform"
)


@dataclass(frozen=True)
class Order:
    """An order: what was asked, what this service does, what it does not do, and the pages where it is."""

    asked: str
    here: tuple[str, ...]
    limit: str
    links: tuple[Link, ...] = ()


def _answer(words: str, key: str) -> Link:
    return Link(words, "aide.question", {"key": key})


ORDERS = (
    Order(
        N_("Délivrer les attestations de renouvellement à temps"),
        (
            N_(
                "Un dossier complet, déposé à temps et ouvert par un agent : l’attestation de "
                "prolongation est émise automatiquement avant la fin des droits. Elle se renouvelle "
                "jusqu’à la décision."
            ),
            N_(
                "Une fin de droits que rien ne couvre est annoncée plusieurs fois à la personne, et montrée aux agents."
            ),
        ),
        N_(
            "Tant qu’aucun agent n’a ouvert le dossier, rien n’est émis : la loi veut que le service en ait pris "
            "connaissance."
        ),
        (_answer(N_("À quoi sert l’attestation de prolongation d’instruction (ADP) ?"), "adp"),),
    ),
    Order(
        N_("Écrire sur chaque document les droits qu’il donne"),
        (
            N_(
                "Chaque attestation dit, en français et en anglais, si elle permet de séjourner, de travailler et de "
                "voyager, avec les phrases exactes de la loi."
            ),
            N_("Qui la reçoit peut la vérifier, gratuitement et sans compte."),
        ),
        N_(
            "La vérification demande internet, sauf sur un téléphone qui a déjà ouvert la page. Il "
            "vérifie le code QR sans réseau, mais ne voit pas si l’attestation a été retirée depuis."
        ),
        (
            Link(N_("Vérifier une attestation"), "attestations.verify"),
            Link(N_("Reconnaître une attestation"), "aide.recognise"),
        ),
    ),
    Order(
        N_("Permettre de signaler une erreur"),
        (
            N_(
                "Une information fausse sur votre état civil se signale dès la première étape, sans bloquer la demande. "
                "Un problème s’écrit au service, avec des captures d’écran et un numéro."
            ),
        ),
        N_("Le registre national lui-même se corrige à la préfecture."),
        (Link(N_("Écrire au service"), "aide.write"),),
    ),
    Order(
        N_("Permettre de corriger ses données"),
        (
            N_("Après le dépôt et jusqu’à la décision, une réponse se corrige ; la date du dépôt reste."),
            N_(
                "L’adresse se change à tout moment, même pendant une demande ; l’adresse e-mail perdue aussi, après une "
                "vérification d’identité."
            ),
        ),
        "",
        (
            Link(N_("Changement d’adresse"), "accueil.presentation", {"procedure": MOVING}),
            Link(N_("Changer d’adresse e-mail sans accès à l’ancienne"), "compte.lost"),
        ),
    ),
    Order(
        N_("Permettre de compléter un dossier incomplet"),
        (
            N_("Un document manque ? Une lettre qui explique pourquoi suffit pour déposer."),
            N_(
                "Après le dépôt, un document s’ajoute ou se remplace. Une demande de documents se répond document par "
                "document, et du temps en plus peut être demandé. Aucun dossier n’est fermé par une machine."
            ),
        ),
        "",
        (_answer(N_("J’ai reçu une demande de documents (complément). Que faire ?"), "complement"),),
    ),
    Order(
        N_("Garder un accès quand le site ne marche pas"),
        (
            N_(
                "Une page donne une attestation datée de ce qui a été essayé, pour le guichet que la loi "
                "prévoit (article R.431-2). Un téléphone et des points d’aide sont sur toutes les pages."
            ),
        ),
        N_("Si ce site est arrêté tout entier, il reste le téléphone et la préfecture."),
        (
            Link(N_("Je n’arrive pas à avancer"), "aide.blocked"),
            Link(N_("Toutes les façons de trouver de l’aide"), "aide.contact"),
        ),
    ),
    Order(
        N_("Permettre plusieurs demandes, en même temps ou l’une après l’autre (avant le 5 mai 2027)"),
        (
            N_(
                "Des demandes pour des motifs différents se suivent ou se font en même temps, avec un changement "
                "d’adresse ou une déclaration de perte à côté. Une seule demande du même motif est ouverte à la fois."
            ),
        ),
        "",
        (
            Link(N_("Quelle démarche pour moi ?"), "orientation.ask"),
            Link(
                N_("Déclarer la perte, le vol ou la détérioration"),
                "accueil.presentation",
                {"procedure": LOSS},
            ),
        ),
    ),
)
