"""Questions about the e-photo."""

from app.domain.help.entry import BOOTHS, CHECKED, PHOTO, PUBLIC_FAQ, Entry, Link, Paragraph
from app.domain.text import N_

_MAP = Link(N_("Trouver une cabine ou un photographe agréé"), url=BOOTHS)

ENTRIES = (
    Entry(
        "obtenir-e-photo",
        PHOTO,
        N_("Comment obtenir une e-photo ?"),
        (
            N_("Allez dans une cabine photo agréée, ou chez un photographe agréé « Service en ligne »."),
            N_("Demandez bien une « e-photo » : une photo d’identité simple n’a pas de code."),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("ephoto, photographe, cabine, photomaton, photo d’identité, signature numérisée"),
        (_MAP,),
        ("utiliser-e-photo",),
    ),
    Entry(
        "utiliser-e-photo",
        PHOTO,
        N_("Comment utiliser l’e-photo dans ma demande ?"),
        (
            N_(
                "Après la prise de vue, vous recevez une planche photo avec un code. Écrivez ce code à "
                "l’étape « Justificatifs » de votre demande."
            ),
            N_(
                "Le code a 22 lettres et chiffres, avec ou sans espaces. Vous n’envoyez pas la photo "
                "elle-même."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("ephoto, code, planche, saisir, 22 caractères"),
        (),
        ("code-e-photo-refuse", "obtenir-e-photo"),
    ),
    Entry(
        "code-e-photo-refuse",
        PHOTO,
        N_("Mon code e-photo n’est pas reconnu ou ne marche pas. Que faire ?"),
        (
            N_(
                "Un code sert pour une seule démarche en ligne et il est valable %(ephoto_months)s mois. "
                "S’il a déjà servi, ou s’il est trop vieux, refaites une e-photo."
            ),
            N_(
                "La photo et la signature peuvent mettre 24 à 48 heures à arriver, parfois "
                "%(ephoto_hours)s. Gardez votre code dans la demande : nous le vérifions de nouveau, et "
                "vous pouvez continuer."
            ),
            Paragraph(
                N_("Après ce délai, signalez le problème à la personne qui a fait la photo :"),
                (
                    N_(
                        "une cabine : ouvrez la carte des cabines et choisissez celle que vous avez utilisée ;"
                    ),
                    N_("un photographe : retournez chez lui."),
                ),
            ),
            N_(
                "Vous avez déjà déposé ? Votre espace dit si la photo est arrivée. Sinon, vous y donnez un autre code, "
                "autant de fois qu’il le faut : votre demande garde sa date."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("ephoto, code refusé, code invalide, code inconnu, déjà utilisé, expiré, signaler"),
        (Link(N_("La carte des cabines et des photographes"), url=BOOTHS),),
        ("utiliser-e-photo", "obtenir-e-photo"),
    ),
)
