"""What browsers fetch: lasting names, small sizes, nothing from elsewhere, colours that can be read."""

import gzip
import json
import os
import re
from dataclasses import replace
from pathlib import Path

import pytest
from werkzeug.exceptions import NotFound
from werkzeug.test import Client

from app.settings import Settings
from app.web.pages import assets, colours

STANDARD = Settings()


@pytest.fixture
def built(tmp_path: Path) -> Path:
    """The folder of one build."""
    assets.build(tmp_path, STANDARD)
    return tmp_path


def manifest(folder: Path) -> dict[str, str]:
    return json.loads((folder / assets.MANIFEST).read_text(encoding="utf-8"))


def compressed(folder: Path, name: str) -> int:
    return (folder / f"{manifest(folder)[name]}.br").stat().st_size


def test_names_carry_the_digest_of_what_they_hold(built: Path) -> None:
    names = manifest(built)
    assert set(names) == {
        *assets.STYLE_SHEETS, "icons.svg", "htmx.js", *assets.SCRIPTS
    }  # fmt: skip
    assert all(assets.NAMED.match(name) and (built / name).exists() for name in names.values())
    assert assets.address(str(built), "theme.css") == f"/static/{names['theme.css']}"


def test_compressed_twins_hold_the_same(built: Path) -> None:
    name = manifest(built)["theme.css"]
    assert gzip.decompress((built / f"{name}.gz").read_bytes()) == (built / name).read_bytes()


def test_what_a_build_no_longer_names_is_kept_for_a_week(built: Path) -> None:
    first = manifest(built)["theme.css"]
    assert assets.address(str(built), "theme.css") == f"/static/{first}"
    os.utime(built / first, (0, 0))  # built long ago
    for accent in ("#1a3a8f", "#5a1a7f"):
        assets.build(built, replace(STANDARD, colour_accent=accent))
        assert manifest(built)["theme.css"] != first
        assert (built / first).exists(), "a page opened before the deployment still names it"
    assert assets.address(str(built), "theme.css") == f"/static/{manifest(built)['theme.css']}"
    for path in built.glob(f"{first}*"):
        os.utime(path, (0, 0))
    assets.build(built, replace(STANDARD, colour_accent="#2a5a1f"))
    assert not list(built.glob(f"{first}*"))


def test_a_name_of_another_build_is_answered_with_the_file_of_this_one(built: Path) -> None:
    """Two versions run side by side while one is rolled out: pages of one asked the other, and stood there bare."""
    client = Client(assets.StaticFiles(NotFound(), str(built), secure=True))
    own = client.get(assets.address(str(built), "theme.css"), buffered=True)
    other = client.get("/static/theme.0123456789ab.css", buffered=True)
    assert (own.status_code, other.status_code) == (200, 200)
    assert other.data == own.data
    assert other.mimetype == "text/css"
    assert "immutable" in own.headers["Cache-Control"]
    assert other.headers.getlist("Cache-Control") == ["no-store"]
    assert client.get("/static/unknown.0123456789ab.css").status_code == 404
    assert client.get("/static/theme.css").status_code == 404


def test_sizes(built: Path) -> None:
    assert compressed(built, assets.THEME) <= 5_400, "HTML and CSS of a page are 14 000 bytes together"
    assert compressed(built, "desk.css") <= 2_200, "beside it, at the officers’ desk"
    assert compressed(built, "app.js") <= 3_000
    assert compressed(built, "kept.js") <= 1_600, "beside app.js, on the pages of who is signed in"
    assert compressed(built, "check.js") <= 2_800, "instead of the others, on the check page"
    assert compressed(built, "passkeys.js") <= 900, "beside app.js, on the pages of passkeys"
    assert compressed(built, "offline.js") <= 700, "on pages that can be kept"
    assert len(assets.script("sw.js")) <= 2_000
    uploads = ("photo.js", "send.js")
    assert sum(compressed(built, name) for name in uploads) <= 6_000, "on the pages that take files"
    everywhere = set(manifest(built)) - {"desk.css", "check.js", "passkeys.js", "offline.js", *uploads}
    assert sum(compressed(built, name) for name in everywhere) <= 40_000 - 14_000


