"""A supervisor reads how many dossiers, files and searches each agent of the service had, and never which."""

from app.storage.models import Agent, AuditRecord, Document, SearchRecord
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.web.agent_pages import QUEUE, Visitor, address, enter
from tests.web.instruction.test_figures import FIGURES, exported, office, section, supervisor  # noqa: F401 – fixtures


def test_what_agents_opened_and_searched_is_counted(
    visitor: Visitor,
    office: PageClient,  # noqa: F811 – the fixture
    supervisor: Agent,  # noqa: F811 – the fixture
    clock: Clock,
) -> None:
    reader = factories.agent(name="Lectrice Assidue")
    desk, dossier = enter(visitor(), reader, clock), factories.filed()
    for _time in range(2):
        desk.get(address(dossier))
    document = Document.get(Document.dossier == dossier)
    desk.get(f"{address(dossier)}/fichiers/{document.id}")
    desk.get(f"{QUEUE}?q=nguyen")
    elsewhere = factories.agent(factories.service("75", "Paris"), name="Parisienne")
    SearchRecord.create(agent=elsewhere, service=elsewhere.service_id, words="x", at=NOON)
    AuditRecord.create(
        dossier=dossier, position=99, at=NOON, role="agent", agent=elsewhere, service=elsewhere.service_id,
        action="opened", facts={}, previous="", digest="",
    )  # fmt: skip
    text = section(office.get(FIGURES).text, "consultations")
    assert "Anciens agents" not in text
    assert "Lectrice Assidue 1 1 1" in text
    assert "B. Chabert 0 0 0" in text
    assert "nguyen" not in text
    assert ["Lectrice Assidue", "1", "1", "1"] in exported(office, "consultations")
