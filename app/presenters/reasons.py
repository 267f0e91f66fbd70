"""Why a document is asked for, in the reader's language: the same lines for the agent and the applicant."""

from flask_babel import gettext as _

from app.domain.dossiers.complements import sentences


def format_reasons(text: str) -> tuple[str, ...]:
    """The lines of a reason: the ready ones in the language of the page, the agent's own words as written."""
    return tuple(_(line) if ready else line for line, ready in sentences(text))
