"""The figures of a service as tables with charts, for the page and for export."""

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import astuple, dataclass
from itertools import pairwise
from typing import Any

from app.domain.actions.stages import DECISIONS, ONGOING, STAGE_TITLES, Stage
from app.domain.dossiers.complements import REASONS
from app.domain.dossiers.figures import AGES, MOST_ROWS, nearest_rank, weeks
from app.domain.dossiers.states import STATE_TITLES, State
from app.domain.procedures import journey
from app.domain.rules.calendar import bounded
from app.presenters.staff.charts import Chart, Row, bars
from app.presenters.staff.spreadsheet import Cell
from app.storage.people import agents
from app.storage.review import figures as store
from app.storage.review import readings
from app.storage.review.figures import Scope
from app.web.localisation import formats
from app.web.localisation.language import gettext as _
from app.web.localisation.language import language, ngettext


@dataclass(frozen=True)
class Table:
    """Headings and rows in the page's language; `chart` is None for the team, whose bars would rank people.

    `legend` names the full part of a bar and the hatched one.
    """

    heads: Sequence[str]
    rows: Sequence[Sequence[Cell]]
    chart: Chart | None = None
    legend: Sequence[str] = ()
    cut: bool = False

    @property
    def empty(self) -> bool:
        """Whether there is nothing to count."""
        return not any(isinstance(cell, int) and cell for row in self.rows for cell in row)


def stages(scope: Scope) -> Table:
    """Return the duration of each stage: median and 90th percentile, by the nearest rank."""
    rows: list[tuple[str, int, int | None, int | None]] = []
    for stage, counted in store.durations(scope).items():
        known = bool(counted)
        median, ninth = (nearest_rank(counted, percent) if known else None for percent in (50, 90))
        rows.append((_(STAGE_TITLES[stage]), counted.total(), median, ninth))
    drawn = [
        Row(title, f"{median} · {ninth}" if size else "—", median or 0, (ninth or 0) - (median or 0))
        for title, size, median, ninth in rows
    ]
    heads = (_("Étape"), _("Dossiers"), _("Médiane, en jours"), _("90e centile, en jours"))
    return Table(heads, rows, bars(drawn), (_("Médiane"), _("Jusqu’au 90e centile")))


def states(scope: Scope) -> Table:
    """Return the dossiers under way, by state and by days since filing; the oldest are hatched."""
    found = store.ages(scope)
    rows: list[tuple[str, Sequence[int]]] = []
    for state in State:
        if state in ONGOING:
            rows.append((_(STATE_TITLES[state]), found.get(state, [0] * (len(AGES) + 1))))
    drawn = [Row(title, str(sum(many)), sum(many[:2]), sum(many[2:])) for title, many in rows]
    classes = [ngettext("Moins de %(num)s jour", "Moins de %(num)s jours", AGES[0])]
    classes += [
        ngettext("%(low)s à %(num)s jour", "%(low)s à %(num)s jours", b - 1, low=a) for a, b in pairwise(AGES)
    ]
    heads = (
        _("État"),
        _("Total"),
        *classes,
        ngettext("%(num)s jour et plus", "%(num)s jours et plus", AGES[-1]),
    )
    legend = (
        ngettext("Déposés il y a moins de %(num)s jour", "Déposés il y a moins de %(num)s jours", AGES[1]),
        ngettext("Déposés il y a %(num)s jour ou plus", "Déposés il y a %(num)s jours ou plus", AGES[1]),
    )
    return Table(heads, [(title, sum(many), *many) for title, many in rows], bars(drawn), legend)


def outcomes(scope: Scope) -> Table:
    """Return how the dossiers of the period ended."""
    found = store.outcomes(scope)
    rows: list[tuple[str, int]] = []
    for state in State:
        for by_agent in (True, False):
            if many := found.get((state, by_agent)):
                alone = state in DECISIONS and not by_agent
                title = _(STATE_TITLES[state])
                rows.append((_("%(state)s, automatique", state=title) if alone else title, many))
    drawn = bars([Row(title, str(many), many) for title, many in rows])
    return Table((_("Fin de la demande"), _("Dossiers")), rows, drawn, ())


