"""Forms of agents' actions that are not decisions: note, undoing, withholding, announcement, assignment."""

from collections.abc import Callable
from functools import cache
from typing import Any

from app.domain.agent_forms.form import Colleagues, Form, SharedForm, always
from app.domain.journeys.checks import some_words
from app.domain.journeys.journey import Step
from app.domain.journeys.questions import Case, Kind, Option, Question, When
from app.domain.text import N_, Name, Problem

NOTE = Step(
    "note",
    N_("Notes internes"),
    "",
    (
        Question(
            "note",
            Kind.LONG_TEXT,
            N_("Nouvelle note"),
            missing=N_("Écrivez votre note."),
            hint=N_(
                "Écrivez seulement des faits : l’usager peut demander copie de ces notes (RGPD, article 15)."
            ),
            checks=(some_words,),
            max_length=2000,
        ),
    ),
)

SETTLEMENT = Step(
    "settle",
    N_("Envoi réglé autrement ?"),
    "",
    (
        Question(
            "reason",
            Kind.LONG_TEXT,
            N_("Comment l’usager a-t-il été prévenu ?"),
            hint=N_("Pour l’historique du dossier. Par exemple : lettre remise au guichet le 12 mars."),
            missing=N_("Écrivez comment l’usager a été prévenu."),
            checks=(some_words,),
            max_length=1000,
        ),
    ),
)

MOST_EXPENSIVE = 100_000  # cents: no stamp costs more, so a higher amount is a typing mistake


def _stamp(value: Any, case: Case) -> Problem | None:
    """Refuse an amount, in cents, that no e-stamp has."""
    if value > MOST_EXPENSIVE:
        return Problem(N_("Ce montant dépasse 1 000 €. Vérifiez les zéros."))
    return None


# For an act that takes back another one: the applicant reads why.
UNDOING = Form(
    questions=always(
        Question(
            "reason",
            Kind.LONG_TEXT,
            N_("Pourquoi (l’usager le lira)"),
            missing=N_("Écrivez pourquoi : l’usager le lit."),
            checks=(some_words,),
            max_length=1000,
        ),
    ),
    arguments=lambda answers: {"reason": answers["reason"]},
)


@cache
def _corrected_fee(due: int) -> tuple[Question, ...]:
    """Return the questions about another amount than `due`, in cents, and why."""

    def other(value: Any, case: Case) -> Problem | None:
        return Problem(N_("C’est déjà le montant prévu : écrivez le bon.")) if value == due else None

    return (
        Question(
            "amount",
            Kind.MONEY,
            N_("Montant à payer par timbre électronique"),
            missing=N_("Écrivez le montant à payer, ou 0."),
            hint=N_("En euros, taxe et droit de timbre ensemble. Rien à payer : écrivez 0."),
            checks=(_stamp, other),
            width="w10",
        ),
        Question(
            "reason",
            Kind.LONG_TEXT,
            N_("Pourquoi ce montant (l’usager le lira)"),
            missing=N_("Écrivez pourquoi ce montant : l’usager le lit."),
            hint=N_("Par exemple : première carte, et non un renouvellement (article L.436-1)."),
            checks=(some_words,),
            max_length=1000,
        ),
    )


CORRECTED_FEE = Form(
    questions=lambda context: _corrected_fee(context.fee()),
    arguments=lambda answers: {"amount": answers["amount"], "reason": answers["reason"]},
)

WORK = Form(
    questions=always(
        Question(
            "mention",
            Kind.TEXT,
            N_("Mention, en français"),
            hint=N_(
                "Par exemple : autorise son titulaire à travailler (article L.421-1). Vide : aucune mention."
            ),
            required=False,
            max_length=120,
        ),
    ),
    arguments=lambda answers: {"mention": answers.get("mention", "")},
)

WITHHOLDING = Form(
    questions=always(
        Question(
            "reason",
            Kind.LONG_TEXT,
            N_("Motif (l’usager le lira)"),
            missing=N_("Écrivez le motif."),
            hint=N_("Ce qui manque au dossier, ou la règle. Il peut alors y répondre."),
            checks=(some_words,),
            max_length=2000,
        ),
    ),
    arguments=lambda answers: {"reason": answers["reason"]},
)

_PLACE = Question(
    "place",
    Kind.LONG_TEXT,
    N_("Lieu et horaires de remise"),
    missing=N_("Écrivez le lieu et les horaires de remise."),
    checks=(some_words,),
    max_length=1000,
)

