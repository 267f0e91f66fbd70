"""Change of address (CESEDA R.431-23), with or without a new card; possible beside another open application."""

from dataclasses import replace

from app.domain.journeys.checks import not_after_today, within_years
from app.domain.journeys.details import Detail
from app.domain.journeys.journey import Journey, Price, Purpose, Step
from app.domain.journeys.questions import Case, Kind, Option, Question
from app.domain.procedures.closing import CLOSING_STEPS
from app.domain.procedures.grounds import answered
from app.domain.procedures.papers import HOUSING_DOCUMENTS, PASSPORT_DOCUMENT, PERMIT_DOCUMENT
from app.domain.procedures.permit_sides import end_of_permit, length_of_permit, place_of_issue
from app.domain.procedures.personal import HOME, PHONE
from app.domain.rules.deadlines import ADDRESS
from app.domain.rules.fees import Operation
from app.domain.rules.rights import AttestationKind
from app.domain.text import N_

NEW_HOME = Step(
    "nouvelle-adresse",
    N_("Votre nouvelle adresse"),
    N_("Dites où vous habitez maintenant, et depuis quand."),
    (
        Question(
            "moved_on",
            Kind.DATE,
            N_("Date du déménagement"),
            missing=N_("Écrivez la date de votre déménagement."),
            hint=N_("Par exemple : 3 10 2026"),
            checks=(not_after_today, within_years(10)),
        ),
        # A home left behind is the one answer that is wrong here.
        *(replace(question, carried=False) for question in HOME),
        PHONE,
    ),
)
CARD = Step(
    "carte",
    N_("Votre carte"),
    N_("Choisissez si une nouvelle carte est fabriquée avec la nouvelle adresse."),
    (
        Question(
            "new_card",
            Kind.CHOICE,
            N_("Voulez-vous une nouvelle carte ?"),
            missing=N_("Dites si vous voulez une nouvelle carte."),
            hint=N_("Ce n’est pas obligatoire : une attestation gratuite prouve la nouvelle adresse."),
            short=N_("Nouvelle carte"),
            options=(
                Option("no", N_("Non, l’attestation suffit"), N_("gratuit")),
                Option("yes", N_("Oui, une carte avec la nouvelle adresse"), N_("payante, avec une e-photo")),
            ),
        ),
    ),
    price=Price(
        N_(
            "Une nouvelle carte coûte %(amount)s, par timbre électronique, au retrait. Sans elle, c’est gratuit."
        ),
        (("new_card", "yes"),),
    ),
)

_new_card = answered("new_card", "yes")
_WITH_CARD, _WITHOUT_CARD = N_("Si vous demandez une nouvelle carte."), N_("Sans nouvelle carte.")


def _details(case: Case) -> tuple[Detail, ...]:
    answers = case.answers
    lines = (
        answers["address"],
        answers.get("address_more"),
        f"{answers['postcode']} {answers['commune_name']}",
    )
    return (Detail("Nouvelle adresse", "New address", ", ".join(filter(None, lines))),)


def _granted(case: Case) -> tuple[str, ...]:
    registered = N_(
        "Votre nouvelle adresse est enregistrée. L’attestation qui la prouve vous attend dans votre espace."
    )
    return (registered, N_("Votre nouvelle carte va être fabriquée.")) if _new_card(case) else (registered,)


MOVING = Journey(
    slug="domicile",
    title=N_("Changement d’adresse"),
    english="change of address",
    purpose=Purpose.CHANGE,
    audience=N_(
        "Vous avez un titre de séjour, quel qu’il soit, et vous avez déménagé, même dans la même commune. "
        "Vous pouvez aussi le déclarer pendant qu’une autre demande est en cours : elle suit votre nouvelle "
        "adresse."
    ),
    answer_within=lambda case: None,
    deadline=ADDRESS,
    holders=frozenset(),
    operation=lambda case: Operation.ADDRESS_CARD if _new_card(case) else None,
    fee_when=lambda case: _WITH_CARD if _new_card(case) else _WITHOUT_CARD,
    photo=_new_card,
    photo_when=N_("Seulement si vous demandez une nouvelle carte."),
    makes_card=_new_card,
    on_filing=None,
    on_approval=AttestationKind.ADDRESS,
    details=_details,
    turns_on=(
        end_of_permit(
            later="",
            soon=N_(
                "La carte du renouvellement portera la nouvelle adresse. Une nouvelle carte maintenant ne sert à rien."
            ),
        ),
        length_of_permit(
            short=N_("Déclarer la nouvelle adresse n’est pas obligatoire. Vous pouvez le faire quand même.")
        ),
        place_of_issue(
            limited=N_(
                "Il n’est valable que là, sauf quelques titres. Vous partez vivre dans un autre département ? Demandez "
                "d’abord une autorisation spéciale à la préfecture qui l’a délivré, et écrivez à celle où vous allez."
            )
        ),
    ),
    moves_dossiers=True,
    granted=_granted,
    steps=(NEW_HOME, CARD, *CLOSING_STEPS),
    documents=(PERMIT_DOCUMENT, PASSPORT_DOCUMENT, *HOUSING_DOCUMENTS),
)
