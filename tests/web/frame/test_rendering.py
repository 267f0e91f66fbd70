"""Templates: sentences folded as they compile, values escaped, addresses built once."""

import re
from datetime import UTC, date, datetime
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog
from babel.messages.mofile import write_mo
from flask import Flask
from jinja2 import DictLoader, TemplateSyntaxError, UndefinedError

from app.domain.texts.failures import CALL, FAILURES
from app.forms.views import FieldView
from app.settings import ROOT
from app.web.localisation import formats
from app.web.pages import rendering
from app.web.pages.jinja_folding import FoldingEnvironment
from tests.clients import PageClient
from tests.sound_pages import check_page

# What error pages are drawn with, whatever the failure.
OF_ANY_FAILURE = {
    "words": FAILURES,
    "call": CALL,
    "no_cookie": False,
    "changed": False,
    "read_only": False,
    "incident": "E-1-2",
}

ENGLISH = {"Bonjour": "Hello", "Bonjour %(name)s": "Hello %(name)s", "Moins de <18 ans": "Under <18"}


def environment(**templates: str) -> FoldingEnvironment:
    return FoldingEnvironment(
        {"_": lambda words: ENGLISH.get(words, words)},
        loader=DictLoader({name.replace("_", "."): text for name, text in templates.items()}),
        autoescape=lambda name: not (name or "").endswith(".txt"),
    )


def test_a_block_is_put_out_as_one_text() -> None:
    pages = environment(
        base="<{% block a %}{% endblock %}>",
        own="{% extends 'base' %}{% block a %}{% for n in (1, 2, 3) %}{{ n }},{% endfor %}{% endblock %}",
    )
    own = pages.get_template("own")
    assert list(own.blocks["a"](own.new_context())) == ["1,2,3,"]
    assert list(own.generate()) == ["<1,2,3,>"]


def test_a_constant_sentence_costs_nothing_at_run_time() -> None:
    code = environment().compile('<p>{{ _("Bonjour") }}</p>', raw=True)
    assert "<p>Hello</p>" in code


def test_a_sentence_missing_from_the_catalogue_stays_french() -> None:
    assert environment(a_html='{{ _("Au revoir") }}').get_template("a.html").render() == "Au revoir"


@pytest.mark.parametrize("place", ['{{ _("Bonjour") }}', '{% set x = [_("Bonjour")] %}{{ x[0] }}',
                                   '{% macro m(x) %}{{ x }}{% endmacro %}{{ m(_("Bonjour")) }}',
                                   '{{ _("Bonjour") if true else "" }}'])  # fmt: skip
def test_sentences_are_folded_wherever_they_stand(place: str) -> None:
    assert environment(a_html=place).get_template("a.html").render() == "Hello"


def test_sentences_and_their_values_are_text_in_a_page() -> None:
    template = environment(a_html='{{ _("Moins de <18 ans") }} {{ _("Bonjour %(name)s", name=name) }}')
    page = template.get_template("a.html").render(name="<b>O'Brien</b>")
    assert page == "Under &lt;18 Hello &lt;b&gt;O&#39;Brien&lt;/b&gt;"


def test_nothing_is_escaped_in_a_letter() -> None:
    template = environment(a_txt='{{ _("Bonjour %(name)s", name=name) }} & {{ name }}')
    assert template.get_template("a.txt").render(name="O'Brien") == "Hello O'Brien & O'Brien"


def test_what_a_constant_decides_is_decided_when_the_template_compiles() -> None:
    pages = FoldingEnvironment({}, constants={"lang": "fr", "place": date(2027, 2, 1)})
    text = (
        "{% if lang == 'ar' %}a{% elif lang == 'fr' and not person %}b{% else %}c{% endif %}"
        "{% if place.year and lang %}{{ lang }}{% endif %}"
        "{% with %}<p>{% endwith %}{% for one in '12' %}{{ one }}{% endfor %}"
    )
    assert pages.from_string(text).render(person=0, place=date(2027, 2, 1)) == "bfr<p>12"
    assert pages.from_string(text).render(person=1, place=date(2027, 2, 1)) == "cfr<p>12"
    code = pages.compile("{% if lang == 'ar' %}a{% elif lang %}<p>{{ lang }}</p>{% endif %}", raw=True)
    assert "yield '<p>fr</p>'" in code
    with pytest.raises(TemplateSyntaxError, match="constant"):
        pages.from_string("{% for lang in 'ab' %}{{ lang }}{% endfor %}")


