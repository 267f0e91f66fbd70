"""What a process that decodes a stranger's file could try; run as a program, it confines itself and tries all of it.

It prints the layers that hold and the attempts that were not refused. Its argument is the user it becomes before.
"""

import ctypes
import fcntl
import json
import os
import resource
import signal
import socket
import subprocess
import sys
from collections.abc import Callable

from app.intake import confinement

_libc = ctypes.CDLL(None, use_errno=True)
OWN = os.getpid()


def _call(function: Callable[..., int], *arguments: object) -> None:
    if function(*arguments) < 0:
        raise OSError(ctypes.get_errno(), "refused")


def _anonymous(protection: int) -> None:
    _libc.mmap.restype = ctypes.c_void_p
    if (
        _libc.mmap(None, ctypes.c_size_t(4096), protection, 0x22, -1, ctypes.c_long(0))
        == ctypes.c_void_p(-1).value
    ):
        raise OSError("refused")


ATTEMPTS: dict[str, Callable[[], object]] = {
    "read a file": lambda: os.open("/etc/passwd", os.O_RDONLY),
    "read the environment of another process": lambda: os.open(f"/proc/{OWN}/environ", os.O_RDONLY),
    "list a folder": lambda: os.listdir("/"),
    "ask about a file": lambda: os.stat("/etc/passwd"),
    "create a file": lambda: os.open("/var/tmp/x", os.O_CREAT | os.O_WRONLY),
    "remove a file": lambda: os.unlink("/var/tmp/never"),
    "truncate a file": lambda: os.truncate("/var/tmp/never", 0),
    "change a file's rights": lambda: os.chmod("/etc/passwd", 0o644),
    "change folder": lambda: os.chdir("/etc"),
    "open a socket": lambda: socket.socket(socket.AF_INET, socket.SOCK_STREAM),
    "open a socket for datagrams": lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM),
    "open a local socket": lambda: socket.socket(socket.AF_UNIX),
    "fork": os.fork,
    "start a program": lambda: os.execv("/bin/true", ["true"]),
    "start a program through a shell": lambda: subprocess.run(["/bin/sh", "-c", "true"], check=True),
    "signal the parent": lambda: os.kill(os.getppid(), 0),
    "signal everybody": lambda: os.kill(-1, 0),
    "wait for others": lambda: os.waitid(os.P_ALL, 0, os.WNOHANG | os.WEXITED),
    "trace a process": lambda: _call(_libc.ptrace, 16, OWN, None, None),
    "read another's memory": lambda: _call(_libc.process_vm_readv, OWN, None, 0, None, 0, 0),
    "hold another process": lambda: os.pidfd_open(OWN),
    "make a file in memory": lambda: os.memfd_create("x"),
    "make memory executable": lambda: _anonymous(7),
    "become root": lambda: os.setuid(0),
    "make a namespace": lambda: _call(_libc.unshare, 0x10000000),
    "mount": lambda: _call(_libc.mount, b"x", b"/", b"tmpfs", 0, None),
    "change the root": lambda: os.chroot("/"),
    "raise a limit": lambda: resource.setrlimit(9, (1 << 40, 1 << 40)),
    "use io_uring": lambda: _call(_libc.syscall, 425, 1, None),
    "use a keyring": lambda: _call(_libc.syscall, 250, 0, 0, 0, 0, 0),
    "load a filter": lambda: _call(_libc.syscall, 321, 0, None, 0),
    "watch files": lambda: _call(_libc.inotify_init),
    "send by another call": lambda: _call(_libc.syscall, 46, 1, None, 0),
    "duplicate a pipe": lambda: os.pipe(),
    "speak to a terminal": lambda: fcntl.ioctl(0, 0x5401, b"\0" * 64),
    "run a timer": lambda: signal.setitimer(signal.ITIMER_REAL, 1),
}  # fmt: skip


def main(user: int) -> None:
    """Try everything as a user and confined."""
    if user != os.getuid():
        os.setgroups([])
        os.setresgid(user, user, user)
        os.setresuid(user, user, user)
    held = confinement.confine()
    open_still = []
    for name, attempt in ATTEMPTS.items():
        try:
            attempt()
        except (OSError, ValueError):
            continue
        open_still.append(name)
    print(json.dumps({"held": held, "open": open_still}))


if __name__ == "__main__":
    main(int(sys.argv[1]))
