# What the agents of a service read in a period is found by service and day.


def up(migrator, db):
    db.execute_sql("CREATE INDEX auditrecord_service_id_at ON audit_record (service_id, at)")
