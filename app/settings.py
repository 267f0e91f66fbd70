"""The settings of a deployment, read once from the environment and frozen."""

import os
from collections.abc import Callable, Mapping
from dataclasses import Field, dataclass, field, fields
from pathlib import Path
from typing import Any

from app import transport, variables
from app.keys import keyring
from app.languages import OFFERED, SOURCE

ROOT = Path(__file__).resolve().parent.parent
ICONS = ROOT / "app" / "static" / "icons.svg"


# What a deployment for real people must say, and why.
_OWED = {
    **dict.fromkeys(
        ("operator_address", "publication_director", "hosting", "data_contact"),
        "the law asks for it in public",
    ),
    "source_code_url": "the licence of this software asks for it in public",
    "security_contact": "whoever finds a fault of security has to know whom to tell",
    "trusted_proxies": "everybody would be one source of requests, and each address believed",
}

_STAND_INS = ("mail_url", "register_url", "ephoto_url", "stamps_url", "antivirus_url", "sms_url")
_ADDRESSES = (*_STAND_INS, "files_url", "database_url", "read_database_url")


class Misconfigured(Exception):
    """The service cannot start; the message lists every reason, one a line."""

    def __init__(self, problems: Mapping[str, str]) -> None:
        super().__init__("\n".join(_sentence(name, problem) for name, problem in problems.items()))


def _emblem(text: str) -> str:
    if f'<symbol id="{text}"' not in ICONS.read_text(encoding="utf-8"):
        raise variables.BadValue(f"is {text!r}, which is not a symbol of icons.svg")
    return text


def _setting(default: object, example: str = "", read: Callable[[str], object] = str) -> Any:
    """Declare a setting: `read` raises variables.BadValue; `example` is what its refusal shows."""
    return field(default=default, metadata={"read": read, "example": example or str(default)})


