"""The version before the last migration, as it is in the history, files and prints on today's schema."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from app.settings import ROOT
from tests.databases import Databases

pytestmark = pytest.mark.slow

MIGRATIONS = "app/storage/migrations"
ACT = """
import sys
from app import jobs
from app.factory import create_app
from app.settings import Settings
from app.storage.database import database, require_migrated
from tests import factories
from tests.fixtures import NOON, Clock
app = create_app(Settings.from_env(), Clock())
require_migrated()
factories.store = app.extensions["gateways"].files
with database.connection_context():
    filed = factories.filed()
    while jobs.run_once(app, NOON):
        pass
    print(filed.reference)
"""


def git(*arguments: str) -> str:
    """What git says of this tree's history."""
    done = subprocess.run(["git", *arguments], cwd=ROOT, capture_output=True, text=True, check=True)
    return done.stdout.strip()


@pytest.fixture(scope="session")
def previous(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The tree before the last migration came."""
    if not (ROOT / ".git").exists():
        pytest.skip("this tree came without its history")
    folder = tmp_path_factory.mktemp("previous")
    last = sorted((ROOT / MIGRATIONS).glob("0*.py"))[-1]
    blob = git("hash-object", str(last))  # not by its name: two branches may have taken one number
    commits = git("rev-list", "--first-parent", "--max-count=500", "HEAD").split()
    before = next((one for one in commits if blob not in git("ls-tree", "-r", one, MIGRATIONS)), None)
    if before is None:
        pytest.skip("the history of this checkout does not reach the version before the last migration")
    wanted = ["git", "archive", before, "app", "tests", "translations", "tooling"]
    tree = subprocess.run(wanted, cwd=ROOT, capture_output=True, check=True)
    subprocess.run(["tar", "x", "-C", str(folder)], input=tree.stdout, check=True)
    return folder


def test_it_files_and_prints(previous: Path, databases: Databases, engine: str, tmp_path: Path) -> None:
    given = {
        "DATABASE_URL": databases.migrated(engine),
        **{f"{name}_URL": f"file:{tmp_path / name.lower()}" for name in ("FILES", "MAIL", "SMS")},
        **{f"{name}_DIR": str(ROOT / "var" / name.lower()) for name in ("STATIC", "REFERENCE")},
        "FONTS_DIR": str(ROOT / "node_modules"),
        "LANGUAGES": "fr",
        "PYTHONPATH": str(previous),
    }
    done = subprocess.run(
        [sys.executable, "-c", ACT],
        cwd=previous,
        env=os.environ | given,
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-2000:]
    assert done.stdout.strip()
    assert '"work failed"' not in done.stderr
