"""Loaded before Django's settings are: the tests have an embedded PostgreSQL of their own."""

import os
import re
from pathlib import Path

import psycopg

os.environ["BOROUGH_HOME"] = str(Path(__file__).resolve().parents[1] / ".borough" / "tests")
os.environ["BOROUGH_AS_OWNER"] = "1"
os.environ.pop("DATABASE_URL", None)

from borough.wiring import database

database.ensure_running()


def _make_ready() -> None:
    """Drop the databases of test runs that were killed; let the server not wait for the disk.

    What tests write need not outlive a power cut: after one, delete ``.borough/tests``.
    """
    host = database.connection()["HOST"]
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as owner:
        for setting in ("fsync", "full_page_writes"):
            owner.execute(f"alter system set {setting} = off")
        owner.execute("select pg_reload_conf()")
        rows = owner.execute("select datname from pg_database where datname ~ '^(test_|own_)'")
        for (name,) in rows.fetchall():
            pid = re.search(r"_(\d+)(_gw\d+)?$", name)
            if pid and not Path(f"/proc/{pid[1]}").exists():
                owner.execute(f'drop database if exists "{name}" with (force)')


_make_ready()
