"""Annual billing of a whole town: how long each step takes, beside a bare COPY of the same rows.

    .venv/bin/python bench/billing.py --dwellings 131400

It keeps a database of its own below .borough/bench, furnishes it once, and bills the year that the
town has not billed yet. While it bills, a second process asks for an account's page; the same is
done before, without the run. The floor is what it takes to COPY the very rows that billing wrote
into tables without keys, indexes, triggers or checks, through the same connection.
"""

import argparse
import os
import resource
import statistics
import subprocess
import sys
import time
from collections import defaultdict
from collections.abc import Callable
from datetime import date
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parents[1]
HOME = ROOT / ".borough" / "bench"
YEAR, ISSUED = "2025-26", date(2025, 3, 10)
PORT = 8971

# What one account billed leaves behind, and which of its rows are this run's.
WRITTEN = {
    "ledger_subaccount": "part = '2025-26'",
    "ledger_holding": "sub_account_id in (select id from ledger_subaccount where part = '2025-26')",
    "ledger_journal": "source = 'revenues.billing' and key like '2025-26/%'",
    "ledger_posting": (
        "journal_id in (select id from ledger_journal"
        " where source = 'revenues.billing' and key like '2025-26/%')"
    ),
    "revenues_bill": "year = 2025",
    "facts_fact": "what = 'revenues.billed' and detail->>'year' = '2025-26'",
    "facts_concerns": (
        "fact_id in (select id from facts_fact"
        " where what = 'revenues.billed' and detail->>'year' = '2025-26')"
    ),
}

Timed = dict[str, float]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--dwellings", type=int, default=20_000)
    size = parser.parse_args().dwellings
    os.environ["BOROUGH_HOME"] = str(HOME / str(size))
    Path(os.environ["BOROUGH_HOME"]).parent.mkdir(parents=True, exist_ok=True)
    borough("migrate")
    borough("town", "--dwellings", str(size))

    from borough.wiring import command

    command._ready()
    from borough.lines.revenues.models import Bill

    if Bill.objects.filter(year=2025).exists():
        sys.exit(f"This town has billed {YEAR} before. Remove {os.environ['BOROUGH_HOME']} first.")
    with Visitor() as visitor:
        before = visitor.ask(40)
        timed, accounts, seconds = bill(visitor)
    floor, rows = copied(keyed=False)
    keyed, _ = copied(keyed=True)
    report(timed, accounts, seconds, floor, rows)
    print(f"COPY into tables with their keys    {keyed:>10.1f} s  {seconds / keyed:.2f} times that")
    show("page of an account, no run", before)
    show("page of an account, during the run", visitor.times)


def borough(*words: str) -> None:
    subprocess.run([sys.executable, "-m", "borough.wiring.command", *words], check=True, cwd=ROOT)


def bill(visitor: "Visitor") -> tuple[Timed, int, float]:
    """Bill everybody; return the seconds of each step, the accounts, and the seconds of all."""
    from borough.kernel import commanding, joining
    from borough.lines.revenues import annual, billing, notices, working
    from borough.lines.revenues.commands import annual as commands
    from borough.rules import years

    timed: Timed = defaultdict(float)
    for module, name, step in (
        (working, "work_out", "circumstances and compute"),
        (billing, "_post", "posting"),
        (notices, "issue", "notices"),
        (billing, "_record", "facts"),
    ):
        setattr(module, name, clocked(getattr(module, name), timed, step))
    actor = commanding.System("system/bench", frozenset(joining.capabilities()))
    run = commands.ask_billing(year=years.Year.named(YEAR), by=actor, on=ISSUED)
    visitor.keep_asking()
    began = time.perf_counter()
    annual.carry_out(run, by=actor, hands=annual.HANDS)
    seconds = time.perf_counter() - began
    visitor.stop_asking()
    again = time.perf_counter()
    annual.carry_out(run, by=actor)
    print(f"billing again: nothing to do, {time.perf_counter() - again:.2f} s")
    return timed, annual.totals(run)["accounts"], seconds


def clocked(call: Callable[..., Any], timed: Timed, step: str) -> Callable[..., Any]:
    def run(*args: Any, **options: Any) -> Any:
        began = time.perf_counter()
        try:
            return call(*args, **options)
        finally:
            timed[step] += time.perf_counter() - began

    return run


