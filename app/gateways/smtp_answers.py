"""What a mail server's refusal means: is it the address, or something that another day or an operator can mend?

Sources: RFC 5321, 4.2 (three digits: 4 for now, 5 for good), RFC 3463 (enhanced codes: 1 the address, 2 the mailbox,
4 the way to it, 6 the content, 7 rules). Servers answer 5 to whatever they do not like: a sender without rights, a
blocked relay. Letters must not end by that, so only what is said of the recipient ends one.
"""

import re
import smtplib
from dataclasses import dataclass

_ENHANCED = re.compile(r"([245])\.(\d{1,3})\.(\d{1,3})\b", re.ASCII)
# Without an enhanced code, to the name of a recipient: no such mailbox, elsewhere, not an allowed name, not a name.
_OF_RECIPIENTS = frozenset({501, 550, 551, 553})
# What enhanced codes say of the recipient: no such address, moved, takes no mail at all; disabled; no such domain (the
# last, Microsoft's); not ASCII. Not among them: 1.7 and 1.8, the sender; 2.2, a full mailbox; 4.5, our own quota.
_OF_ADDRESSES = frozenset(
    {
        *{(1, 0), (1, 1), (1, 2), (1, 3), (1, 4), (1, 6), (1, 10)},
        *{(2, 0), (2, 1), (4, 1), (4, 4), (4, 310), (6, 7)},
    }
)


@dataclass(frozen=True)
class Answer:
    """A refusal: `code` and `enhanced` as the server gave them, `kind` the type of the error; no word of the server.

    Its words are left out because most servers repeat the address in them.
    """

    kind: str
    code: int = 0
    enhanced: str = ""
    to_recipient: bool = False

    def __str__(self) -> str:
        return " ".join(filter(None, (self.kind, str(self.code or ""), self.enhanced)))

    @property
    def refuses_address(self) -> bool:
        """Whether the recipient's address is refused for good."""
        if not 500 <= self.code <= 599:
            return False
        if found := _ENHANCED.fullmatch(self.enhanced):
            return found[1] == "5" and (int(found[2]), int(found[3])) in _OF_ADDRESSES
        return self.to_recipient and self.code in _OF_RECIPIENTS


def read(error: Exception) -> Answer:
    """Return what an error of a conversation says."""
    kind = type(error).__name__
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        ((code, text),) = error.recipients.values()  # each letter has one recipient
        return Answer(kind, code, _enhanced(text), to_recipient=True)
    if isinstance(error, smtplib.SMTPSenderRefused):  # its code is about us, whatever it is
        return Answer(f"{kind} {error.smtp_code}")
    if isinstance(error, smtplib.SMTPResponseException):
        return Answer(kind, error.smtp_code, _enhanced(error.smtp_error))
    return Answer(kind)


def _enhanced(text: bytes | str) -> str:
    words = text.decode("ascii", "replace") if isinstance(text, bytes) else text
    found = _ENHANCED.match(words)
    return found[0] if found else ""
