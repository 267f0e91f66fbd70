"""The check of the catalogues sees each fault it is there for."""

import json
import re
from pathlib import Path

import pytest
from babel.messages.catalog import Catalog, Message

from app.languages import KNOWN, SOURCE
from tooling.catalogues import exchange, files, numbers, roles, signs, terms
from tooling.catalogues.checks import fault
from tooling.catalogues.extraction import comments
from tooling.catalogues.report import of_language
from tooling.catalogues.rewording import changed, reword
from tooling.parts import ROOT


def test_a_good_translation_has_no_fault():
    assert fault(Message("Bonjour %(name)s"), Message("Bonjour %(name)s", "Hello %(name)s")) is None


@pytest.mark.parametrize(
    ("kept", "words"),
    [
        (None, "not in the catalogue"),
        (Message("Bonjour %(name)s", ""), "not translated"),
        (Message("Bonjour %(name)s", "Hello %(name)s", flags=["fuzzy"]), "fuzzy"),
        (Message("Bonjour %(name)s", "Hello %(nom)s"), "must hold exactly %(name)s"),
        (Message("Bonjour %(name)s", "Hello"), "must hold exactly %(name)s"),
        (Message("Bonjour %(name)s", "100 % hello %(name)s"), "has a % that is not a value"),
    ],
    ids=["absent", "empty", "fuzzy", "renamed", "forgotten", "bare percent"],
)
def test_each_fault_is_seen(kept, words):
    assert words in fault(Message("Bonjour %(name)s"), kept)


def test_every_plural_form_is_wanted_with_its_number():
    days = ("%(num)s jour", "%(num)s jours")
    assert fault(Message(days), Message(days, ("%(num)s day", ""))) == "is not translated"
    assert fault(Message(days), Message(days, ("%(num)s day", "%(num)s days"))) is None
    assert fault(Message(days), Message(days, ("%(nun)s day", "%(num)s days"))) == "must hold exactly %(num)s"
    glued = ("un jour", "%(num)s jours")
    assert "in each of its forms" in fault(Message(glued), Message(glued, ("%(num)s day", "%(num)s days")))


def test_a_comma_that_moves_keeps_the_translation():
    catalog = Catalog()
    catalog.add("Bonjour %(name)s", "Hello %(name)s")
    catalog.add(("%(num)s jour", "%(num)s jours"), ("%(num)s day", "%(num)s days"))
    assert reword(catalog, "Bonjour %(name)s", "Bonjour, %(name)s")
    assert reword(catalog, "%(num)s jour", "%(num)s journée")
    assert not reword(catalog, "Bonjour %(name)s", "Salut")
    assert catalog.get("Bonjour, %(name)s").string == "Hello %(name)s"
    assert catalog.get("%(num)s journée").string == ("%(num)s day", "%(num)s days")
    assert catalog.get("Bonjour %(name)s") is None


def test_former_words_are_kept_in_the_file_until_somebody_read_again(tmp_path: Path):
    path = tmp_path / "messages.po"
    catalog = Catalog(locale="en")
    old = "Bonjour %(name)s, " + "voici une longue phrase qui ne tient pas sur une ligne " * 3
    catalog.add(old, "Hello %(name)s")
    catalog.add(("%(num)s jour", "%(num)s jours"), ("%(num)s day", "%(num)s days"))
    assert reword(catalog, old, "Bonjour")
    assert reword(catalog, "Bonjour", "Salut")
    assert reword(catalog, "%(num)s jour", "%(num)s journée")
    files.write(path, catalog)
    assert {message.id: message.previous_id for message in changed(files.read(path))} == {
        "Salut": [old],
        ("%(num)s journée", "%(num)s jours"): ["%(num)s jour", "%(num)s jours"],
    }
    assert path.read_bytes() == files.written(files.read(path))
    assert any(
        f"« Salut », formerly « {old} »" in line for line in of_language("en", catalog, files.read(path))
    )


