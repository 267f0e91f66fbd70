"""« sauf exception mentionnée sur le document »: an exception on work, on paper, page and check."""

from datetime import date

import pytest
from flask import Flask

from app.domain.dossiers.attestations import Facts, public_rows
from app.domain.dossiers.states import ForbiddenTransition
from app.domain.rules.calendar import start_of_day
from app.services.certificates import attestations
from app.services.decisions import instruction, undoing
from app.services.decisions.acts import Act
from app.storage.models import Agent, Attestation, Dossier, Notice
from app.storage.review import dossier_view
from tests import factories
from tests.fixtures import NOON
from tests.on_offer import STUDENT_FIRST

MENTION = "Autorise son titulaire à travailler (article L.421-1)."
SOON = start_of_day(date(2027, 2, 1))


def by(agent: Agent, dossier: Dossier) -> Act:
    """An act of an agent whose page is up to date."""
    return Act(agent, SOON, dossier_view.last_move(dossier.id))


@pytest.fixture
def dossier(app: Flask) -> Dossier:
    """A first application under review, with an extension certificate."""
    filed = factories.filed()
    Dossier.update(journey=STUDENT_FIRST.slug).where(Dossier.id == filed.id).execute()
    agent = factories.agent(filed.service)
    instruction.take(filed, Act(agent, NOON, dossier_view.last_move(filed.id)))
    assert attestations.issue_extension_if_due(Dossier.get_by_id(filed.id), SOON)
    return Dossier.get_by_id(filed.id)


def work(certificate: Attestation) -> str:
    """What the check page says of work."""
    row = next(row for row in public_rows(Facts.from_json(certificate.facts)) if row.label == "Travail")
    return row.text % row.values


def test_it_is_printed_shown_and_told_and_taken_back(dossier: Dossier) -> None:
    agent = factories.agent(dossier.service)
    extensions = Attestation.select().where(Attestation.kind == "prolongation").order_by(Attestation.id)
    undoing.mention_work(dossier, by(agent, dossier), MENTION)
    before, after = extensions
    assert "sauf mention" in work(before)
    assert work(after) == MENTION
    assert [row.text for row in Facts.from_json(after.facts).details][-1] == MENTION
    assert (before.ending, after.valid_from) == ("replaced", before.valid_from)
    assert Notice.get(Notice.kind == "work_mention").facts == {"mention": MENTION, "certified": True}
    undoing.mention_work(dossier, by(agent, dossier), "")
    assert "sauf mention" in work(extensions.clone()[-1])


def test_a_renewal_keeps_the_rights_of_the_permit(app: Flask) -> None:
    filed = factories.filed()
    agent = factories.agent(filed.service)
    instruction.take(filed, by(agent, filed))
    with pytest.raises(ForbiddenTransition):
        undoing.mention_work(filed, by(agent, filed), MENTION)
