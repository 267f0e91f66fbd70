"""Reasons of requests and decisions, the same lines for agents and applicants."""

from app.domain.dossiers.complements import sentences
from app.languages import SOURCE
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language


def format_reasons(text: str, spoken: str = SOURCE) -> tuple[str, ...]:
    """Return the lines of a reason: ready-made ones translated, one's own as written, marked as `formats.said` does."""
    return tuple(
        _(line) if ready else formats.said(line, spoken, language=language())
        for line, ready in sentences(text)
    )