@pytest.fixture
def small(tmp_path: Path) -> Flask:
    """An application with two places and an English catalogue, and nothing else."""
    from app.settings import Settings

    folder = tmp_path / "en" / "LC_MESSAGES"
    folder.mkdir(parents=True)
    catalogue = Catalog(locale="en")
    catalogue.add("Bonjour", "Hello")
    catalogue.add(("%(num)s page", "%(num)s pages"), ("%(num)s sheet", "%(num)s sheets"))
    with (folder / "messages.mo").open("wb") as file:
        write_mo(file, catalogue)
    app = Flask(__name__)
    app.extensions["settings"] = Settings(translations_dir=str(tmp_path))
    rendering.install(app)
    app.add_url_rule("/<lang>/dossier/<reference>", "dossier", lambda lang, reference: "")
    app.add_url_rule("/sante", "health", lambda: "")
    return app


def drawn(app: Flask, code: str, text: str, **context: object) -> str:
    with app.test_request_context("/"):
        return rendering.environment_of(code).from_string(text).render(**context)


def test_a_title_of_the_domain_is_translated_at_run_time(small: Flask) -> None:
    assert drawn(small, "en", "{{ _(title) }}", title="Bonjour") == "Hello"
    assert drawn(small, "fr", "{{ _(title) }}", title="Bonjour") == "Bonjour"
    assert drawn(small, "en", "{{ _(title) }}", title="") == "", "the empty msgid is the catalogue's header"


@pytest.mark.parametrize(("num", "words"), [(1, "1 sheet"), (0, "0 sheets"), (3, "3 sheets")])
def test_plurals(small: Flask, num: int, words: str) -> None:
    assert drawn(small, "en", '{{ ngettext("%(num)s page", "%(num)s pages", num) }}', num=num) == words


def test_addresses_carry_the_language_of_the_page(small: Flask) -> None:
    text = '{{ url("dossier", reference="a b") }} {{ url("health") }}'
    assert drawn(small, "en", text) == "/en/dossier/a%20b /sante"
    assert drawn(small, "fr", text) == "/fr/dossier/a%20b /sante"


def test_pages_escape_and_letters_do_not(small: Flask) -> None:
    with small.test_request_context("/"):
        escapes = rendering.environment_of("fr").autoescape
    assert callable(escapes)
    assert escapes("demande/step.html")
    assert escapes(None)
    assert not escapes("mail/notices/filed.txt")


def test_an_address_in_memory_never_comes_from_a_host_header(small: Flask) -> None:
    with pytest.raises(ValueError, match="Host"):
        drawn(small, "fr", '{{ url("health", _external=true) }}')


def test_a_misspelt_name_fails_instead_of_printing_nothing(small: Flask) -> None:
    with pytest.raises(UndefinedError):
        drawn(small, "fr", "{{ misspelt }}")


def test_the_chosen_option_alone_is_marked_and_words_are_escaped() -> None:
    options = (("a&b", "Côte <d'Ivoire>", ""), ("VNM", "Viêt Nam", ""))
    assert rendering.option_list(options, "a&b") == (
        '<option value="a&amp;b" selected>Côte &lt;d&#39;Ivoire&gt;</option>\n'
        '<option value="VNM">Viêt Nam</option>'
    )
    assert "selected" not in rendering.option_list(options, "")
    assert "selected" not in rendering.option_list(options, '">')


@pytest.mark.parametrize(
    ("name", "value", "french", "english"),
    [
        ("day", date(2027, 2, 1), "1er\u00a0février\u00a02027", "1\u00a0February\u00a02027"),
        ("day", date(2027, 1, 31), "31\u00a0janvier\u00a02027", "31\u00a0January\u00a02027"),
        (
            "weekday",
            date(2027, 1, 31),
            "dimanche 31\u00a0janvier\u00a02027",
            "Sunday, 31\u00a0January\u00a02027",
        ),
        ("short_day", date(2027, 2, 1), "01/02/2027", "01/02/2027"),
        (
            "moment",
            datetime(2026, 10, 12, 12, 31, tzinfo=UTC),
            "12\u00a0octobre\u00a02026 à 14\u00a0h\u00a031",
            "12\u00a0October\u00a02026, 14:31",
        ),
        (
            "moment",
            datetime(2026, 12, 31, 23, 5, tzinfo=UTC),
            "1er\u00a0janvier\u00a02027 à 0\u00a0h\u00a005",
            "1\u00a0January\u00a02027, 00:05",
        ),
        ("iso", date(2027, 2, 1), "2027-02-01", "2027-02-01"),
        ("iso", datetime(2026, 10, 12, 12, 31, tzinfo=UTC), "2026-10-12T12:31Z", "2026-10-12T12:31Z"),
        ("euros", 87750, "877,50\u00a0€", "€877.50"),
        ("euros", 123_400_005, "1\u202f234\u202f000,05\u00a0€", "€1,234,000.05"),
        ("euros", 22500, "225\u00a0€", "€225"),
        ("number", 1234, "1\u202f234", "1,234"),
        ("file_size", 184_000, "184\u202fko", "184\u00a0kB"),
        ("file_size", 12, "1\u202fko", "1\u00a0kB"),
        ("file_size", 1_420_000, "1,4\u202fMo", "1.4\u00a0MB"),
        ("file_size", 10_000_000, "10\u202fMo", "10\u00a0MB"),
        (
            "unbroken",
            "Demande <b> 69-2026-000002-2.",
            'Demande &lt;b&gt; <span class="nowrap">69-2026-000002-2</span>.',
            'Demande &lt;b&gt; <span class="nowrap">69-2026-000002-2</span>.',
        ),
        ("grouped", "9920000137", "9920\u00a0000\u00a0137", "9920\u00a0000\u00a0137"),
        ("grouped", "992000137", "992\u00a0000\u00a0137", "992\u00a0000\u00a0137"),
    ],
)
def test_dates_amounts_and_sizes(name: str, value: object, french: str, english: str) -> None:
    assert formats.FILTERS[name](value, language="fr") == french
    assert formats.FILTERS[name](value, language="en") == english


