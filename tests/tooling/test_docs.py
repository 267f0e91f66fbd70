"""What the documents name exists: files and folders, links, commands, targets and invented people."""

import re
from collections.abc import Iterator
from itertools import product
from pathlib import Path

import pytest

from app.cli.commands import cli
from app.demonstration.people import APPLICANTS
from app.demonstration.staff import AGENTS
from app.settings import ROOT

DOCUMENTS = sorted([*ROOT.glob("*.md"), *ROOT.glob("docs/**/*.md")])
DOCUMENTS.remove(ROOT / "CHANGELOG.md")  # tells what was, too
CODE = re.compile(r"`([^`\n]+)`")
LINK = re.compile(r"\]\((?!https?:|mailto:|#)([^)#\s]+)")
A_PATH = re.compile(r"[\w{},*.-]+(?:/[\w{},*.-]+)*/?")
SUFFIXES = (".py", ".md", ".html", ".txt", ".tsv", ".toml", ".css", ".js", ".svg", ".json", ".png")
# Folders where a document may begin a path, the project's own first.
PLACES = ("", "app/", "docs/", "docs/adr/", "tests/", "app/static/")
GENERATED = ("var/", "uploads/", "services.toml", "heads.txt", "messages.po", "translations/<")


def spelled(path: str) -> Iterator[str]:
    """Return every path that braces stand for: `a/{b,c}.py` is two."""
    parts = re.split(r"\{([^}]*)\}", path)
    for chosen in product(*(part.split(",") if place % 2 else [part] for place, part in enumerate(parts))):
        yield "".join(chosen)


def exists(path: str) -> bool:
    """Return whether a path of a document is a file or a folder of the project."""
    return any(any(ROOT.glob(f"{place}{path}".rstrip("/"))) for place in PLACES)


def missing_paths(text: str) -> list[str]:
    """Return the paths named in a text that do not exist."""
    named = [token for token in CODE.findall(text) if A_PATH.fullmatch(token)]
    paths = [
        token
        for token in named
        if "/" in token.strip("/") or (token.endswith(SUFFIXES) and token not in SUFFIXES)
    ]
    wanted = [path for token in paths if looks_like_ours(token) for path in spelled(token)]
    return [path for path in wanted if not exists(path)]


def looks_like_ours(token: str) -> bool:
    """Return whether a token names a file of ours rather than an address or something built."""
    folder = token.split("/", maxsplit=1)[0]
    ours = (ROOT / folder).exists() or (ROOT / "app" / folder).exists() or token.endswith(SUFFIXES)
    return ours and not token.startswith(GENERATED)


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_files_and_links_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    links = [link for link in LINK.findall(text) if not (document.parent / link).exists()]
    assert (missing_paths(text), links) == ([], [])


@pytest.mark.parametrize("document", DOCUMENTS, ids=lambda path: path.name)
def test_commands_and_targets_exist(document: Path) -> None:
    text = document.read_text(encoding="utf-8")
    targets = set(re.findall(r"^([a-z-]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert set(re.findall(r"(?:^|`)make ([a-z][a-z-]*)", text, re.MULTILINE)) <= targets
    assert set(re.findall(r"app\.cli ([a-z]+)", text)) <= set(cli.commands)
    modules = re.findall(r"python -m (tooling|tests|bench)\.([a-z_.]+)", text)
    assert [module for module in modules if not exists(f"{module[0]}/{module[1].replace('.', '/')}*")] == []


def test_people_of_the_readme_are_those_of_the_demonstration() -> None:
    text = (ROOT / "README.md").read_text(encoding="utf-8")
    numbers = {person.number for person in APPLICANTS}
    shortened = {number for number in numbers if number[-3:] in re.findall(r"…(\d{3})`", text)}
    named = set(re.findall(r"`(99200\d{5})`", text))
    assert named <= numbers
    assert len(shortened) >= 2
    assert {agent.email for agent in AGENTS} >= set(
        re.findall(r"`((?:agent|responsable|admin)[\w.]*@[\w.]+)`", text)
    )


def test_a_wrong_path_would_be_seen() -> None:
    assert missing_paths("See `app/web/nothing.py` and `web/http/{headers,none}.py`.") == [
        "app/web/nothing.py",
        "web/http/none.py",
    ]
