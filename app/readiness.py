"""What stands in the way of a deployment beyond its settings: each as a sentence with its cure.

`serve` and `worker` refuse by it, `check` tells all of it beforehand.
"""

from collections.abc import Iterator
from pathlib import Path

from app.deployment import Gateways
from app.gateways.antivirus import self_check
from app.intake import confining_layers
from app.services.operations import demonstration_traces, services_loading
from app.services.operations.files_health import Report
from app.settings import Settings
from app.storage.people import administration
from app.web.pages import assets


def invented_people(settings: Settings) -> Iterator[str]:
    """Yield why production does not open with this database: the passwords of a demonstration's people are published."""
    found = demonstration_traces.invented()
    if not settings.demonstration and any(found.values()):
        told = " and ".join(f"{many} {kind}" for kind, many in found.items() if many)
        yield (
            f"the database of DATABASE_URL holds a demonstration: {told} with published passwords. Give production a "
            "database of its own and run: python -m app.cli migrate"
        )


def missing_services(settings: Settings) -> Iterator[str]:
    """Yield why production does not open while a part of the country has no service."""
    if not settings.demonstration and (missing := services_loading.missing()):
        yield f"no service for {', '.join(missing)}. Run: python -m app.cli services"


def missing_assets(settings: Settings) -> Iterator[str]:
    """Yield what no page can be drawn without."""
    if not (Path(settings.static_dir) / assets.MANIFEST).exists():
        yield f"the style sheet was not built in {settings.static_dir}. Run: python -m app.cli assets"


def warnings(settings: Settings) -> Iterator[str]:
    """Yield what the service starts with all the same, and the operator has to mend."""
    scanner = Gateways.from_settings(settings).scanner
    yield from Report(confining_layers(), self_check(scanner), not settings.demonstration).problems
    if not settings.demonstration and not administration.any_administrator():
        yield "no administrator yet. Run: python -m app.cli agents invite EMAIL --name NAME"
