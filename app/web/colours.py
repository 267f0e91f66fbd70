"""The operator's colours: checked for contrast before they reach a page, with the shades that follow."""

import re

HEX = re.compile(r"#[0-9a-fA-F]{6}")
ENOUGH = 4.5  # WCAG 2.2, 1.4.3: text against its background
# Of theme.css: the page behind the accent when used for links, and the text upon it when used for buttons.
LIGHT_PAPER, LIGHT_TINT, LIGHT_TEXT = "#fffefb", "#f3efe6", "#fffefb"
DARK_PAPER, DARK_TINT, DARK_TEXT = "#191816", "#26241f", "#10201f"


class UnreadableColour(ValueError):
    """A colour of the settings that people could not read."""


def _parts(colour: str) -> tuple[int, int, int]:
    if not HEX.fullmatch(colour):
        raise UnreadableColour(f"{colour} is not a colour such as #0c5659.")
    return int(colour[1:3], 16), int(colour[3:5], 16), int(colour[5:7], 16)


def _luminance(colour: str) -> float:
    """Relative luminance as WCAG 2.2 defines it."""
    shares = [part / 255 for part in _parts(colour)]
    red, green, blue = (s / 12.92 if s <= 0.04045 else ((s + 0.055) / 1.055) ** 2.4 for s in shares)
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    """From 1 (the same) to 21 (black on white)."""
    darker, lighter = sorted((_luminance(one), _luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def towards(colour: str, target: int, share: float = 0.35) -> str:
    """A shade between a colour and black (0) or white (255): what a button becomes under the pointer."""
    return "#" + "".join(f"{round(part + (target - part) * share):02x}" for part in _parts(colour))


def _checked(colour: str, *others: str) -> str:
    for other in others:
        if (found := contrast(colour, other)) < ENOUGH:
            raise UnreadableColour(f"{colour} on {other}: contrast {found:.2f}, at least {ENOUGH} is needed.")
    return colour


def rules(accent: str, accent_dark: str) -> str:
    """What replaces the theme's accent, in its layer so that printing stays black; '' changes nothing."""
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
    return f"@layer tokens{{@media (prefers-color-scheme:{scheme}){{{colours}}}}}\n"
