"""The keys of a deployment: a list for each purpose, of which one writes and all read."""

from app.keys.keyring import Keyring, Keys
from app.keys.purposes import Key, KeyPurpose

__all__ = ["Key", "KeyPurpose", "Keyring", "Keys"]
