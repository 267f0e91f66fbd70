"""The figures page: for supervisors, of their own service, with charts that a screen reader can leave for a table."""

import csv
import re
from datetime import timedelta
from io import StringIO

import pytest
from flask import Flask

from app.domain.dossiers.complements import reason
from app.presenters.staff import figure_tables
from app.presenters.staff.charts import Row, bars
from app.presenters.staff.spreadsheet import cell, csv_bytes
from app.storage.models import Agent, Complement, ComplementItem, Dossier, ExportRecord
from tests import factories
from tests.clients import PageClient
from tests.fixtures import NOON, Clock
from tests.services.stages import went
from tests.web.agent_pages import QUEUE, Visitor, enter, member

FIGURES = "/fr/agents/chiffres"
EXPORT = f"{FIGURES}/export"


@pytest.fixture
def supervisor(app: Flask) -> Agent:
    """The supervisor of Lyon."""
    return member(name="B. Chabert", rank="supervisor")


@pytest.fixture
def office(visitor: Visitor, supervisor: Agent, clock: Clock) -> PageClient:
    """Their browser."""
    return enter(visitor(), supervisor, clock)


def section(text: str, key: str) -> str:
    """One section of the page, without tags."""
    return " ".join(
        re.sub(
            r"<[^>]+>", " ", text.partition(f'aria-labelledby="{key}">')[2].partition("</section>")[0]
        ).split()
    )


def exported(office: PageClient, table: str, **fields: str) -> list[list[str]]:
    """The lines of a file."""
    office.get(FIGURES)
    answer = office.post(EXPORT, {"table": table, **fields})
    assert answer.status_code == 200, answer.text
    assert answer.data.startswith(b"\xef\xbb\xbf")
    return list(csv.reader(StringIO(answer.data.decode("utf-8-sig")), delimiter=";"))


# Who, and of whom


def test_only_a_supervisor_reads_them(visitor: Visitor, office: PageClient, clock: Clock) -> None:
    assert f'href="{FIGURES}"' in office.get(QUEUE).text
    assert office.get(FIGURES).status_code == 200
    for other in (member(), member(service=None, rank="administrator")):
        inside = enter(visitor(), other, clock)
        assert inside.get(FIGURES).status_code == 403
        assert inside.post(EXPORT, {"table": "durees"}).status_code == 403
    agent = enter(visitor(), member(), clock)
    assert f'href="{FIGURES}"' not in agent.get(QUEUE).text
    assert visitor().get(FIGURES).status_code in (302, 303)
    assert ExportRecord.select().count() == 0


def test_another_service_never_shows(office: PageClient) -> None:
    paris = factories.service("75", "Paris")
    other = factories.agent(paris, name="Quelqu’un de Paris")
    row = went((("take", 1), ("approve", 77)), paris, other)
    complement = Complement.create(dossier=row, agent=other, asked_at=NOON, due_on=NOON.date())
    ComplementItem.create(complement=complement, slot="passport", reason=reason("illegible", ""))
    ExportRecord.create(
        service=paris, agent=other, what="durees", since=NOON.date(), until=NOON.date(), rows=7, at=NOON
    )
    text = office.get(FIGURES).text
    assert "Quelqu" not in text
    for key in ("durees", "etats", "droits", "issues", "complements"):
        assert "Rien à compter" in section(text, key), key
    assert "Personne n’a rien exporté" in text
    assert row.reference not in str(exported(office, "dossiers", periode="365"))
    assert "Quelqu" not in str(exported(office, "equipe"))


# What is said


@pytest.mark.parametrize(("lang", "title"), [("fr", "Chiffres"), ("en", "Figures")])
def test_a_service_without_any_dossier_has_a_sensible_page(office: PageClient, lang: str, title: str) -> None:
    text = office.get(f"/{lang}/agents/chiffres").text
    assert f"<h1>{title}</h1>" in text
    assert 'class="chart"' not in text


