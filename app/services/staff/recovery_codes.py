"""Recovery codes: ten, each good once in place of a code of the authenticator. Only their digests are kept."""

import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

from argon2.low_level import Type, hash_secret_raw

from app.services.access.sessions import digest
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import Agent
from app.storage.people import agent_links as store

CODE_COUNT = 10
LOW_COUNT = 3  # so few are told as few
LENGTH = 12  # 59 bits, kept behind a slow digest
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # none that is taken for another


def new_seed() -> str:
    """What ten codes are drawn from: the browser keeps it while its page shows them, and it opens nothing alone."""
    return secrets.token_urlsafe(32)


def codes_from_seed(secret_key: str, seed: str) -> tuple[str, ...]:
    """The codes of a seed, as they are copied: `7K2M-9QXA-41TB`."""
    return tuple(_spelt(_bytes(secret_key, seed, place)) for place in range(CODE_COUNT))


def store_codes(agent: Agent, codes: Iterable[str]) -> None:
    """Make these the codes of a member, and those of before nobody's; inside the transaction of the act."""
    store.replace_recovery_codes(agent.id, [_digest(agent, code) for code in codes])


def renew(agent: Agent, codes: Iterable[str]) -> None:
    """The same on its own."""
    digests = [_digest(agent, code) for code in codes]
    with database.atomic():
        store.replace_recovery_codes(agent.id, digests)


def spend(agent: Agent, typed: str, now: datetime) -> bool:
    """Use a code up, and write to its owner; False where it is none of theirs."""
    kept = _digest(agent, typed)
    with database.atomic():
        if not store.spend_recovery_code(agent.id, kept):
            return False
        facts = {"left": str(store.recovery_codes_left(agent.id))}
        emails.write("staff/recovery_code", agent.email, agent.language, facts, now)
    return True


def _bytes(secret_key: str, seed: str, place: int) -> bytes:
    return hmac.digest(secret_key.encode(), f"recovery-code:{seed}:{place}".encode(), "sha512")


def _spelt(drawn_bytes: bytes) -> str:
    number = int.from_bytes(drawn_bytes)
    code = ""
    for _place in range(LENGTH):
        number, letter = divmod(number, len(_LETTERS))
        code += _LETTERS[letter]
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def _digest(agent: Agent, code: str) -> str:
    """Slow on purpose, and salted by its owner; case, dashes and spaces do not count."""
    plain = "".join(filter(str.isalnum, code)).upper()[: 4 * LENGTH]
    salt = bytes.fromhex(digest(f"recovery-code:{agent.id}"))[:16]
    return hash_secret_raw(
        plain.encode(), salt, time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, type=Type.ID
    ).hex()
