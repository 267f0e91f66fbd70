"""The sandbox's child process, which decodes files."""

import os
import pickle
import resource
import signal
import sys

from app.intake.examination import look
from app.intake.sandbox import LENGTH

MEMORY_BYTES = 1_500_000_000


def confine() -> None:
    """Limit this process's memory, forbid core dumps and writing files, and ignore SIGINT."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def serve() -> None:
    """Read files from the parent and answer until it closes the pipe."""
    reader, writer = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    confine()
    while header := reader.read(LENGTH.size):
        data, limits = pickle.loads(reader.read(LENGTH.unpack(header)[0]))  # noqa: S301 – sent by the parent process
        answer = pickle.dumps(look(data, limits))
        writer.write(LENGTH.pack(len(answer)) + answer)
        writer.flush()


if __name__ == "__main__":
    serve()
