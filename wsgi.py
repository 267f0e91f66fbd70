"""What each process of the web server loads: no database connection is shared between two of them."""

import gc

from app import logs, serving
from app.cli.refusals import settings_or_exit
from app.factory import create_app
from app.web.access import modes
from app.web.operators import health

logs.configure()
app = create_app(settings_or_exit())
serving.end_if_unmigrated()
health.begin_watching(app)
modes.begin_looking(app)
# What was made so far lives as long as the process: the collector need not go over it again and again.
gc.collect()
gc.freeze()
