"""What every way of delivering letters and messages raises when one was not accepted."""


class Undelivered(Exception):
    """Raised when a message was not accepted; its text says why without personal data, for the outbox and the log."""


class Unavailable(Undelivered):
    """Raised when another try may succeed: the message stays in the outbox."""


class Refused(Undelivered):
    """Raised when no further try can succeed: the recipient has to be reached otherwise."""
