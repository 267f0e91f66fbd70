"""How much processor time a process has used, as the kernel says it to everybody (proc(5))."""

import os
import struct

PROCESS = struct.Struct(">I")  # how its number is told
_TICKS = os.sysconf("SC_CLK_TCK")


def processor_seconds(process: int) -> float:
    """Return the seconds of processor that a process has used; 0 if it has ended, or where the kernel does not say."""
    try:
        with open(f"/proc/{process}/stat", encoding="ascii", errors="replace") as file:
            fields = file.read().rpartition(")")[2].split()
    except OSError:
        return 0.0
    return (int(fields[11]) + int(fields[12])) / _TICKS
