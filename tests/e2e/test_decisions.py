"""A service's own letter, a refusal with it, read on a telephone, and come back on by a supervisor."""

import pytest
from playwright.sync_api import expect

from app.domain.dossiers.decisions import reason
from tests.e2e.pages import Visit
from tests.e2e.test_line import act, agent_enters, create_account, file_application
from tests.waiting import until

CASES = [("fr", True), ("en", False)]
WORDS = "Les relevés montrent 300 € par mois, depuis mars."
COURAGE = "Un mot de votre service : courage."


@pytest.mark.parametrize(("language", "scripts"), CASES)
def test_worded_refused_read_and_reopened(telephone, live, mail_box, language, scripts):
    applicant = telephone(language, scripts)
    create_account(applicant, live.newcomer(), mail_box)
    reference = file_application(applicant, f"LETTRE{language:0>16}".upper())
    chief = telephone("fr", scripts, 1280)
    agent_enters(chief, live, "responsable.lyon@exemple.fr")
    word_the_letter(chief)
    agent = telephone("fr", scripts, 1280)
    agent_enters(agent, live)
    agent.open(f"/agents/dossiers/{reference}")
    agent.page.locator('form[action*="/take"] button').click()
    expect(agent.page.locator("main")).to_contain_text("Le silence vaut refus à partir du")
    look_before(agent, reference)
    act(agent, reference, "refuse", lambda: say_why(agent))
    read(applicant, reference)
    chief.open(f"/agents/dossiers/{reference}")
    act(chief, reference, "reopen", lambda: chief.page.locator("#reason").fill("Un document nouveau."))
    expect(chief.page.locator("main")).to_contain_text("Le dossier est rouvert")
    applicant.open("/suivi/")
    applicant.sees("Votre demande est en cours d’instruction")


def word_the_letter(chief: Visit) -> None:
    """A mistake first, told beside its field; then looked at, then saved."""
    chief.page.locator("nav .broad summary", has_text=chief.say("Autres listes")).click()
    chief.follow("Modèles de lettres")
    chief.audit()
    chief.follow("Décision défavorable")
    chief.audit()
    field = chief.page.locator("#text")
    good = field.input_value().replace(COURAGE, "").strip()
    field.fill(good.replace("{voies_de_recours}", "{voies_de_recour}"))
    chief.press("Enregistrer")
    expect(chief.page.locator("#text-error")).to_contain_text("{voies_de_recour}")
    chief.audit()
    field.fill(f"{good}\n\n{COURAGE}")
    chief.page.locator('button[name="apercu"]').click()
    expect(chief.page.locator("#apercu")).to_contain_text(COURAGE)
    expect(chief.page.locator("#apercu")).to_contain_text("tribunal administratif de Lyon")
    chief.audit()
    chief.press("Enregistrer")
    chief.reads("C’est enregistré.")
    chief.audit()


def say_why(agent: Visit) -> None:
    """The reason of the list and the facts of this person."""
    agent.page.locator("#ground").select_option("resources")
    agent.page.locator("#reason").fill(WORDS)


def look_before(agent: Visit, reference: str) -> None:
    """The letter before anything is decided."""
    agent.open(f"/agents/dossiers/{reference}/refuse")
    say_why(agent)
    agent.page.locator('button[name="apercu"]').click()
    expect(agent.page.locator("#apercu")).to_contain_text(WORDS)
    expect(agent.page.locator("#apercu")).to_contain_text(COURAGE)
    agent.audit()


def read(applicant: Visit, reference: str) -> None:
    """At 360 px: the reason, the ways to contest, the letter as a page and as a file."""
    applicant.open("/suivi/")
    applicant.sees("Votre demande est refusée")
    applicant.reads(WORDS)
    applicant.reads(applicant.say(reason("resources", "")))
    applicant.reads("www.telerecours.fr")
    link = applicant.page.locator(f'a[href*="/{reference}/lettres/"]').first
    applicant.arrive(link)
    applicant.audit()
    applicant.reads(COURAGE)
    paper = applicant.page.locator('a[href$=".pdf"]')

    def printed() -> int:
        applicant.page.reload()
        return paper.count()

    until(printed, every=0.5)  # by the worker
    with applicant.page.expect_download() as download:
        paper.first.click()
    assert download.value.suggested_filename == f"lettre-{reference}.pdf"
