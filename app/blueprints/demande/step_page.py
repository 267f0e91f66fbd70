"""Rendering of the steps that are forms."""

from dataclasses import dataclass, replace
from typing import Any

from flask import request
from werkzeug.wrappers import Response

from app.blueprints.demande.follow_on import filed_before
from app.blueprints.demande.pages import timing_words
from app.domain.journeys.journey import Step
from app.domain.rules.calendar import Timing
from app.presenters.applicants.stepper import frame, identity_rows
from app.presenters.applicants.thresholds import with_amount
from app.services.applications.dossiers import Draft
from app.services.applications.reuse import ReusableAnswers
from app.web.current import today
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language
from app.web.pages.rendering import render_page


@dataclass(frozen=True)
class StepPage:
    """The content of a step's page: its fields, as `web.posted.forms` gives them, and what is shown around them."""

    step: Step
    form: dict[str, Any]
    seen: str  # digest of the stored answers that the page takes into account
    conflict: bool = False  # whether the fields show what was saved meanwhile in another tab
    before: ReusableAnswers | None = None  # proposed from an earlier application


def render_step(draft: Draft, shown: StepPage, status: int = 200) -> Response:
    """Render the page of a step."""
    step = shown.step
    context = {**shown.form, "fields": with_amount(shown.form["fields"], step, draft)}
    return render_page(
        "demande/step.html",
        status,
        **frame(draft, step),
        **context,
        identity=identity_rows(draft.dossier.identity) if step.slug == draft.journey.steps[0].slug else (),
        switch_form="step-form",
        conflict=shown.conflict,
        before=shown.before,
        filed_before=filed_before(),
        price=_price(draft, step),
        # Shown before a stamp is bought: filing late costs more.
        timing=timing_words(draft, Timing.LATE) if step.price and _late(draft) else None,
        can_file=True,
        rereading="relire" in request.args,
        seen=shown.seen,
    )


def _late(draft: Draft) -> bool:
    return draft.window.timing(today()) is Timing.LATE


def _price(draft: Draft, step: Step) -> str:
    """Return the sentence of a step about the fee, "" if it has none."""
    if step.price is None:
        return ""
    case = replace(draft.case, answers={**draft.case.answers, **dict(step.price.supposing)})
    amount = draft.journey.fee(case, today())
    return _(step.price.sentence, amount=formats.euros(amount, language())) if amount else ""
