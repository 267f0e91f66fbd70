"""The screens that pages are looked at on: widths, colours, and text twice as large."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import cycle, product

from playwright.sync_api import Page

WIDTHS = (320, 360, 768, 1280)
COLOURS = ("light", "dark", "forced")


@dataclass(frozen=True)
class Screen:
    """A width and the colours that a person chose: light, dark, or their own everywhere (forced)."""

    width: int
    colours: str

    def put_on(self, page: Page) -> None:
        """Show a page on this screen."""
        page.set_viewport_size({"width": self.width, "height": 740})
        page.emulate_media(
            color_scheme="dark" if self.colours == "dark" else "light",
            forced_colors="active" if self.colours == "forced" else "none",
        )


NARROW, WIDE = Screen(WIDTHS[0], COLOURS[0]), Screen(WIDTHS[-1], COLOURS[0])
SCREENS = tuple(Screen(width, colours) for width, colours in product(WIDTHS, COLOURS))


def in_turn() -> Iterator[Screen]:
    """Every screen, again and again; neighbours differ in width, and after twelve each pair was there."""
    return cycle(sorted(SCREENS, key=lambda screen: COLOURS.index(screen.colours)))