# For several cards: each stamp is what the rule asks of its dossier.
SHARED_ANNOUNCEMENT = SharedForm(
    questions=always(_PLACE), arguments=lambda answers: {"place": answers["place"]}
)

ANNOUNCEMENT = Form(
    questions=always(
        _PLACE,
        Question(
            "amount",
            Kind.MONEY,
            N_("Montant du timbre électronique"),
            missing=N_("Écrivez le montant du timbre électronique."),
            hint=N_("En euros. Proposé d’après la règle : changez-le si la situation le demande."),
            checks=(_stamp,),
            width="w10",
        ),
    ),
    arguments=lambda answers: {"place": answers["place"], "amount": answers["amount"]},
)


WITHOUT_PHOTO, PHOTO_REASON = "without_photo", "photo_reason"
# Asked by actions that need the e-photo, while it is missing.
PHOTO_QUESTIONS = (
    Question(
        WITHOUT_PHOTO,
        Kind.CHOICES,
        N_("L’e-photo n’est pas arrivée : sans elle, la carte ne peut pas être fabriquée"),
        hint=N_("Vous pouvez revenir au dossier et la demander à l’usager."),
        options=(Option("yes", N_("Je continue sans attendre l’e-photo")),),
        missing=N_("Demandez l’e-photo à l’usager, ou cochez la case pour continuer sans elle."),
    ),
    Question(
        PHOTO_REASON,
        Kind.LONG_TEXT,
        N_("Pourquoi continuer sans elle ?"),
        hint=N_("Pour l’historique du dossier. Par exemple : photo prise au guichet le 12 mars."),
        when=When(WITHOUT_PHOTO, "yes"),
        checks=(some_words,),
        missing=N_("Écrivez pourquoi vous continuez sans e-photo."),
        max_length=500,
    ),
)


WITHOUT_PRINTS, PRINTS_REASON = "without_prints", "prints_reason"
# Asked by actions before which the service takes fingerprints, until the person came to the appointment.
PRINTS_QUESTIONS = (
    Question(
        WITHOUT_PRINTS,
        Kind.CHOICES,
        N_("Votre service prend les empreintes avant la fabrication : aucune venue n’est notée"),
        hint=N_("Vous pouvez revenir au dossier, inviter l’usager, ou noter qu’il est venu."),
        options=(Option("yes", N_("Je continue sans prise des empreintes")),),
        missing=N_(
            "Notez que l’usager est venu, ou cochez la case pour continuer sans prise des empreintes."
        ),
    ),
    Question(
        PRINTS_REASON,
        Kind.LONG_TEXT,
        N_("Pourquoi continuer sans prise des empreintes ?"),
        hint=N_(
            "Pour l’historique du dossier. Par exemple : empreintes prises le 12 mars, sans rendez-vous."
        ),
        when=When(WITHOUT_PRINTS, "yes"),
        checks=(some_words,),
        missing=N_("Écrivez pourquoi vous continuez sans prise des empreintes."),
        max_length=500,
    ),
)


COLLEAGUE = "to"  # key of the question about the agent to be put in charge


@cache
def colleague_questions(colleagues: Colleagues, with_note: bool = False) -> tuple[Question, ...]:
    """Return the question about the agent to be put in charge and, if wanted, the one for a note."""
    options = tuple(Option(str(number), Name(name)) for number, name in colleagues)
    chosen = Question(
        COLLEAGUE,
        Kind.SELECT,
        N_("Collègue"),
        missing=N_("Choisissez à qui confier le dossier."),
        options=options,
        checks=(_listed(frozenset(option.key for option in options)),),
        width="w20",
    )
    note = Question(
        "reason",
        Kind.LONG_TEXT,
        N_("Un mot pour votre collègue"),
        hint=N_("L’usager ne le lit pas. Il reste dans l’historique du dossier."),
        required=False,
        max_length=500,
    )
    return (chosen, note) if with_note else (chosen,)


def _listed(numbers: frozenset[str]) -> Callable[[Any, Case], Problem | None]:
    """Return a check for one of the listed colleagues; without it, an empty list of options would allow any value."""

    def check(value: Any, case: Case) -> Problem | None:
        return None if value in numbers else Problem(N_("Choisissez une des réponses proposées."))

    return check


ASSIGNMENT = SharedForm(
    questions=lambda context: colleague_questions(context.colleagues()),
    arguments=lambda answers: {"to": int(answers[COLLEAGUE])},
)
PASSING_ON = SharedForm(
    questions=lambda context: colleague_questions(context.colleagues(), with_note=True),
    arguments=lambda answers: {"to": int(answers[COLLEAGUE]), "note": answers.get("reason", "")},
)
