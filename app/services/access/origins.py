"""Where a request comes from: its network and its browser."""

from dataclasses import dataclass
from ipaddress import IPv6Address, IPv6Network, ip_address


@dataclass(frozen=True)
class Origin:
    """The network that a request comes from, the token of its browser's own cookie, and the browser's name."""

    source: str = ""
    browser: str = ""
    device: str = ""  # see domain.texts.devices


NOWHERE = Origin()  # of what is counted by its account alone


def source_of(address: str | None) -> str:
    """Return what tries are counted by: an IPv4 address, or the /64 of an IPv6 address, which one household has whole.

    >>> source_of("2001:db8:1:2:3:4:5:6")
    '2001:db8:1:2::/64'
    >>> source_of("::ffff:192.0.2.1")
    '192.0.2.1'
    """
    try:
        found = ip_address(address or "")
    except ValueError:  # of a Unix socket there is none
        return ""
    if not isinstance(found, IPv6Address):
        return str(found)
    if found.ipv4_mapped:
        return str(found.ipv4_mapped)
    return str(IPv6Network((found.packed, 64), strict=False))
