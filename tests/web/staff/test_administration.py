"""The administrator's pages: accounts, services, the record; what is wrong is told, what is done is told."""

from dataclasses import replace

import pytest
from flask import Flask

from app.storage.models import AdministrationRecord, Agent, AgentLink, Dossier, Outbox, Service, Session
from tests import factories
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.web.agent_pages import QUEUE, Visitor, enter, member

HOME, MEMBERS = "/fr/administration/", "/fr/administration/comptes"
SERVICES, JOURNAL = "/fr/administration/services", "/fr/administration/journal"


@pytest.fixture
def me(app: Flask) -> Agent:
    return member(rank="administrator", service=None, name="M. Vidal")


@pytest.fixture
def office(visitor: Visitor, me: Agent, clock: Clock) -> PageClient:
    """An administrator, signed in."""
    factories.service()
    return enter(visitor(), me, clock)


def page_of(agent: Agent, action: str = "") -> str:
    return f"{MEMBERS}/{agent.id}{'/' if action else ''}{action}"


def do(client: PageClient, agent: Agent, action: str, **fields: str) -> str:
    """Open the page of an act and send it; the page that it leads to."""
    client.get(page_of(agent, action))
    answer = client.post(page_of(agent, action), fields)
    assert answer.status_code == 303, answer.text
    return client.get(answer.location).text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_an_invitation_leaves_and_is_told(office: PageClient, lang: str) -> None:
    path = f"/{lang}/administration/comptes/inviter"
    office.get(path)
    typed = {"name": "Éva  Petit", "email": " Eva@Exemple.FR ", "rank": "supervisor", "service": "69"}
    answer = office.post(path, typed)
    assert answer.status_code == 303
    made = Agent.get(Agent.email == "eva@exemple.fr")
    assert (made.name, made.rank, made.service.code) == ("Éva Petit", "supervisor", "69")
    assert Outbox.select().order_by(Outbox.id.desc()).get().payload["to"] == "eva@exemple.fr"
    assert "Éva Petit" in office.get(answer.location).text
    told = office.get(f"/{lang}/administration/journal").text
    assert "M. Vidal" in told
    assert "Éva Petit" in told


