"""Queries written once: the right rows for the values of each call, on whatever engine is bound."""

import pytest
from flask import Flask

from app.storage.applications import dossiers
from app.storage.compiled_queries import compiled
from app.storage.models import Dossier
from app.storage.people import sessions
from tests import factories


@compiled(Dossier)
def _in_state(account_id: object, state: object) -> object:
    return Dossier.select().where((Dossier.account == account_id) & (Dossier.state == state))


def test_each_call_has_its_own_values(app: Flask) -> None:
    one, other = factories.filed(), factories.filed()
    for dossier in (one, other, one):
        assert _in_state.get(dossier.account_id, "filed").id == dossier.id
    assert _in_state.all(one.account_id, "draft") == []
    assert _in_state.first(0, "filed") is None
    with pytest.raises(Dossier.DoesNotExist):
        _in_state.get(0, "filed")


def test_an_empty_answer_first_spoils_nothing(app: Flask) -> None:
    assert dossiers.of_account(0) == []
    filed = factories.filed()
    (found,) = dossiers.of_account(filed.account_id)
    assert (found.id, found.service.code, found.rights_end) == (
        filed.id,
        filed.service.code,
        filed.rights_end,
    )


def test_a_wrong_number_of_values_is_refused(app: Flask) -> None:
    with pytest.raises(ValueError, match="zip"):
        _in_state.all(1)


def test_a_stranger_has_no_session(app: Flask) -> None:
    assert sessions.of_applicant("0" * 64) is None