@pytest.mark.parametrize("lang", ["fr", "en"])
def test_every_table_in_both_languages(office: PageClient, supervisor: Agent, lang: str) -> None:
    went((("take", 4), ("ask", 6), ("answer", 20), ("approve", 34), ("announce", 50)), agent=supervisor)
    row = went((("take", 4),), agent=supervisor)
    Dossier.update(rights_end=NOON.date() + timedelta(days=8)).where(Dossier.id == row.id).execute()
    text = office.get(f"/{lang}/agents/chiffres").text
    french = lang == "fr"
    assert (
        "Du dépôt à la prise en charge 2 4 4" if french else "From submission to being taken 2 4 4"
    ) in section(text, "durees")
    assert ("De la carte disponible à la remise 0 — —" if french else "collection 0 — —") in section(
        text, "durees"
    )
    assert ("Titre disponible 1 0 1 0 0" if french else "Permit available 1 0 1 0 0") in section(
        text, "etats"
    )
    assert ("Du 30/11 au 06/12/2026 0 1" if french else "From 30/11 to 06/12/2026 0 1") in section(
        text, "droits"
    )
    assert ("Décision favorable 1" if french else "Favourable decision 1") in section(text, "issues")
    assert "B. Chabert 1 1" in section(text, "equipe")


def test_a_chart_has_a_title_a_description_and_its_table(office: PageClient, supervisor: Agent) -> None:
    went(agent=supervisor)
    text = office.get(FIGURES).text
    drawn = re.findall(r'<div class="chart" role="img" aria-labelledby="([^"]+)"', text)
    assert len(drawn) == 3, "durations, states and outcomes: what is empty has no chart"
    for ids in drawn:
        title, description = ids.split()
        named = (rf'<span class="vh" id="{one}">[^<]+</span>' for one in (title, description))
        assert re.search("".join(named), text)
    assert text.count('<table class="counts') >= len(drawn)
    assert "style=" not in text


def test_the_period_and_the_procedure_are_chosen(office: PageClient) -> None:
    went(end=NOON - timedelta(days=60))
    went(end=NOON - timedelta(days=60), journey="visiteur")
    total = "Du dépôt à la décision, en tout"
    assert f"{total} 2" in section(office.get(f"{FIGURES}?periode=90").text, "durees")
    assert f"{total} 1" in section(office.get(f"{FIGURES}?periode=90&motif=visiteur").text, "durees")
    text = office.get(f"{FIGURES}?periode=30").text
    assert "Du 25 octobre 2026 au 23 novembre 2026" in text.replace("\xa0", " ")
    assert "Rien à compter" in section(text, "durees")


@pytest.mark.parametrize(
    "query",
    [
        "periode=0",
        "periode=-1",
        "periode=99999999999999999999",
        "periode=%00",
        "motif=x",
        "motif=%00%FF",
        "periode=%C2%B3",
    ],
)
def test_a_strange_address_is_the_usual_page(office: PageClient, query: str) -> None:
    answer = office.get(f"{FIGURES}?{query}")
    assert answer.status_code == 200
    assert '<option value="90" selected>' in answer.text


def test_who_left_is_summed_up_without_a_name(office: PageClient) -> None:
    gone = factories.agent(name="Parti Depuis")
    went(agent=gone)
    Agent.update(active=False).where(Agent.id == gone.id).execute()
    text = section(office.get(FIGURES).text, "equipe")
    assert "Anciens agents 0 1" in text
    assert "Parti" not in text


# Files


def test_an_export_is_written_down_and_shown(office: PageClient, supervisor: Agent) -> None:
    went(agent=supervisor)
    lines = exported(office, "durees", periode="30", motif="etudiant")
    assert lines[0] == ["Étape", "Dossiers", "Médiane, en jours", "90e centile, en jours"]
    assert ["Du dépôt à la décision, en tout", "1", "30", "30"] in lines
    assert ["Attente d’une réponse de l’usager", "0", "", ""] in lines
    (note,) = ExportRecord.select()
    assert (note.agent_id, note.service_id, note.what) == (supervisor.id, supervisor.service_id, "durees")
    assert (note.rows, note.cut, note.journey) == (6, False, "etudiant")
    shown = section(office.get(FIGURES).text, "exports")
    for words in (
        "B. Chabert · Durées",
        "du 25/10/2026 au 23/11/2026",
        "Renouvellement, étudiant",
        "6 lignes",
    ):
        assert words in shown


