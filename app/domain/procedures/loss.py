"""Declaration of a permit lost, stolen or damaged: it is invalid from then on, and replaced or renewed."""

from app.domain.journeys.checks import not_after_today, some_words, within_years
from app.domain.journeys.journey import Journey, Price, Purpose, Step, SupportingDocument
from app.domain.journeys.questions import Case, Kind, Option, Question, When
from app.domain.procedures.closing import CLOSING_STEPS
from app.domain.procedures.grounds import answered
from app.domain.procedures.papers import HOUSING_DOCUMENTS, PASSPORT_DOCUMENT
from app.domain.procedures.permit_sides import STUDENT_PERMIT, end_of_permit, ends_soon, has_student_permit
from app.domain.procedures.personal import HOME, IDENTITY_CHECK, PHONE, YES_NO
from app.domain.rules.calendar import Delay
from app.domain.rules.deadlines import AT_ONCE
from app.domain.rules.fees import Operation, Rate
from app.domain.rules.rights import AttestationKind
from app.domain.text import N_


def _ends_soon(case: Case) -> bool:
    return ends_soon(case.identity, case.today)


def _replaced(case: Case) -> bool:
    return not _ends_soon(case)


def _student(case: Case) -> bool:
    return has_student_permit(case.identity, case.today)


def _fee_when(case: Case) -> str:
    if _ends_soon(case):
        return N_(
            "Si votre titre expire dans moins de 90 jours : il n’y a pas de duplicata. Le renouvellement "
            "demandé ensuite a son propre prix."
        )
    if _student(case):
        return N_("Si votre titre « étudiant » expire dans 90 jours ou plus.")
    return N_("Si votre titre expire dans 90 jours ou plus et n’est pas un titre « étudiant ».")


EVENT = Step(
    "ce-qui-est-arrive",
    N_("Ce qui est arrivé"),
    N_("Dites ce qui est arrivé à votre titre."),
    (
        *IDENTITY_CHECK,
        Question(
            "event",
            Kind.CHOICE,
            N_("Qu’est-il arrivé à votre titre ?"),
            missing=N_("Choisissez ce qui est arrivé à votre titre."),
            short=N_("Événement"),
            options=(
                Option(
                    "loss", N_("Je l’ai perdu"), N_("La déclaration se fait ici, sans aller à la police.")
                ),
                Option(
                    "theft",
                    N_("On me l’a volé"),
                    N_("Portez d’abord plainte à la police ou à la gendarmerie."),
                ),
                Option("damage", N_("Il est abîmé"), N_("Cassé, illisible ou détruit.")),
            ),
        ),
        Question(
            "loss_words",
            Kind.LONG_TEXT,
            N_("Comment l’avez-vous perdu ?"),
            missing=N_("Dites comment vous avez perdu votre titre."),
            hint=N_(
                "Quand l’aviez-vous pour la dernière fois ? Deux phrases suffisent : elles tiennent lieu de "
                "déclaration."
            ),
            short=N_("Circonstances"),
            when=When("event", "loss"),
            checks=(some_words,),
            max_length=2000,
        ),
        Question(
            "complaint_place",
            Kind.TEXT,
            N_("Commissariat ou gendarmerie de la plainte"),
            missing=N_("Écrivez le nom du commissariat ou de la gendarmerie."),
            when=When("event", "theft"),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "complaint_number",
            Kind.TEXT,
            N_("Numéro du procès-verbal"),
            hint=N_("En haut du récépissé de plainte."),
            when=When("event", "theft"),
            required=False,
            width="w20",
        ),
        Question(
            "complaint_on",
            Kind.DATE,
            N_("Date de la plainte"),
            missing=N_("Écrivez la date de la plainte."),
            hint=N_("Par exemple : 12 11 2026"),
            when=When("event", "theft"),
            checks=(not_after_today, within_years(5)),
        ),
        Question(
            "damage_words",
            Kind.LONG_TEXT,
            N_("Comment a-t-il été abîmé ?"),
            missing=N_("Dites comment votre titre a été abîmé."),
            hint=N_(
                "Ce texte tient lieu de déclaration sur l’honneur. Gardez la carte : vous la rendrez au "
                "guichet."
            ),
            short=N_("Circonstances"),
            when=When("event", "damage"),
            checks=(some_words,),
            max_length=2000,
        ),
        Question(
            "happened_on",
            Kind.DATE,
            N_("Quand est-ce arrivé ?"),
            missing=N_("Écrivez le jour où c’est arrivé."),
            hint=N_("Le jour, même approximatif. Par exemple : 12 11 2026"),
            short=N_("Date"),
            checks=(not_after_today, within_years(10)),
        ),
        Question(
            "happened_at",
            Kind.TEXT,
            N_("Où est-ce arrivé ?"),
            missing=N_("Écrivez le lieu où c’est arrivé."),
            hint=N_("La ville, ou le pays si c’est à l’étranger."),
            short=N_("Lieu"),
            checks=(some_words,),
            width="w20",
        ),
        Question(
            "passport_too",
            Kind.CHOICE,
            N_("Votre passeport a-t-il disparu aussi ?"),
            missing=N_("Dites si votre passeport a disparu aussi."),
            hint=N_("Alors, faites d’abord refaire le passeport à votre consulat, et expliquez-le ici."),
            short=N_("Passeport disparu aussi"),
            options=YES_NO,
        ),
    ),
    price=Price(N_("Votre duplicata coûtera %(amount)s, par timbre électronique, au retrait de la carte.")),
)
WHERE = Step(
    "adresse",
    N_("Votre adresse"),
    N_("Dites où vous habitez et comment vous joindre."),
    (*HOME, PHONE),
)


