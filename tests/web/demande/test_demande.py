"""The six steps through their pages: reached in order, saved, mended, filed once."""

from datetime import date, timedelta

import pytest

from app.domain.dossiers.states import State
from app.domain.procedures import journey
from app.storage.models import Dossier, Event, Notice, Outbox
from tests import factories
from tests.answers import ANSWERS
from tests.on_offer import LOSS, STUDENT_RENEWAL
from tests.web.accounts import hidden
from tests.web.forms import filled

PERSONAL, STUDIES, RESOURCES, *_ = STUDENT_RENEWAL.steps
FORMS = (PERSONAL, STUDIES, RESOURCES)


def url(slug: str, lang: str = "fr") -> str:
    return f"/{lang}/demande/etudiant/{slug}"


@pytest.fixture
def account(app):
    factories.service()
    return factories.account()


@pytest.fixture
def applicant(visitor, account):
    return visitor().sign_in(account)


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_the_whole_journey(applicant, account, lang):
    for step in FORMS:
        assert applicant.get(url(step.slug, lang)).status_code == 200
        assert applicant.post(url(step.slug, lang), {}).status_code == 422
        assert applicant.post(url(step.slug, lang), filled(step)).status_code == 303
    dossier = Dossier.get(Dossier.account == account)
    assert {k: v for k, v in dossier.answers.items() if v} == {
        k: v for k, v in STUDENT_RENEWAL.relevant(ANSWERS).items() if v
    }
    assert applicant.get(f"/{lang}/demande/etudiant").location == url("justificatifs", lang)
    factories.complete(dossier)
    assert "29 rue du Professeur-Rochaix" in applicant.get(url("recapitulatif", lang)).text
    answer = applicant.post(f"/{lang}/demande/etudiant/deposer", {"sworn": "yes"})
    assert answer.status_code == 303
    assert Dossier.get_by_id(dossier.id).reference in applicant.get(answer.location).text


def test_an_earlier_edition_shows_its_steps_as_the_present_one_does(applicant, account):
    """Its steps may be equal to the present ones, and are then one form: the page is still the draft's own."""
    first = LOSS.steps[0]
    address = f"/fr/demande/{LOSS.slug}/{first.slug}"
    assert journey(LOSS.slug, 1).steps[0] == first
    applicant.get(address)
    factories.draft(account, {}, journey=LOSS.slug, journey_version=1)
    text = applicant.get(address).text
    assert "Nom de naissance" in text
    assert text.count('aria-current="step"') == 1


def test_steps_not_reached_lead_back(applicant):
    for step in STUDENT_RENEWAL.steps[1:5]:
        assert applicant.get(url(step.slug)).location == url(PERSONAL.slug)


def test_opening_pages_creates_nothing(applicant):
    applicant.get("/fr/demande/etudiant")
    applicant.get(url(PERSONAL.slug))
    assert Dossier.select().count() == 0


def test_an_unknown_procedure_or_step_is_not_found(applicant):
    assert applicant.get("/fr/demande/astronaute/ressources").status_code == 404
    assert applicant.get(url("nulle-part")).status_code == 404


BAD = [
    (PERSONAL, {"passport_number": "12"}, "6 à 12 lettres", "6 to 12 letters"),
    (PERSONAL, {"passport_until-day": "31", "passport_until-month": "11"}, "n’existe pas", "does not exist"),
    (PERSONAL, {"passport_until-year": "2020"}, "Cette date est passée", "This date is past"),
    (PERSONAL, {"entered_on-year": "2027"}, "dans le futur", "in the future"),
    (PERSONAL, {"entered_on-month": "13"}, "Le mois va de 1 à 12", "The month goes from 1 to 12"),
    (PERSONAL, {"entered_on-year": "23"}, "quatre chiffres", "four digits"),
    (PERSONAL, {"entered_on-day": "premier"}, "en chiffres", "in digits"),
    (PERSONAL, {"postcode": "6900"}, "5 chiffres", "5 digits"),
    (PERSONAL, {"postcode": "99999"}, "ne connaissons pas ce code postal", "do not know this postcode"),
    (PERSONAL, {"postcode": "01400", "commune": "Lyon"}, "Lyon n’est pas dans", "Lyon is not in"),
    (PERSONAL, {"postcode": "75017", "commune": "Lyon"}, "Lyon n’est pas dans", "Lyon is not in"),
    # A list that could not follow the postcode, without scripts.
    (PERSONAL, {"postcode": "75017", "commune": "69383"}, "est celui de Paris", "is that of Paris"),
    (PERSONAL, {"phone": "06 12"}, "Ce numéro n’existe pas", "This number does not exist"),
    (PERSONAL, {"housing": "castle"}, "Choisissez une des réponses", "Choose one of the answers"),
    (PERSONAL, {"housing": "hosted", "host": ""}, "de la personne qui vous", "of the person who"),
    (PERSONAL, {"address": "x" * 201}, "trop longue", "too long"),
    (
        STUDIES,
        {"year_ends-year": "2026", "year_ends-month": "01"},
        "La date de fin doit être après",
        "The end date must be after",
    ),
    (STUDIES, {"degree": "wizardry"}, "Choisissez une des réponses", "Choose one of the answers"),
    (RESOURCES, {"salary_amount": "beaucoup"}, "Écrivez un montant", "Write an amount"),
    (RESOURCES, {"salary_amount": "0"}, "plus grand que zéro", "above zero"),
    (RESOURCES, {"salary_amount": "987654321"}, "Vérifiez les zéros", "Check the zeros"),
    (RESOURCES, {"sources": []}, "Cochez au moins une ressource", "Tick at least one resource"),
]