def test_a_list_of_dossiers_names_nobody(office: PageClient) -> None:
    row = factories.filed()
    office.get(FIGURES)
    answer = office.post(EXPORT, {"table": "dossiers"})
    assert answer.headers["Content-Disposition"] == (
        'attachment; filename="dossiers-2026-08-26-2026-11-23.csv"'
    )
    assert answer.content_type == "text/csv; charset=utf-8"
    assert answer.headers["Cache-Control"] == "no-store"
    assert f"{row.reference};Renouvellement, étudiant;Déposé;2026-11-23" in answer.text
    for secret in (row.identity["surname"], row.identity["given_names"], row.identity["foreign_number"]):
        assert secret not in answer.text


def test_a_list_that_is_too_long_says_so(office: PageClient, monkeypatch: pytest.MonkeyPatch) -> None:
    for module in (figure_tables, __import__("app.blueprints.instruction.figures", fromlist=["x"])):
        monkeypatch.setattr(module, "MOST_ROWS", 2)
    for _ in range(3):
        went(())
    office.get(FIGURES)
    answer = office.post(EXPORT, {"table": "dossiers"})
    assert "-2-premiers.csv" in answer.headers["Content-Disposition"]
    assert len(answer.text.splitlines()) == 3
    (note,) = ExportRecord.select()
    assert (note.rows, note.cut) == (2, True)
    assert "liste coupée" in office.get(FIGURES).text


@pytest.mark.parametrize("table", ["", "x", "dossiers\x00", "../durees"])
def test_an_unknown_table_is_not_found(office: PageClient, table: str) -> None:
    office.get(FIGURES)
    assert office.post(EXPORT, {"table": table}).status_code == 404
    assert ExportRecord.select().count() == 0


def test_a_file_is_asked_for_by_the_page_itself(office: PageClient) -> None:
    assert office.get(EXPORT).status_code == 405
    assert office.client.post(EXPORT, data={"table": "durees"}).location == f"{QUEUE}#garde", (
        "no token, no file"
    )
    assert ExportRecord.select().count() == 0


@pytest.mark.parametrize(
    "name",
    ["=1+1", "+33", "-2", "@SUM(A1)", "\tx", "\rx", '=HYPERLINK("http://x")', " =1", "\n+1", "\uff1d1"],
)
def test_no_cell_is_a_formula(office: PageClient, supervisor: Agent, name: str) -> None:
    Agent.update(name=name).where(Agent.id == supervisor.id).execute()
    assert [f"'{name}", "0", "0"] in exported(office, "equipe")


def test_cells() -> None:
    assert [cell(one) for one in (None, 0, 12, "a=b", "", "'x", "= 1")] == [
        "",
        "0",
        "12",
        "a=b",
        "",
        "'x",
        "'= 1",
    ]
    assert csv_bytes(("é",), [('a;"b"\nc', 1)]) == b'\xef\xbb\xbf\xc3\xa9\r\n"a;""b""\nc";1\r\n'


# Shapes


def test_bars_share_one_scale() -> None:
    drawn = bars([Row("a", "10", 6, 4), Row("b", "5", 5), Row("c", "0", 0)])
    assert [(bar.full, bar.hatched) for bar in drawn.bars] == [(60, 40), (50, 0), (0, 0)]
    assert drawn.hatched


def test_nothing_is_drawn_of_nothing() -> None:
    assert bars([]).bars == ()
    assert bars([Row("a", "0", 0)]).bars[0].full == 0
    assert not bars([Row("a", "1", 1)]).hatched