def reasons(scope: Scope) -> Table:
    """Return the documents requested, by reason."""
    found = store.reasons(scope)
    rows = [(_(option.label), found.get(option.key, 0)) for option in REASONS]
    drawn = bars([Row(title, str(many), many) for title, many in rows])
    return Table((_("Motif de la demande"), _("Documents demandés")), rows, drawn, ())


def rights(scope: Scope) -> Table:
    """Return the ends of rights by week, with and without a certificate that extends them."""
    spans = weeks(scope.until)
    ends = store.ends(scope, spans[-1][1])
    past: Counter[bool] = Counter()
    for day, covered, many in ends:
        past[covered] += many if day < scope.until else 0
    rows = [(_("Déjà finis"), past[True], past[False])]
    for first, last in spans:
        counted: Counter[bool] = Counter()
        for day, covered, many in ends:
            counted[covered] += many if first <= day <= last else 0
        rows.append((_week(first, last), counted[True], counted[False]))
    drawn = [Row(title, _sum(covered, bare), covered, bare) for title, covered, bare in rows]
    heads = (_("Semaine"), _("Une attestation est prévue"), _("Aucune attestation prévue"))
    return Table(heads, rows, bars(drawn), heads[1:])


def _week(first: Any, last: Any) -> str:
    days = [formats.short_day(day, language()) for day in (first, last)]
    return _("Du %(first)s au %(last)s", first=days[0][:5], last=days[1])


def _sum(covered: int, bare: int) -> str:
    return f"{covered} + {bare}" if bare else str(covered)


def team(scope: Scope) -> Table:
    """Return the work of each present agent, by name, then the sum of former agents."""
    in_charge, decided = store.in_charge(scope), store.decided(scope)
    members = agents.members(scope.service_id)
    rows = [(agent.name, in_charge.get(agent.id, 0), decided.get(agent.id, 0)) for agent in members]
    present = {agent.id for agent in members}
    former, former_decided = (
        sum(many for agent_id, many in counted.items() if agent_id is not None and agent_id not in present)
        for counted in (in_charge, decided)
    )
    if former or former_decided:
        rows.append((_("Anciens agents"), former, former_decided))
    rows.append((_("Personne"), in_charge.get(None, 0), 0))
    return Table((_("Agent"), _("Dossiers en charge"), _("Décisions de la période")), rows)


def consulted(scope: Scope) -> Table:
    """Return what each present agent opened and searched for, by name, then the sum of former agents."""
    found = readings.by_agent(scope)
    members = agents.members(scope.service_id)
    rows = [(agent.name, *astuple(found.get(agent.id, readings.Readings()))) for agent in members]
    former = [
        astuple(counted) for agent, counted in found.items() if agent not in {member.id for member in members}
    ]
    if former:
        rows.append((_("Anciens agents"), *map(sum, zip(*former, strict=True))))
    return Table((_("Agent"), _("Dossiers ouverts"), _("Fichiers et messages lus"), _("Recherches")), rows)


def dossiers(scope: Scope) -> Table:
    """Return the dossiers filed in the period, one row each, without applicants' names."""
    found = store.dossiers(scope, MOST_ROWS + 1)
    dated = (Stage.TAKING, Stage.WHOLE, Stage.MAKING, Stage.COLLECTING)
    rows = [
        (
            dossier.reference,
            _(journey(dossier.journey, dossier.journey_version).title),
            _(STATE_TITLES[dossier.state]),
            dossier.filed_on.isoformat(),
            *(_iso(dossier.ended.get(stage)) for stage in dated),
            _iso(bounded(dossier.rights_end)),
            _iso(dossier.legal_answer_on),
            dossier.agent,
        )
        for dossier in found[:MOST_ROWS]
    ]
    heads = (
        _("Référence"),
        _("Démarche"),
        _("État"),
        _("Déposé le"),
        _("Pris en charge le"),
        _("Terminé le"),
        _("Carte disponible le"),
        _("Carte remise le"),
        _("Fin des droits"),
        _("Réponse légale au plus tard le"),
        _("Agent"),
    )
    return Table(heads, rows, cut=len(found) > MOST_ROWS)


def _iso(day: Any) -> str:
    return day.isoformat() if day else ""


@dataclass(frozen=True)
class Kind:
    """A table that can be shown and exported; title and sentence are msgids."""

    title: str
    sentence: str
    make: Callable[[Scope], Table]
