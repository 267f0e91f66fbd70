"""A mail server that keeps what it receives."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.process import free_port


@dataclass
class Mailbox:
    """What was received since the last ``clear()``; with ``refuse`` the server answers 451: later."""

    port: int
    messages: list[EmailMessage] = field(default_factory=list)
    refuse: bool = False

    @property
    def url(self) -> str:
        """What MAIL_URL holds."""
        return f"smtp://127.0.0.1:{self.port}"

    def clear(self) -> None:
        """Forget everything and accept again."""
        self.messages.clear()
        self.refuse = False

    async def handle_DATA(
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:  # the name aiosmtpd calls
        """Keep one message, or refuse it for now."""
        if self.refuse:
            return "451 try again later"
        message = message_from_bytes(envelope.content or b"", policy=policy.default)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 kept"


@contextmanager
def mail_server() -> Iterator[Mailbox]:
    """Run a mail server in a thread until the block ends."""
    mailbox = Mailbox(free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
