"""How often each secret may be tried and each letter asked for: the one table of docs/security.md.

Three axes, as the CNIL (délibération 2022-100) and ASVS 5.0 (6.1.1, 6.3.1) ask: the account, the source, and both. A
browser that the account knows is counted by itself and passes the other counts, so that nobody locks anybody out.
The figures are ours; those of a source are generous, since a hostel or a town hall shares one address.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil, log2

SHORTEST = timedelta(seconds=5)
LONGEST = timedelta(minutes=15)
FORGOTTEN = timedelta(hours=6)  # without a failure, after which delays begin again
_LONGEST_AFTER = 1 + ceil(log2(LONGEST / SHORTEST))  # tries beyond the free ones, for the longest delay


@dataclass(frozen=True)
class Delays:
    """So many free tries, then a delay after each one that doubles from SHORTEST to LONGEST."""

    free: int

    @property
    def told(self) -> str:
        """The rule, in the words of docs/security.md."""
        return f"{self.free} free, then delays"

    def window(self, now: datetime) -> str:
        """Return the part of the key that says since when tries are counted: always the same."""
        return ""

    def waits(self, now: datetime) -> list[tuple[int, datetime]]:
        """Return from which try beyond the free ones on the next must wait, and until when, the longest first."""
        return [
            (beyond, now + min(SHORTEST * 2 ** (beyond - 1), LONGEST))
            for beyond in range(_LONGEST_AFTER, 0, -1)
        ]


@dataclass(frozen=True)
class Quota:
    """So many tries in each window of the clock; all others wait for its end."""

    most: int
    span: timedelta

    @property
    def free(self) -> int:
        """Tries after which no other one follows."""
        return self.most - 1

    @property
    def told(self) -> str:
        """The rule, in the words of docs/security.md."""
        return f"{self.most} a{'n hour' if self.span == HOUR else ' day'}"

    def window(self, now: datetime) -> str:
        """Return the part of the key that names the present window."""
        return f"|{int(now.timestamp()) // int(self.span.total_seconds())}"

    def waits(self, now: datetime) -> list[tuple[int, datetime]]:
        """Return from which try beyond the free ones on the next must wait: the end of the window."""
        passed = timedelta(seconds=int(now.timestamp()) % int(self.span.total_seconds()))
        return [(1, now.replace(microsecond=0) - passed + self.span)]


Rule = Delays | Quota
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@dataclass(frozen=True)
class Limit:
    """The rules for one secret or letter, by axis; `what` names it in docs/security.md."""

    name: str
    what: str
    both: Rule | None = None
    account: Rule | None = None
    source: Rule | None = None


PASSWORD = Limit(
    "password", "password of an applicant, provisional ones too", Delays(5), Delays(20), Quota(60, HOUR)
)
MAILED_CODE = Limit(
    "mailed-code", "code of a letter, of sign-up or sign-in", None, Quota(30, DAY), Quota(60, HOUR)
)
PERMIT = Limit("permit", "number of a permit or visa with its dates", Delays(5), Delays(20), Quota(60, HOUR))
CHECK = Limit("check", "typed code of a certificate", None, None, Quota(30, HOUR))
LETTER = Limit("letter", "letter to an address, asked for by a stranger", None, Delays(5), Quota(120, HOUR))
SIGNUP_LETTER = Limit("signup-letter", "letter of one sign-up, to whichever address", None, Delays(5))
NEW_ADDRESS = Limit("new-address", "letter to another address of a signed-in applicant", None, Delays(5))
QUESTION = Limit("question", "question without an account", None, Delays(5), Quota(60, HOUR))
HIRING = Limit(
    "hiring", "check asked for by an employer, by address", Delays(5), Quota(60, DAY), Quota(60, HOUR)
)
RECEIPT = Limit("receipt", "code of an employer's receipt", None, None, Quota(30, HOUR))
FILES = Limit("files", "file sent from any page, by account or by source", None, None, Quota(180, HOUR))
AGENT_PASSWORD = Limit("agent-password", "password of an agent", Delays(5), Delays(20), Quota(60, HOUR))
AGENT_CODE = Limit(
    "agent-code", "one-time code or recovery code of an agent", Delays(5), Quota(30, DAY), Quota(60, HOUR)
)
AGENT_AGAIN = Limit("agent-again", "present password, asked again of a signed-in agent", None, Delays(5))
AUTHENTICATOR = Limit("authenticator", "first code of a new authenticator", None, Delays(5))
READING = Limit("reading", "dossier that an agent had not opened in the last hour", None, Quota(120, HOUR))
READING_TOLD = Limit(
    "reading-told", "letter to the supervisor about many dossiers opened", None, Quota(1, HOUR)
)
PASSKEY = Limit("passkey", "answer of a passkey", None, None, Quota(60, HOUR))

LIMITS = (
    PASSWORD,
    MAILED_CODE,
    PERMIT,
    CHECK,
    LETTER,
    SIGNUP_LETTER,
    NEW_ADDRESS,
    QUESTION,
    HIRING,
    RECEIPT,
    FILES,
    AGENT_PASSWORD,
    AGENT_CODE,
    AGENT_AGAIN,
    AUTHENTICATOR,
    READING,
    READING_TOLD,
    PASSKEY,
)
