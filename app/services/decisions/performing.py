"""Performs any action of agents with the answers of its form."""

from dataclasses import replace

from app.domain.actions.action import AgentAction
from app.domain.agent_forms.acts import PHOTO_REASON, PRINTS_REASON
from app.domain.agent_forms.certificates import SETTLED
from app.domain.agent_forms.form import Answers, Form
from app.services.decisions import holding, instruction, undoing
from app.services.decisions.acts import FUNCTIONS, Act
from app.storage.models import Dossier

# The modules whose functions are registered once they are imported.
REGISTERED = (holding, instruction, undoing)


def perform(
    action: AgentAction, dossier: Dossier, act: Act, typed: Answers, form: Form | None = None
) -> None:
    """Perform an action with the answers of its form, or of another one. Raises what the action's function raises."""
    answered = replace(
        act,
        certificates=typed.get(SETTLED, ""),
        without_photo=typed.get(PHOTO_REASON, ""),
        without_prints=typed.get(PRINTS_REASON, ""),
    )
    FUNCTIONS[action.key](dossier, answered, **(form or action.form).arguments(typed))