def _granted(case: Case) -> tuple[str, ...]:
    if _ends_soon(case):
        return (
            N_("Votre déclaration est enregistrée. Gardez son attestation, jointe à vos démarches."),
            N_(
                "Votre titre allait expirer dans moins de 90 jours : il n’y a pas de duplicata. Demandez "
                "maintenant son renouvellement, sans attendre."
            ),
        )
    return (
        N_("Votre demande de duplicata est acceptée. Votre carte va être fabriquée."),
        N_("Nous vous écrivons quand la carte est prête."),
    )


LOSS = Journey(
    slug="perte-vol",
    title=N_("Perte, vol ou détérioration du titre"),
    english="permit lost, stolen or damaged",
    purpose=Purpose.CHANGE,
    audience=N_(
        "Vous n’avez plus votre titre de séjour, ou il est abîmé. S’il expire dans moins de 90 jours, la "
        "démarche continue par son renouvellement."
    ),
    answer_within=lambda case: None if _ends_soon(case) else Delay(months=4),  # R.432-2
    deadline=AT_ONCE,
    turns_on=(
        end_of_permit(
            later=N_("Un duplicata est fabriqué. Il se paie au retrait de la carte, et il faut une e-photo."),
            soon=N_(
                "Il n’y a pas de duplicata. La déclaration est gratuite et sans e-photo ; ensuite, vous demandez le "
                "renouvellement, qui a son prix et ses documents."
            ),
        ),
        STUDENT_PERMIT,
    ),
    holders=frozenset({"CST", "CSP", "RECEPISSE", "VLS-TS"}),
    operation=lambda case: Operation.DUPLICATE if _replaced(case) else None,
    rate=lambda case: Rate.REDUCED if _student(case) else Rate.NORMAL,
    fee_when=_fee_when,
    photo=_replaced,
    photo_when=N_("Pour un duplicata seulement : si votre titre expire dans 90 jours ou plus."),
    makes_card=_replaced,
    on_filing=AttestationKind.LOSS,
    on_approval=None,
    automatic=_ends_soon,
    leads_to=lambda case: Purpose.RENEWAL if _ends_soon(case) else None,
    invalidates=True,
    effects=(
        N_(
            "À partir du dépôt, le titre déclaré n’est plus valable, même si vous le retrouvez : il faudrait alors le "
            "rendre à la préfecture."
        ),
        N_("Sans titre, ne quittez pas la France : il faudrait un visa de retour, demandé au consulat."),
    ),
    granted=_granted,
    steps=(EVENT, WHERE, *CLOSING_STEPS),
    documents=(
        SupportingDocument(
            "complaint",
            N_("Récépissé de la plainte"),
            N_("Donné par la police ou la gendarmerie, toutes les pages."),
            answered("event", "theft"),
            proves=("complaint_place", "complaint_number", "complaint_on"),
            instead=N_("La pré-plainte en ligne, avec une lettre : le récépissé vous sera demandé ensuite."),
            when=N_("Si le titre est volé"),
        ),
        SupportingDocument(
            "damaged_permit",
            N_("Photos du titre abîmé, recto et verso"),
            N_("Ou de ce qu’il en reste."),
            answered("event", "damage"),
            proves=("damage_words",),
            instead=N_("Une lettre qui dit ce qu’il est devenu, datée et signée."),
            when=N_("Si le titre est abîmé"),
        ),
        PASSPORT_DOCUMENT,
        *HOUSING_DOCUMENTS,
    ),
)
