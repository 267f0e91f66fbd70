"""A keyring: read from a file, which may change at any time, from a variable, or the demonstration's own."""

import logging
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from app.keys.purposes import Key, KeyPurpose
from app.keys.text import read_keys
from app.keys.weakness import demonstration_keys
from app.variables import BadValue

DEMONSTRATION = "demonstration"
FILE = "file:"
Clock = Callable[[], datetime]
KeyLists = Mapping[KeyPurpose, tuple[Key, ...]]
log = logging.getLogger(__name__)


def source(text: str) -> str:
    """Read the setting: `file:…`, the keys themselves as JSON, or the word for the demonstration's."""
    if text != DEMONSTRATION and not text.startswith((FILE, "{")):
        raise BadValue("is neither file: with a path, nor keys as JSON")  # never quoted: it may be a key
    return text


def load(text: str, whole: bool = True) -> KeyLists:
    """Return the keys of a source, by purpose, oldest first; BadValue if they cannot be used."""
    if text == DEMONSTRATION:
        return demonstration_keys()
    if not text.startswith(FILE):
        return read_keys(text, whole)
    try:
        return read_keys(Path(text.removeprefix(FILE)).read_text(encoding="utf-8"), whole)
    except (OSError, UnicodeDecodeError) as error:
        raise BadValue(f"names a file that cannot be read ({type(error).__name__})") from error


class Keyring:
    """The keys of a running process. A file is read again when it changes; one with a mistake changes nothing."""

    def __init__(self, text: str, clock: Clock = lambda: datetime.now(UTC)) -> None:
        self._source = text
        self._clock = clock
        self._stamp = self._file_stamp()
        self._keys = load(text)

    def of(self, purpose: KeyPurpose) -> "Keys":
        """Return the keys of a purpose, as they are whenever they are used."""
        return Keys(self, purpose)

    def keys(self, purpose: KeyPurpose) -> tuple[Key, ...]:
        """Return all keys of a purpose, oldest first, those that do not write yet too."""
        stamp = self._file_stamp()
        if stamp != self._stamp:
            self._stamp = stamp
            try:
                self._keys = load(self._source)
            except BadValue as problem:
                log.error("the keys were not read again: KEYRING %s", problem)
        return self._keys[purpose]

    def now(self) -> datetime:
        """Return the present instant."""
        return self._clock()

    def _file_stamp(self) -> tuple[int, int, int] | None:
        if not self._source.startswith(FILE):
            return None
        try:
            found = Path(self._source.removeprefix(FILE)).stat()
        except OSError:
            return None
        return found.st_mtime_ns, found.st_ino, found.st_size


@dataclass(frozen=True)
class Keys:
    """The keys of one purpose. Iterating gives every secret, the one that writes last, as itsdangerous takes them."""

    ring: Keyring
    purpose: KeyPurpose

    @property
    def all(self) -> tuple[Key, ...]:
        """Every key, oldest first."""
        return self.ring.keys(self.purpose)

    @property
    def writing(self) -> Key:
        """The newest key that has begun; the first one before any has."""
        return writing(self.all, self.ring.now())

    @property
    def first(self) -> Key:
        """The oldest key, for what must stay the same after a rotation."""
        return self.all[0]

    def find(self, key_id: str) -> Key | None:
        """Return the key of an id, None if there is none (any more)."""
        return next((key for key in self.all if key.id == key_id), None)

    def __iter__(self) -> Iterator[bytes]:
        keys, last = self.all, self.writing
        yield from (key.secret for key in keys if key is not last)
        yield last.secret


def writing(keys: tuple[Key, ...], now: datetime) -> Key:
    """Return the key that writes at an instant: the newest that has begun, the first one before any has."""
    begun = [key for key in keys if key.begins <= now]
    return begun[-1] if begun else keys[0]