@pytest.mark.parametrize("lang", ["fr", "en"])
@pytest.mark.parametrize(("step", "changes", "french", "english"), BAD)
def test_bad_input_is_told_beside_its_field_and_nothing_is_lost(
    applicant, account, lang, step, changes, french, english
):
    factories.draft(account)
    typed = filled(step, **changes)
    answer = applicant.post(url(step.slug, lang), typed)
    assert answer.status_code == 422
    text = answer.text.replace("\u00a0", " ")
    assert (french if lang == "fr" else english) in text
    assert "Erreur" in text if lang == "fr" else "Error" in text
    for name, value in typed.items():
        if isinstance(value, str) and len(value) > 4 and value not in ("castle", "wizardry", "69383"):
            assert value in answer.text, name
    assert Dossier.get().answers == ANSWERS


@pytest.mark.parametrize(
    "text", ["\x00", "a\x00b", "\ud7ff", "\u202eevil", "<script>", "{{ 7*7 }}", "%(x)s", "'; --", "🙂" * 50]
)
def test_no_text_makes_the_service_fail(applicant, account, text):
    factories.draft(account)
    for step in FORMS:
        fields = {name: text for name in filled(step) if name not in ("sources",)}
        assert applicant.post(url(step.slug), fields).status_code in (303, 422)
        assert applicant.get(url(step.slug)).status_code == 200


def test_leaving_with_an_answer_taken_out_keeps_the_stored_one(applicant, account):
    dossier = factories.draft(account)
    answer = applicant.post(url(STUDIES.slug), filled(STUDIES, school="", leave="1"))
    assert answer.status_code == 303
    assert Dossier.get_by_id(dossier.id).answers["school"] == ANSWERS["school"]


def test_leaving_keeps_what_was_written(applicant, account):
    answer = applicant.post(url(PERSONAL.slug), {"address": "3 rue Neuve", "leave": "1"})
    assert answer.status_code == 303
    assert answer.location == "/fr/suivi/"
    assert Dossier.get().answers["address"] == "3 rue Neuve"
    assert "3 rue Neuve" in applicant.get(url(PERSONAL.slug)).text


def test_switching_language_keeps_what_was_typed_and_saves_nothing(applicant, account):
    answer = applicant.post(url(PERSONAL.slug, "en"), {"address": "3 rue Neuve", "switch_language": "en"})
    assert answer.status_code == 200
    assert "3 rue Neuve" in answer.text
    assert "Street number and name" in answer.text
    assert Dossier.select().count() == 0


def test_two_tabs_show_both_values_and_the_next_save_decides(applicant, account):
    dossier = factories.draft(account)
    page = applicant.get(url(STUDIES.slug)).text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    applicant.post(url(STUDIES.slug), filled(STUDIES, school="Université de la première", seen=seen))
    late = applicant.post(url(STUDIES.slug), filled(STUDIES, school="Université de la seconde", seen=seen))
    assert late.status_code == 409
    assert "Université de la première" in late.text
    assert "Université de la seconde" in late.text
    seen = late.text.split('name="seen" value="')[1].split('"')[0]
    assert (
        applicant.post(url(STUDIES.slug), filled(STUDIES, school="La seconde", seen=seen)).status_code == 303
    )
    assert Dossier.get_by_id(dossier.id).answers["school"] == "La seconde"


def test_a_mistake_does_not_hide_what_another_tab_saved(applicant, account):
    """The page of an error still goes back to what its own tab had seen: the next save tells of the other one."""
    factories.draft(account)
    page = applicant.get(url(STUDIES.slug)).text
    seen = page.split('name="seen" value="')[1].split('"')[0]
    applicant.post(url(STUDIES.slug), filled(STUDIES, school="Université de la première", seen=seen))
    wrong = applicant.post(url(STUDIES.slug), filled(STUDIES, school="", seen=seen))
    assert wrong.status_code == 422
    seen = wrong.text.split('name="seen" value="')[1].split('"')[0]
    late = applicant.post(url(STUDIES.slug), filled(STUDIES, school="Université de la seconde", seen=seen))
    assert late.status_code == 409
    assert "Université de la première" in late.text


