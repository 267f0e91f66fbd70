"""A process that decodes a stranger's file can do nothing but compute."""

import json
import os
import platform
import subprocess
import sys

import pytest

from app.intake import confinement

USERS = (0, 1234) if os.getuid() == 0 else (os.getuid(),)


@pytest.mark.slow
@pytest.mark.skipif(sys.platform != "linux", reason="seccomp is Linux's")
@pytest.mark.parametrize("user", USERS)
def test_a_confined_process_is_refused_whatever_it_tries(user):
    run = subprocess.run(
        [sys.executable, "-m", "tests.intake.attempts", str(user)],
        check=False,
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert run.returncode == 0, run.stderr
    said = json.loads(run.stdout)
    assert set(said["held"]) >= confinement.NEEDED
    assert said["open"] == []


def test_the_filter_knows_both_machines_and_no_other():
    programs = {machine: confinement.seccomp_filter(machine, 1) for machine in ("x86_64", "aarch64")}
    assert len({len(program) for program in programs.values()}) == 1
    assert programs["x86_64"] != programs["aarch64"]
    with pytest.raises(KeyError):
        confinement.seccomp_filter("riscv64", 1)
    assert platform.machine() in programs
