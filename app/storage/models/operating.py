"""What operators read and set: workers that live, what the service takes in; requests and days that are done."""

from peewee import BigAutoField, CharField, DateField

from app.storage.database import UtcField
from app.storage.models.table import Table


class WorkerBeat(Table):
    """The last turn of one loop of a worker: its mails, its prints, its sweep of the calendar."""

    id = BigAutoField()
    worker = CharField(80)  # host and process
    loop = CharField(20)
    at = UtcField()

    class Meta:
        indexes = ((("worker", "loop"), True),)


class Switch(Table):
    """What an operator set for all machines, or for one: read only, maintenance, drained."""

    name = CharField(80, primary_key=True)
    value = CharField(20)
    since = UtcField()


class DoneRequest(Table):
    """A request whose transaction was committed: a connection that dies inside COMMIT does not say so."""

    key = CharField(40, primary_key=True)
    at = UtcField(index=True)


class DayDone(Table):
    """The last day on which a daily task of the worker came to its end."""

    task = CharField(40, primary_key=True)
    day = DateField()
