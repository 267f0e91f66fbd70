"""The outside world as one deployment has it: the gateways that its settings name, and the clock."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime

from app.gateways import antivirus, ephoto, mail, register, sms, stamps
from app.settings import Settings
from app.storage import files

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """The instant it is."""
    return datetime.now(UTC)


@dataclass(frozen=True)
class Gateways:
    """One of each, behind its protocol."""

    register: register.PermitRegister
    ephoto: ephoto.PhotoDesk
    stamps: stamps.StampDesk
    mail: mail.Mailer
    sms: sms.Texter
    scanner: antivirus.Scanner
    files: files.FileStore

    @classmethod
    def from_settings(cls, settings: Settings) -> "Gateways":
        """Open what the URLs name."""
        return cls(
            register=register.from_url(settings.register_url),
            ephoto=ephoto.from_url(settings.ephoto_url),
            stamps=stamps.from_url(settings.stamps_url),
            mail=mail.from_url(settings.mail_url, settings.mail_from),
            sms=sms.from_url(settings.sms_url),
            scanner=antivirus.from_url(settings.antivirus_url),
            files=files.from_url(settings.files_url),
        )
