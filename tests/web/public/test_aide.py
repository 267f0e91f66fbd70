"""The help pages: answers found in the reader's language, every way to somebody, and no link that leads nowhere."""

import re
from collections.abc import Callable
from dataclasses import replace
from html import unescape
from urllib.parse import urlsplit

import pytest
from flask import Flask

from app.domain import help as answers
from app.domain.text import fold
from app.factory import create_app
from app.presenters.public.site_map import INSIDE, PLACES
from app.settings import ROOT, Settings
from app.web.access.audiences import AUDIENCE, Audience
from tests.clients import PageClient, ThroughProxy

pytestmark = pytest.mark.engines("sqlite")

Visitor = Callable[[], PageClient]
LANGUAGES = ("fr", "en")


def shown(text: str) -> str:
    """The words of a page, as read."""
    return unescape(re.sub(r"<[^>]+>", " ", text)).replace("\u00a0", " ")


def keys(text: str) -> list[str]:
    """The questions that the body of a page lists, in its order."""
    body = text.partition("<main")[2].partition("</main>")[0]
    return re.findall(r'/aide/questions/([a-z0-9-]+)"', body)


@pytest.fixture
def browser(visitor: Visitor) -> PageClient:
    return visitor()


@pytest.mark.parametrize("lang", LANGUAGES)
class TestQuestions:
    def test_all_of_them_by_theme(self, browser: PageClient, lang: str) -> None:
        text = browser.get(f"/{lang}/aide").text
        assert keys(text) == [one.key for _theme, entries in answers.by_theme() for one in entries]
        assert text.count('<section class="ruled" id="') == len(answers.THEMES)

    @pytest.mark.parametrize("key", [one.key for one in answers.ENTRIES])
    def test_each_at_its_own_address(self, browser: PageClient, lang: str, key: str) -> None:
        answer = browser.get(f"/{lang}/aide/questions/{key}")
        assert answer.status_code == 200
        text = shown(answer.text)
        assert "%(" not in text, "a figure was left out"
        known = answers.entry(key)
        assert known is not None
        assert f'<time datetime="{known.checked_on}">' in answer.text

    def test_an_unknown_one_is_not_found(self, browser: PageClient, lang: str) -> None:
        assert browser.get(f"/{lang}/aide/questions/rien").status_code == 404

    def test_nothing_found_says_what_to_do(self, browser: PageClient, lang: str) -> None:
        text = browser.get(f"/{lang}/aide?q=zzzzzz").text
        assert keys(text) == []
        body = text.partition("<main")[2].partition("</main>")[0]
        assert 'href="tel:0806001620"' in body
        assert f'href="/{lang}/aide/contact"' in body

    @pytest.mark.parametrize("query", ["", "%20%20"])
    def test_an_empty_search_shows_everything(self, browser: PageClient, lang: str, query: str) -> None:
        assert len(keys(browser.get(f"/{lang}/aide?q={query}").text)) == len(answers.ENTRIES)


@pytest.mark.parametrize("key", [one.key for one in answers.ENTRIES])
def test_each_is_translated(browser: PageClient, key: str) -> None:
    french, english = (browser.get(f"/{lang}/aide/questions/{key}").text for lang in LANGUAGES)
    for part in (r"<h1>(.*?)</h1>", r"</h1>\s*<p>(.*?)</p>"):
        one, other = re.search(part, french, re.S), re.search(part, english, re.S)
        assert one is not None
        assert other is not None
        assert one.group(1) != other.group(1)


