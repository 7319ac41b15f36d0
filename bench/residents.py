"""Thirty officers at once on random residents' pages, of the town that stands in BOROUGH_HOME.

    BOROUGH_HOME=... .venv/bin/python bench/residents.py [--officers 30] [--seconds 120]
        [--pause 5] [--meanwhile "check-ledger"]

Each officer opens a page, reads for PAUSE seconds on average, opens the next. What goes on in the
meantime is any `borough` command, begun a quarter of the way in; pages are told apart by it.
"""

import argparse
import http.cookiejar
import os
import random
import shlex
import statistics
import subprocess
import sys
import threading
import time
import urllib.error
import urllib.request
from dataclasses import dataclass, field
from pathlib import Path

import visiting

ROOT = Path(__file__).resolve().parents[1]
BOROUGH = [sys.executable, "-m", "borough.wiring.command"]
PORT = 8941


@dataclass
class Seen:
    """What the officers saw: seconds of each page and whether a run went on, and what failed."""

    pages: list[tuple[float, bool]] = field(default_factory=list)
    errors: list[str] = field(default_factory=list)
    meanwhile: bool = False


def main() -> None:
    asked = arguments()
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borough.wiring.settings")
    residents = people()
    serve = [*BOROUGH, "serve", "--port", str(PORT)]
    with subprocess.Popen(serve, cwd=ROOT, stdout=subprocess.DEVNULL) as server:
        try:
            seen = work(asked, residents)
        finally:
            server.terminate()
    for during in (False, True):
        show("while a run goes on" if during else "with nothing else", seen, during=during)
    print(f"errors                              {len(seen.errors):>8}  {seen.errors[:3]}")


def work(asked: argparse.Namespace, residents: list[int]) -> Seen:
    """Let the officers work, and a run begin among them; return what they saw."""
    seen, over = Seen(), threading.Event()
    # One after another, and the next only when the door lets them in: it takes few a minute.
    openers = [sign_in() for _ in range(asked.officers)]
    officers = [
        threading.Thread(target=officer, args=(number, opener, asked, residents, seen, over))
        for number, opener in enumerate(openers)
    ]
    for one in officers:
        one.start()
    time.sleep(asked.seconds / 4)
    if asked.meanwhile:
        seen.meanwhile = True
        began = time.perf_counter()
        subprocess.run(
            [*BOROUGH, *shlex.split(asked.meanwhile)],
            cwd=ROOT,
            check=True,
            stdout=subprocess.DEVNULL,
        )
        seen.meanwhile = False
        print(f"{asked.meanwhile:<36}{time.perf_counter() - began:>8.1f} s beside the officers")
    time.sleep(asked.seconds / 2)
    over.set()
    for one in officers:
        one.join()
    return seen


def sign_in() -> urllib.request.OpenerDirector:
    """Sign an officer in, say why, and return what opens pages for them."""
    from borough.town import visitors

    email = next(one.email for one in visitors.ALL if one.role == "support-caseworker")
    base = f"http://127.0.0.1:{PORT}"
    opener = urllib.request.build_opener(
        urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
    )
    visiting.wait(opener, base)
    for _ in range(60):
        try:
            visiting.send(
                opener, f"{base}/accounts/login/", login=email, password=visitors.PASSWORD
            )
            visiting.send(opener, f"{base}/purpose", purpose="resident.support")
            with opener.open(f"{base}/purpose") as answer:
                if "Sign out" in answer.read().decode():
                    return opener
        except urllib.error.HTTPError:
            pass  # too many at once
        time.sleep(2)
    sys.exit("The officers cannot sign in.")


def officer(
    number: int,
    opener: urllib.request.OpenerDirector,
    asked: argparse.Namespace,
    residents: list[int],
    seen: Seen,
    over: threading.Event,
) -> None:
    """Open one resident's page after another."""
    chance, base = random.Random(number), f"http://127.0.0.1:{PORT}"
    while not over.wait(chance.expovariate(1 / asked.pause)):
        resident, during = chance.choice(residents), seen.meanwhile
        began = time.perf_counter()
        try:
            with opener.open(f"{base}/residents/{resident}") as answer:
                if "Who looked, and why" not in answer.read().decode():
                    seen.errors.append(f"{resident}: another page")
        except (urllib.error.URLError, OSError) as error:
            seen.errors.append(f"{resident}: {error}")
        else:
            seen.pages.append((time.perf_counter() - began, during and seen.meanwhile))


def show(what: str, seen: Seen, *, during: bool) -> None:
    times = sorted(seconds for seconds, when in seen.pages if when == during)
    if len(times) > 1:
        p95 = times[int(0.95 * (len(times) - 1))]
        print(
            f"page of a resident, {what:<22}{1000 * statistics.median(times):>6.0f} ms median, "
            f"{1000 * p95:.0f} ms at the 95th percentile, {1000 * times[-1]:.0f} ms at most, "
            f"{len(times)} pages"
        )


def people() -> list[int]:
    """Return the ids of everybody in the town."""
    from borough.wiring import command

    command._ready()
    from borough.kernel.people.models import Person

    found = list(Person.objects.values_list("pk", flat=True))
    print(f"residents                           {len(found):>8,}")
    return found


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--officers", type=int, default=30)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--pause", type=float, default=5, help="seconds that a page is read")
    parser.add_argument("--meanwhile", default="check-ledger", help="a borough command")
    return parser.parse_args()


if __name__ == "__main__":
    main()
