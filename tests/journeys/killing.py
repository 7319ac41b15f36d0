"""A process that is killed as the nth call of some function begins: what a power cut would do."""

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]

BEFORE = """
import importlib, itertools, os, signal, sys
import django; django.setup()
from django.db import connection
connection.settings_dict["NAME"] = sys.argv[1]
module, name, nth = importlib.import_module(sys.argv[2]), sys.argv[3], int(sys.argv[4])
call, count = getattr(module, name), itertools.count(1)
def deadly(*args, **options):
    if next(count) == nth:
        os.kill(os.getpid(), signal.SIGKILL)
    return call(*args, **options)
setattr(module, name, deadly)
from borough.kernel import commanding, joining
from borough.kernel.runs.models import Run
actor = commanding.System("system/tests", frozenset(joining.capabilities()))
"""


def kill(database: str, module: str, name: str, nth: int, *, work: str) -> None:
    """Do ``work`` in a process of its own until it is killed.

    Args:
        database: its name.
        module, name, nth: killed as the nth call of this function begins.
        work: Python, in which ``actor`` may do everything and ``Run`` is the model.
    """
    killed = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", BEFORE + work, database, module, name, str(nth)],
        env={**os.environ, "DJANGO_SETTINGS_MODULE": "borough.wiring.settings"},
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert killed.returncode == -9, killed.stderr
