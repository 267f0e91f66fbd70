"""Reasons of requests and decisions, the same lines for agents and applicants."""

from flask_babel import gettext as _

from app.domain.dossiers.complements import sentences


def format_reasons(text: str) -> tuple[str, ...]:
    """Return the lines of a reason: ready-made ones translated, the agent's own as written."""
    return tuple(_(line) if ready else line for line, ready in sentences(text))