def test_an_update_keeps_translations_and_remarks_and_takes_comments():
    catalog, wanted = Catalog(locale="en"), Catalog()
    catalog.add("Bonjour", "Hello", user_comments=["signs: right"])
    catalog.add("Retiré", "Removed")
    wanted.add("Bonjour", auto_comments=["button — every page"], locations=[("app/a.py", 0)])
    wanted.add("Retiré", context="certificate")
    merged = files.merge(catalog, wanted)
    kept = merged.get("Bonjour")
    assert (kept.string, kept.user_comments, kept.auto_comments) == (
        "Hello",
        ["signs: right"],
        ["button — every page"],
    )
    assert merged.get("Retiré", "certificate").string == "Removed"
    assert merged.get("Retiré") is None


@pytest.mark.parametrize(
    ("source", "translation", "place", "words"),
    [
        ("Avant le 31 mai 2027", "Before 30 May 2027", "sentence", "other numbers"),
        ("Bonjour", "\u2068Hello", "sentence", "mark of direction"),
        ("Bonjour !", "Hello !", "sentence", "a space before « ! »"),
        ("Voici ce que vous pouvez faire", "Voici ce que vous pouvez faire", "sentence", "is the French"),
        ("Envoyer", "Send all of this to the service that is yours", "button", "too long for a button"),
        ("Votre demande", "Your application " * 8, "subject of an e-mail", "too long for a subject"),
        (
            "Votre demande %(link)s",
            "Your application " * 20,
            "text message (SMS)",
            "too long for a text message",
        ),
    ],
)
def test_each_wrong_sign_is_seen(source: str, translation: str, place: str, words: str):
    assert any(words in wrong for wrong in signs.of_text((source,), translation, f"{place} — every page"))


def test_numbers_that_a_language_writes_as_a_word_or_a_month_are_right():
    assert not list(
        signs.of_text(("Les 3 derniers mois avant juin 2025",), "2025 年 6 月之前的最近三个月", "sentence")
    )
    assert not list(signs.of_text(("%(place)s : ici",), "%(place)s：在这里", "sentence"))


PAGE = """<h1>{{ _("Titre") }}</h1>{# #}<p>{{ _("Phrase") }} <b>{{ _("Gras") }}</b></p>
<a href="x" aria-label="{{ _("Dit") }}">{{ _("Lien") }}</a><img alt="{{ _("Image") }}">
{% block button %}{{ _("Bouton") }}{% endblock %}{{ back(url("x"), _("Retour")) }}
<button>{{ ngettext("%(num)s jour", "%(num)s jours", 2) }}</button>"""


def test_what_a_sentence_of_a_template_is():
    assert {key[1]: role for key, role in roles.of_template(PAGE, "page.html")} == {
        "Titre": "title of the page",
        "Phrase": "sentence",
        "Gras": "sentence",
        "Dit": roles.SPOKEN,
        "Lien": roles.LINK,
        "Image": roles.OF_ATTRIBUTES["alt"],
        "Bouton": roles.BUTTON,
        "Retour": roles.LINK,
        "%(num)s jour": roles.BUTTON,
    }
    letter = '{{ _("Objet") }}\n\n{{ _("Bonjour,") }}'
    assert [role for _key, role in roles.of_template(letter, "mail/a.txt")] == [
        roles.SUBJECT,
        "sentence of an e-mail",
    ]


def test_what_a_sentence_of_the_code_is():
    code = 'Question("a", KIND, N_("Nom"), hint=N_("Aide"), missing=N_("Écrivez"))\nC_("file", "Retirer")\nN_("Autre")'
    assert dict(roles.of_python(code)) == {
        (None, "Nom"): roles.LABEL,
        (None, "Aide"): roles.HINT,
        (None, "Écrivez"): roles.ERROR,
        ("file", "Retirer"): roles.SENTENCE,
        (None, "Autre"): roles.SENTENCE,
    }


def test_a_value_is_explained_above_its_entry():
    message = Message("Avant le %(day)s", locations=[("app/templates/sms/a.txt", 0)])
    assert list(comments(message, {roles.SMS}, {"day": "a day"})) == [
        "text message (SMS) — text messages",
        "%(day)s: a day",
    ]


