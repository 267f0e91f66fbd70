"""`python -m app.cli services`: production needs it, may repeat it, and reads why a file was refused."""

from pathlib import Path

import pytest

from app.settings import Settings
from app.storage import database
from app.storage.models import Service
from tests.operations.test_cli import environment, run

pytestmark = pytest.mark.slow  # commands as processes of their own

GOOD = """
[[subprefecture]]
arrondissement = "692"
name = "Sous-préfecture de Villefranche-sur-Saône"
city = "Villefranche-sur-Saône"
collection_place = "1 rue du Test"
"""


def outside(settings: Settings, **more: str) -> dict[str, str]:
    """The environment of a deployment that is not a demonstration."""
    names = ("environment", "keyring", "origin", "antivirus_url")
    given = {name.upper(): getattr(settings, name) for name in names}
    return environment(settings, **given, TRUSTED_PROXIES=str(settings.trusted_proxies), **more)


def codes(url: str) -> set[str]:
    """The services that take applications."""
    opened = database.bind(url)
    with opened.connection_context():
        found = {row.code for row in Service.select().where(Service.active)}
    opened.close_all()
    return found


def test_production_gets_every_prefecture_and_is_not_served_without(production: Settings) -> None:
    given = outside(production)
    refused = run(given, "serve")
    assert refused.returncode == 2
    assert "Refused: no service for 01, 02, " in refused.stderr
    assert "app.cli services" in refused.stderr
    first = run(given, "services")
    assert (first.returncode, first.stdout) == (0, "Added: 106\nChanged: 0\nClosed: 0\n")
    assert {"01", "2A", "2B", "69", "75", "971", "988"} <= codes(production.database_url)
    assert run(given, "services", "load").stdout == "Added: 0\nChanged: 0\nClosed: 0\n"


def test_a_file_is_the_whole_truth(settings: Settings, tmp_path: Path) -> None:
    file = tmp_path / "services.toml"
    file.write_text(GOOD, encoding="utf-8")
    given = environment(settings)
    assert "Added: 107" in run(given, "services", "load", str(file)).stdout
    assert run(given, "services", "load", str(file)).stdout == "Added: 0\nChanged: 0\nClosed: 0\n"
    assert "Added: 0" in run(given, "services").stdout
    assert "69-2" in codes(settings.database_url), "the default closes nothing"
    file.write_text("", encoding="utf-8")
    by_setting = run({**given, "SERVICES_FILE": str(file)}, "services")
    assert "Closed: 1 (69-2)" in by_setting.stdout
    assert "69-2" not in codes(settings.database_url)


@pytest.mark.parametrize(
    ("content", "reasons"),
    [
        (
            GOOD.replace("692", "699"),
            ["subprefecture 1 (arrondissement '699'): no arrondissement has this code."],
        ),
        (GOOD * 2, ["subprefecture 2 (arrondissement '692'): it is there twice."]),
        (
            '[[prefecture]]\ndepartment = "20"\nx = 1',
            ["no département has this code.", "nothing is called x."],
        ),
        (b"\xff", ["can't decode"]),
        (None, ["No such file"]),
    ],
)
@pytest.mark.engines("sqlite")
def test_a_bad_file_changes_nothing(
    settings: Settings, tmp_path: Path, content: str | bytes | None, reasons: list[str]
) -> None:
    file = tmp_path / "services.toml"
    if content is not None:
        file.write_bytes(content if isinstance(content, bytes) else content.encode())
    outcome = run(environment(settings), "services", "load", str(file))
    assert outcome.returncode == 2
    told = outcome.stderr.splitlines()
    assert len(told) == len(reasons)
    for line, reason in zip(told, reasons, strict=True):
        assert line.startswith("Refused: ")
        assert reason in line
    assert codes(settings.database_url) == set()


@pytest.mark.engines("sqlite")
def test_tables_and_communes_come_first(empty_database_url: str, tmp_path: Path) -> None:
    without_tables = run({"DATABASE_URL": empty_database_url}, "services")
    assert (without_tables.returncode, "app.cli migrate" in without_tables.stderr) == (2, True)
    without_list = run({"DATABASE_URL": empty_database_url, "REFERENCE_DIR": str(tmp_path)}, "services")
    assert (without_list.returncode, "app.cli assets" in without_list.stderr) == (2, True)
