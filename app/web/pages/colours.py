"""The operator's colours: their contrast checked, and the darker or lighter shades derived from them."""

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
ENOUGH = 4.5  # WCAG 2.2, 1.4.3: text against its background
# Colours of theme.css: backgrounds of links (page, tinted block), and the text of buttons.
LIGHT_PAPER, LIGHT_TINT, LIGHT_TEXT = "#fffefb", "#f3efe6", "#fffefb"
DARK_PAPER, DARK_TINT, DARK_TEXT = "#191816", "#26241f", "#10201f"


class UnreadableColour(ValueError):
    """A colour of the settings that is no colour, or has too little contrast."""


def _parts(colour: str) -> tuple[int, int, int]:
    if not HEX.fullmatch(colour):
        raise UnreadableColour(f"{colour} is not a colour such as #0c5659.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Return the relative luminance, from 0 to 1, as WCAG 2.2 defines it."""
    shares = [part / 255 for part in _parts(colour)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(colour: str, other: str) -> float:
    """Return the contrast ratio of two colours: from 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(colour), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def towards(colour: str, target: int, share: float = 0.35) -> str:
    """Return a shade between a colour and black (0) or white (255), for a button under the pointer."""
    return "#" + "".join(f"{round(part + (target - part) * share):02x}" for part in _parts(colour))


def _checked(colour: str, *others: str) -> str:
    for other in others:
        if (found := contrast(colour, other)) < ENOUGH:
            raise UnreadableColour(f"{colour} on {other}: contrast {found:.2f}, at least {ENOUGH} is needed.")
    return colour


def rules(accent: str, accent_dark: str) -> str:
    """Return the CSS that replaces the theme's accents; "" keeps an accent as it is.

    They are of screens: what is printed stays black.
    """
    text = ""
    if accent:
        _checked(accent, LIGHT_PAPER, LIGHT_TINT, LIGHT_TEXT)
        text += _rule("light", accent, towards(accent, 0))
    if accent_dark:
        _checked(accent_dark, DARK_PAPER, DARK_TINT, DARK_TEXT)
        text += _rule("dark", accent_dark, towards(accent_dark, 255))
    return text


def _rule(scheme: str, accent: str, deep: str) -> str:
    colours = f":root{{--accent:{accent};--deep:{deep}}}"
    return f"@media screen and (prefers-color-scheme:{scheme}){{{colours}}}\n"
