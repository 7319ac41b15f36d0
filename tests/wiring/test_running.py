"""The whole of it as a process: started, looked at, stopped; nothing is left."""

import os
import re
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest

ROOT = Path(__file__).resolve().parents[2]


@pytest.fixture
def port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


@pytest.fixture
def home() -> Path:
    """A new place for the data, short and open enough for a database server's own user."""
    place = ROOT / ".borough" / f"r{os.getpid()}"
    yield place
    for process in of(place):
        process.kill()
    subprocess.run(["rm", "-rf", str(place)], check=True)


def of(place: Path) -> list[psutil.Process]:
    """Return the processes that work in this place."""
    found = []
    for process in psutil.process_iter(["cmdline", "environ"]):
        words = process.info["cmdline"] or []
        if str(place) in " ".join(words) or (
            (process.info["environ"] or {}).get("BOROUGH_HOME") == str(place)
        ):
            found.append(process)
    return found


def start(home: Path, port: int) -> subprocess.Popen:
    """Start all of it as a shell does in the background: with Ctrl-C ignored to begin with."""
    environment = {k: v for k, v in os.environ.items() if k != "BOROUGH_AS_OWNER"}
    words = ["run", "--port", str(port), "--dwellings", "120"]
    ours = signal.signal(signal.SIGINT, signal.SIG_IGN)
    try:
        return subprocess.Popen(
            [sys.executable, "-m", "borough.wiring.command", *words],
            env={**environment, "BOROUGH_HOME": str(home)},
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )
    finally:
        signal.signal(signal.SIGINT, ours)


def wait_until_served(port: int, started: subprocess.Popen) -> None:
    for _ in range(1200):
        assert started.poll() is None, started.stdout.read()
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{port}/health") as answer:
                assert answer.status == 200
                return
        except (urllib.error.URLError, OSError):
            time.sleep(0.1)
    pytest.fail("nothing was served in two minutes")


def workers(home: Path) -> list[psutil.Process]:
    return [process for process in of(home) if process.info["cmdline"][-1:] == ["work"]]


def wait_for(true: Callable[[], object]) -> None:
    for _ in range(300):
        if true():
            return
        time.sleep(0.1)
    pytest.fail("it did not come true in half a minute")


def day_shown(port: int) -> str:
    with urllib.request.urlopen(f"http://127.0.0.1:{port}/") as answer:
        found = re.search(r"today is ([^.]+)\.", answer.read().decode())
    return found[1] if found else ""


def a_killed_worker_is_started_again(home: Path) -> None:
    [killed] = workers(home)
    killed.kill()
    wait_for(lambda: [one.pid for one in workers(home) if one.pid != killed.pid])


def the_pages_stand_where_the_town_has_lived_to(home: Path, port: int) -> None:
    assert day_shown(port) == "10 March 2025"
    (home / "standing-day").write_text("2025-06-30\n")
    wait_for(lambda: day_shown(port) == "30 June 2025")


def test_it_starts_twice_and_ctrl_c_leaves_nothing_running(home, port):
    for stop in (signal.SIGINT, signal.SIGTERM):
        started = start(home, port)
        wait_until_served(port, started)
        if stop == signal.SIGINT:
            a_killed_worker_is_started_again(home)
            the_pages_stand_where_the_town_has_lived_to(home, port)
        started.send_signal(stop)
        said, _ = started.communicate(timeout=40)
        assert [process.cmdline() for process in of(home)] == []
    assert "Furnishing" not in said  # the second start finds it all there


def test_a_port_that_is_taken_is_said_in_words(home, port):
    with socket.socket() as other:
        other.bind(("127.0.0.1", port))
        other.listen()
        started = start(home, port)
        said, _ = started.communicate(timeout=60)
    assert started.returncode == 2
    assert f"bin/run --port {port + 1}" in said
