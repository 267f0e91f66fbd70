"""Take the README's pictures from a demonstration made for them: ``python -m tooling.screenshots``.

Each is a page of the running service in headless Chromium, reduced to 64 colours so that it stays below MOST_BYTES.
"""

import io
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

from PIL import Image
from playwright.sync_api import Browser, Page, sync_playwright

from app.demonstration.people import PASSWORD
from tests.servers.chromium import FLAGS, program
from tests.servers.process import free_port
from tooling.parts import ROOT

FOLDER = ROOT / "docs" / "images"
MOST_BYTES = 80_000
PHONE, LAPTOP = (360, 740), (1280, 720)
SIGN_IN_CODE = "/dev/messages"


def main() -> int:
    """Write the pictures; return 1 if one is too large."""
    FOLDER.mkdir(exist_ok=True)
    with demonstration() as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        pictures = {
            "home.png": home(browser, address),
            "space.png": space(browser, address),
            "dossier.png": dossier(browser, address),
        }
        browser.close()
    for name, picture in pictures.items():
        (FOLDER / name).write_bytes(picture)
        print(f"docs/images/{name}: {len(picture)} bytes")
    return 1 if any(len(picture) > MOST_BYTES for picture in pictures.values()) else 0


@contextmanager
def demonstration() -> Iterator[str]:
    """Run the service with invented data in a folder of its own; yields its address."""
    with tempfile.TemporaryDirectory() as folder:
        port, clock = free_port(), Path(folder) / "clock"
        clock.write_text(datetime.now(UTC).isoformat())
        stores = ("FILES", "MAIL", "SMS", "REGISTER", "EPHOTO", "STAMPS")
        settings = {f"{store}_URL": f"file:{folder}/{store.lower()}" for store in stores}
        settings |= {"DATABASE_URL": f"sqlite:///{folder}/data.sqlite", "ORIGIN": f"http://127.0.0.1:{port}"}
        environment = {**os.environ, **settings}
        subprocess.run([sys.executable, "-m", "app.cli", "migrate"], env=environment, cwd=ROOT, check=True)
        command = [sys.executable, "-m", "tests.e2e.live", str(port), str(clock)]
        with subprocess.Popen(
            command, env=environment, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL, text=True
        ) as process:
            try:
                assert any(line == "ready\n" for line in iter(process.stdout.readline, "")), (
                    "it did not start"
                )
                yield f"http://127.0.0.1:{port}"
            finally:
                process.kill()


def home(browser: Browser, address: str) -> bytes:
    """Return a picture of the front page on a telephone, in English."""
    page = opened(browser, PHONE)
    page.goto(f"{address}/en/")
    return picture(page)


def space(browser: Browser, address: str) -> bytes:
    """Return a picture of the space of an applicant with an open request, on a telephone, in English."""
    page = opened(browser, PHONE)
    page.goto(f"{address}/en/compte/connexion")
    page.locator("input[name=identifier]").fill("9920000104")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button.button:visible").first.click()
    page.wait_for_url("**/suivi/")
    return picture(page)


def dossier(browser: Browser, address: str) -> bytes:
    """Return a picture of a dossier as an agent reads it, on a laptop, in French."""
    page = opened(browser, LAPTOP)
    page.goto(f"{address}{SIGN_IN_CODE}")
    code = page.locator(".ref.large").inner_text().replace(" ", "").strip()
    page.goto(f"{address}/fr/agents/connexion")
    page.locator("input[name=email]").fill("agent.lyon@exemple.fr")
    page.locator("input[name=password]").fill(PASSWORD)
    page.locator("main form button.button:visible").first.click()
    page.locator("input[name=code]").fill(code)
    page.locator("main form button.button:visible").first.click()
    page.locator("main a[href*='/agents/dossiers/']:visible").first.click()
    page.wait_for_load_state()
    return picture(page)


def opened(browser: Browser, size: tuple[int, int]) -> Page:
    """Open a page of this size in CSS pixels."""
    return browser.new_page(viewport={"width": size[0], "height": size[1]})


def picture(page: Page) -> bytes:
    """Return what the window shows, as PNG in 64 colours."""
    image = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    reduced = io.BytesIO()
    image.quantize(64, dither=Image.Dither.NONE).save(reduced, "PNG", optimize=True)
    return reduced.getvalue()


if __name__ == "__main__":
    sys.exit(main())
