"""Style sheet, scripts and icons under names that carry their digest: kept for ever by browsers, never stale."""

import hashlib
import json
import re
from functools import cache
from pathlib import Path
from typing import Any

from whitenoise import WhiteNoise
from whitenoise.compress import Compressor

from app.settings import ROOT, Settings

SOURCE = Path(__file__).parent.parent / "static"
MANIFEST = "manifest.json"
PREFIX = "/static/"
NAMED = re.compile(r"^.+\.[0-9a-f]{12}\.\w+$")


def build(target: Path, settings: Settings, htmx: Path = ROOT / "node_modules" / "htmx.org" / "dist") -> None:
    """Write what browsers fetch: our theme, icons and script, and htmx from its package."""
    target.mkdir(parents=True, exist_ok=True)
    for old in target.iterdir():
        old.unlink()
    contents = {
        "theme.css": _minified((SOURCE / "theme.css").read_text(encoding="utf-8") + operator_colours(settings)),
        "icons.svg": (SOURCE / "icons.svg").read_bytes(),
        "app.js": (SOURCE / "app.js").read_bytes(),
        "htmx.js": (htmx / "htmx.min.js").read_bytes(),
    }
    manifest = {name: _write(target, name, content) for name, content in contents.items()}
    (target / MANIFEST).write_text(json.dumps(manifest, indent=1), encoding="utf-8")
    compressor = Compressor(quiet=True)
    for name in manifest.values():
        compressor.compress(str(target / name))
    address.cache_clear()


def _write(target: Path, name: str, content: bytes) -> str:
    stem, _, suffix = name.rpartition(".")
    named = f"{stem}.{hashlib.sha256(content).hexdigest()[:12]}.{suffix}"
    (target / named).write_bytes(content)
    return named


def _minified(css: str) -> bytes:
    """Comments and indentation out; nothing cleverer, so that what is read is what was written."""
    text = re.sub(r"/\*.*?\*/", "", css, flags=re.S)
    return re.sub(r"\s*\n\s*", "\n", text).strip().encode()


def operator_colours(settings: Settings) -> str:
    """The operator's accent in place of the theme's, light and dark."""
    rules = ""
    if settings.colour_accent:
        rules += f":root{{--accent:{settings.colour_accent}}}"
    if settings.colour_accent_dark:
        rules += f"@media (prefers-color-scheme:dark){{:root{{--accent:{settings.colour_accent_dark}}}}}"
    return f"\n{rules}\n" if rules else ""


@cache
def address(static_dir: str, name: str) -> str:
    """Where a browser finds a file: `theme.css` → `/static/theme.0123456789ab.css`."""
    manifest = json.loads((Path(static_dir) / MANIFEST).read_text(encoding="utf-8"))
    return PREFIX + str(manifest[name])


def wrap(application: Any, static_dir: str) -> WhiteNoise:
    """Serve them in front of the application, compressed, immutable."""
    return WhiteNoise(
        application,
        root=static_dir,
        prefix=PREFIX,
        immutable_file_test=lambda path, url: bool(NAMED.match(url.rpartition("/")[2])),
        max_age=60,
        add_headers_function=lambda headers, path, url: headers.add_header("X-Content-Type-Options", "nosniff"),
    )
