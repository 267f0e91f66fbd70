"""Countries and nationalities of the permit register, in the language of the page."""

from app.reference import countries
from app.reference.other_codes import OTHER_CODES
from app.web.localisation.language import gettext as _


def country(code: str, language: str) -> str:
    """Return a country's name, "" for a code that is no place; the code itself where it is unknown."""
    if other := OTHER_CODES.get(code):
        return _(other.place) if other.place else ""
    found = countries.country(code)
    return found.name(language) if found else _unknown(code)


def nationality(code: str, language: str) -> str:
    """Return `vietnamienne`, `Vietnamese`, `apatride`; the code itself where it is unknown."""
    if (other := OTHER_CODES.get(code)) and other.nationality:
        return _(other.nationality)
    found = countries.country(code)
    return found.nationality(language) if found else _unknown(code)


def country_or_status(code: str, language: str) -> str:
    """Return the country of a nationality, or what stands in its place: `Viêt Nam`, `apatride`."""
    return country(code, language) or nationality(code, language)


def _unknown(code: str) -> str:
    return _("code %(code)s", code=code) if code else ""
