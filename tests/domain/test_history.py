"""The history of a dossier, in whole sentences: whoever acted, and where nobody did."""

import pytest

from app.domain.actions import ACTIONS
from app.domain.actions.history import HISTORY_ALONE
from app.domain.dossiers.states import Role


@pytest.mark.parametrize("action", [one for one in ACTIONS.values() if Role.SYSTEM in one.moves], ids=str)
def test_what_the_system_does_names_no_agent(action: object) -> None:
    assert "%(agent)s" not in HISTORY_ALONE[str(action)]