def copied(*, keyed: bool) -> tuple[float, dict[str, int]]:
    """COPY the rows of the run into tables of their own; return the seconds and rows by table.

    ``keyed``: into tables with the keys, indexes and checks of the real ones, but without a
    trigger, a reference or a line of ours: what PostgreSQL itself asks for such rows.
    """
    from django.db import connection, transaction

    seconds, rows = 0.0, {}
    made = "(like {0} including all)" if keyed else "as select * from {0} where false"
    with transaction.atomic(), connection.cursor() as cursor:
        for table, only in WRITTEN.items():
            with cursor.copy(f"copy (select * from {table} where {only}) to stdout") as out:
                data = b"".join(bytes(part) for part in out)
            rows[table] = data.count(b"\n")
            owner_makes(f"create table bare_{table} {made.format(table)}")
            began = time.perf_counter()
            with cursor.copy(f"copy bare_{table} from stdin") as into:
                for at in range(0, len(data), 1 << 20):
                    into.write(data[at : at + (1 << 20)])
            seconds += time.perf_counter() - began
    connection.close()
    for table in WRITTEN:
        owner_makes(f"drop table bare_{table}")
    return seconds, rows


def owner_makes(sql: str) -> None:
    import psycopg
    from django.db import connection

    settings = connection.settings_dict
    host, name, role = settings["HOST"], settings["NAME"], settings["USER"]
    with psycopg.connect(host=host, user="postgres", dbname=name, autocommit=True) as owner:
        owner.execute(sql)
        if sql.startswith("create"):
            owner.execute(f"grant insert on {sql.split()[2]} to {role}")


def report(timed: Timed, accounts: int, seconds: float, floor: float, rows: dict[str, int]) -> None:
    written = sum(rows.values())
    print(f"accounts billed                     {accounts:>10,}")
    print(f"rows written                        {written:>10,}  {rows}")
    print(
        f"billing                             {seconds:>10.1f} s  "
        f"{accounts / seconds:,.0f} accounts/s, {written / seconds:,.0f} rows/s"
    )
    for step, taken in sorted(timed.items(), key=lambda one: -one[1]):
        print(f"  {step:<34}{taken:>10.1f} s")
    print(f"bare COPY of the same rows          {floor:>10.1f} s  {written / floor:,.0f} rows/s")
    print(f"ratio                               {seconds / floor:>10.2f}")
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"peak memory of the billing process  {peak:>10.0f} MiB")


def show(what: str, times: list[float]) -> None:
    if len(times) > 1:
        ordered = sorted(times)
        p95 = ordered[int(0.95 * (len(ordered) - 1))]
        print(
            f"{what:<36}{1000 * statistics.median(times):>8.0f} ms median, {1000 * p95:.0f} ms at "
            f"the 95th percentile, {len(times)} times"
        )


def visiting(count: int) -> list[str]:
    from borough.town import visitors

    program = str(ROOT / "bench" / "visiting.py")
    ann = visitors.ALL[0].email
    return [sys.executable, program, str(PORT), str(count), ann, visitors.PASSWORD]


class Visitor:
    """An officer in another process, who opens one account after another."""

    def __init__(self) -> None:
        self.times: list[float] = []
        self.asker: subprocess.Popen[str] | None = None

    def __enter__(self) -> "Visitor":
        self.server = subprocess.Popen(
            [sys.executable, "-m", "borough.wiring.command", "serve", "--port", str(PORT)],
            cwd=ROOT,
            stderr=subprocess.DEVNULL,
        )
        return self

    def __exit__(self, *_: object) -> None:
        self.server.terminate()
        self.server.wait()

    def ask(self, count: int) -> list[float]:
        asked = subprocess.run(
            visiting(count), check=True, capture_output=True, text=True, cwd=ROOT
        )
        return [float(one) for one in asked.stdout.split()]

    def keep_asking(self) -> None:
        self.asker = subprocess.Popen(
            visiting(1_000_000), stdout=subprocess.PIPE, text=True, cwd=ROOT
        )

    def stop_asking(self) -> None:
        assert self.asker is not None
        self.asker.terminate()
        out, _ = self.asker.communicate()
        self.times = [float(one) for one in out.split()]


if __name__ == "__main__":
    main()
