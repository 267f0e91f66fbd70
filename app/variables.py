"""Readers of environment variables, and the detection of misspelt names of settings."""

import re
from collections.abc import Callable, Iterable, Mapping
from difflib import SequenceMatcher, get_close_matches
from email.errors import HeaderParseError
from email.headerregistry import Address
from urllib.parse import SplitResult, urlsplit

from app.languages import KNOWN, SOURCE

EARLIER = " earlier "  # between the store that files move to and the one that they come from
# First words of settings with which no shell, distribution, host or CI begins its own variables.
PREFIXES = (
    *("ANTIVIRUS_", "COLOUR_", "EPHOTO_", "PUBLICATION_", "REGISTER_"),
    *("SMS_", "STAMPS_", "TRANSLATIONS_", "TRUSTED_"),
)
# gettext reads LANGUAGE, one letter away from our LANGUAGES; many desktops and servers set it.
OF_OTHERS = frozenset({"LANGUAGE"})
# Kubernetes sets these in every container of a namespace with a service called "antivirus" or "register".
INJECTED = re.compile(r"_(SERVICE_(HOST|PORT(_\w+)?)|PORT(_\d+_(TCP|UDP|SCTP)(_(ADDR|PORT|PROTO))?)?)$")
MOST_DIFFERING = 2  # letters that only one of two names has
QUOTING = "in a password, write @ : / ? # as %40 %3A %2F %3F %23"


class BadValue(ValueError):
    """A variable's value cannot be used.

    The message follows the variable's name ("is not…") without a full stop, and never quotes an address, which may
    hold a password.
    """


def number(lowest: int, highest: int) -> Callable[[str], int]:
    """Return a reader of whole numbers between two bounds, both included."""

    def read(text: str) -> int:
        digits = text.strip()
        if not (digits.isascii() and digits.isdigit() and lowest <= int(digits) <= highest):
            raise BadValue(f"is {text!r}, not a whole number from {lowest} to {highest}")
        return int(digits)

    return read


def one_of(*words: str) -> Callable[[str], str]:
    """Return a reader that accepts only some words."""

    def read(text: str) -> str:
        if text not in words:
            raise BadValue(f"is {text!r}, not {' or '.join(words)}")
        return text

    return read


def token(text: str) -> str:
    """Read a secret that a program gives in a header."""
    if not re.fullmatch(r"[!-~]{20,200}", text):
        raise BadValue("is shorter than 20 characters, or has others than a header takes")
    return text


def web_page(text: str) -> str:
    """Read the address of a web page."""
    if not text.startswith("https://"):
        raise BadValue("does not begin with https:")
    return address(text).geturl()


def contact(text: str) -> str:
    """Read where to write to: an address of a page, or `mailto:` and an e-mail address (RFC 9116)."""
    if text.startswith("mailto:") and "@" in text:
        return text
    if not text.startswith("https://"):
        raise BadValue("begins with neither mailto: nor https:")
    return address(text).geturl()


def hosts(text: str) -> tuple[str, ...]:
    """Read names or addresses of hosts between commas."""
    names = tuple(name.strip().lower() for name in text.split(",") if name.strip())
    if wrong := [name for name in names if not re.fullmatch(r"[a-z0-9._:-]+", name)]:
        raise BadValue(f"has {', '.join(map(repr, wrong))}, not a host's name or address")
    return names


def sender(text: str) -> str:
    """Read the sender of letters, a name with an address or an address alone, as a header writes it.

    A name with a comma is quoted: unquoted, it would be two senders.
    """
    found = re.fullmatch(r'\s*(?:"?([^"<>]*?)"?\s*<([^<>]+)>|([^<>\s]+))\s*', text)
    try:
        written = Address((found[1] or "").strip(), addr_spec=found[2] or found[3]) if found else None
    except (ValueError, HeaderParseError):
        written = None
    if written is None or "." not in written.domain or not written.addr_spec.isascii():
        raise BadValue("is not an address in ASCII, or a name and <such an address>")
    return str(written)


