"""Static files under names that contain a digest of their content, so browsers may cache them for ever."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from time import time
from typing import Any
from urllib.parse import quote

import lightningcss
from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from app.settings import ROOT, Settings
from app.web.http import headers
from app.web.pages import colours

SOURCE = Path(__file__).parents[2] / "static"
HTMX = ROOT / "node_modules" / "htmx.org" / "dist"
THEME = "theme.css"
STYLE_SHEETS = (THEME, "desk.css")  # of every page; of the officers' desk beside it
# Of pages; the worker of kept pages stands at an address of its own.
SCRIPTS = ("app.js", "kept.js", "offline.js", "passkeys.js", "photo.js", "send.js", "check.js")
MANIFEST = "manifest.json"
PREFIX = "/static/"
NAMED = re.compile(r"^.+\.[0-9a-f]{12}\.\w+$")
OF_A_BUILD = re.compile(r"(?P<stem>/static/[\w-]+)\.[0-9a-f]{12}(?P<suffix>\.\w+)")
KEPT_SECONDS = 7 * 86_400  # files of earlier builds
DEFAULT_ACCENT = "#0c5659"  # of theme.css
PACKAGE = ROOT / "package.json"  # names the oldest browsers, as tools of the web expect it


def build(target: Path, settings: Settings, htmx: Path = HTMX) -> None:
    """Write style sheets, icons, scripts and htmx (from its npm package, with our settings) into `target`, compressed.

    Files that a build no longer names are kept for a week: running processes and open pages still link to them.
    """
    target.mkdir(parents=True, exist_ok=True)
    before = _manifest(target)
    contents = {
        **{name: style_sheet(name, settings) for name in STYLE_SHEETS},
        "icons.svg": (SOURCE / "icons.svg").read_bytes(),
        **{name: script(name) for name in SCRIPTS},
        "htmx.js": (htmx / "htmx.min.js").read_bytes() + b"\n" + script("htmx-settings.js"),
    }
    manifest = {name: _write(target, name, content) for name, content in contents.items()}
    fresh = target / f"{MANIFEST}.new"
    fresh.write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    fresh.replace(target / MANIFEST)
    _forget(target, {*manifest.values()}, {*before.values()})
    address.cache_clear()


def style_sheet(name: str, settings: Settings) -> bytes:
    """Return a style sheet written for the oldest browsers, the theme with the operator's colours.

    Raises:
        colours.UnreadableColour: a colour of the operator leaves text that cannot be read.
    """
    rules = (SOURCE / name).read_text(encoding="utf-8")
    if name == THEME:
        rules += colours.rules(settings.colour_accent, settings.colour_accent_dark)
    return lightningcss.process_stylesheet(rules, name, browsers_list=oldest_browsers()).encode()


def script(name: str) -> bytes:
    """Return a script of ours without its comments and indentation; nothing else is changed."""
    text = (SOURCE / name).read_text(encoding="utf-8")
    text = re.sub(r"^\s*/\*.*?\*/$| // .*?$", "", text, flags=re.S | re.M)
    return re.sub(r"\s*\n\s*", "\n", text).strip().encode()


def oldest_browsers() -> list[str]:
    """Return the oldest browsers that the pages are made for, each by its name and version."""
    return list(json.loads(PACKAGE.read_text(encoding="utf-8"))["browserslist"])


def _manifest(target: Path) -> dict[str, str]:
    path = target / MANIFEST
    return json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}


def _write(target: Path, name: str, content: bytes) -> str:
    """Write a file and its .br and .gz versions; return its name with the digest."""
    stem, _, suffix = name.rpartition(".")
    named = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
    (target / named).write_bytes(content)
    Compressor(quiet=True).compress(str(target / named))
    return named


def _forget(target: Path, named: set[str], before: set[str]) -> None:
    """Remove what no build of the last week named; its time of change says when a build last did."""
    for path in target.iterdir():
        name = path.name.removesuffix(".br").removesuffix(".gz")
        if name in named or path.name == MANIFEST:
            continue
        if name in before:
            path.touch()
        elif path.stat().st_mtime < time() - KEPT_SECONDS:
            path.unlink()


@cache
def address(static_dir: str, name: str) -> str:
    """Return the URL path of a file: `theme.css` → `/static/theme.0123456789ab.css`."""
    return PREFIX + str(json.loads((Path(static_dir) / MANIFEST).read_text(encoding="utf-8"))[name])


def favicon(settings: Settings) -> str:
    """Return the operator's emblem as a data: URL, which saves the request for /favicon.ico."""
    icons = (SOURCE / "icons.svg").read_text(encoding="utf-8")
    symbol = re.search(rf'<symbol id="{re.escape(settings.emblem)}"(.*?)</symbol>', icons, re.S)
    if symbol is None:
        raise KeyError(f"EMBLEM: icons.svg has no symbol {settings.emblem}")
    colour = settings.colour_accent or DEFAULT_ACCENT
    svg = f'<svg xmlns="http://www.w3.org/2000/svg" fill="{colour}"{symbol.group(1)}</svg>'
    return "data:image/svg+xml," + quote(svg.replace('"', "'"), safe=" /:='")


class StaticFiles:
    """Serves the files of a build, compressed and marked immutable; under a name of another build, the file of this one.

    While a new version is rolled out, a page of one process asks another for its style sheet: the style sheet of the
    version before is better than none. Such an answer is not to be stored.
    """

    def __init__(self, application: Any, static_dir: str, secure: bool) -> None:
        given = headers.of_files(secure)

        def protect(response_headers: Any, path: str, url: str) -> None:
            for name, value in given.items():
                response_headers[name] = value

        self.served = WhiteNoise(
            application,
            root=static_dir,
            prefix=PREFIX,
            immutable_file_test=lambda path, url: bool(NAMED.match(url.rpartition("/")[2])),
            max_age=60,
            add_headers_function=protect,
        )
        self.named = {PREFIX + name: PREFIX + named for name, named in _manifest(Path(static_dir)).items()}

    def __call__(self, environ: Any, start_response: Any) -> Any:
        """Answer a request, or leave it to the application."""
        path = environ.get("PATH_INFO", "")
        if not path.startswith(PREFIX) or path in self.served.files:
            return self.served(environ, start_response)
        other = OF_A_BUILD.fullmatch(path)
        own = self.named.get(other["stem"] + other["suffix"]) if other else None
        if own is None:
            return self.served(environ, start_response)

        def unstored(status: str, answered: Any, *rest: Any) -> Any:
            kept = [(name, value) for name, value in answered if name.lower() != "cache-control"]
            return start_response(status, [*kept, ("Cache-Control", "no-store")], *rest)

        return self.served(environ | {"PATH_INFO": own}, unstored)
