"""Loaded before Django's settings are: the tests have an embedded PostgreSQL of their own."""

import os
from pathlib import Path

os.environ["BOROUGH_HOME"] = str(Path(__file__).resolve().parents[1] / ".borough" / "tests")
os.environ["BOROUGH_AS_OWNER"] = "1"
os.environ.pop("DATABASE_URL", None)

from borough.wiring import database  # noqa: E402  the home must be set first

database.ensure_running()