def test_filing_twice_files_once(applicant, account):
    factories.complete(factories.draft(account))
    applicant.get(url("recapitulatif"))
    first = applicant.post("/fr/demande/etudiant/deposer", {"sworn": "yes"})
    second = applicant.post("/fr/demande/etudiant/deposer", {"sworn": "yes"})
    third = applicant.get(second.location)
    assert first.status_code == second.status_code == 303
    assert third.location == first.location
    assert Event.select().where(Event.action == "submit").count() == 1
    assert Notice.select().count() == 1
    assert Outbox.select().where(Outbox.kind == "mail_notice").count() == 1


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_once_filed_no_address_begins_it_again(applicant, account, lang):
    dossier = factories.filed(account)
    for step in (PERSONAL, RESOURCES):
        for answer in (
            applicant.get(url(step.slug, lang)),
            applicant.post(url(step.slug, lang), filled(step)),
        ):
            assert answer.status_code == 303
            assert answer.location == f"/{lang}/suivi/{dossier.reference}?deja=1"
    assert applicant.get(url("justificatifs", lang)).location == f"/{lang}/suivi/{dossier.reference}?deja=1"
    assert Dossier.select().count() == 1


def test_filing_asks_for_the_oath_and_keeps_the_observation(applicant, account):
    factories.complete(factories.draft(account))
    applicant.get(url("recapitulatif"))
    answer = applicant.post("/fr/demande/etudiant/deposer", {"observation": "Un retard de la poste."})
    assert answer.status_code == 422
    assert "Un retard de la poste." in answer.text
    applicant.post("/fr/demande/etudiant/deposer", {"observation": "Un retard de la poste.", "sworn": "yes"})
    assert Dossier.get().sealed["observation"] == "Un retard de la poste."


@pytest.mark.parametrize(
    ("days", "words", "fileable"),
    [
        (130, "Vous pourrez déposer à partir du", False),
        (79, "Vous êtes dans les temps", True),
        (20, "Vous paierez 180", True),
        (-30, "Vous paierez 180", True),
        (-220, "expiré depuis plus de 6 mois", False),
    ],
)
def test_each_side_of_the_window(visitor, app, days, words, fileable):
    factories.service()
    account = factories.account(factories.identity(date(2026, 11, 23) + timedelta(days=days)))
    dossier = factories.complete(factories.draft(account))
    applicant = visitor().sign_in(account)
    page = applicant.get(url("recapitulatif")).text.replace("\u00a0", " ")
    assert words in page
    assert ("Déposer ma demande</button>" in page) is fileable
    answer = applicant.post("/fr/demande/etudiant/deposer", {"sworn": "yes"})
    assert answer.status_code == (303 if fileable else 409)
    assert (Dossier.get_by_id(dossier.id).state == State.FILED) is fileable
    if fileable:
        rights = "Vos droits sont ceux de votre titre" in applicant.get(answer.location).text
        assert rights is (days >= 0), "an expired permit gives none"


def test_a_late_filing_has_no_automatic_extension(visitor, app):
    account = factories.account(factories.identity(date(2026, 12, 1)))
    dossier = factories.filed(account)
    assert dossier.in_time is False


def test_an_expired_session_gives_back_what_was_typed(visitor, account, clock):
    applicant = visitor().sign_in(account)
    applicant.get(url(PERSONAL.slug))
    clock.advance(minutes=31)
    typed = filled(PERSONAL, address="3 rue Neuve", postcode="75011", commune="75111")
    door = applicant.get(applicant.post(url(PERSONAL.slug), typed).location)
    assert "est gardé" in door.text
    sent = {"identifier": account.foreign_number, "password": factories.PASSWORD}
    answer = applicant.post("/fr/compte/connexion", sent | {"next": hidden(door, "next")})
    assert answer.location == f"{url(PERSONAL.slug)}#garde"
    page = applicant.get(answer.location).text
    assert "3 rue Neuve" in page
    assert 'name="commune" value="Paris 11e"' in page, "chosen in the list of its postcode"
    assert Dossier.select().count() == 0


def test_somebody_elses_dossier_does_not_exist(visitor, app):
    theirs = factories.filed()
    other = visitor().sign_in(factories.account())
    for path in (
        f"/fr/demande/confirmation/{theirs.reference}",
        f"/fr/suivi/{theirs.reference}",
        f"/fr/suivi/{theirs.reference}/demande.pdf",
        f"/fr/suivi/{theirs.reference}/complement",
        f"/fr/suivi/pieces/{theirs.documents.get().id}",
        f"/fr/suivi/messages/{theirs.account.notices.get().id}",
    ):
        assert other.get(path).status_code == 404, path


def test_a_form_without_its_token_does_nothing(applicant, account):
    applicant.token = "forged"
    answer = applicant.post(url(PERSONAL.slug), filled(PERSONAL))
    assert answer.location == f"{url(PERSONAL.slug)}#garde", "where it can be sent"
    assert Dossier.select().count() == 0
