"""Recovery codes: ten, each valid once instead of a code of the authenticator. Only their digests are stored."""

import hmac
import secrets
from collections.abc import Iterable
from datetime import datetime

from argon2.low_level import Type, hash_secret_raw

from app.keys import Keys
from app.services.access.sessions import digest
from app.services.messages import emails
from app.storage.database import database
from app.storage.models import Agent
from app.storage.people import agent_links as store

CODE_COUNT = 10
LOW_COUNT = 3  # at so few, pages advise making new ones
LENGTH = 12  # characters: 59 bits, stored as a slow digest
_LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"  # without 0 O, 1 I L, U (like V)


def new_seed(keys: Keys) -> str:
    """Return a seed for ten codes. The browser keeps it while the page shows them; it is useless without its key."""
    return f"{keys.writing.id}.{secrets.token_urlsafe(32)}"


def codes_from_seed(keys: Keys, seed: str) -> tuple[str, ...]:
    """Return the codes of a seed as agents copy them, `7K2M-9QXA-4WTB`; none if its key is gone."""
    key = keys.find(seed.partition(".")[0])
    return tuple(_format_code(_bytes(key.secret, seed, index)) for index in range(CODE_COUNT)) if key else ()


def store_codes(agent: Agent, codes: Iterable[str]) -> None:
    """Replace the codes of an agent. Call it inside a transaction."""
    salt = _new_salt()
    store.replace_recovery_codes(agent.id, salt, [code_digest(agent, salt, code) for code in codes])


def renew(agent: Agent, codes: Iterable[str]) -> None:
    """Replace the codes of an agent in a transaction of its own."""
    salt = _new_salt()
    digests = [
        code_digest(agent, salt, code) for code in codes
    ]  # before the transaction: each takes about 20 ms
    with database.atomic():
        store.replace_recovery_codes(agent.id, salt, digests)


def spend(agent: Agent, typed: str, now: datetime) -> bool:
    """Use a code up and notify the agent by mail; return False if it is not one of theirs."""
    typed_digest = code_digest(agent, store.recovery_salt(agent.id), typed)
    with database.atomic():
        if not store.spend_recovery_code(agent.id, typed_digest):
            return False
        facts = {"left": str(store.recovery_codes_left(agent.id))}
        emails.write("staff/recovery_code", agent.email, agent.language, facts, now)
    return True


def _bytes(secret: bytes, seed: str, index: int) -> bytes:
    return hmac.digest(secret, f"recovery-code:{seed}:{index}".encode(), "sha512")


def _format_code(code_bytes: bytes) -> str:
    number = int.from_bytes(code_bytes)
    code = ""
    for _position in range(LENGTH):
        number, letter = divmod(number, len(_LETTERS))
        code += _LETTERS[letter]
    return "-".join(code[start : start + 4] for start in range(0, LENGTH, 4))


def _new_salt() -> str:
    return secrets.token_hex(16)


def code_digest(agent: Agent, salt: str, code: str) -> str:
    """Return the argon2id digest of a code (ASVS 5.0, 6.5.2); case, dashes and spaces are ignored.

    Codes that an older version made have no salt of their own: theirs is made of their agent's id.
    """
    plain = "".join(filter(str.isalnum, code)).upper()[: 4 * LENGTH]
    salted = bytes.fromhex(salt or digest(f"recovery-code:{agent.id}"))[:16]
    return hash_secret_raw(
        plain.encode(), salted, time_cost=2, memory_cost=19 * 1024, parallelism=1, hash_len=32, type=Type.ID
    ).hex()
