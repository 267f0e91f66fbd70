"""Keys: made, listed, rotated and retired by commands; each refusal says what to do first."""

import json
import os
import stat
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from peewee import Value

from app.cli.commands import cli
from app.keys import KeyPurpose
from app.keys.keyring import load
from app.keys.text import write_keys
from app.keys.weakness import demonstration_keys
from app.settings import Settings
from app.storage.files.folder import FolderStore
from app.storage.models import Agent
from app.variables import BadValue
from tests import factories
from tests.operations.test_cli import run


@pytest.fixture
def file(tmp_path: Path) -> Path:
    """A file of keys, as the command makes it."""
    path = tmp_path / "keys.json"
    assert CliRunner().invoke(cli, ["keys", "make", str(path)]).exit_code == 0
    return path


def call(file: Path, *arguments: str) -> Result:
    return CliRunner().invoke(cli, ["keys", *arguments], env={"KEYRING": f"file:{file}"})


def test_a_key_for_each_purpose_that_its_owner_alone_reads(file: Path) -> None:
    keys = load(f"file:{file}")
    assert [len(keys[purpose]) for purpose in KeyPurpose] == [1] * len(KeyPurpose)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    again = CliRunner().invoke(cli, ["keys", "make", str(file)])
    assert (again.exit_code, load(f"file:{file}")) == (2, keys), "keys in use are never overwritten"


def test_the_list_shows_no_secret(file: Path) -> None:
    assert call(file, "rotate", "links").exit_code == 0
    shown = call(file, "list").output
    secrets = [item["secret"] for items in json.loads(file.read_text()).values() for item in items]
    assert not [secret for secret in secrets if secret in shown or secret in call(file, "rotate").output]
    assert [line.split()[-1] for line in shown.splitlines() if line.startswith("links")] == ["writes", "on"]


def test_a_rotation_adds_and_retiring_waits(file: Path) -> None:
    before = load(f"file:{file}")
    os.chmod(file, 0o640)  # a group that the service belongs to
    assert call(file, "rotate", "--minutes", "0").exit_code == 0
    assert stat.S_IMODE(file.stat().st_mode) == 0o640
    after = load(f"file:{file}")
    for purpose in KeyPurpose:
        assert after[purpose][0] == before[purpose][0], "what it wrote is still read"
        assert len(after[purpose]) == (1 if purpose is KeyPurpose.CALENDARS else 2)
    old, new = after[KeyPurpose.SESSIONS]
    assert "it writes" in call(file, "retire", "sessions", new.id).stderr
    assert "is in use until" in call(file, "retire", "sessions", old.id).stderr
    assert "no such key" in call(file, "retire", "sessions", "none").stderr
    assert "never rotated" in call(file, "rotate", "calendars").stderr
    assert load(f"file:{file}") == after, "a refusal changes nothing"


def test_a_purpose_that_a_new_version_adds_gets_its_key(file: Path) -> None:
    before = load(f"file:{file}")
    file.write_text(
        json.dumps({name: keys for name, keys in json.loads(file.read_text()).items() if name != "links"})
    )
    with pytest.raises(BadValue, match="cli keys rotate links"):
        load(f"file:{file}")
    assert "sessions" in call(file, "list").stdout
    assert call(file, "rotate", "links").exit_code == 0
    after = load(f"file:{file}")
    assert len(after[KeyPurpose.LINKS]) == 1
    assert after[KeyPurpose.FORMS] == before[KeyPurpose.FORMS]


def test_a_retired_key_of_papers_goes_on_verifying(file: Path) -> None:
    call(file, "rotate", "papers", "--minutes", "0")
    assert call(file, "retire", "papers", "1").exit_code == 0
    old, new = load(f"file:{file}")[KeyPurpose.PAPERS]
    assert (old.secret, len(old.public), old.id, new.id, bool(new.secret)) == (b"", 64, "1", "2", True)
    assert call(file, "revoke", "1").exit_code == 0
    assert load(f"file:{file}")[KeyPurpose.PAPERS][0].revoked_on is not None


@pytest.mark.engines("sqlite")
def test_what_is_stored_is_encrypted_anew_and_its_key_retired_after_it(
    app: object, settings: Settings, file: Path
) -> None:
    store = FolderStore(settings.files_url.removeprefix("file:"))
    store.put("2026/11/plain", b"of the version before")
    factories.agent(totp_secret="JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP")
    given = {
        "KEYRING": f"file:{file}",
        "DATABASE_URL": settings.database_url,
        "FILES_URL": settings.files_url,
    }
    Agent.update(totp_secret=Value("JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP", converter=False)).execute()
    for said in ("1 secrets of authenticators, 1 documents", "0 secrets of authenticators, 0 documents"):
        outcome = run(given, "keys", "reencrypt")
        assert (outcome.returncode, said in outcome.stdout) == (0, True), outcome.stderr
    assert run(given, "keys", "rotate", "files", "authenticators", "--minutes", "0").returncode == 0
    for purpose in (KeyPurpose.FILES, KeyPurpose.AUTHENTICATORS):
        old = load(f"file:{file}")[purpose][0].id
        assert "Run: keys reencrypt" in run(given, "keys", "retire", purpose, old).stderr
    assert "1 secrets" in run(given, "keys", "reencrypt").stdout
    for purpose in (KeyPurpose.FILES, KeyPurpose.AUTHENTICATORS):
        old = load(f"file:{file}")[purpose][0].id
        assert run(given, "keys", "retire", purpose, old).stdout == "Retired.\n"


def test_a_keyring_in_a_variable_is_not_changed() -> None:
    outcome = CliRunner().invoke(cli, ["keys", "rotate"], env={"KEYRING": "demonstration"})
    assert (outcome.exit_code, "names no file" in outcome.stderr) == (2, True)


def spoiled(how: str, text: str) -> str:
    """The text of a good keyring with one mistake."""
    keys = json.loads(text)
    links = keys["links"][0]
    match how:
        case "weak":
            links["secret"] = "YWFh" * 10 + "YWE"
        case "short":
            links["secret"] = links["secret"][:20]
        case "of the demonstration":
            links["secret"] = json.loads(write_keys(demonstration_keys()))["links"][0]["secret"]
        case "of two purposes":
            links["secret"] = keys["forms"][0]["secret"]
        case "missing":
            keys["links"] = []
        case "unknown":
            keys["lincs"] = keys["links"]
        case "not a date":
            links["from"] = "soon"
    return json.dumps(keys)


@pytest.mark.parametrize(
    "how",
    ["weak", "short", "of the demonstration", "of two purposes", "missing", "unknown", "not a date"],
)
def test_keys_that_guard_nothing_are_refused_and_not_quoted(file: Path, how: str) -> None:
    text = spoiled(how, file.read_text())
    with pytest.raises(BadValue) as refusal:
        load(text)
    assert json.loads(text).get("forms", [{}])[0]["secret"] not in str(refusal.value)
