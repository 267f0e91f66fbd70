"""What a process that decodes a stranger's file is still allowed: read its pipe, write its answer, compute.

Each layer is tried for itself, and the kernel may lack any of them; ``confine`` returns those that hold.
Seccomp and no_new_privs are the wall; Landlock, namespaces, another user and the limits stand behind it.
"""

import ctypes
import os
import platform
import resource
import signal
import struct
import sys
from collections.abc import Callable

MEMORY_BYTES = 1_500_000_000
PROCESSOR_SECONDS = 3
NOBODY = 65534

# What each layer does, for operators.
LAYERS = {
    "seccomp": "no system call but those for computing, reading its pipe and answering",
    "no_new_privs": "no program that would have more rights",
    "limits": "limits of memory, processor and files",
    "landlock": "no file and no network, by Landlock",
    "namespaces": "a network of its own, without an interface",
    "user": "another user than the service, where it was started as root",
    "not_dumpable": "not readable by other processes of the user",
    "parent_death": "it ends with the process that started it",
}
# The layers without which production takes no file.
NEEDED = frozenset({"seccomp", "no_new_privs", "limits"})

_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 4, 38, 22
_CLONE_NEWUSER, _CLONE_NEWNET, _CLONE_NEWIPC, _CLONE_NEWUTS = 0x10000000, 0x40000000, 0x08000000, 0x04000000

# System calls by name: their numbers on x86-64 and on arm64 (the kernel's unistd.h of each).
CALLS: dict[str, tuple[int, int]] = {
    "read": (0, 63), "write": (1, 64), "close": (3, 57), "fstat": (5, 80), "lseek": (8, 62),
    "munmap": (11, 215), "brk": (12, 214), "rt_sigaction": (13, 134), "rt_sigprocmask": (14, 135),
    "rt_sigreturn": (15, 139), "readv": (19, 65), "writev": (20, 66), "sched_yield": (24, 124),
    "mremap": (25, 216), "madvise": (28, 233), "nanosleep": (35, 101), "getpid": (39, 172), "exit": (60, 93),
    "gettimeofday": (96, 169), "getrusage": (98, 165), "times": (100, 153), "sigaltstack": (131, 132),
    "gettid": (186, 178), "futex": (202, 98), "restart_syscall": (219, 128), "clock_gettime": (228, 113),
    "clock_nanosleep": (230, 115), "exit_group": (231, 94), "getrandom": (318, 278),
    "set_robust_list": (273, 99), "rseq": (334, 293),
}  # fmt: skip
MEMORY_CALLS = {"mmap": (9, 222), "mprotect": (10, 226)}  # allowed where nothing becomes executable
# A decoder of HEIC pictures starts a thread, which is confined as well; clone is refused for anything else.
THREAD = {"clone": (56, 220)}
NEWER_CLONE = {
    "clone3": (435, 435)
}  # its flags cannot be read here: said to be unknown, the C library then uses clone
OWN_SIGNAL = {"tgkill": (234, 131)}  # for abort(): allowed towards this process only
_MACHINES = {"x86_64": (0, 0xC000003E), "aarch64": (1, 0xC00000B7)}

_LOAD, _EQUAL, _ANY_BIT, _RETURN = 0x20, 0x15, 0x45, 0x06
_ALLOW, _KILL = 0x7FFF0000, 0x80000000
_REFUSE, _UNKNOWN = 0x00050001, 0x00050026  # EPERM, ENOSYS
# Offsets in what the filter is given (struct seccomp_data).
_NUMBER, _ARCHITECTURE, _FIRST, _THIRD = 0, 4, 16, 32
_PROT_EXEC = 4
_CLONE_THREAD = 0x00010000

# Rights that each version of Landlock knows; an empty ruleset that handles them all forbids them all.
_LANDLOCK_FILES = {1: (1 << 13) - 1, 2: (1 << 14) - 1, 3: (1 << 15) - 1, 4: (1 << 15) - 1, 5: (1 << 16) - 1}

_libc = ctypes.CDLL(None, use_errno=True)


def confine() -> list[str]:
    """Confine this process for good; return the names of the layers that hold."""
    layers: tuple[tuple[str, Callable[[], object]], ...] = (
        ("parent_death", _end_with_parent),
        ("namespaces", _leave_namespaces),
        ("user", _become_nobody),
        # Becoming somebody else clears it.
        ("parent_death", _end_with_parent),
        ("not_dumpable", lambda: _prctl(_PR_SET_DUMPABLE, 0)),
        ("limits", _limit),
        ("no_new_privs", lambda: _prctl(_PR_SET_NO_NEW_PRIVS, 1)),
        ("landlock", _landlock),
        ("seccomp", _seccomp),
    )
    held = []
    for name, layer in layers:
        try:
            layer()
        except (OSError, KeyError, ValueError, AttributeError):
            continue
        if name not in held:
            held.append(name)
    return held


