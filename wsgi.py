"""What gunicorn loads in each of its processes: no database connection is shared between two of them."""

import gc

from app import logs, serving
from app.factory import create_app
from app.settings import Settings

logs.configure()
app = create_app(Settings.from_env())
serving.end_if_unmigrated()
# What was made so far lives as long as the process: the collector need not go over it again and again.
gc.collect()
gc.freeze()
