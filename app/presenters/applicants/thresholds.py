"""Amounts that the law requires, shown beside their question; and an amount that is not reached, once it is declared."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from app.domain.journeys.journey import Page, Step
from app.domain.journeys.questions import Case
from app.domain.journeys.variants import variants
from app.domain.rules.deadlines import Identity
from app.domain.rules.resource_check import Sufficiency
from app.domain.text import N_
from app.forms.views import FieldView
from app.services.applications.dossiers import Draft
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import address

ASKED = {
    False: N_("Montant demandé : %(amount)s par mois au total."),
    True: N_("Montant demandé : %(amount)s par an."),
}
ASKED_OF = {
    False: N_("%(option)s : %(amount)s par mois au total."),
    True: N_("%(option)s : %(amount)s par an."),
}


@dataclass(frozen=True)
class Shortfall:
    """Amounts declared below the required one, and the address of the question."""

    amounts: Sufficiency
    url: str


def with_amount(fields: tuple[FieldView, ...], step: Step, draft: Draft) -> tuple[FieldView, ...]:
    """Return the fields of a step, the required amount in the hint of the question it is about."""
    amounts = " ".join(_amounts(step, draft)) if step.sufficiency else ""
    return tuple(_hinted(field, step.beside, amounts) for field in fields) if amounts else fields


def shortfall(draft: Draft, here: Step) -> Shortfall | None:
    """Return what a step, or the one just before it, declares too little of; None while it is not answered whole."""
    for step in filter(None, (here, draft.journey.before(here))):
        if step.page is Page.FORM and step.sufficiency and not step.problems(draft.case):
            amounts = step.sufficiency(draft.case.answers, draft.case.today)
            if amounts and amounts.declared < amounts.asked:
                where = address("demande.step", procedure=draft.journey.slug, slug=step.slug)
                return Shortfall(amounts, f"{where}#{step.beside}")
    return None


def _amounts(step: Step, draft: Draft) -> Iterator[str]:
    """Yield a sentence for each amount that may be required, with the option it goes with where they differ."""
    found = _asked(step, draft, draft.case.today, draft.case.identity)
    for amounts, labels in found.items():
        amount = formats.euros(amounts.asked, language())
        if len(found) == 1:
            yield _(ASKED[amounts.yearly], amount=amount)
        else:
            yield _(ASKED_OF[amounts.yearly], option=", ".join(map(_, labels)), amount=amount)


def _asked(step: Step, draft: Draft, today: date, permit: Identity) -> dict[Sufficiency, list[str]]:
    def rule(case: Case) -> Sufficiency | None:
        amounts = step.sufficiency(case.answers, case.today) if step.sufficiency else None
        return Sufficiency(0, amounts.asked, amounts.yearly) if amounts else None

    labels = {
        (question.key, option.key): option.label for question in step.questions for option in question.options
    }
    found: dict[Sufficiency, list[str]] = {}
    for answers, amounts in reversed(
        list(variants(draft.journey, rule, today, permit))
    ):  # as options are declared
        if amounts:
            chosen = (labels.get((key, str(value))) for key, value in answers.items())
            found.setdefault(amounts, []).extend(label for label in chosen if label)
    return found


def _hinted(field: FieldView, key: str, text: str) -> FieldView:
    if field.key == key:
        hint = field.hint and f"{field.hint.removesuffix('.')}. "
        return field.filled(hint=f"{hint}{text}", blank=None)
    if not field.revealed:
        return field
    revealed = {
        option: tuple(_hinted(inner, key, text) for inner in fields)
        for option, fields in field.revealed.items()
    }
    return field.filled(revealed=revealed)
