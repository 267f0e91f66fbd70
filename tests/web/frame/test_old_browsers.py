"""The oldest browsers of package.json read the style sheets and the scripts; what they lack is named here."""

import json
import re
import subprocess
from collections.abc import Iterator
from pathlib import Path

import pytest
import tinycss2

from app.settings import ROOT, Settings
from app.web.pages import assets
from tooling.npm import node_command
from tooling.old_browsers import LACKING

# ES2018 is the last edition that all of them read whole: Safari 13.0 and Samsung 13 know no `?.`.
EDITION = "2018"
# For each feature that one of them lacks, what is seen there instead.
ENHANCEMENTS = {
    ":has": "what depends on a choice is always shown; nothing marks the chosen one but its own dot",
    ":focus-visible": "the browser's own ring",
    ":file-selector-button": "the browser's own button, or the one with a prefix",
    "@page": "the margins that the browser gives a printed page",
    "accent-color": "the browser's own colour in a ticked box",
    "appearance": "written with its prefix too",
    "aspect-ratio": "a turned page of the viewer takes less room",
    "break-after:avoid": "a printed heading may end a page",
    "cursor": "no pointer, on a telephone",
    "hyphens": "a long word of a title, in very large letters, breaks without its hyphen",
    "overflow-wrap:anywhere": "break-word stands before it",
    "resize": "a field for long texts keeps its height",
    "scroll-margin-block-start": "a link to the panel scrolls to it",
    "scroll-padding-block-end": "a field that gets the focus may be under the bar",
    "text-decoration-thickness": "lines of the usual thickness",
    "text-size-adjust": "written with its prefix too",
    "text-underline-offset": "lines of the usual place",
    "text-wrap": "lines of unequal length",
}
SCRIPTS = sorted(path.name for path in assets.SOURCE.glob("*.js"))


def features(css: str) -> set[str]:
    """The features of a style sheet that a browser of the list lacks, as lacking.json names them."""
    rules = tinycss2.parse_stylesheet(css, skip_comments=True, skip_whitespace=True)
    return set(_used(rules)) & set(json.loads(LACKING.read_text(encoding="utf-8"))["lacking"])


def _used(rules: list) -> Iterator[str]:
    for rule in rules:
        if rule.type == "qualified-rule":
            yield from pseudos(tinycss2.serialize(rule.prelude))
            yield from _declared(rule.content)
        elif rule.type == "at-rule":
            yield f"@{rule.at_keyword}"
            if rule.content is not None:
                inner = tinycss2.parse_rule_list(rule.content, skip_comments=True, skip_whitespace=True)
                yield from _used(inner)


def pseudos(selector: str) -> set[str]:
    """Pseudo-classes and pseudo-elements, with one colon."""
    return {f":{name}" for name in re.findall(r":([a-z][\w-]*)", selector)}


def _declared(content: list) -> Iterator[str]:
    for part in tinycss2.parse_blocks_contents(content, skip_comments=True, skip_whitespace=True):
        assert part.type == "declaration", f"nested: {tinycss2.serialize([part])}"
        yield part.name
        yield from (f"{part.name}:{token.value}" for token in part.value if token.type == "ident")
        yield from (f"{name}()" for name in re.findall(r"([a-z-]+)\(", tinycss2.serialize(part.value)))


@pytest.fixture(scope="module")
def built() -> str:
    """The style sheets as they are sent."""
    return "".join(assets.style_sheet(name, Settings()).decode() for name in assets.STYLE_SHEETS)


def test_no_style_sheet_needs_anything_that_an_old_browser_lacks(built: str) -> None:
    assert features(built) == set(ENHANCEMENTS)


def test_a_rule_is_not_lost_for_a_neighbour_in_its_list(built: str) -> None:
    """A browser drops the whole rule for one selector that it does not know."""
    lacking = {name for name in ENHANCEMENTS if name.startswith(":")}
    for prelude in re.findall(r"[{}]([^{}@]+)\{", built):
        # A comma between parentheses separates no selectors.
        needed = {frozenset(pseudos(one) & lacking) for one in re.split(r",(?![^()]*\))", prelude)}
        assert len(needed) == 1, prelude


def test_nothing_is_hidden_where_it_depends_on_what_is_lacking(built: str) -> None:
    """Questions under a choice are closed by a rule that needs :has(), so that they are open without it."""
    assert ".choice:not(:has(:checked))+.reveal{display:none}" in built
    assert len(re.findall(r"\.reveal\{display:none", built)) == 1


@pytest.mark.parametrize(
    ("written", "feature"),
    [
        ("@layer a{p{color:red}}", "@layer"),
        (":is(a,b) c{color:red}", ":is"),
        ("p{inset-inline-end:0}", "inset-inline-end"),
        ("p{padding-inline:max(1rem,var(--a))}", "padding-inline"),
        ("p{font-size:var(--a,clamp(1rem,2vw,3rem))}", "clamp()"),
        ("p{rotate:90deg}", "rotate"),
    ],
)
def test_a_feature_is_seen(written: str, feature: str) -> None:
    assert feature in features(written)


def acorn(path: Path, *options: str) -> subprocess.CompletedProcess[str]:
    """What the parser of most tools of the web makes of a script."""
    parser = ROOT / "node_modules" / "acorn" / "bin" / "acorn"
    command = [node_command(), str(parser), f"--ecma{EDITION}", *options, str(path)]
    return subprocess.run(command, capture_output=True, text=True, check=False)


def parse(path: Path) -> str:
    """What it says against a script."""
    return acorn(path, "--silent").stderr


def tokens(path: Path) -> list[tuple[str, object]]:
    """The words of a script, without their places."""
    found = json.loads(acorn(path, "--tokenize", "--compact").stdout)
    return [(token["type"]["label"], token.get("value")) for token in found]


@pytest.mark.slow
@pytest.mark.parametrize("name", SCRIPTS)
def test_a_script_is_of_an_edition_that_all_of_them_read(name: str) -> None:
    assert parse(assets.SOURCE / name) == ""


@pytest.mark.slow
@pytest.mark.parametrize("name", SCRIPTS)
def test_what_is_left_out_of_a_script_changes_nothing(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_bytes(assets.script(name))
    assert tokens(tmp_path / name) == tokens(assets.SOURCE / name)


@pytest.mark.slow
@pytest.mark.parametrize("newer", ["a?.b", "a ?? b", "try {} catch {}", "class A { #b }", "1_000", "a ||= b"])
def test_newer_syntax_is_seen(tmp_path: Path, newer: str) -> None:
    script = tmp_path / "newer.js"
    script.write_text(f"{newer};\n")
    assert "newer.js" in parse(script) or "SyntaxError" in parse(script)