@pytest.mark.parametrize(
    ("changes", "field"),
    [
        ({"name": ""}, "name"),
        ({"name": "x" * 81}, "name"),
        ({"email": "eva"}, "email"),
        ({"email": "TAKEN@exemple.fr"}, "email"),
        ({"rank": ""}, "rank"),
        ({"rank": "king"}, "rank"),
        ({"service": ""}, "service"),
        ({"service": "999"}, "service"),
        ({"service": "\x00", "rank": "supervisor"}, "service"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(
    office: PageClient, changes: dict[str, str], field: str
) -> None:
    factories.agent(email="taken@exemple.fr")
    path = f"{MEMBERS}/inviter"
    office.get(path)
    typed = {"name": "Éva Petit", "email": "eva@exemple.fr", "rank": "agent", "service": "69"} | changes
    answer = office.post(path, typed)
    assert answer.status_code == 422
    assert f'id="{field}-error"' in answer.text
    assert "name" in changes or 'value="Éva Petit"' in answer.text  # what was typed stays
    assert AgentLink.select().count() == 0


def test_an_administrator_has_no_service_whatever_is_chosen(office: PageClient) -> None:
    path = f"{MEMBERS}/inviter"
    office.get(path)
    office.post(path, {"name": "A", "email": "a@exemple.fr", "rank": "administrator", "service": "69"})
    assert Agent.get(Agent.email == "a@exemple.fr").service is None


def test_every_act_does_what_its_page_says(office: PageClient, visitor: Visitor, clock: Clock) -> None:
    agent = member()
    theirs = enter(visitor(), agent, clock)
    factories.service("75", "Paris")
    done = do(office, agent, "modifier", rank="supervisor", service="75")
    assert "C’est changé." in done
    assert Agent.get_by_id(agent.id).service.code == "75"
    assert "L’accès est fermé." in do(office, agent, "fermer")
    assert theirs.get(QUEUE).status_code == 303
    assert "L’accès est rouvert." in do(office, agent, "rouvrir")
    assert "est réinitialisé" in do(office, agent, "reinitialiser")
    assert Session.select().where(Session.agent == agent).count() == 0
    assert "L’invitation est envoyée." in do(office, agent, "inviter")
    assert AgentLink.select().where(AgentLink.used_at.is_null()).count() == 1
    assert AdministrationRecord.select().where(AdministrationRecord.subject == agent).count() == 5


def test_an_act_that_is_not_offered_leads_back(office: PageClient) -> None:
    agent = member()
    office.get(page_of(agent, "fermer"))
    office.post(page_of(agent, "fermer"))
    for action in ("fermer", "modifier", "inviter", "reinitialiser"):
        assert office.get(page_of(agent, action)).location == page_of(agent)
        assert office.post(page_of(agent, action)).location == page_of(agent)
    assert AdministrationRecord.select().count() == 1
    assert office.get(page_of(agent, "take")).status_code == 404
    assert office.get(f"{MEMBERS}/999999").status_code == 404
    assert office.get(f"{MEMBERS}/99999999999999999999").status_code == 404


@pytest.mark.parametrize("action", ["fermer", "reinitialiser", "modifier"])
def test_the_last_administrator_stays(office: PageClient, me: Agent, action: str) -> None:
    office.get(page_of(me, action))
    fields = {"rank": "agent", "service": "69"} if action == "modifier" else {}
    answer = office.post(page_of(me, action), fields)
    assert answer.status_code == 409
    assert "le dernier administrateur" in answer.text
    assert office.get(HOME).status_code == 200


def test_members_are_found_and_paged(office: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.storage.people.administration.PAGE", 2)
    for name in ("Éric", "Anne", "Zoé"):
        factories.agent(name=name)
    page = office.get(MEMBERS).text
    assert "Anne" in page
    assert "Zoé" not in page
    address = page.partition("apres=")[2].partition('"')[0]
    assert "Zoé" in office.get(f"{MEMBERS}?apres={address}").text
    assert "Éric" in office.get(f"{MEMBERS}?q=ERIC").text
    assert "Aucun compte" in office.get(f"{MEMBERS}?q=nobody&service=69").text
    for odd in ("apres=x", "apres=99999999999", "apres=-1", "q=%00%25_", "service=%00", "service=nowhere"):
        assert office.get(f"{MEMBERS}?{odd}").status_code == 200


def test_texts_of_a_service_are_written(office: PageClient, app: Flask) -> None:
    path = f"{SERVICES}/69"
    assert "1 place du Test" in office.get(path).text
    for site in ("rhone.gouv.fr", "javascript:alert(1)", "http://rhone.gouv.fr", "https://[", "x" * 300):
        answer = office.post(path, {"collection_place": "Ici", "site": site})
        assert (answer.status_code, 'id="site-error"' in answer.text) == (422, True)
    texts = {"collection_place": "3 rue Neuve\n9 h - 12 h", "help_place": "", "site": "https://rhone.gouv.fr"}
    assert office.post(path, texts).status_code == 303
    service = Service.get(Service.code == "69")
    assert {key: getattr(service, key) for key in texts} == texts
    assert "3 rue Neuve" in office.get(JOURNAL).text
    assert office.get(f"{SERVICES}/nowhere").status_code == 404
    assert office.get(f"{SERVICES}?q=LYON").text.count("/services/69") == 1
    assert "Aucun service" in office.get(f"{SERVICES}?q=nowhere%00").text


def test_the_page_says_what_the_operators_file_does(office: PageClient, app: Flask) -> None:
    Service.update(active=False).execute()
    before = office.get(f"{SERVICES}/69").text
    assert "les nouvelles demandes vont à la préfecture" in before
    assert "prochain chargement" not in before
    app.extensions["settings"] = replace(app.extensions["settings"], services_file="services.toml")
    for path in (SERVICES, f"{SERVICES}/69"):
        assert "prochain chargement" in office.get(path).text


def test_no_page_of_an_administrator_names_an_applicant(office: PageClient) -> None:
    dossier: Dossier = factories.filed()
    for path in (HOME, MEMBERS, SERVICES, f"{SERVICES}/69", JOURNAL):
        text = office.get(path).text
        assert dossier.identity["surname"] not in text
        assert dossier.reference not in text
    assert office.get(f"/fr/agents/dossiers/{dossier.reference}").status_code == 403
