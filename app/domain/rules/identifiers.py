"""Normalisation and checks of the numbers that people copy from documents, and references of applications.

Each `check_…` returns the normal form and, if the text cannot be such a number, the problem to show. Where a format is
not known for certain, the check is the loosest of those described.
"""

import re
from urllib.parse import urlsplit

from app.domain.text import N_, Problem, plain

_SEPARATORS = re.compile(r"[\s._/·'-]")
_REFERENCE = re.compile(r"(\d{2}|2[AB]|\d{3})-(\d{4})-(\d{6})-(\d)")


def normal_number(text: str) -> str:
    """Return a number or code without separators, in capitals and ASCII digits.

    >>> normal_number("o 12.34-５６")
    'O123456'
    >>> normal_number("N° 9920 000 108")
    '9920000108'
    """
    return _SEPARATORS.sub("", plain(text)).upper().removeprefix("N°")


def normal_reference(text: str) -> str:
    """Return the reference of an application as it is printed, however it is typed; other text stays.

    >>> normal_reference("69 2026 000123 6")
    '69-2026-000123-6'
    """
    found = re.fullmatch(r"(\d{2}|2[AB]|\d{3})(\d{4})(\d{6})(\d)", normal_number(text))
    return "-".join(found.groups()) if found else plain(text)


def normal_postcode(text: str) -> str:
    """Return a postcode without spaces and without the country that letters put before it; other text stays.

    >>> normal_postcode("F-69 003")
    '69003'
    """
    compact = normal_number(text)
    found = re.fullmatch(r"(?:FR?)?(\d{5})", compact)
    return found[1] if found else plain(text)


def check_foreign_number(text: str) -> tuple[str, Problem | None]:
    """Check a foreign-national number (numéro étranger, AGDREF): 10 digits, 9 on old cards."""
    number = normal_number(text)
    if not number:
        return number, Problem(N_("Écrivez votre numéro étranger."))
    if not number.isdecimal():
        return number, Problem(
            N_(
                "Le numéro étranger n’a que des chiffres. "
                "Le numéro de la carte, avec des lettres, est un autre numéro."
            )
        )
    if len(number) not in (9, 10):
        return number, Problem(
            N_("Ce numéro doit avoir 9 ou 10 chiffres, et non %(count)s : vérifiez le début."),
            {"count": len(number)},
        )
    return number, None


def group_foreign_number(number: str) -> str:
    """Format a foreign number as it is read aloud: `9920 000 137`; "" stays ""."""
    if not number:
        return ""
    return f"{number[:-6]}\u00a0{number[-6:-3]}\u00a0{number[-3:]}"


def group_siret(number: str) -> str:
    """Format the SIRET number of an establishment as it is printed: `732 829 320 00074`."""
    return f"{number[:3]}\u00a0{number[3:6]}\u00a0{number[6:9]}\u00a0{number[9:]}"


def check_visa_number(text: str) -> tuple[str, Problem | None]:
    """Check the number of a visa sticker: 8 or 9 digits, possibly after up to 3 letters of the country."""
    number = normal_number(text)
    if not number:
        return number, Problem(N_("Écrivez le numéro de votre visa."))
    if not re.fullmatch(r"[A-Z]{0,3}[0-9]{8,9}", number):
        return number, Problem(
            N_(
                "Ce n’est pas un numéro de visa : il a 8 ou 9 chiffres, parfois après 1 à 3 lettres. "
                "Il est imprimé en haut à droite de la vignette."
            )
        )
    return number, None


def visa_digits(number: str) -> str:
    """Return the number of a visa without the country's letters, which not all applicants copy, for comparison.

    >>> visa_digits("FRA123456789")
    '123456789'
    """
    return number.lstrip("ABCDEFGHIJKLMNOPQRSTUVWXYZ")


def check_photo_code(text: str) -> tuple[str, Problem | None]:
    """Check an e-photo code: 22 letters and digits."""
    code = normal_number(text)
    if not code:
        return code, Problem(N_("Écrivez le code imprimé sur la planche photo."))
    if not re.fullmatch(r"[A-Z0-9]+", code):
        return code, Problem(N_("Le code n’a que des lettres et des chiffres."))
    if len(code) != 22:
        return code, Problem(
            N_("Ce code doit avoir 22 caractères, et non %(count)s : vérifiez qu’il n’en manque pas."),
            {"count": len(code)},
        )
    return code, None


def check_stamp_number(text: str) -> tuple[str, Problem | None]:
    """Check the number of an electronic tax stamp: 16 digits."""
    number = normal_number(text)
    if not re.fullmatch(r"\d{16}", number):
        return number, Problem(N_("Le numéro du timbre électronique a 16 chiffres."))
    return number, None


def normal_email(text: str) -> str:
    """Return an e-mail address in the form in which it is stored, compared and mailed to: its domain in punycode.

    >>> normal_email("<O’Brien@Straße.de> ")
    "o'brien@xn--strae-oqa.de"
    >>> normal_email("nom @exemple. fr.")  # as telephones complete a sentence
    'nom@exemple.fr'
    """
    address = plain(text).lower().strip("<> ,;").removeprefix("mailto:").rstrip(".")
    address = re.sub(r" ?([@.]) ?", r"\1", address)
    local, at, domain = address.rpartition("@")
    if not at or domain.isascii():
        return address
    return f"{local}@{'.'.join(map(_ascii_label, re.split('[.。]', domain)))}"


def _ascii_label(label: str) -> str:
    """Return a part of a domain as mail servers know it (IDNA 2008, so « ß » is a letter of its own)."""
    return label if label.isascii() else f"xn--{label.encode('punycode').decode()}"


def is_site(text: str) -> bool:
    """Return whether a text is the address of a web site, such as https://www.rhone.gouv.fr."""
    try:
        parts = urlsplit(text)
    except ValueError:
        return False
    return parts.scheme == "https" and bool(parts.netloc)


def _check_digit(digits: str) -> int:
    """Return a check digit that detects a wrong digit or two swapped neighbours (ISO/IEC 7064, MOD 11,10)."""
    remainder = 10
    for digit in digits:
        remainder = (remainder + int(digit)) % 10 or 10
        remainder = remainder * 2 % 11
    return (11 - remainder) % 10


def _department_digits(code: str) -> str:
    """Return the code of a département in digits only: the letters of Corsica (2A, 2B) become 1 and 2."""
    return code.replace("A", "1").replace("B", "2")


def make_reference(code: str, year: int, number: int) -> str:
    """Return the reference of an application: département, year, running number and check digit.

    >>> make_reference("69", 2026, 123)
    '69-2026-000123-6'
    """
    return f"{code}-{year}-{number:06d}-{_check_digit(f'{_department_digits(code)}{year}{number:06d}')}"


def is_reference(text: str) -> bool:
    """Return whether a text is a reference with the right check digit."""
    match = _REFERENCE.fullmatch(text)
    if not match:
        return False
    code, year, number, digit = match.groups()
    return int(digit) == _check_digit(f"{_department_digits(code)}{year}{number}")
