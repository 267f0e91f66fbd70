"""Answers that were left unsaved in a step, as the applicant's space names them."""

from dataclasses import dataclass

from app.domain.procedures import current
from app.web.localisation.language import gettext as _
from app.web.pages.rendering import address
from app.web.posted.kept_forms import PLACE


@dataclass(frozen=True)
class Unsaved:
    """The questions of a step whose answers could not be saved, and the address of the step."""

    titles: tuple[str, ...]
    url: str


def unsaved(place: str, keys: str) -> Unsaved | None:
    """Return the questions with these keys, between commas, of a step, `procedure/slug`; None for any other text."""
    procedure, _slash, slug = place.partition("/")
    journey = current(procedure)
    step = journey.step(slug) if journey else None
    wanted = keys.split(",")
    titles = tuple(_(question.title) for question in step.questions if question.key in wanted) if step else ()
    if not titles:
        return None
    return Unsaved(titles, address("demande.step", procedure=procedure, slug=slug, _anchor=PLACE))
