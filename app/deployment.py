"""What a clock is, and the gateways that the settings of a deployment name."""

import os
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import datetime

from app.gateways import antivirus, ephoto, mail, register, sms, stamps
from app.keys import KeyPurpose, Keyring
from app.settings import Misconfigured, Settings
from app.storage import database, files
from app.variables import BadValue

Clock = Callable[[], datetime]


@dataclass(frozen=True)
class Gateways:
    """One gateway of each kind, typed by its protocol."""

    register: register.PermitRegister
    ephoto: ephoto.PhotoDesk
    stamps: stamps.StampDesk
    mail: mail.Mailer
    sms: sms.Texter
    scanner: antivirus.Scanner
    files: files.FileStore

    @classmethod
    def from_settings(cls, settings: Settings, ring: Keyring | None = None) -> "Gateways":
        """Open the gateway of each URL; raise Misconfigured with every URL that cannot be used."""
        if problems := address_problems(settings):
            raise Misconfigured(problems)
        kept = files.from_url(settings.files_url)
        ring = ring or Keyring(settings.keyring)
        return cls(
            register=register.from_url(settings.register_url),
            ephoto=ephoto.from_url(settings.ephoto_url),
            stamps=stamps.from_url(settings.stamps_url),
            mail=mail.from_url(settings.mail_url, settings.mail_from),
            sms=sms.from_url(settings.sms_url),
            scanner=antivirus.from_url(settings.antivirus_url),
            files=files.EncryptedStore(kept, ring.of(KeyPurpose.FILES)),
        )


_OPENERS: dict[str, Callable[[str], object]] = {
    "DATABASE_URL": database.check_url,
    "READ_DATABASE_URL": database.check_replica_url,
    "FILES_URL": files.from_url,
    "MAIL_URL": lambda url: mail.from_url(url, ""),
    "SMS_URL": sms.from_url,
    "ANTIVIRUS_URL": antivirus.from_url,
    "REGISTER_URL": register.from_url,
    "EPHOTO_URL": ephoto.from_url,
    "STAMPS_URL": stamps.from_url,
}


def address_problems(settings: Settings) -> dict[str, str]:
    """Return what is wrong with the URLs of the settings, by variable, without connecting."""
    problems = {}
    for variable, opener in _OPENERS.items():
        try:
            opener(getattr(settings, variable.lower()))
        except BadValue as problem:
            problems[variable] = str(problem)
    return problems


def read_settings(environ: Mapping[str, str] = os.environ) -> Settings:
    """Read the environment; raise Misconfigured with everything that is wrong, unusable URLs included."""
    settings, problems = Settings.read(environ)
    if problems := address_problems(settings) | problems:
        raise Misconfigured(problems)
    return settings
