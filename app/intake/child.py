"""The sandbox's child: reads a file, answers, and can do nothing else."""

import os
import pickle
import resource
import signal
import sys

from app.intake.examination import look
from app.intake.sandbox import LENGTH

MEMORY_BYTES = 1_500_000_000


def confine() -> None:
    """Bound this process: memory, no core, no new file, no other process, and an end with its parent."""
    resource.setrlimit(resource.RLIMIT_AS, (MEMORY_BYTES, MEMORY_BYTES))
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, 0))
    signal.signal(signal.SIGINT, signal.SIG_IGN)


def serve() -> None:
    """The child's life: read a file, answer, until the parent closes the pipe."""
    reader, writer = sys.stdin.buffer, os.fdopen(os.dup(sys.stdout.fileno()), "wb")
    confine()
    while header := reader.read(LENGTH.size):
        data, limits = pickle.loads(reader.read(LENGTH.unpack(header)[0]))  # noqa: S301 – our parent's words
        answer = pickle.dumps(look(data, limits))
        writer.write(LENGTH.pack(len(answer)) + answer)
        writer.flush()


if __name__ == "__main__":
    serve()
