"""Sources of the figures: finished stages, published delays, and the record of exports."""

from peewee import AutoField, BigAutoField, BooleanField, CharField, DateField, ForeignKeyField, IntegerField

from app.storage.database import UtcField
from app.storage.models.dossiers import Dossier, Event
from app.storage.models.people import Agent, Service
from app.storage.models.table import Table


class StageTime(Table):
    """A finished stage of a dossier (`domain.actions.stages`), written with the transition that ends it.

    Days are those of Paris. `service` is the one that ended it; `agent` is null for the applicant and the system.
    """

    dossier_id: int
    service_id: int
    agent_id: int | None

    id = BigAutoField()
    dossier = ForeignKeyField(Dossier, backref="+", on_delete="CASCADE")
    service = ForeignKeyField(Service, backref="+", index=False)  # the index below begins with it
    agent = ForeignKeyField(Agent, null=True, backref="+", index=False)
    journey = CharField(40)
    stage = CharField(16)
    opened_by = ForeignKeyField(Event, backref="+", index=False, on_delete="CASCADE")
    ended_on = DateField()
    days = IntegerField()
    outcome = CharField(24)  # the state it ended in

    class Meta:
        table_name = "stage_time"
        indexes = (
            (
                ("opened_by", "stage"),
                True,
            ),  # a stage that ends again after a reopening replaces its first end
            (("service", "ended_on", "stage", "journey", "days", "outcome", "agent"), False),
        )


class DelayFigure(Table):
    """The published delay of a service in a procedure, from its decisions until `counted_on`."""

    service_id: int

    id = AutoField()
    service = ForeignKeyField(Service, backref="+", index=False, on_delete="CASCADE")
    journey = CharField(40)
    size = IntegerField()
    low = IntegerField()  # days
    high = IntegerField()
    counted_on = DateField(index=True)

    class Meta:
        table_name = "delay_figure"
        indexes = ((("service", "journey"), True),)


class ExportRecord(Table):
    """An export of figures or dossiers as a file, append-only."""

    agent_id: int
    service_id: int

    id = AutoField()
    service = ForeignKeyField(Service, backref="+")
    agent = ForeignKeyField(Agent, backref="+")
    what = CharField(16)  # the table, see presenters.staff.figure_tables
    since = DateField()
    until = DateField()
    journey = CharField(40, default="")
    rows = IntegerField()
    cut = BooleanField(default=False)  # there were more than could be exported
    at = UtcField()

    class Meta:
        table_name = "export_record"
