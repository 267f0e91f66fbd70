"""Figures of a service for its supervisors, as tables and CSV files."""

from flask import abort, request
from werkzeug.datastructures import MultiDict
from werkzeug.wrappers import Response

from app.domain.dossiers.figures import MOST_ROWS, PERIODS, USUAL_PERIOD, first_day
from app.domain.procedures import known, latest
from app.domain.text import N_
from app.presenters.staff import figure_tables
from app.presenters.staff.figure_tables import Kind
from app.presenters.staff.spreadsheet import csv_bytes
from app.services.operations import export_log
from app.storage.review import figures as store
from app.storage.review.figures import Scope
from app.web.current import agent, now, today
from app.web.http import downloads
from app.web.pages.rendering import render_page

# By the key of each table, in the form, the file's name and the record of exports.
SHOWN: dict[str, Kind] = {
    "durees": Kind(
        N_("Durées"),
        N_(
            "Étapes terminées pendant la période. 9 dossiers sur 10 vont plus vite que le dernier nombre "
            "(90e centile)."
        ),
        figure_tables.stages,
    ),
    "etats": Kind(
        N_("Dossiers en cours"),
        N_("Aujourd’hui, selon le nombre de jours depuis le dépôt."),
        figure_tables.states,
    ),
    "droits": Kind(
        N_("Droits qui finissent"),
        N_("Dossiers à décider, selon la semaine où finissent les droits de l’usager."),
        figure_tables.rights,
    ),
    "issues": Kind(
        N_("Dossiers terminés"),
        N_("Ce que sont devenues les demandes pendant la période."),
        figure_tables.outcomes,
    ),
    "complements": Kind(
        N_("Documents redemandés"),
        N_("Demandes faites pendant la période, un document à la fois."),
        figure_tables.reasons,
    ),
    "equipe": Kind(
        N_("Équipe"),
        N_(
            "Par ordre alphabétique. Les dossiers n’ont pas tous la même difficulté : ces nombres ne "
            "servent pas à comparer les personnes."
        ),
        figure_tables.team,
    ),
    "consultations": Kind(
        N_("Consultations"),
        N_(
            "Ce que chaque agent a ouvert et cherché pendant la période, toutes démarches comprises. Trop de dossiers "
            "en une heure : la lecture s’arrête, et un e-mail vous prévient."
        ),
        figure_tables.consulted,
    ),
}
LISTED = "dossiers"
TITLES = {key: kind.title for key, kind in SHOWN.items()} | {LISTED: N_("Liste des dossiers")}
MAKERS = {key: kind.make for key, kind in SHOWN.items()} | {LISTED: figure_tables.dossiers}


def figures() -> Response:
    """Show every table of a period, for one procedure or all."""
    days, scope = _wanted(request.args)
    return render_page(
        "instruction/figures.html",
        me=agent(),
        scope=scope,
        days=days,
        periods=PERIODS,
        journeys=known(),
        chosen=latest(scope.journey),
        tables=[(key, kind, kind.make(scope)) for key, kind in SHOWN.items()],
        listed=LISTED,
        most=MOST_ROWS,
        titles=TITLES,
        exports=store.exports(scope.service_id),
        by_slug={procedure.slug: procedure.title for procedure in known()},
    )


def export() -> Response:
    """Send one table as a CSV file, after recording the export."""
    what = request.form.get("table", "")
    if what not in MAKERS:
        abort(404)
    _days, scope = _wanted(request.form)
    table = MAKERS[what](scope)
    export_log.record(agent(), what, scope, len(table.rows), table.cut, now())
    first = f"-{MOST_ROWS}-premiers" if table.cut else ""
    name = f"{what}-{scope.since.isoformat()}-{scope.until.isoformat()}{first}.csv"
    return downloads.attachment(csv_bytes(table.heads, table.rows), name, "text/csv; charset=utf-8")


def _wanted(given: MultiDict[str, str]) -> tuple[int, Scope]:
    """Return the requested period, in days, and scope; the usual period and all procedures if unknown."""
    days = next((period for period in PERIODS if str(period) == given.get("periode", "")), USUAL_PERIOD)
    chosen = latest(given.get("motif", ""))
    return days, Scope(agent().service_id, first_day(today(), days), today(), chosen.slug if chosen else "")
