"""What the factory loads, by the kind of deployment."""

import os
import subprocess
import sys

import pytest

from app.settings import ROOT

LOADED = """
import sys
from app import settings
from app.factory import create_app
create_app(settings.Settings(environment={kind!r}, database_url="sqlite:///:memory:"))
print(any(name.startswith(("app.demonstration", "app.blueprints.dev")) for name in sys.modules))
"""


@pytest.mark.engines("sqlite")
@pytest.mark.parametrize(("kind", "loaded"), [("production", "False"), ("demonstration", "True")])
def test_production_never_loads_the_demonstration(kind: str, loaded: str) -> None:
    command = [sys.executable, "-c", LOADED.format(kind=kind)]
    done = subprocess.run(
        command, check=False, capture_output=True, text=True, cwd=ROOT, env=dict(os.environ)
    )
    assert (done.stdout.strip(), done.returncode) == (loaded, 0), done.stderr
