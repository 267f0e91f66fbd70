# Services of the whole country: sub-prefectures beside prefectures, each with its places and its site.
from peewee import *


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("service", "department", CharField(max_length=3, default="")),
        migrator.add_column("service", "help_place", TextField(default="")),
        migrator.add_column("service", "site", CharField(max_length=200, default="")),
        migrator.add_column("service", "active", BooleanField(default=True)),
    )
    # Until now a service was a prefecture, and its code that of its département.
    db.execute_sql("UPDATE service SET department = code")


def down(migrator, db):
    for column in ("active", "site", "help_place", "department"):
        migrator.migrate(migrator.drop_column("service", column))
