"""A mail server that keeps what it receives."""

import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from threading import Condition
from typing import Any, TypeVar

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from tests.servers.process import free_port

T = TypeVar("T")


@dataclass
class Mailbox:
    """What was received since the last ``clear()``.

    With ``refuse`` the server answers 451: later. ``answers`` has its answer to a command, by the command's first word.
    """

    port: int
    messages: list[EmailMessage] = field(default_factory=list)
    wires: list[bytes] = field(default_factory=list)  # each message as it came over the wire
    refuse: bool = False
    answers: dict[str, str] = field(default_factory=dict)
    changed: Condition = field(default_factory=Condition)

    @property
    def url(self) -> str:
        """What MAIL_URL holds."""
        return f"smtp://127.0.0.1:{self.port}"

    def clear(self) -> None:
        """Forget everything and accept again."""
        self.messages.clear()
        self.wires.clear()
        self.answers.clear()
        self.refuse = False

    def wait_for(self, find: Callable[[EmailMessage], T | None], seconds: float = 100) -> T:
        """Return what `find` makes of a message, the newest first, as soon as it finds something."""
        deadline = time.monotonic() + seconds
        with self.changed:
            while True:
                for message in reversed(self.messages):
                    if found := find(message):
                        return found
                if not self.changed.wait(deadline - time.monotonic()):
                    raise AssertionError("no such letter came")

    async def handle_MAIL(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:  # the name aiosmtpd calls
        """Take a sender, or answer as told."""
        if answer := self.answers.get("MAIL"):
            return answer
        envelope.mail_from = address
        return "250 sender taken"

    async def handle_RCPT(
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:  # the name aiosmtpd calls
        """Take a recipient, or answer as told."""
        if answer := self.answers.get("RCPT"):
            return answer
        envelope.rcpt_tos.append(address)
        return "250 recipient taken"

    async def handle_DATA(
        self, server: SMTP, session: Session, envelope: Envelope
    ) -> str:  # the name aiosmtpd calls
        """Keep one message, or refuse it for now."""
        if self.refuse:
            return "451 try again later"
        if answer := self.answers.get("DATA"):
            return answer
        message = message_from_bytes(envelope.content or b"", policy=policy.default)
        message["X-Envelope-To"] = ", ".join(envelope.rcpt_tos)
        with self.changed:
            self.wires.append(envelope.original_content or b"")
            self.messages.append(message)
            self.changed.notify_all()
        return "250 kept"


@contextmanager
def mail_server(**options: Any) -> Iterator[Mailbox]:
    """Run a mail server in a thread until the block ends; `options` are aiosmtpd's."""
    mailbox = Mailbox(free_port())
    controller = Controller(mailbox, hostname="127.0.0.1", port=mailbox.port, **options)
    controller.start()
    try:
        yield mailbox
    finally:
        controller.stop()
