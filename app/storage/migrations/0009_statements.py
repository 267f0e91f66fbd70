"""The signed statement that the QR code of a certificate holds."""

from peewee import TextField


def up(migrator, db):
    migrator.migrate(migrator.add_column("attestation", "statement", TextField(null=True)))
