"""Everything at once: the database, the migrations, the town, the web and the worker."""

import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from datetime import date
from urllib.error import URLError
from urllib.request import urlopen

from borough.wiring import database, preparing

WORKER = ["work"]
MOST_STARTS = 5  # of a worker that ends by itself; a fault that comes back is one to be read


def everything(*, port: int, dwellings: int) -> int:
    """Start all of it, print where to look, and stop all of it on Ctrl-C.

    Returns:
        0 after Ctrl-C, 1 when a part ended by itself, 2 when it could not start.
    """
    if not _port_is_free(port):
        print(
            f"borough: port {port} is taken by another program. Choose another: "
            f"bin/run --port {port + 1}",
            file=sys.stderr,
        )
        return 2
    database.ensure_running()
    if not preparing.is_prepared():
        for step in (["migrate"], ["town", "--dwellings", str(dwellings)]):
            code = subprocess.call(_borough(*step))  # noqa: S603  our own command
            if code:
                return code
        preparing.remember()
    with _children(["serve", "--port", str(port)], WORKER) as children:
        if not _serves(port, children):
            print("borough: the web pages did not start; see the lines above.", file=sys.stderr)
            return 1
        _welcome(port)
        return _watch(children)


def serve(port: int) -> int:
    """Serve the pages until stopped."""
    import waitress  # noqa: PLC0415

    from borough.wiring.web import application  # noqa: PLC0415

    _follow_the_town()
    waitress.serve(
        application,
        host=os.environ.get("BOROUGH_BIND", "127.0.0.1"),
        port=port,
        threads=8,
        ident="borough",
        clear_untrusted_proxy_headers=True,
    )
    return 0


def work() -> int:
    """Do the queued work until stopped."""
    from procrastinate.contrib.django import app, django_connector  # noqa: PLC0415

    _follow_the_town()
    connector = app.connector
    assert isinstance(connector, django_connector.DjangoConnector)  # noqa: S101  for the types
    with app.replace_connector(connector.get_worker_connector()) as worker:
        worker.run_worker(concurrency=2)
    return 0


def migrate() -> int:
    """Bring the tables up to date, then give the application's role its rights."""
    from django.core.management import call_command  # noqa: PLC0415

    from borough.kernel import appending  # noqa: PLC0415
    from borough.kernel.ledger import chart  # noqa: PLC0415

    call_command("migrate", verbosity=0, interactive=False)
    chart.lay_chart()
    role = database.connection()["USER"]
    if role != database.connection(owner=True)["USER"]:
        appending.grant(role)
    elif not database.is_embedded():
        print(
            "borough: the application connects as the owner of the tables, who can switch off the "
            "ledger's guards. Give the owner's address as DATABASE_OWNER_URL and a lesser user as "
            "DATABASE_URL.",
            file=sys.stderr,
        )
    return 0


def _follow_the_town() -> None:
    """Stand on the day to which the invented town lives on, while it does so in another process."""
    from django.conf import settings  # noqa: PLC0415

    if settings.STANDING_DATE is None or os.environ.get("BOROUGH_TODAY"):
        return

    def follow() -> None:
        while True:
            time.sleep(1)
            with suppress(OSError, ValueError):  # not there yet, or being written
                settings.STANDING_DATE = date.fromisoformat(settings.LIVED_TO.read_text().strip())

    threading.Thread(target=follow, name="follow-the-town", daemon=True).start()


def _borough(*words: str) -> list[str]:
    return [sys.executable, "-m", "borough.wiring.command", *words]


def _port_is_free(port: int) -> bool:
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM) as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


@contextmanager
def _children(*commands: list[str]) -> Iterator[list[subprocess.Popen[bytes]]]:
    """Start children in a group of their own, so that Ctrl-C reaches them through us, once."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
    children = [_start(words) for words in commands]
    try:
        yield children
    finally:
        for child in children:
            child.terminate()
        for child in children:
            try:
                child.wait(timeout=10)
            except subprocess.TimeoutExpired:
                # Waited for, too: one that is killed and not yet gone still holds the database.
                os.killpg(child.pid, signal.SIGKILL)
                child.wait()


def _start(words: list[str]) -> subprocess.Popen[bytes]:
    return subprocess.Popen(_borough(*words), start_new_session=True)  # noqa: S603  our own command


def _serves(port: int, children: list[subprocess.Popen[bytes]]) -> bool:
    for _ in range(300):
        if any(child.poll() is not None for child in children):
            return False
        try:
            with urlopen(f"http://127.0.0.1:{port}/health", timeout=2) as answer:
                return bool(answer.status == 200)
        except (URLError, OSError):
            time.sleep(0.1)
    return False


def _watch(children: list[subprocess.Popen[bytes]]) -> int:
    """Wait until the pages end; a worker that ends is started again, a few times, and said so."""
    web, left = children[0], MOST_STARTS
    try:
        while web.poll() is None:
            if children[-1].poll() is not None:
                if not left:
                    break
                left -= 1
                print(
                    f"borough: the worker ended by itself ({children[-1].returncode}) and is "
                    f"started again; {left} more times at most.",
                    file=sys.stderr,
                    flush=True,
                )
                children[-1] = _start(WORKER)
            time.sleep(0.3)
    except KeyboardInterrupt:
        print("\nStopping.")
        return 0
    print("borough: a part of it ended by itself; see the lines above.", file=sys.stderr)
    return 1


def _welcome(port: int) -> None:
    from borough.town import visitors  # noqa: PLC0415

    print(f"\nBorough is at http://127.0.0.1:{port}/\n")
    everybody = (*visitors.ALL, visitors.RESIDENT)
    width = max(len(one.title) for one in everybody)
    for one in everybody:
        print(f"  {one.title:<{width}}  {one.email:<20} password: {visitors.PASSWORD}")
    print(
        "\nSoon after the first start the worker has joined what landlords, benefits, care and\n"
        "parking know of the residents: the support caseworker sees it. Then it tells ten\n"
        "invented years of a contract: whoever sits for a partner finds them under Year by year."
    )
    print("The town and everybody in it are invented. Stop with Ctrl-C.", flush=True)