@pytest.mark.parametrize(
    ("lang", "query", "first"),
    [
        ("fr", "MOT DE PASSE", "mot-de-passe-oublie"),
        ("fr", "e-photo", "obtenir-e-photo"),
        ("fr", "code ephoto refuse", "code-e-photo-refuse"),
        ("fr", "comment payer", "payer-la-carte"),
        ("fr", "timbres fiscaux rembourses", "rembourser-timbre"),
        ("fr", "déménagements", "demenagement"),
        ("fr", "recepisse", "confirmation-de-depot"),
        ("fr", "volée", "perte-vol"),
        ("fr", "emeraude", "e-meraude"),
        ("fr", "API", "adp"),
        ("fr", "silence", "sans-reponse"),
        ("fr", "ou en est mon dossier", "ou-en-est-ma-demande"),
        ("fr", "3939", "reglementation"),
        ("fr", "0 806 001 620", "probleme-technique"),
        ("fr", "180 €", "en-retard"),
        ("fr", "cedex", "cedex"),
        ("fr", "cookies", "cookies"),
        ("fr", "jumeaux", "jumeaux"),
        ("fr", "apatride", "apatride"),
        ("fr", "google translate", "traduction"),
        ("fr", "je ne reçois pas le code", "pas-de-mail"),
        ("fr", "partager une adresse e-mail", "adresse-partagee"),
        ("en", "twins", "jumeaux"),
        ("en", "stateless", "apatride"),
        ("en", "google translate", "traduction"),
        ("en", "forgotten PASSWORDS", "mot-de-passe-oublie"),
        ("en", "moving", "demenagement"),
        ("en", "stolen cards", "perte-vol"),
        ("en", "refund", "rembourser-timbre"),
        ("en", "pay", "payer-la-carte"),
        ("en", "travel", "adp"),
        ("en", "récépissé", "confirmation-de-depot"),
        ("en", "when to file", "quand-deposer"),
        ("en", "passwrod", "mot-de-passe-oublie"),
    ],
)
def test_the_answer_that_comes_first(browser: PageClient, lang: str, query: str, first: str) -> None:
    answer = browser.client.get(f"/{lang}/aide", query_string={"q": query})
    assert answer.status_code == 200
    found = keys(answer.text)
    if first == "probleme-technique":
        assert first in found
    else:
        assert found[:1] == [first]


def test_the_search_reads_the_language_of_the_reader(browser: PageClient) -> None:
    assert keys(browser.get("/en/aide?q=stolen").text) == ["perte-vol"]
    assert keys(browser.get("/fr/aide?q=stolen").text) == []


@pytest.mark.parametrize(
    "typed", ['"><script>alert(1)</script>', "%(phone)s", "{{ 7*7 }}", "é" * 3000, "\x00\x1b", "🙂"]
)
def test_what_was_typed_stays_text(browser: PageClient, typed: str) -> None:
    answer = browser.get("/fr/aide", query_string={"q": typed})
    assert answer.status_code == 200
    assert "<script>alert" not in answer.text
    field = re.search(r'name="q" value="([^"]*)"', answer.text)
    assert field is not None
    assert len(unescape(field.group(1))) <= 200


def test_the_title_tells_a_search_from_the_list(browser: PageClient) -> None:
    assert "<title>photo, Questions fréquentes" in browser.get("/fr/aide?q=photo").text


@pytest.mark.parametrize("lang", LANGUAGES)
def test_contact_says_who_for_what(browser: PageClient, lang: str) -> None:
    text = browser.get(f"/{lang}/aide/contact").text
    for part in (
        'href="tel:0806001620"',
        "e-MERAUDE",
        "https://www.service-public.fr",
        'href="tel:3939"',
        "https://timbres.impots.gouv.fr",
        "geolocaliser-les-photographes-habilites",
        'id="prefecture"',
        "R.431-2",
    ):
        assert part in text, part


@pytest.mark.parametrize(
    ("page", "parts"),
    [
        ("accessibilite", ("28 novembre 2026", "non conforme", "RGAA", "Défenseur des droits", "71120",
                           "lecteur d’écran")),
        ("donnees-personnelles", ("Pourquoi", "Qui les voit", "Combien de temps", "30 minutes", "6 mois", "5 ans",
                                  "R.142-21", "Vos droits", "CNIL", "démonstration")),
        ("mentions-legales", ("Éditeur", "Direction de la publication", "Hébergement", "Non déclaré", "AGPL")),
    ],
)  # fmt: skip
def test_duties_are_told(browser: PageClient, page: str, parts: tuple[str, ...]) -> None:
    text = shown(browser.get(f"/fr/aide/{page}").text)
    assert [part for part in parts if part not in text] == []


def test_a_real_service_names_who_answers_for_it(production: Settings) -> None:
    app = create_app(production)
    app.test_client_class = ThroughProxy
    client = app.test_client()
    text = client.get("/fr/aide/mentions-legales", base_url=production.origin).text
    named = (production.operator_address, production.publication_director, production.hosting)
    for part in (*named, f'href="{production.source_code_url}"'):
        assert part in text
    assert "démonstration" not in text
    assert (
        production.data_contact
        in client.get("/fr/aide/donnees-personnelles", base_url=production.origin).text
    )


