"""The amount of the e-stamp that a supervisor set in place of the rule's."""

from peewee import IntegerField


def up(migrator, db):
    migrator.migrate(migrator.add_column("dossier", "fee", IntegerField(null=True)))
