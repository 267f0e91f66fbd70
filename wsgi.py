"""What gunicorn loads in each of its processes: no database connection is shared between two of them."""

import gc

from app import logs, serving
from app.factory import create_app
from app.settings import Settings
from app.web import health

logs.configure()
app = create_app(Settings.from_env())
serving.end_if_unmigrated()
health.begin_watching(app)
# What was made so far lives as long as the process: the collector need not go over it again and again.
gc.collect()
gc.freeze()
