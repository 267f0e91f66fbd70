"""Leaving a step, coming back from the summary, a home left behind: what stays, where it leads, what it says."""

from typing import Any

import pytest
from flask import Flask

from app.domain.procedures.moving import NEW_HOME
from app.domain.procedures.personal import PERSONAL
from app.storage.models import Account, Dossier, PhotoCode
from tests import factories
from tests.answers import ANSWERS
from tests.clients import PageClient
from tests.fixtures import Clock
from tests.generated import paths
from tests.on_offer import MOVING
from tests.web.accounts import credentials, hidden
from tests.web.forms import filled

pytestmark = pytest.mark.engines("sqlite")
STEP = f"/fr/demande/etudiant/{PERSONAL.slug}"
SUMMARY = "/fr/demande/etudiant/recapitulatif"
# Not what waits in a <template> for the device to show it.
GIVEN_BACK = 'id="garde" tabindex="-1"><h2>Rien n’est perdu'


@pytest.fixture
def account(app: Flask) -> Account:
    """Somebody who can renew."""
    factories.service()
    return factories.account()


@pytest.fixture
def applicant(visitor: Any, account: Account) -> PageClient:
    """Their browser."""
    client: PageClient = visitor().sign_in(account)
    return client


def test_leaving_with_a_bad_answer_keeps_the_good_ones_and_says_which_is_not(applicant: PageClient) -> None:
    """It saved nothing: thirteen answers went with a telephone of three letters."""
    typed = filled(PERSONAL, phone="abc", address="3 rue Neuve", leave="1")
    answer = applicant.post(STEP, typed)
    assert answer.status_code == 303
    saved = Dossier.get().answers
    assert saved["address"] == "3 rue Neuve"
    assert "phone" not in saved
    space = applicant.get(answer.location).text
    notice = space.split('id="erreurs"', 1)[1].split("</div>", 1)[0]
    assert f'<a href="{STEP}#garde">Téléphone</a>' in notice
    step = applicant.get(STEP).text
    assert 'name="phone" value="abc"' in step
    assert GIVEN_BACK in step
    applicant.post(STEP, filled(PERSONAL))
    assert GIVEN_BACK not in applicant.get(STEP).text


@pytest.mark.parametrize("changes", [{"phone": "abc"}, {"switch_language": "en"}])
def test_what_is_refused_or_only_translated_is_there_again(
    applicant: PageClient, changes: dict[str, str]
) -> None:
    """It was on that one page, and lost by the first link followed."""
    applicant.get(STEP)
    shown = applicant.post(STEP, filled(PERSONAL, address="3 rue Neuve", **changes))
    assert "3 rue Neuve" in shown.text
    assert GIVEN_BACK not in shown.text
    assert 'name="address" value="3 rue Neuve"' in applicant.get(STEP).text
    assert not Dossier.select().exists()
    assert applicant.post(STEP, filled(PERSONAL)).status_code == 303
    assert "3 rue Neuve" not in applicant.get(STEP).text


@pytest.mark.parametrize(
    "query", ["reste=x&reponses=y", "reste=etudiant/x&reponses=phone", "reponses=%3Cb%3E"]
)
def test_no_other_words_are_said_in_the_space(applicant: PageClient, query: str) -> None:
    assert 'id="erreurs"' not in applicant.get(f"/fr/suivi/?{query}").text


def test_a_change_from_the_summary_leads_back_to_it(applicant: PageClient, account: Account) -> None:
    """Also after an error, and by way of what the change leaves to answer; it led through every further step."""
    factories.complete(factories.draft(account))
    page = applicant.get(SUMMARY).text
    change = f"{STEP}?relire=1"
    assert page.count(f'href="{change}"') == 1  # one a section
    assert f'action="{change}"' in applicant.get(change).text
    assert "revenir au récapitulatif" in applicant.get(change).text
    wrong = applicant.post(change, filled(PERSONAL, phone="abc"))
    assert wrong.status_code == 422
    assert f'action="{change}"' in wrong.text
    saved = applicant.post(change, filled(PERSONAL, address="3 rue Neuve"))
    assert saved.location == f"{SUMMARY}?relire=1"
    assert applicant.get(saved.location).status_code == 200
    # A child has papers of its own: the summary leads to them first.
    more = filled(PERSONAL, ANSWERS | {"children": "yes", "children_who": "Deux"})
    led = applicant.get(applicant.post(change, more).location)
    assert led.status_code in (200, 303)
    assert led.status_code == 200 or "relire=1" in led.location
    assert applicant.post(STEP, filled(PERSONAL)).location.endswith("/motif-de-sejour")


def test_the_words_of_the_summary_are_back_after_the_session(
    applicant: PageClient, account: Account, clock: Clock
) -> None:
    factories.complete(factories.draft(account))
    applicant.get(SUMMARY)
    clock.advance(minutes=31)
    behind = {"Referer": f"http://localhost{SUMMARY}"}
    sent = {"observation": "Je pars <lundi>.", "sworn": "yes"}
    door = applicant.get(applicant.post("/fr/demande/etudiant/deposer", sent, headers=behind).location)
    back = credentials(account, next=hidden(door, "next"))
    page = applicant.get(applicant.post("/fr/compte/connexion", back).location).text
    assert "Je pars &lt;lundi&gt;.</textarea>" in page
    assert 'name="sworn" id="sworn" value="yes" checked' in page


def test_a_new_home_is_never_the_old_one(applicant: PageClient, account: Account, visitor: Any) -> None:
    factories.filed(account)
    page = applicant.get(f"/fr/demande/domicile/{NEW_HOME.slug}").text
    assert f'value="{ANSWERS["address"]}"' not in page
    assert f'value="{ANSWERS["phone"]}"' in page or "06 12 34 56 78" in page, "the telephone has not moved"
    day = {"moved_on-day": "1", "moved_on-month": "11", "moved_on-year": "2026"}
    same = applicant.post(f"/fr/demande/domicile/{NEW_HOME.slug}", filled(NEW_HOME) | day)
    assert same.status_code == 422
    assert "C’est l’adresse de votre demande déposée le" in same.text
    further = filled(NEW_HOME, address_more="Bâtiment C") | day
    assert applicant.post(f"/fr/demande/domicile/{NEW_HOME.slug}", further).status_code == 303


def test_the_way_back_after_filing_leads_to_the_confirmation(
    applicant: PageClient, account: Account, clock: Clock
) -> None:
    """The next move began there: who went back a page would have filed a second one."""
    move = factories.filed(
        account, answers=paths(MOVING)[0], journey=MOVING.slug, journey_version=MOVING.version
    )
    back = "/fr/demande/domicile/recapitulatif"
    assert applicant.get(back).location == f"/fr/demande/confirmation/{move.reference}"
    first = f"/fr/demande/domicile/{NEW_HOME.slug}"
    assert applicant.get("/fr/demande/domicile").location == first, "another move can be declared"
    clock.advance(days=1)
    applicant.sign_in(account)
    assert applicant.get(back).location == first


def test_a_photo_that_nobody_asks_for_is_not_told_of(applicant: PageClient, account: Account) -> None:
    move = factories.filed(
        account, answers=paths(MOVING)[0], journey=MOVING.slug, journey_version=MOVING.version
    )
    page = f"/fr/suivi/{move.reference}/demande"
    assert "<dt>e-photo" in applicant.get(page).text
    PhotoCode.delete().execute()
    assert "<dt>e-photo" not in applicant.get(page).text