@pytest.mark.parametrize(
    "name", ["operator_address", "publication_director", "hosting", "data_contact", "source_code_url"]
)
def test_a_real_service_without_it_does_not_start(production: Settings, name: str) -> None:
    assert not production.problems()
    assert name.upper() in replace(production, **{name: ""}).problems()


class TestSiteMap:
    def test_every_public_page_is_on_it_or_inside_another(self, app: Flask) -> None:
        open_pages = {
            rule.endpoint
            for rule in app.url_map.iter_rules()
            if AUDIENCE.get(rule.endpoint) is Audience.PUBLIC and "GET" in (rule.methods or ())
        }
        listed = {endpoint for place in PLACES for endpoint, _title in place.pages}
        assert listed | INSIDE == open_pages, "a new public page: add it to app/presenters/public/site_map.py"
        assert not listed & INSIDE

    @pytest.mark.parametrize("lang", LANGUAGES)
    def test_it_lists_them(self, browser: PageClient, lang: str) -> None:
        text = browser.get(f"/{lang}/aide/plan-du-site").text
        assert keys(text) == [one.key for one in answers.ENTRIES]
        for path in (
            "compte/connexion",
            "titre/etudiant",
            "titre/etudiant/documents",
            "verifier",
            "aide",
        ):
            assert f'href="/{lang}/{path}' in text, path


@pytest.mark.parametrize("lang", LANGUAGES)
def test_no_link_of_a_public_page_leads_nowhere(browser: PageClient, lang: str) -> None:
    seen: dict[str, str] = {}
    waiting = [f"/{lang}/aide/plan-du-site"]
    while waiting:
        path = waiting.pop()
        answer = browser.get(path)
        assert answer.status_code in (200, 302, 303), path
        seen[path] = answer.text if answer.mimetype == "text/html" else ""
        for address in re.findall(r'href="(/[^"]+)"', seen[path]):
            target = urlsplit(unescape(address))
            if target.path.startswith(f"/{lang}/") and target.path not in (*seen, *waiting):
                waiting.append(target.path)
    assert len(seen) > len(answers.ENTRIES) + 10
    for path, text in seen.items():
        for address in re.findall(r'href="([^"]*#[^"]+)"', text):
            target = urlsplit(unescape(address))
            if (target.path or path) in seen and not target.scheme:
                assert f'id="{target.fragment}"' in seen[target.path or path], f"{path} → {address}"


def test_templates_name_questions_that_exist() -> None:
    named = {
        key
        for path in (ROOT / "app" / "templates").rglob("*.html")
        for key in re.findall(r"aide\.question', key='([^']+)'", path.read_text(encoding="utf-8"))
    }
    assert named
    assert named <= {one.key for one in answers.ENTRIES}


@pytest.mark.parametrize("lang", LANGUAGES)
@pytest.mark.parametrize(
    "path",
    [
        "aide", "aide?q=titre", "aide?q=zzz", "aide/questions/adp", "aide/questions/deroulement", "aide/contact",
        "aide/plan-du-site", "aide/accessibilite", "aide/donnees-personnelles", "aide/mentions-legales",
    ],
)  # fmt: skip
def test_pages_are_light(browser: PageClient, lang: str, path: str) -> None:
    browser.get(f"/{lang}/{path}")
    assert browser.sent <= 14_000 - 6_500, "HTML and CSS of a page are 14 000 bytes together"


@pytest.mark.parametrize("lang", LANGUAGES)
def test_help_is_one_press_away(browser: PageClient, lang: str) -> None:
    for path in (f"/{lang}/", f"/{lang}/compte/connexion", f"/{lang}/rien"):
        text = browser.get(path).text
        header = text.partition("<main")[0]
        assert f'href="/{lang}/aide"' in header
        assert f'href="/{lang}/aide/plan-du-site"' in text.partition("<footer")[2]
    assert (
        f'href="/{lang}/aide"'
        in browser.get(f"/{lang}/rien").text.partition("<main")[2].partition("</main>")[0]
    )


def test_folding_is_the_one_of_the_queue() -> None:
    assert fold("Éric", "NGUYỄN Đ") == "eric nguyen d"
