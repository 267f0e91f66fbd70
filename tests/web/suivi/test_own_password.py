"""A signed-in person chooses another password: the present one is asked, other devices are out, a letter says so."""

from typing import Any

import pytest

from app.storage.models import Account, Outbox, Session
from tests import factories
from tests.factories import PASSWORD

pytestmark = pytest.mark.engines("sqlite")

HERE = "/fr/suivi/mot-de-passe"
NEW = "une barque verte sur la rive"


def change(client: Any, current: str, password: str) -> Any:
    """Send the form of the page."""
    client.get(HERE)
    return client.post(HERE, {"current": current, "password": password})


def test_the_password_is_changed_and_the_other_device_is_out(visitor: Any) -> None:
    person = factories.account()
    here, elsewhere = visitor().sign_in(person), visitor().sign_in(person)
    assert f'href="{HERE}"' in here.get("/fr/suivi/").text
    answer = change(here, PASSWORD, NEW)
    assert answer.location == f"{HERE}?ok=1"
    assert "Votre mot de passe est changé" in here.get(answer.location).text
    assert elsewhere.get("/fr/suivi/").status_code != 200
    assert Session.select().count() == 1
    letters = [row.payload for row in Outbox.select().where(Outbox.kind == "mail")]
    assert [one["template"] for one in letters] == ["mail/accounts/password_changed.txt"]
    before = Account.get_by_id(person.id).password_hash
    assert change(here, PASSWORD, NEW).status_code == 422
    assert Account.get_by_id(person.id).password_hash == before


@pytest.mark.parametrize(
    ("current", "password", "said"),
    [
        ("un autre mot", NEW, "n’est pas celui de votre compte"),
        ("", NEW, "Écrivez votre mot de passe actuel"),
        (PASSWORD, "motdepasse", 'id="password-error"'),
        (PASSWORD, "", "Choisissez un mot de passe"),
    ],
)
def test_what_is_wrong_is_told_beside_its_field(visitor: Any, current: str, password: str, said: str) -> None:
    client = visitor().sign_in(factories.account())
    answer = change(client, current, password)
    assert answer.status_code == 422
    assert said in answer.text
    assert NEW not in answer.text


def test_guesses_are_counted(visitor: Any) -> None:
    client = visitor().sign_in(factories.account())
    statuses = [change(client, f"mauvais {turn}", NEW).status_code for turn in range(8)]
    assert statuses[0] == 422
    assert statuses[-1] == 429


def test_who_has_no_password_has_no_such_page(visitor: Any) -> None:
    client = visitor().sign_in(factories.account())
    Account.update(password_hash="").execute()
    assert client.get(HERE).status_code == 404
    assert HERE not in client.get("/fr/suivi/").text