@dataclass(frozen=True)
class Settings:
    """Each field is the environment variable of the same name in capitals."""

    environment: str = _setting(
        "demonstration", "production", variables.one_of("demonstration", "production")
    )
    # Every key of the service, by purpose: see app.keys.
    keyring: str = _setting(keyring.DEMONSTRATION, "file:/etc/guichet/keys.json", keyring.source)
    # Links in e-mails and the QR codes of certificates begin with it.
    origin: str = _setting("http://127.0.0.1:8000", "https://sejour.example", variables.origin)
    database_url: str = _setting(
        f"sqlite:///{ROOT / 'var' / 'guichet.sqlite'}", "postgresql://user:password@host/name"
    )
    # A replica for reads that may be a second old, such as figures; the database itself when empty.
    read_database_url: str = _setting("", "postgresql://user:password@replica/name")
    files_url: str = _setting(f"file:{ROOT / 'uploads'}", "s3://bucket/prefix?endpoint=https://s3.example")
    mail_url: str = _setting(f"file:{ROOT / 'var' / 'mail'}", "smtp://user:password@host:587?tls=starttls")
    mail_from: str = _setting(
        "Guichet séjour <ne-pas-repondre@guichet-sejour.example>", read=variables.sender
    )
    sms_url: str = _setting(f"file:{ROOT / 'var' / 'sms'}", "https://sms.example/send")
    antivirus_url: str = _setting("demo:", "clamd://host:3310")
    register_url: str = _setting(
        f"file:{ROOT / 'var' / 'demo' / 'register.json'}", "https://register.example/"
    )
    ephoto_url: str = _setting(f"file:{ROOT / 'var' / 'demo' / 'ephotos.json'}", "https://photos.example/")
    stamps_url: str = _setting(f"file:{ROOT / 'var' / 'demo' / 'stamps.json'}", "https://stamps.example/")
    static_dir: str = _setting(str(ROOT / "var" / "static"))
    reference_dir: str = _setting(str(ROOT / "var" / "reference"))
    # The services of the country, see docs/services.example.toml; the prefectures when empty.
    services_file: str = _setting("", "services.toml")
    fonts_dir: str = _setting(str(ROOT / "node_modules"))
    operator: str = _setting("Guichet séjour")
    contact_phone: str = _setting("0 806 001 620")
    # Postal address and telephone: the legal notice must have them.
    operator_address: str = _setting("", "1 place de la République, 69003 Lyon, 04 00 00 00 00")
    publication_director: str = _setting("", "the name of a person")
    # Name, address and telephone of the company that hosts the service.
    hosting: str = _setting("", "Hébergeur, 2 rue de la Gare, 75010 Paris, 01 00 00 00 00")
    # How to reach the person who answers for personal data.
    data_contact: str = _setting("", "donnees@sejour.example")
    # Where whoever uses the service finds its source code, as changed by the operator (AGPL, section 13).
    source_code_url: str = _setting("", "https://code.sejour.example/guichet", variables.web_page)
    # Where faults of security are reported, told by /.well-known/security.txt.
    security_contact: str = _setting("", "mailto:securite@sejour.example", variables.contact)
    # Hosts that are reached over a private network, so that they need no TLS.
    private_hosts: tuple[str, ...] = _setting((), "clamav,10.0.0.5", variables.hosts)
    emblem: str = _setting("arch", read=_emblem)
    # Whether people may keep pages on their device; "no" takes away what they kept.
    offline_pages: str = _setting("yes", "no", variables.one_of("yes", "no"))
    # The theme's own when empty.
    colour_accent: str = _setting("", "#0c5659", variables.colour)
    colour_accent_dark: str = _setting("", "#7cc4c0", variables.colour)
    translations_dir: str = _setting(str(ROOT / "translations"))
    trusted_proxies: int = _setting(0, "1", variables.number(0, 10))
    # With it, monitors read what else the machine itself alone is told: /readyz by parts, /metrics.
    monitoring_secret: str = _setting("", "a-long-secret-of-monitors", variables.token)
    web_processes: int = _setting(2, "4", variables.number(1, 64))
    # Each thread holds a connection, and so does each that waits for something outside, see web_server.threads.
    web_threads: int = _setting(4, "8", variables.number(1, 16))
    languages: tuple[str, ...] = _setting(OFFERED, "fr,en", variables.languages)

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the environment; raise Misconfigured with everything that is wrong."""
        settings, problems = cls.read(environ)
        if problems:
            raise Misconfigured(problems)
        return settings

    @classmethod
    def read(cls, environ: Mapping[str, str]) -> tuple["Settings", dict[str, str]]:
        """Return settings, with defaults for values that cannot be read, and what is wrong, by variable."""
        given: dict[str, Any] = {}
        problems: dict[str, str] = {}
        known = _fields()
        for variable, item in known.items():
            if text := environ.get(variable):
                try:
                    given[item.name] = item.metadata["read"](text)
                except variables.BadValue as problem:
                    problems[variable] = str(problem)
        settings = cls(**given)
        return settings, settings.problems() | problems | variables.strangers(environ, known)

    @property
    def demonstration(self) -> bool:
        """Whether this deployment shows invented data, which every page then says."""
        return self.environment != "production"

    @property
    def keeps_pages(self) -> bool:
        """Whether pages may be kept on a device, to be opened without network."""
        return self.offline_pages == "yes"

    @property
    def secure(self) -> bool:
        """Whether the service is reached by HTTPS, so that cookies can be Secure."""
        return self.origin.startswith("https://")

    def cookie(self, name: str) -> str:
        """Return the name of a cookie: with HTTPS, one that no other host can set (RFC 6265bis)."""
        return f"__Host-{name}" if self.secure else name

    def problems(self) -> dict[str, str]:
        """Return why this deployment must not start: by variable, the end of a sentence that its name begins."""
        problems = {} if self.demonstration else self._production_problems()
        try:
            keyring.load(self.keyring)
        except variables.BadValue as problem:
            problems["KEYRING"] = str(problem)
        if missing := [code for code in self.languages if not self._translated(code)]:
            problems["LANGUAGES"] = (
                f"has {', '.join(missing)} without a compiled catalogue in {self.translations_dir}: "
                f"run python -m app.cli catalogues"
            )
        return problems

    def _translated(self, code: str) -> bool:
        catalogue = Path(self.translations_dir) / code / "LC_MESSAGES" / "messages.mo"
        return code == SOURCE or catalogue.exists()

    def _production_problems(self) -> dict[str, str]:
        standard = Settings()
        problems = {}
        if self.keyring == standard.keyring:
            problems["KEYRING"] = (
                "is missing, so that everybody knows the keys. Run: python -m app.cli keys make FILE"
            )
        if self.origin == standard.origin or not self.secure:
            problems["ORIGIN"] = "is missing or not https: links in mails would go nowhere or be readable"
        addresses = {name.upper(): getattr(self, name) for name in _ADDRESSES}
        problems |= transport.in_clear(addresses, self.private_hosts)
        for name in _STAND_INS:
            if getattr(self, name) == getattr(standard, name):
                problems[name.upper()] = "is the demonstration's stand-in"
        for name, why in _OWED.items():
            if not getattr(self, name):
                problems[name.upper()] = f"is missing: {why}"
        return problems


def _fields() -> dict[str, "Field[Any]"]:
    """Return the declaration of each setting by its variable."""
    return {item.name.upper(): item for item in fields(Settings)}


def _sentence(variable: str, problem: str) -> str:
    """Return the refusal of a variable, with an example if it is a setting."""
    declared = _fields().get(variable)
    example = f" Example: {variable}={declared.metadata['example']}" if declared else ""
    return f"{variable} {problem}.{example}"
