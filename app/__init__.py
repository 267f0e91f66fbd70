"""Guichet séjour: ask for, renew and follow a French residence permit. `app.factory.create_app` builds it."""
