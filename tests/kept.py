"""The migrated database is kept from run to run, until a migration changes: migrating takes long.

Its name holds the digest of all that migrations are made of, so one that does not fit is never
found. Of two workers that begin together one migrates, and the other waits for what it kept.
"""

import hashlib
import re
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import psycopg

ROOT = Path(__file__).resolve().parents[1]
HELPERS = re.compile(r"^\s*from (borough[\w.]*) import (\w+)", re.MULTILINE)
KEEPING = 0x4B_45_50  # "KEP": the number of the lock, so that it meets no other


def name() -> str:
    """Return what the database of today's migrations is called."""
    migrations = sorted((ROOT / "borough").rglob("migrations/*.py"))
    made_of = {*migrations, ROOT / "uv.lock", *_helpers(migrations)}
    digest = hashlib.sha256()
    for path in sorted(made_of):
        digest.update(f"{path.relative_to(ROOT)}\0".encode() + path.read_bytes())
    return f"kept_{digest.hexdigest()[:16]}"


@contextmanager
def one_at_a_time(host: str) -> Iterator[psycopg.Connection]:
    """Hold the lock of keeping; yield a session of the owner."""
    with psycopg.connect(host=host, user="postgres", dbname="postgres", autocommit=True) as owner:
        owner.execute("select pg_advisory_lock(%s)", [KEEPING])
        yield owner


def is_there(owner: psycopg.Connection) -> bool:
    """Tell whether the database of today's migrations was kept."""
    rows = owner.execute("select 1 from pg_database where datname = %s", [name()])
    return rows.fetchone() is not None


def keep(owner: psycopg.Connection, made: str) -> None:
    """Keep a database that was just migrated, and drop those of other migrations."""
    for (old,) in owner.execute("select datname from pg_database where datname ~ '^kept_'"):
        owner.execute(f"drop database {old} with (force)")
    owner.execute(f"create database {name()} template {made}")


def _helpers(migrations: list[Path]) -> Iterator[Path]:
    """Yield the modules of ours that migrations import."""
    for path in migrations:
        for package, part in HELPERS.findall(path.read_text()):
            module = ROOT / Path(*package.split("."))
            inside = (module / f"{part}.py", module / part / "__init__.py")
            yield from (one for one in (*inside, module.with_suffix(".py")) if one.is_file())