def _check(result: int) -> int:
    if result < 0:
        raise OSError(ctypes.get_errno(), "refused by the kernel")
    return result


def _prctl(option: int, value: int, more: object = 0) -> None:
    if sys.platform != "linux":
        raise OSError("not Linux")
    _check(_libc.prctl(option, ctypes.c_ulong(value), more, 0, 0))


def _end_with_parent() -> None:
    _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)


def _leave_namespaces() -> None:
    flags = _CLONE_NEWNET | _CLONE_NEWIPC | _CLONE_NEWUTS
    _check(_libc.unshare(flags if os.getuid() == 0 else flags | _CLONE_NEWUSER))


def _become_nobody() -> None:
    if os.getuid() != 0:
        raise OSError("not root: the user stays")
    os.setgroups([])
    os.setresgid(NOBODY, NOBODY, NOBODY)
    os.setresuid(NOBODY, NOBODY, NOBODY)


def _limit() -> None:
    bounds = {
        resource.RLIMIT_AS: MEMORY_BYTES,
        resource.RLIMIT_NOFILE: 8,
        resource.RLIMIT_FSIZE: 0,
        resource.RLIMIT_CORE: 0,
        resource.RLIMIT_MEMLOCK: 0,
    }
    for which, most in bounds.items():
        resource.setrlimit(which, (most, most))
    resource.setrlimit(resource.RLIMIT_CPU, (PROCESSOR_SECONDS, PROCESSOR_SECONDS + 1))


def _landlock() -> None:
    if sys.platform != "linux":
        raise OSError("not Linux")
    version = _check(_libc.syscall(444, None, ctypes.c_size_t(0), 1))
    network, scopes = (3 if version >= 4 else 0), (3 if version >= 6 else 0)
    size = 8 if version < 4 else 16 if version < 6 else 24
    rules = struct.pack("QQQ", _LANDLOCK_FILES[min(version, 5)], network, scopes)[:size]
    ruleset = _check(_libc.syscall(444, rules, ctypes.c_size_t(size), 0))
    _check(_libc.syscall(446, ruleset, 0))
    os.close(ruleset)


def _instruction(code: int, when: int, otherwise: int, value: int) -> bytes:
    return struct.pack("HBBI", code, when, otherwise, value)


def seccomp_filter(machine: str, process: int) -> bytes:
    """Return the BPF program that allows a process the calls above and refuses every other (seccomp(2)).

    Raises KeyError for a machine whose call numbers are not known.
    """
    column, architecture = _MACHINES[machine]
    program = [
        _instruction(_LOAD, 0, 0, _ARCHITECTURE),
        _instruction(_EQUAL, 1, 0, architecture),
        _instruction(_RETURN, 0, 0, _KILL),
        _instruction(_LOAD, 0, 0, _NUMBER),
    ]
    for numbers in CALLS.values():
        program += _whole(numbers[column], _ALLOW)
    for numbers in MEMORY_CALLS.values():
        program += _by_argument(numbers[column], _THIRD, _ANY_BIT, _PROT_EXEC, _REFUSE, _ALLOW)
    for numbers in THREAD.values():
        program += _by_argument(numbers[column], _FIRST, _ANY_BIT, _CLONE_THREAD, _ALLOW, _REFUSE)
    for numbers in OWN_SIGNAL.values():
        program += _by_argument(numbers[column], _FIRST, _EQUAL, process, _ALLOW, _REFUSE)
    for numbers in NEWER_CLONE.values():
        program += _whole(numbers[column], _UNKNOWN)
    return b"".join([*program, _instruction(_RETURN, 0, 0, _REFUSE)])


def _whole(number: int, answer: int) -> list[bytes]:
    return [_instruction(_EQUAL, 0, 1, number), _instruction(_RETURN, 0, 0, answer)]


def _by_argument(number: int, argument: int, test: int, value: int, holds: int, fails: int) -> list[bytes]:
    """Answer a call by a test of one of its arguments."""
    return [
        _instruction(_EQUAL, 0, 4, number),
        _instruction(_LOAD, 0, 0, argument),
        _instruction(test, 0, 1, value),
        _instruction(_RETURN, 0, 0, holds),
        _instruction(_RETURN, 0, 0, fails),
    ]


class _Program(ctypes.Structure):
    _fields_ = (("length", ctypes.c_ushort), ("instructions", ctypes.c_char_p))


def _seccomp() -> None:
    code = seccomp_filter(platform.machine(), os.getpid())
    program = _Program(len(code) // 8, code)
    _prctl(_PR_SET_SECCOMP, 2, ctypes.byref(program))
