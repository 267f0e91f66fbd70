"""The salt of recovery codes: random, one for the codes that are made at once; none for those that are there."""

from peewee import SQL, CharField


def up(migrator, db):
    migrator.migrate(
        migrator.add_column(
            "recovery_code", "salt", CharField(32, constraints=[SQL("DEFAULT ''")], default="")
        )
    )