@pytest.mark.engines("sqlite")
class TestPages:
    """Whole pages of the service."""

    def test_every_component_in_every_state_is_a_sound_page(self, app: Flask) -> None:
        answer = PageClient(app).get("/dev/composants")
        assert answer.status_code == 200
        for expected in (
            'aria-invalid="true"',
            "aria-describedby",
            'href="#no_day-day"',
            'href="#none-first"',
        ):
            assert expected in answer.text

    def test_links_within_the_page_lead_to_a_field(self, app: Flask) -> None:
        text = PageClient(app).get("/dev/composants").text
        targets = set(re.findall(r'href="#([^"]+)"', text))
        assert targets
        assert targets <= set(re.findall(r' id="([^"]+)"', text))

    @pytest.mark.parametrize("code", ["fr", "en"])
    @pytest.mark.parametrize("status", [400, 403, 404, 405, 409, 413, 429, 500, 503])
    def test_every_failure_has_a_sound_page(self, app: Flask, status: int, code: str) -> None:
        with app.test_request_context(f"/{code}/", headers={"Cookie": "guichet=x"}):
            app.preprocess_request()
            page = rendering.render_page("errors/error.html", status, error=status, **OF_ANY_FAILURE)
        assert page.status_code == status
        assert "E-1-2" in page.get_data(as_text=True)
        check_page(page.get_data(as_text=True))

    def test_a_failure_of_ours_does_not_ask_who_is_there(
        self, app: Flask, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        asked: list[int] = []
        monkeypatch.setattr(rendering, "signed_in", lambda: asked.append(1))
        with app.test_request_context("/fr/"):
            app.preprocess_request()
            rendering.render_page(
                "errors/error.html",
                503,
                error=503,
                **OF_ANY_FAILURE,
            )
            assert not asked
            rendering.render_page(
                "errors/error.html",
                404,
                error=404,
                **OF_ANY_FAILURE,
            )
            assert asked

    def test_changing_language_sends_what_was_typed(self, app: Flask) -> None:
        page = PageClient(app).get("/fr/compte/connexion").text
        assert 'form="form" formaction="/en/compte/connexion" formnovalidate name="switch_language"' in page

    def test_a_refused_form_says_so_in_its_title(self, app: Flask) -> None:
        client = PageClient(app)
        client.get("/fr/compte/connexion")
        answer = client.post("/fr/compte/connexion", {"identifier": "", "password": "secret-typed"})
        assert answer.status_code == 422
        assert "<title>Erreur\u00a0: " in answer.text
        assert 'id="erreurs" autofocus' in answer.text
        assert "secret-typed" not in answer.text, "a password is never sent back"

    def test_a_hostile_answer_stays_text(self, app: Flask) -> None:
        typed = '"><script>alert(1)</script>'
        field = FieldView("name", "text", "Nom", value=typed, error=typed, other_value=typed)
        with app.test_request_context("/fr/"):
            app.preprocess_request()
            template = rendering.environment_of("fr").from_string(
                '{% from "macros/fields.html" import error_summary %}{{ field(f) }}{{ error_summary([f]) }}'
            )
            assert "<script" not in template.render(f=field)


def test_no_template_marks_anything_safe() -> None:
    for path in (ROOT / "app" / "templates").rglob("*.*"):
        text = path.read_text(encoding="utf-8")
        assert "|safe" not in text.replace(" ", ""), path
        assert "autoescape" not in text, path
