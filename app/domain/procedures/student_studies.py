"""The step on studies of both procedures for students."""

from app.domain.journeys.checks import after, some_words, within_years
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Kind, Option, Question, When
from app.domain.procedures.personal import NO, YES, YES_NO
from app.domain.text import N_

_RESULTS = (
    Option("passed", N_("Année validée")),
    Option("repeat", N_("Année non validée")),
    Option("changed", N_("Changement d’études")),
    Option("other", N_("Autre, ou pas d’études cette année-là")),
)

_EARLIER_LABELS = (
    (N_("L’an dernier : établissement et diplôme"), N_("L’an dernier : résultat")),
    (N_("Il y a deux ans : établissement et diplôme"), N_("Il y a deux ans : résultat")),
    (N_("Il y a trois ans : établissement et diplôme"), N_("Il y a trois ans : résultat")),
)


def _earlier_year(index: int) -> tuple[Question, Question]:
    """Return the optional questions about the studies `index` + 1 years ago and their result."""
    school, result = _EARLIER_LABELS[index]
    key = f"earlier_{index + 1}"
    return (
        Question(key, Kind.TEXT, school, required=False, width="w20"),
        Question(f"{key}_result", Kind.SELECT, result, required=False, options=_RESULTS, width="w20"),
    )


ENROLMENT_PROVES = ("school", "degree", "degree_year", "year_starts", "year_ends")

STUDIES = Step(
    "motif-de-sejour",
    N_("Motif de séjour"),
    N_("Décrivez votre projet."),
    (
        Question(
            "school_type",
            Kind.CHOICE,
            N_("Où étudiez-vous ?"),
            missing=N_("Choisissez où vous étudiez."),
            hint=N_("Regardez le haut de votre certificat de scolarité."),
            short=N_("Type d’établissement"),
            options=(
                Option("university", N_("À l’université"), N_("publique, y compris IUT et doctorat")),
                Option(
                    "grande_ecole", N_("Dans une grande école"), N_("ingénieurs, commerce, architecture, art")
                ),
                Option("private", N_("Dans un établissement privé")),
                Option("other", N_("Ailleurs")),
            ),
        ),
        Question(
            "school_other",
            Kind.TEXT,
            N_("Type d’établissement"),
            missing=N_("Écrivez le type de votre établissement."),
            when=When("school_type", "other"),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "school",
            Kind.TEXT,
            N_("Nom de l’établissement"),
            missing=N_("Écrivez le nom de votre établissement."),
            hint=N_("Écrivez le nom complet, sans sigle."),
            checks=(some_words,),
        ),
        Question(
            "school_city",
            Kind.TEXT,
            N_("Ville de l’établissement"),
            missing=N_("Écrivez la ville de votre établissement."),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "degree",
            Kind.SELECT,
            N_("Diplôme préparé"),
            missing=N_("Choisissez le diplôme que vous préparez."),
            width="w20",
            options=(
                Option("licence", N_("Licence")),
                Option("master", N_("Master")),
                Option("doctorate", N_("Doctorat")),
                Option("bts_but", N_("BTS ou BUT")),
                Option("engineer", N_("Diplôme d’ingénieur")),
                Option("business", N_("Diplôme d’école de commerce")),
                Option("prep", N_("Classe préparatoire")),
                Option("french", N_("Cours de français")),
                Option("other", N_("Autre diplôme")),
            ),
        ),
        Question(
            "degree_year",
            Kind.SELECT,
            N_("Année dans ce diplôme"),
            missing=N_("Choisissez votre année dans ce diplôme."),
            width="w10",
            options=tuple(
                Option(str(year), label)
                for year, label in enumerate(
                    (N_("1re année"), N_("2e année"), N_("3e année"), N_("4e année"), N_("5e année ou plus")),
                    1,
                )
            ),
        ),
        Question(
            "year_starts",
            Kind.DATE,
            N_("Début de l’année d’études"),
            missing=N_("Écrivez la date du début de votre année d’études."),
            hint=N_("Par exemple : 7 09 2026"),
            checks=(within_years(2),),
        ),
        Question(
            "year_ends",
            Kind.DATE,
            N_("Fin de l’année d’études"),
            missing=N_("Écrivez la date de la fin de votre année d’études."),
            hint=N_("Par exemple : 30 06 2027"),
            checks=(within_years(3), after("year_starts")),
        ),
        Question(
            "mobility",
            Kind.CHOICE,
            N_("Êtes-vous dans un programme de mobilité ?"),
            missing=N_("Dites si vous êtes dans un programme de mobilité."),
            hint=N_(
                "Un programme européen, ou un accord entre des établissements de plusieurs pays, qui vous fait étudier "
                "en France et dans un autre pays d’Europe. Votre lettre d’admission le dit."
            ),
            short=N_("Programme de mobilité"),
            options=YES_NO,
            since=2,
        ),
        Question(
            "mobility_programme",
            Kind.TEXT,
            N_("Nom du programme"),
            missing=N_("Écrivez le nom du programme de mobilité."),
            hint=N_("Par exemple : Erasmus Mundus."),
            when=When("mobility", "yes"),
            checks=(some_words,),
            width="w20",
            since=2,
        ),
        Question(
            "apprentice",
            Kind.CHOICE,
            N_("Êtes-vous en alternance ?"),
            missing=N_("Dites si vous êtes en alternance."),
            hint=N_("Alternance : vous travaillez dans une entreprise pendant vos études, avec un contrat."),
            short=N_("Alternance"),
            options=(
                YES,
                NO,
                Option("internship", N_("Non, mais je fais un stage"), N_("avec une convention de stage")),
            ),
        ),
        Question(
            "employer",
            Kind.TEXT,
            N_("Nom de l’employeur"),
            missing=N_("Écrivez le nom de votre employeur."),
            hint=N_("Comme sur votre contrat."),
            when=When("apprentice", "yes"),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "last_diploma",
            Kind.TEXT,
            N_("Dernier diplôme obtenu"),
            hint=N_("Le diplôme, l’établissement, le pays et l’année."),
            required=False,
            since=2,
        ),
        *_earlier_year(0),
        *_earlier_year(1),
        *_earlier_year(2),
        Question(
            "change_of_course",
            Kind.LONG_TEXT,
            N_("Avez-vous changé d’études ou redoublé ?"),
            hint=N_(
                "Expliquez en deux ou trois phrases. C’est fréquent et cela ne suffit pas à refuser une demande."
            ),
            short=N_("Changement d’études"),
            required=False,
            max_length=2000,
        ),
    ),
)