@pytest.mark.parametrize(
    "name",
    [
        *assets.STYLE_SHEETS,
        "app.js",
        "kept.js",
        "offline.js",
        "check.js",
        "passkeys.js",
        "photo.js",
        "send.js",
        "icons.svg",
    ],
)
def test_nothing_comes_from_elsewhere(built: Path, name: str) -> None:
    text = (built / manifest(built)[name]).read_text(encoding="utf-8")
    assert set(re.findall(r"https?://[^\s\"')]+", text)) <= {"http://www.w3.org/2000/svg"}
    assert "@import" not in text
    assert "url(" not in text


@pytest.mark.parametrize(
    "name", ["app.js", "kept.js", "check.js", "passkeys.js", "photo.js", "send.js", "offline.js", "sw.js"]
)
def test_a_script_evaluates_and_writes_no_html(name: str) -> None:
    text = (assets.SOURCE / name).read_text(encoding="utf-8")
    assert not re.search(r"innerHTML|insertAdjacent|eval\(|Function\(|document\.write|\.style\b", text)


def test_files_are_served_compressed_and_for_ever(built: Path) -> None:
    client = Client(assets.StaticFiles(NotFound(), str(built), secure=True))
    address = assets.address(str(built), "theme.css")
    headers = client.get(address, headers={"Accept-Encoding": "gzip, br"}, buffered=True).headers
    assert headers["Content-Encoding"] == "br"
    assert "immutable" in headers["Cache-Control"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Strict-Transport-Security"].startswith("max-age=31536000")
    assert "default-src 'none'" in headers["Content-Security-Policy"]


def test_the_favicon_is_the_emblem_without_a_request() -> None:
    address = assets.favicon(replace(STANDARD, colour_accent="#1a3a8f"))
    assert address.startswith("data:image/svg+xml,")
    assert "%231a3a8f" in address
    assert not set(address) & set('<>"#')
    with pytest.raises(KeyError, match="EMBLEM"):
        assets.favicon(replace(STANDARD, emblem="unicorn"))


def test_an_operator_changes_the_accent_of_each_scheme_alone() -> None:
    light = colours.rules("#1a3a8f", "")
    assert light.startswith("@media screen and (prefers-color-scheme:light)")
    assert "--accent:#1a3a8f;--deep:#11265d" in light
    assert "prefers-color-scheme:dark" in colours.rules("", "#9ab8ff")
    assert colours.rules("", "") == ""


@pytest.mark.parametrize(
    ("light", "dark"), [("#ffd500", ""), ("", "#1a3a8f"), ("red", ""), ("#12345", ""), ("#fff;}", "")]
)
def test_a_colour_that_cannot_be_read_stops_the_build(light: str, dark: str) -> None:
    with pytest.raises(colours.UnreadableColour):
        assets.style_sheet(assets.THEME, replace(STANDARD, colour_accent=light, colour_accent_dark=dark))


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_edges_and_signs_stand_out_from_what_is_behind_them(scheme: str) -> None:
    """Edges of fields and buttons, bars of states, icons, charts (WCAG 2.2, 1.4.11): 3 to 1."""
    theme = (assets.SOURCE / assets.THEME).read_text(encoding="utf-8")
    of_scheme = theme.split(":root {")[1 if scheme == "light" else 2].partition("}")[0]
    shade = dict(re.findall(r"--([\w-]+):(#[0-9a-f]{6})", of_scheme))
    for sign in ("line", "accent", "alert", "ink"):
        for behind in ("paper", "tint"):
            assert colours.contrast(shade[sign], shade[behind]) >= 3, (sign, behind)


def test_contrast_is_that_of_wcag() -> None:
    assert colours.contrast("#000000", "#ffffff") == pytest.approx(21)
    assert colours.contrast("#777777", "#ffffff") == pytest.approx(4.48, abs=0.01)


def test_colours_named_here_are_those_of_the_theme() -> None:
    theme = (assets.SOURCE / "theme.css").read_text(encoding="utf-8")
    light, dark = theme.split("prefers-color-scheme: dark", 1)
    for name, one, scheme in (
        ("paper", colours.LIGHT_PAPER, light),
        ("tint", colours.LIGHT_TINT, light),
        ("on-accent", colours.LIGHT_TEXT, light),
        ("accent", assets.DEFAULT_ACCENT, light),
        ("paper", colours.DARK_PAPER, dark),
        ("tint", colours.DARK_TINT, dark),
        ("on-accent", colours.DARK_TEXT, dark),
    ):
        assert f"--{name}:{one}" in scheme
