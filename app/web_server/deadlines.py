"""How long a client may take, counted from when it is its turn: a byte now and then does not renew that."""

from dataclasses import dataclass
from enum import Enum


class Turn(Enum):
    """What a connection is waiting for."""

    OURS = "an answer of ours"
    IDLE = "the next request"
    HEAD = "the rest of a head"
    BODY = "the rest of a body"
    READING = "the client to read our answer"


@dataclass(frozen=True)
class Deadlines:
    """Seconds for what is short, a rate for what may be long; see the table of time-outs in docs/operations.md."""

    idle_seconds: float = 20.0
    head_seconds: float = 10.0
    # Less than any telephone does: 2G brings ten times as much. Whoever was quicker before may pause the longer.
    bytes_a_second: float = 1000.0
    pause_seconds: float = 20.0
    longest_seconds: float = 3600.0

    def over(self, turn: Turn, seconds: float, moved: int) -> bool:
        """Return whether a client has had its time: `seconds` of a turn, in which `moved` bytes came or went."""
        if turn is Turn.OURS:
            return False
        if turn is Turn.IDLE:
            return seconds > self.idle_seconds
        if turn is Turn.HEAD:
            return seconds > self.head_seconds
        return seconds > min(self.pause_seconds + moved / self.bytes_a_second, self.longest_seconds)
