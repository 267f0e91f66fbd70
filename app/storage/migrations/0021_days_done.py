# Which daily tasks of the worker are over, and for which day.
from peewee import CharField, DateField, Model


class DayDone(Model):
    task = CharField(max_length=40, primary_key=True)
    day = DateField()

    class Meta:
        table_name = "day_done"


def up(migrator, db):
    with db.bind_ctx([DayDone]):
        db.create_tables([DayDone])
