"""A deployment that had services before sub-prefectures existed keeps them, with those who work there."""

from playhouse.migrations import Runner

from app.storage import database
from app.storage.models import Service


def test_services_of_the_first_version(empty_database_url: str) -> None:
    opened = database.bind(empty_database_url)
    with opened.connection_context():
        Runner(opened, directory=str(database.MIGRATIONS)).up("0001_initial")
        opened.execute_sql(
            "INSERT INTO service (code, name, city, collection_place) VALUES ('2A', 'A', 'B', 'C')"
        )
        opened.execute_sql(
            "INSERT INTO agent (service_id, email, name, password_hash, totp_secret, totp_last_step, language, active)"
            " SELECT id, 'a@exemple.fr', 'A', 'x', 'y', 0, 'fr', TRUE FROM service"
        )
    database.migrate()
    with opened.connection_context():
        found = Service.get(code="2A")
        assert (found.department, found.active, found.help_place, found.site) == ("2A", True, "", "")
        assert (found.name, found.city, found.collection_place) == ("A", "B", "C")
        assert [agent.email for agent in found.agents] == ["a@exemple.fr"]
        Service.create(code="2A-4", department="2A", name="D", city="E")
    opened.close_all()