def test_what_a_language_lacks_goes_to_a_translator_and_comes_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
):
    monkeypatch.setattr(files, "TRANSLATIONS", tmp_path)
    wanted = Catalog()
    wanted.add("Bonjour %(name)s", auto_comments=["sentence — help"], locations=[("app/a.py", 0)])
    wanted.add(("%(num)s jour", "%(num)s jours"), locations=[("app/a.py", 0)])
    wanted.add("Merci", locations=[("app/a.py", 0)])
    wanted.add("Rang", locations=[("app/templates/agents/a.html", 0)])
    for code in ("ru", "en"):
        files.begin(code)
    assert (
        exchange.export("ru", wanted, tmp_path / "ru.json") == 3
    )  # what officers alone read is not asked for
    given = exchange.read([tmp_path / "ru.json"])
    hello, days, thanks = given
    assert (given[hello]["about"], given[days]["to"]) == (["sentence — help"], ["", "", ""])
    answers = {
        hello: "Здравствуйте",
        days: {"to": ["%(num)s день", "%(num)s дня", "%(num)s дней"]},
        thanks: "Спасибо",
    }
    (refused,) = exchange.take("ru", wanted, answers)
    assert "must hold exactly %(name)s" in refused
    kept = files.read(files.path_of("ru"))
    assert (kept.get("Merci").string, kept.get("Bonjour %(name)s").string) == ("Спасибо", "")
    assert kept.get("Bonjour %(name)s").auto_comments == ["sentence — help"]
    assert next(iter(exchange.entries("ru", wanted, kept, kept)))[0] == hello


def test_a_term_said_otherwise_is_seen():
    catalog = Catalog()
    for number in range(4):
        catalog.add(
            f"Votre passeport {number}", f"Your travel papers {number}" if number else "Your passport"
        )
    (fault_of_term,) = terms.faults("en", catalog)
    assert "« passeport » as « passport » in 1 of 4" in fault_of_term
    french_in_brackets = Catalog()
    french_in_brackets.add("Votre préfecture décide.", "由您的省政府（préfecture）决定。")
    assert not list(terms.faults("zh", french_in_brackets))
    french_in_brackets.add("La préfecture décide.", "由警察局（préfecture）决定。")
    french_in_brackets.add("Une préfecture décide.", "由警察局（préfecture）决定。")
    assert "« préfecture »" in next(terms.faults("zh", french_in_brackets))
    only_other_words = Catalog()
    only_other_words.add("Ce titre a expiré.", "Це прострочено.")
    assert "never says « expiré »" in next(terms.faults("uk", only_other_words))
    assert terms.says("ваші посвідки на проживання", "посвідка на проживання")
    assert terms.says("your pay", "salary; pay")


def test_weblate_is_told_of_each_catalogue():
    (component,) = json.loads((ROOT / "translations" / "weblate.json").read_text(encoding="utf-8"))
    found = {path.parent.parent.name for path in ROOT.glob(component["filemask"])}
    assert found == KNOWN.keys() - {SOURCE}
    assert {code for code in found if re.match(component["language_regex"], code)} == {
        code for code in found if not KNOWN[code].plain
    }
    assert component["source_language"] == SOURCE


def test_a_length_of_time_in_words_is_accounted_for():
    wanted = Catalog()
    for sentence in (
        "Vous avez deux\u00a0mois.",
        "Il expire sous 90 jours.",
        "Article 7, alinéa 2.",
        "%(remedy)s au plus",
    ):
        wanted.add(sentence)
    right = numbers.Known("90 jours", ("Il expire",), "app.domain.rules.parameters:DUPLICATE_DAYS")
    (unknown,) = numbers.faults(wanted, [right])
    assert "« deux mois »" in unknown
    counted = numbers.Known("deux mois", ("Vous avez",), "app.domain.rules.parameters:REMEDY_MONTHS")
    assert list(numbers.faults(wanted, [right, counted])) == []
    changed = numbers.Known("90 jours", ("Il expire",), "app.domain.rules.parameters:COMPLEMENT_DAYS")
    (told,) = numbers.faults(wanted, [changed, counted])
    assert "COMPLEMENT_DAYS" in told
    (gone,) = numbers.faults(
        wanted, [right, counted, numbers.Known("6 mois", ("Une photo",), reason="la loi")]
    )
    assert "no sentence" in gone
