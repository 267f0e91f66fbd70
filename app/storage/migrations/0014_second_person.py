"""Accounts of agents that one administrator gave and a second person has to accept."""

from peewee import *


def up(migrator, db):
    migrator.migrate(migrator.add_column("agent", "proposed_at", DateTimeField(null=True)))
