"""Questions about refusals, territories and conditions, which the law answers."""

from datetime import date

from app.domain.help.entry import CHANGES, FILING, FOLLOWING, Entry, Link, Paragraph, Source
from app.domain.text import N_

_CHECKED = date(2026, 11, 27)
_SPACE = Link(N_("Mon espace"), "suivi.space")
_CONTACT = Link(N_("Trouver de l’aide"), "aide.contact")

ENTRIES = (
    Entry(
        "refus",
        FOLLOWING,
        N_("Ma demande est refusée ou close. Que faire ?"),
        (
            N_(
                "Lisez la lettre, dans « Mon espace » : elle dit le motif, le tribunal et les délais. Parlez-en vite à "
                "une association, à un avocat ou à un point d’accès au droit. C’est souvent gratuit."
            ),
            N_(
                "Vous avez %(remedy)s pour contester : par une lettre au service ou au ministre, ou devant "
                "le tribunal administratif. Une lettre envoyée dans ce délai arrête le délai du tribunal."
            ),
            Paragraph(
                N_(
                    "Attention : tout change si vous recevez une obligation de quitter le territoire français (OQTF), "
                    "avec le refus ou plus tard. Pour aller au tribunal, vous avez alors :"
                ),
                (
                    N_("%(removal_time)s, en général ;"),
                    N_("%(removal_held)s en cas d’assignation à résidence ou de prison ;"),
                    N_("%(removal_detained)s en centre de rétention."),
                ),
            ),
            N_(
                "Une lettre au service ou au ministre n’arrête pas ces délais-là. Ce site n’envoie pas d’OQTF : "
                "elle vient par la poste ou de la main d’un agent. Lisez les délais qui y sont écrits, et voyez un "
                "avocat le jour même."
            ),
            N_(
                "Après le refus de certaines préfectures (%(barred)s), une nouvelle demande n’est examinée, pendant "
                "%(bar)s, que si vous apportez des éléments nouveaux."
            ),
        ),
        _CHECKED,
        (
            Source(
                "Code de justice administrative, articles R.421-1, R.911-1 et R.921-2-1 (décret n° 2026-455)"
            ),
            Source("Code des relations entre le public et l’administration, article L.411-2"),
            Source("Loi n° 2024-42 du 26 janvier 2024, article 14"),
        ),
        N_(
            "refusé, rejet, rejetée, recours, contester, tribunal, avocat, OQTF, expulsion, quitter le territoire, "
            "clôture, clos, fermé, aide juridictionnelle"
        ),
        (_SPACE, _CONTACT),
        ("sans-reponse",),
    ),
    Entry(
        "mayotte",
        CHANGES,
        N_("Mon titre est délivré à Mayotte. Où est-il valable ?"),
        (
            N_(
                "À Mayotte seulement, sauf quelques titres : carte de résident, membre de la famille d’un Européen, "
                "« talent – carte bleue européenne », « talent – chercheur », « talent (famille) », "
                "protection subsidiaire."
            ),
            N_(
                "Pour aller dans un autre département, il faut une autorisation spéciale, qui a la forme d’un visa. "
                "Demandez-la à la préfecture de Mayotte avant de prendre un billet."
            ),
            N_(
                "Un déménagement de Mayotte vers un autre département n’est donc pas un simple changement d’adresse : "
                "écrivez d’abord à la préfecture d’arrivée."
            ),
            N_("La loi prévoit la fin de cette limite le %(limits_end)s."),
        ),
        _CHECKED,
        (
            Source(
                "CESEDA, article L.441-8, abrogé au 1er janvier 2030 par la loi n° 2025-797 du 11 août 2025"
            ),
            Source(
                "Gisti, note sur le droit des étrangers à Mayotte",
                "https://www.gisti.org/spip.php?article4796",
            ),
        ),
        N_("Mayotte, Mamoudzou, 976, La Réunion, métropole, outre-mer, autorisation spéciale, déménager"),
        (_CONTACT,),
        ("demenagement", "pacifique"),
    ),
    Entry(
        "pacifique",
        FILING,
        N_("J’habite en Nouvelle-Calédonie, en Polynésie française ou à Wallis-et-Futuna. Est-ce ici ?"),
        (
            N_(
                "Non. Ces territoires ont leurs propres règles de séjour : les titres demandés sur ce site n’y sont pas "
                "délivrés. Adressez-vous au haut-commissariat, ou à l’administration supérieure à Wallis-et-Futuna."
            ),
            N_("Un titre de séjour délivré ailleurs en France n’y donne pas le droit de séjourner."),
        ),
        _CHECKED,
        (Source("CESEDA, article L.111-3 (ce que « en France » veut dire)"),),
        N_(
            "Nouvelle-Calédonie, Nouméa, Polynésie, Papeete, Tahiti, Wallis, Futuna, outre-mer, haut-commissariat"
        ),
        (Link(N_("Quel service ?"), "aide.service"),),
        ("mayotte",),
    ),
    Entry(
        "examen-civique",
        FILING,
        N_("Faut-il passer l’examen civique ou prouver mon niveau de français ?"),
        (
            N_(
                "Non, pas pour les titres demandés ici : « étudiant », « talent », « talent (famille) » et « visiteur ». "
                "Pour un renouvellement non plus."
            ),
            N_(
                "Depuis le 1er janvier 2026, l’examen civique et un niveau de français (A2) sont demandés pour une "
                "première carte pluriannuelle après un contrat d’intégration. Le niveau est B1 pour une première "
                "carte de résident, B2 pour devenir français."
            ),
        ),
        _CHECKED,
        (
            Source("Loi n° 2024-42, article 20 ; décrets n° 2025-647 et 2025-648 du 15 juillet 2025"),
            Source(
                "Service-public, fiche F39530", "https://www.service-public.fr/particuliers/vosdroits/F39530"
            ),
        ),
        N_(
            "examen, civique, test, français, langue, A2, B1, B2, QCM, diplôme, DELF, TCF, intégration, naturalisation"
        ),
        (),
        ("liste-des-pieces", "contrat-engagement"),
    ),
)
