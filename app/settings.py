"""Everything that a deployment chooses, read once from the environment and frozen."""

import os
from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from pathlib import Path
from urllib.parse import urlsplit

ROOT = Path(__file__).resolve().parent.parent
DEMONSTRATION_SECRET = "demonstration-only"


class Misconfigured(Exception):
    """The service cannot start; the message lists every reason."""


@dataclass(frozen=True)
class Settings:
    """Each field is the environment variable of the same name in capitals."""

    environment: str = "demonstration"  # or "production"
    secret_key: str = DEMONSTRATION_SECRET
    origin: str = "http://127.0.0.1:8000"  # links in mails and on attestations begin with it
    database_url: str = f"sqlite:///{ROOT / 'var' / 'guichet.sqlite'}"
    files_url: str = f"file:{ROOT / 'uploads'}"
    mail_url: str = f"file:{ROOT / 'var' / 'mail'}"
    mail_from: str = "Guichet séjour <ne-pas-repondre@guichet-sejour.example>"
    sms_url: str = f"file:{ROOT / 'var' / 'sms'}"
    antivirus_url: str = "demo:"
    register_url: str = f"file:{ROOT / 'var' / 'demo' / 'register.json'}"
    ephoto_url: str = f"file:{ROOT / 'var' / 'demo' / 'ephotos.json'}"
    stamps_url: str = f"file:{ROOT / 'var' / 'demo' / 'stamps.json'}"
    static_dir: str = str(ROOT / "var" / "static")
    reference_dir: str = str(ROOT / "var" / "reference")
    services_file: str = ""  # the sub-prefectures that handle permits; none when empty
    fonts_dir: str = str(ROOT / "node_modules")
    operator: str = "Guichet séjour"
    contact_phone: str = "0 806 001 620"
    operator_address: str = ""  # postal address and telephone: the legal notice owes them
    publication_director: str = ""
    hosting: str = ""  # name, address and telephone of who hosts the service
    data_contact: str = ""  # how to reach whoever answers for personal data
    emblem: str = "arch"  # a symbol of icons.svg
    colour_accent: str = ""  # the theme's own when empty
    colour_accent_dark: str = ""
    translations_dir: str = str(ROOT / "translations")
    trusted_proxies: int = 0
    languages: tuple[str, ...] = field(default=("fr", "en"))

    @classmethod
    def from_env(cls, environ: Mapping[str, str] = os.environ) -> "Settings":
        """Read the environment; raise Misconfigured with everything that is wrong."""
        given: dict[str, object] = {}
        for item in fields(cls):
            text = environ.get(item.name.upper())
            if text:
                given[item.name] = _read(item.name, text)
        settings = cls(**given)  # type: ignore[arg-type]  # _read gave each value the type of its field
        if reasons := settings.refusals():
            raise Misconfigured("\n".join(reasons))
        return settings

    @property
    def demonstration(self) -> bool:
        """Whether this is a show with invented data, said on every page."""
        return self.environment != "production"

    @property
    def secure(self) -> bool:
        """Whether cookies travel by HTTPS only."""
        return self.origin.startswith("https://")

    def refusals(self) -> list[str]:
        """Why this deployment must not start, one sentence a reason."""
        reasons = []
        if self.environment not in ("demonstration", "production"):
            reasons.append("ENVIRONMENT is neither demonstration nor production.")
        if not self.demonstration:
            reasons += self._production_refusals()
        parts = urlsplit(self.origin)
        if parts.scheme not in ("http", "https") or not parts.netloc or parts.path not in ("", "/"):
            reasons.append("ORIGIN is not an address such as https://sejour.example.")
        return reasons

    def _production_refusals(self) -> list[str]:
        standard = Settings()
        reasons = []
        if self.secret_key == DEMONSTRATION_SECRET or len(self.secret_key) < 32:
            reasons.append("SECRET_KEY is missing, is the demonstration's, or has fewer than 32 characters.")
        if self.origin == standard.origin or not self.secure:
            reasons.append("ORIGIN is missing or not https: links in mails would go nowhere or be readable.")
        for name in ("mail_url", "register_url", "ephoto_url", "stamps_url", "antivirus_url", "sms_url"):
            if getattr(self, name) == getattr(standard, name):
                reasons.append(f"{name.upper()} is the demonstration's stand-in.")
        for name in ("operator_address", "publication_director", "hosting", "data_contact"):
            if not getattr(self, name):
                reasons.append(f"{name.upper()} is missing: the law asks for it in public.")
        return reasons


def _read(name: str, text: str) -> object:
    if name == "trusted_proxies":
        return int(text)
    if name == "languages":
        return tuple(code.strip() for code in text.split(",") if code.strip())
    return text
