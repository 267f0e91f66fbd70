"""Questions of particular situations: a postcode in no list, twins, no nationality, cookies, machine translation."""

from datetime import date

from app.domain.help.entry import ACCOUNT, FILING, HELP, Entry, Link, Paragraph, Source
from app.domain.text import N_

_CHECKED = date(2026, 11, 27)
_OURS = (Source("Règles de ce service"),)
_SERVICE = Link(N_("Quel service ?"), "aide.service")
_CONTACT = Link(N_("Trouver de l’aide"), "aide.contact")

ENTRIES = (
    Entry(
        "cedex",
        FILING,
        N_("Mon adresse a un code CEDEX, ou n’est dans aucune liste. Quel code postal écrire ?"),
        (
            N_(
                "Un code CEDEX sert au courrier d’un organisme : une résidence universitaire, une association. Écrivez "
                "plutôt le code postal de votre commune : la mairie ou la résidence vous le dit."
            ),
            N_(
                "Vous n’avez que lui ? Gardez-le, écrivez le nom de votre commune, et enregistrez une deuxième fois. "
                "L’agent verra que vous l’avez confirmé. Il en est de même pour un téléphone que nous ne connaissons pas."
            ),
            N_(
                "Votre commune a fusionné avec une autre ? Son ancien nom est accepté. Elle est nouvelle, ou c’est un "
                "hameau ? Écrivez son nom sous la liste, et enregistrez une deuxième fois."
            ),
        ),
        _CHECKED,
        _OURS,
        N_(
            "code postal inconnu, refusé, commune déléguée, ancienne commune, fusion, adresse introuvable, résidence "
            "universitaire, CROUS"
        ),
        (_SERVICE,),
    ),
    Entry(
        "jumeaux",
        FILING,
        N_("Mes enfants sont jumeaux, ou nous sommes jumeaux. Que faut-il écrire ?"),
        (
            N_(
                "Écrivez une ligne par enfant, avec le prénom, le nom et la date de naissance, même si elle est la même."
            ),
            N_(
                "Joignez un acte de naissance pour chaque enfant, ou le livret de famille avec toutes ses pages."
            ),
            N_(
                "Vous demandez un titre et votre jumeau ou votre jumelle aussi ? Chacun a son numéro étranger, son "
                "compte et son adresse e-mail. Vérifiez bien le prénom et le numéro avant de déposer."
            ),
        ),
        _CHECKED,
        _OURS,
        N_("jumelles, triplés, même date de naissance, frère, sœur, enfants"),
        related=("adresse-partagee",),
    ),
    Entry(
        "apatride",
        FILING,
        N_(
            "J’ai le statut d’apatride ou de réfugié, ou la protection subsidiaire. Puis-je faire ma demande ici ?"
        ),
        (
            N_(
                "Les cartes que donnent ces protections ne se demandent pas ici : carte de résident pour les réfugiés, "
                "carte de plusieurs années pour les autres. Votre préfecture vous dit comment faire, une fois que vous "
                "avez la décision de l’Ofpra (l’office français de protection des réfugiés et apatrides)."
            ),
            Paragraph(
                N_("Vous avez déjà un titre d’un autre motif, que ce service traite ? Renouvelez-le ici :"),
                (
                    N_("votre nationalité est celle que le titre indique, même si c’est « apatride » ;"),
                    N_(
                        "votre titre de voyage s’écrit comme un passeport : son numéro et ses dates. Joignez ses pages "
                        "pour le passeport."
                    ),
                ),
            ),
        ),
        _CHECKED,
        (Source("CESEDA, articles L.424-1, L.424-9 et L.424-18"),),
        N_(
            "sans nationalité, stateless, refugee, réfugiée, protection subsidiaire, asile, Ofpra, titre de voyage, "
            "pas de passeport"
        ),
        (_SERVICE, _CONTACT),
    ),
    Entry(
        "cookies",
        ACCOUNT,
        N_("Le site dit que mon navigateur n’envoie pas de cookie. Que faire ?"),
        (
            N_(
                "Un cookie est un petit fichier qui nous permet de vous reconnaître d’une page à l’autre. Nous "
                "n’utilisons que ceux de votre connexion : ni publicité, ni mesure."
            ),
            Paragraph(
                N_("Dans cet ordre :"),
                (
                    N_("rechargez la page et recommencez ;"),
                    N_("autorisez les cookies pour ce site dans les réglages du navigateur ;"),
                    N_("essayez sans le mode privé, ou avec un autre navigateur ou un autre appareil."),
                ),
            ),
            N_("Vérifier une attestation marche sans cookie."),
        ),
        _CHECKED,
        _OURS,
        N_(
            "cookie, cookies refusés, bloqués, navigation privée, navigateur, traceur, RGPD, connexion impossible"
        ),
        (_CONTACT,),
        ("mot-de-passe-oublie",),
    ),
    Entry(
        "traduction",
        HELP,
        N_("Puis-je traduire les pages avec Google Translate ou mon navigateur ?"),
        (
            N_(
                "Oui : les formulaires marchent aussi sur une page traduite. Vos noms, vos références et vos codes ne "
                "sont pas traduits."
            ),
            N_(
                "Une machine se trompe parfois sur les mots de la loi. Avant de déposer, relisez le récapitulatif dans "
                "une des langues du site : le menu est en haut de chaque page."
            ),
            N_(
                "Écrivez vos réponses en français si vous le pouvez. Sinon, écrivez simplement : "
                "l’agent peut les traduire."
            ),
        ),
        _CHECKED,
        _OURS,
        N_(
            "traduire, traduction, traducteur automatique, translate, DeepL, langue, anglais, arabe, ukrainien, chinois"
        ),
        (_CONTACT,),
    ),
)
