"""The README's three pictures, reduced to 64 colours so that each stays below MOST_BYTES."""

import io

from PIL import Image
from playwright.sync_api import Browser, Page

from tooling.parts import ROOT
from tooling.pictures.demonstration import sign_in

FOLDER = ROOT / "docs" / "images"
MOST_BYTES = 80_000
PHONE, LAPTOP = (360, 740), (1280, 720)


def take(browser: Browser, address: str) -> bool:
    """Write the pictures; return whether each is small enough."""
    FOLDER.mkdir(exist_ok=True)
    pictures = {
        "home.png": home(browser, address),
        "space.png": space(browser, address),
        "dossier.png": dossier(browser, address),
    }
    for name, content in pictures.items():
        (FOLDER / name).write_bytes(content)
        print(f"docs/images/{name}: {len(content)} bytes")
    return all(len(content) <= MOST_BYTES for content in pictures.values())


def home(browser: Browser, address: str) -> bytes:
    """Return a picture of the front page on a telephone, in English."""
    page = opened(browser, PHONE)
    page.goto(f"{address}/en/")
    return picture(page)


def space(browser: Browser, address: str) -> bytes:
    """Return a picture of the space of an applicant with an open request, on a telephone, in English."""
    page = opened(browser, PHONE)
    sign_in(page.context.request, address, "en", "9920000104")
    page.goto(f"{address}/en/suivi/")
    return picture(page)


def dossier(browser: Browser, address: str) -> bytes:
    """Return a picture of a dossier as an agent reads it, on a laptop, in French."""
    page = opened(browser, LAPTOP)
    sign_in(page.context.request, address, "fr", "agent.lyon@exemple.fr")
    page.goto(f"{address}/fr/agents/")
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
