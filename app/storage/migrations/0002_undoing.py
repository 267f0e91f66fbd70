"""What undoing and correcting need: uniqueness of certificates in force only, how each left force, replaced letters."""

from peewee import AutoField, CharField, DateTimeField, ForeignKeyField, Model, TextField


class Agent(Model):
    id = AutoField()

    class Meta:
        table_name = "agent"


def up(migrator, db):
    migrator.migrate(
        migrator.add_column("attestation", "ending", CharField(max_length=10, null=True)),
        migrator.add_column("decision_letter", "superseded_at", DateTimeField(null=True)),
        migrator.add_column("correction", "agent_id", ForeignKeyField(Agent, field=Agent.id, null=True)),
        migrator.add_column("correction", "reason", TextField(null=True)),
        migrator.add_column("dossier", "work_mention", TextField(null=True)),
    )
    # A certificate that was taken back can be issued again, on the same days.
    db.execute_sql("DROP INDEX attestation_dossier_id_kind_valid_from")
    db.execute_sql(
        "CREATE UNIQUE INDEX attestation_in_force ON attestation (dossier_id, kind, valid_from) "
        "WHERE revoked_at IS NULL"
    )
