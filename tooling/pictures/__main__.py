"""Take pictures of every page state: ``python -m tooling.pictures``, or the README's: ``… readme``.

They are under ``var/pictures/now``, contact sheets in its folder ``planches``. ``--against`` a folder of pictures, or
a commit whose pictures are taken first, says which differ and shows how under ``var/pictures/differences``.
"""

import argparse
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import Browser, sync_playwright

from tests.servers.chromium import FLAGS, program
from tooling.parts import ROOT
from tooling.pictures import camera, readme, sheets
from tooling.pictures.comparison import compare
from tooling.pictures.demonstration import demonstration

FOLDER = ROOT / "var" / "pictures"


def arguments() -> argparse.Namespace:
    """Read the command line."""
    parser = argparse.ArgumentParser("python -m tooling.pictures", description=__doc__)
    parser.add_argument("what", nargs="?", choices=("all", "readme"), default="all")
    parser.add_argument("--language", default="fr", help="of the pages")
    parser.add_argument("--widths", type=int, nargs="+", default=list(camera.HEIGHTS))
    parser.add_argument("--schemes", nargs="+", choices=camera.SCHEMES, default=list(camera.SCHEMES))
    parser.add_argument("--only", default="", help="the groups whose names begin so: suivi, agents, compte")
    parser.add_argument("--against", help="a folder of pictures, or a commit")
    return parser.parse_args()


@contextmanager
def chromium() -> Iterator[Browser]:
    """Start a browser."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        yield browser
        browser.close()


def take(root: Path, into: Path, shots: camera.Shots) -> None:
    """Take the pictures of the code in a folder, in place of those that are there, with their sheets."""
    shutil.rmtree(into, ignore_errors=True)
    into.mkdir(parents=True)
    with demonstration(root) as address, chromium() as browser:
        count = camera.take(browser, address, into, shots)
    made = sheets.write_sheets(into)
    print(f"{into}: {count} states, {len(made)} sheets")


@contextmanager
def checked_out(commit: str) -> Iterator[Path]:
    """Put the code of a commit into a folder of its own, ready to run with this environment."""
    with tempfile.TemporaryDirectory() as parent:
        root = Path(parent) / "code"
        subprocess.run(["git", "worktree", "add", "--detach", root, commit], cwd=ROOT, check=True)
        try:
            for shared in ("node_modules", ".venv"):
                (root / shared).symlink_to((ROOT / shared).resolve())
            for command in ("catalogues", "assets"):
                subprocess.run([sys.executable, "-m", "app.cli", command], cwd=root, check=True)
            yield root
        finally:
            subprocess.run(["git", "worktree", "remove", "--force", root], cwd=ROOT, check=True)


def before(named: str, shots: camera.Shots) -> Path:
    """Return the folder of pictures to compare with: the named one, or a commit's."""
    if Path(named).is_dir():
        return Path(named)
    into = FOLDER / named.replace("/", "-")
    with checked_out(named) as root:
        take(root, into, shots)
    return into


def main() -> int:
    """Take what is asked for; return 1 if a picture of the README is too large."""
    given = arguments()
    if given.what == "readme":
        with demonstration() as address, chromium() as browser:
            return 0 if readme.take(browser, address) else 1
    shots = camera.Shots(given.language, tuple(given.widths), tuple(given.schemes), given.only)
    take(ROOT, FOLDER / "now", shots)
    if given.against:
        shutil.rmtree(FOLDER / "differences", ignore_errors=True)
        found = compare(FOLDER / "now", before(given.against, shots), FOLDER / "differences")
        for difference in found:
            print(f"{difference.kind:5} {difference.name} {difference.pixels or ''}")
        print(f"{len(found)} pictures differ from {given.against}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
