"""Questions about accounts and signing in."""

from app.domain.help.entry import (
    ACCOUNT,
    CHECKED,
    FIRST,
    PUBLIC_FAQ,
    VISA_ACCOUNT,
    Entry,
    Link,
    Paragraph,
    Source,
)
from app.domain.text import N_

_IDENTIFY = Link(N_("Créer votre compte"), "compte.identify")
_FOLLOW = Link(N_("Suivre ma demande sans numéro étranger"), "compte.follow")
_SIGN_IN = Link(N_("Se connecter"), "compte.sign_in")
_SPACE = Link(N_("Mon espace"), "suivi.space")

ENTRIES = (
    Entry(
        "creer-compte-titre",
        ACCOUNT,
        N_("Comment créer un compte avec un titre de séjour ou un récépissé ?"),
        (
            Paragraph(
                N_("Ouvrez « Se connecter », puis « Créer votre compte ». Il y a trois étapes :"),
                (
                    N_(
                        "votre numéro étranger, le premier et le dernier jour de validité du titre ou du "
                        "récépissé ;"
                    ),
                    N_("votre adresse e-mail, que vous vérifiez avec un code reçu par e-mail ;"),
                    N_("votre mot de passe."),
                ),
            ),
            N_("Le numéro étranger a 10 chiffres, parfois 9. Ce n’est pas le numéro de la carte."),
            N_("Les trois données doivent venir du même document, le plus récent que vous avez."),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("inscription, inscrire, identifiant, numéro AGDREF, première visite, ouvrir un compte"),
        (_IDENTIFY,),
        ("ai-je-un-compte", "creer-compte-visa"),
    ),
    Entry(
        "creer-compte-visa",
        ACCOUNT,
        N_("Comment créer un compte avec un visa ?"),
        (
            N_(
                "Visa VLS-TS validé en ligne : vous avez déjà un compte. Votre identifiant est la "
                "« Référence » de la confirmation de validation."
            ),
            Paragraph(
                N_(
                    "Autre visa : ouvrez « Se connecter », « Créer votre compte », puis « J’ai un visa ». "
                    "Écrivez le numéro du visa, le premier et le dernier jour de sa validité. Vérifiez ensuite "
                    "votre adresse e-mail, puis choisissez un mot de passe."
                ),
                offered=VISA_ACCOUNT,
            ),
            Paragraph(
                N_(
                    "Visa avec « carte de séjour à solliciter » : il n’y a pas de mot de passe à choisir. Il "
                    "vous est envoyé avec votre numéro étranger, quand un agent ouvre votre demande."
                ),
                offered=VISA_ACCOUNT,
            ),
            Paragraph(
                N_(
                    "Autre visa : créer un compte avec le numéro du visa n’est pas encore possible sur ce "
                    "site. Sur la plateforme nationale (ANEF), il faut ce numéro et les deux dates de validité "
                    "du visa, puis une adresse e-mail et un mot de passe."
                ),
                missing=VISA_ACCOUNT,
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("VLS, VLS-TS, visa long séjour, numéro de visa, inscription"),
        (Link(N_("Créer votre compte avec un visa"), "compte.identify_visa"), _FOLLOW),
        ("confirmation-visa", "premiere-demande-rien-recu"),
    ),
    Entry(
        "ai-je-un-compte",
        ACCOUNT,
        N_("Ai-je déjà un compte ?"),
        (
            N_("Oui, si vous avez déjà fait une démarche en ligne pour votre séjour."),
            Paragraph(
                N_("Votre identifiant est :"),
                (
                    N_(
                        "après la validation d’un VLS-TS (visa long séjour valant titre de séjour) : la "
                        "« Référence » écrite sur la confirmation reçue par e-mail ;"
                    ),
                    N_("après une demande de titre en ligne : votre numéro étranger."),
                ),
            ),
            N_(
                "Ne créez pas un deuxième compte. Si vous n’avez plus le mot de passe, demandez-en un "
                "nouveau."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("identifiant, login, déjà inscrit, numéro étranger"),
        (_SIGN_IN, Link(N_("Mot de passe oublié"), "compte.forgotten")),
        ("confirmation-visa", "mot-de-passe-oublie"),
    ),
    Entry(
        "confirmation-visa",
        ACCOUNT,
        N_("Où est mon identifiant sur la confirmation de validation de mon visa (VLS-TS) ?"),
        (
            N_(
                "Le document s’appelle « Confirmation de la validation de l’enregistrement de votre "
                "VLS-TS ». Vous l’avez reçu par e-mail."
            ),
            N_(
                "La « Référence » écrite en haut est votre numéro étranger : c’est votre identifiant. "
                "Donnez-la dans tous vos échanges avec l’administration."
            ),
            N_("Le document dit aussi le jour de la validation, le motif du séjour et la taxe payée."),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("référence, attestation de validation, visa validé, OFII"),
        (_SIGN_IN,),
        ("ai-je-un-compte",),
    ),
    Entry(
        "premiere-demande-rien-recu",
        ACCOUNT,
        N_(
            "J’ai un visa long séjour (VLS), j’ai déposé une première demande et je n’ai rien reçu. "
            "Est-ce normal ?"
        ),
        (
            N_(
                "Oui. Pour une première demande, le compte est créé quand l’administration commence à "
                "traiter la demande. Vous recevez alors par e-mail votre numéro étranger, qui est votre "
                "identifiant, et un mot de passe provisoire."
            ),
            Paragraph(
                N_(
                    "Ce site ne reçoit pas encore de première demande avec un visa. Cette réponse concerne "
                    "une demande déposée sur la plateforme nationale (ANEF)."
                ),
                missing=FIRST,
            ),
            Paragraph(
                N_(
                    "En attendant, suivez votre demande avec votre adresse e-mail et sa référence : choisissez "
                    "« Suivre ma demande sans numéro étranger » sur la page de connexion."
                ),
                offered=FIRST,
            ),
            N_("Regardez aussi dans vos messages indésirables. Toujours rien ? Appelez le %(phone)s."),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_("première demande, mot de passe provisoire, pas de mail, aucun e-mail, identifiant non reçu"),
        (_FOLLOW, Link(N_("Trouver de l’aide"), "aide.contact")),
        ("creer-compte-visa",),
    ),
    Entry(
        "mot-de-passe-oublie",
        ACCOUNT,
        N_("J’ai oublié mon mot de passe. Comment en avoir un nouveau ?"),
        (
            N_(
                "Sur la page de connexion, ouvrez « Mot de passe oublié » et écrivez votre identifiant : "
                "votre numéro étranger, ou l’adresse e-mail de votre compte."
            ),
            N_(
                "Vous recevez un lien à l’adresse e-mail donnée à la création du compte. Ouvrez-le et "
                "choisissez un nouveau mot de passe."
            ),
            N_(
                "Vous n’avez plus accès à cette adresse e-mail ? Demandez à en changer : un agent vérifie "
                "d’abord votre identité."
            ),
        ),
        CHECKED,
        (PUBLIC_FAQ,),
        N_(
            "mdp, password, réinitialiser, connexion impossible, bloqué, boîte mail perdue, changer d’adresse"
        ),
        (
            Link(N_("Mot de passe oublié"), "compte.forgotten"),
            Link(N_("Changer d’adresse e-mail sans accès à l’ancienne"), "compte.lost"),
        ),
        ("ai-je-un-compte", "pas-de-mail"),
    ),
    Entry(
        "adresse-partagee",
        ACCOUNT,
        N_("Peut-on être deux, en couple ou en famille, sur une seule adresse e-mail ?"),
        (
            N_(
                "Non : une adresse e-mail par personne. Les codes et les lettres d’un compte ouvrent un dossier, que "
                "cette personne doit être seule à pouvoir ouvrir."
            ),
            N_(
                "Vous n’avez qu’une boîte ? Chez Gmail, Outlook et beaucoup d’autres, ajoutez + et un prénom avant "
                "le @ : nom+prenom@exemple.fr arrive dans la boîte de nom@exemple.fr. Essayez : si le code arrive, "
                "c’est bon. Sinon, ouvrez une boîte gratuite pour cette personne."
            ),
        ),
        CHECKED,
        (Source("Règles de ce service"),),
        N_(
            "partager une adresse e-mail, couple, conjoint, mari, femme, enfant, famille, même adresse, deux comptes, "
            "adresse déjà utilisée"
        ),
        (_IDENTIFY,),
        ("ai-je-un-compte", "pas-de-mail"),
    ),
    Entry(
        "pas-de-mail",
        ACCOUNT,
        N_("Je ne reçois pas le code ou les e-mails. Que faire ?"),
        (
            Paragraph(
                N_("Dans cet ordre :"),
                (
                    N_("attendez cinq minutes, puis regardez dans les messages indésirables (spam) ;"),
                    N_("relisez l’adresse que vous avez écrite : une seule lettre fausse suffit ;"),
                    N_("demandez un nouveau code : le dernier reçu est le seul qui marche ;"),
                    N_("faites de la place si votre boîte est pleine ;"),
                    N_("essayez avec une autre adresse, d’un autre fournisseur."),
                ),
            ),
            N_("Votre compte est déjà ouvert ? Tout ce que nous écrivons est aussi dans « Mon espace »."),
        ),
        CHECKED,
        (Source("Règles de ce service"),),
        N_(
            "code, e-mail, courriel, mail non reçu, spam, indésirables, Orange, Gmail, Outlook, Hotmail, boîte pleine, "
            "code de vérification"
        ),
        (_SPACE, Link(N_("Trouver de l’aide"), "aide.contact")),
        ("adresse-partagee", "mot-de-passe-oublie"),
    ),
)
