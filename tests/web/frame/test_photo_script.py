"""What a telephone makes of a photo before it is sent: light enough, still readable, and doubtful only with reason."""

import base64
from collections.abc import Callable, Iterator
from io import BytesIO
from statistics import correlation

import pytest
from PIL import Image, ImageChops, ImageDraw, ImageFilter, ImageFont
from playwright.sync_api import Browser, Page

from app.pdf.families import FONTS_DIR
from app.web.pages import assets

pytestmark = pytest.mark.slow
FONT = FONTS_DIR / "@expo-google-fonts/noto-sans/400Regular/NotoSans_400Regular.ttf"
SIZE = (3000, 4000)  # 12 megapixels
HEAVIEST = 600_000
_PREPARE = """async (text) => {
  const bytes = Uint8Array.from(atob(text), (letter) => letter.charCodeAt(0));
  const made = await preparePhoto(new File([bytes], "IMG_0001.JPG", {type: "image/jpeg"}));
  const sent = new Uint8Array(await made.file.arrayBuffer());
  let whole = "";
  for (let at = 0; at < sent.length; at += 8192) whole += String.fromCharCode(...sent.subarray(at, at + 8192));
  return [made.name, made.doubt, btoa(whole)];
}"""
LINE = "Le préfet certifie que la demande de titre de séjour n° 9920000104 a été déposée le 24 octobre 2026. "


def sheet() -> Image.Image:
    """A page of text of 6 points on a table: an A4 of 2700 pixels across 210 mm."""
    page = Image.new("L", (2700, 3818), 228)
    draw, font = ImageDraw.Draw(page), ImageFont.truetype(str(FONT), round(6 * 2700 / 595))
    for line in range(60):
        draw.text((180, 200 + 58 * line), (LINE * 2)[line % 40 : line % 40 + 150], 40, font)
    table = Image.new("L", SIZE, 96)
    table.paste(page, (150, 91))
    return table


def photo(picture: Image.Image, glare: tuple[int, int, int, int] | None = None) -> bytes:
    """A picture as a sensor sees it, with its noise, as JPEG; where there is too much light it sees nothing else."""
    noise = Image.effect_noise(picture.size, 10)
    seen = ImageChops.add(picture, noise, offset=-128)
    if glare:
        ImageDraw.Draw(seen).ellipse(glare, 255)
    out = BytesIO()
    seen.convert("RGB").save(out, "JPEG", quality=93)
    return out.getvalue()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    context = browser.new_context()
    opened = context.new_page()
    opened.add_script_tag(content=assets.script("photo.js").decode())
    yield opened
    context.close()


def prepared(page: Page, content: bytes) -> tuple[str, str, bytes]:
    name, doubt, sent = page.evaluate(_PREPARE, base64.b64encode(content).decode())
    return name, doubt, base64.b64decode(sent)


def test_twelve_megapixels_become_light_and_text_of_six_points_stays_readable(page: Page) -> None:
    drawn = sheet()
    content = photo(drawn)
    assert len(content) > 3_000_000
    name, doubt, sent = prepared(page, content)
    assert (name, doubt) == ("IMG_0001.jpg", "")
    assert len(sent) <= HEAVIEST
    with Image.open(BytesIO(sent)) as picture:
        assert picture.size == (1500, 2000)
        kept = picture.convert("L")
    right = drawn.resize(kept.size, Image.Resampling.LANCZOS)
    for line in range(0, 60, 10):
        top = (91 + 200 + 58 * line) // 2
        place = (180, top, 900, top + 24)
        shown, wanted = ([*picture.crop(place).tobytes()] for picture in (kept, right))
        assert correlation(shown, wanted) > 0.9, f"the strokes of line {line}"
        light, dark = sorted(shown)[len(shown) * 9 // 10], sorted(shown)[len(shown) // 50]
        assert light - dark > 90, "they stand out from the paper"


def test_a_doubt_is_told_for_what_it_is(page: Page) -> None:
    drawn = sheet().resize((1500, 2000))
    photos = {
        "": photo(drawn),
        "dark": photo(drawn.point(lambda light: light // 4)),
        "blurred": photo(drawn.filter(ImageFilter.GaussianBlur(9))),
        "glare": photo(drawn, (500, 600, 1000, 1000)),
        "cut": photo(drawn.crop((400, 0, 1500, 2000))),
    }
    found = {name: prepared(page, content)[1] for name, content in photos.items()}
    assert found == {name: name for name in photos}


def card() -> Image.Image:
    """A card on a dark table: little of it is detail."""
    held = Image.new("L", (1200, 760), 205)
    draw = ImageDraw.Draw(held)
    for line, words in enumerate(("TITRE DE SÉJOUR", "NGUYEN THI MINH", "12 03 1998", "9920000104")):
        draw.text((420, 90 + 150 * line), words, 40, ImageFont.truetype(str(FONT), 46))
    draw.rectangle((60, 200, 340, 560), 140)
    table = Image.new("L", (1500, 2000), 80)
    table.paste(held, (150, 620))
    return table


def beside_a_window() -> Image.Image:
    """A page whose upper part is as white as can be, in the shadow of who takes the photo below."""
    light = Image.linear_gradient("L").resize((1500, 2000)).point(lambda down: 150 - down // 2)
    page = sheet().resize((1500, 2000))
    return ImageChops.multiply(
        ImageChops.add(page, page.point(lambda one: one // 4)), ImageChops.add(light, light)
    )


@pytest.mark.parametrize("drawn", [card, beside_a_window])
def test_a_good_photo_is_asked_nothing_about(page: Page, drawn: Callable[[], Image.Image]) -> None:
    assert prepared(page, photo(drawn()))[1] == ""


@pytest.mark.parametrize("turn", [0, 90])
def test_a_photo_shaken_in_one_direction_is_blurred(page: Page, turn: int) -> None:
    turned = sheet().rotate(turn, expand=True)
    shaken = turned
    for step in range(1, 26):
        shaken = Image.blend(shaken, ImageChops.offset(turned, step, 0), 1 / (step + 1))
    assert prepared(page, photo(shaken.rotate(-turn, expand=True)))[1] == "blurred"