def colour(text: str) -> str:
    """Read a colour such as #0c5659."""
    if not re.fullmatch("#[0-9a-fA-F]{6}", text):
        raise BadValue(f"is {text!r}, not # and six digits of 0 to 9 and a to f")
    return text


def languages(text: str) -> tuple[str, ...]:
    """Read language codes between commas, in the order in which they are offered."""
    codes = tuple(dict.fromkeys(code.strip() for code in text.split(",") if code.strip()))
    code_of_a_language = re.compile("[a-z]{2,3}(_[A-Za-z]{2,4})?")
    if wrong := [code for code in codes if code not in KNOWN and not code_of_a_language.fullmatch(code)]:
        raise BadValue(f"has {', '.join(map(repr, wrong))}, not a language's code")
    if SOURCE not in codes:
        raise BadValue(f"lacks {SOURCE}: it is the language of the law, and of every page without another")
    return codes


def origin(text: str) -> str:
    """Read the origin of a service: scheme, host and port, without a path."""
    if not text.startswith(("https://", "http://")):
        raise BadValue("begins with neither https: nor http:")
    parts = address(text)
    if parts.path not in ("", "/") or parts.query or parts.fragment or "@" in parts.netloc:
        raise BadValue("has more than a host and a port")
    return text


def address(url: str, host_needed: bool = True) -> SplitResult:
    """Return the parts of `scheme://user:password@host:port/…`; raise BadValue where host or port cannot be read."""
    try:
        parts = urlsplit(url)
        _ = parts.port  # urlsplit parses the port, and raises, only when it is read
    except ValueError:
        # The message of ValueError quotes the port: for a password with a slash, the password's first half.
        raise BadValue(f"has a host or a port that cannot be read; {QUOTING}") from None
    if host_needed and not parts.hostname:
        raise BadValue("names no host")
    return parts


def strangers(environ: Mapping[str, str], known: Iterable[str]) -> dict[str, str]:
    """Return the variables that look like misspelt settings, each with the nearest setting.

    Without this a misspelt name is ignored and the default used: e-mails go into a folder. But the environment
    belongs to the whole machine, and variables of other programs must not stop the service. Hence two narrow rules:

    - The name begins with one of `PREFIXES`. MAIL_, DATABASE_, SECRET_, STATIC_, DATA_, FILES_, HOSTING_, CONTACT_,
      ENVIRONMENT_, SERVICES_, WEB_ (WEB_CONCURRENCY) and OPERATOR_ (OPERATOR_NAME) are not among them: hosts, other
      frameworks, Kubernetes' controllers and CI begin their own variables with them.
    - The name differs from a setting that is not given by one replaced letter or two added or missing ones (one, if
      the setting has fewer than eight letters): MAIL_URI, DATABASE_URI, SECRETKEY, mail_url; not MAIL, HOSTNAME,
      DATABASE_USER or CMS_URL. If another program owns such a name, give the setting a value, even its default,
      and the service starts.

    Empty values count as not given, as they do for settings.
    """
    names = tuple(known)
    given = {name for name, value in environ.items() if value}
    found = {}
    for name in sorted(given.difference(names, OF_OTHERS)):
        if nearest := _meant(name.upper(), names, given):
            found[name] = f"is not a setting; the nearest one is {nearest}"
    return found


def _meant(name: str, known: tuple[str, ...], given: set[str]) -> str:
    """Return the setting that a name was probably meant for, "" if there is none."""
    if name.startswith(PREFIXES) and not INJECTED.search(name):
        return get_close_matches(name, known, n=1, cutoff=0)[0]
    for close in get_close_matches(name, known, n=1, cutoff=0.8):
        if close not in given and _differing(name, close) <= min(MOST_DIFFERING, len(close) // 4):
            return close
    return ""


def _differing(name: str, other: str) -> int:
    """Return how many letters only one of two names has: a replaced letter counts as two."""
    common = sum(block.size for block in SequenceMatcher(None, name, other).get_matching_blocks())
    return len(name) + len(other) - 2 * common
