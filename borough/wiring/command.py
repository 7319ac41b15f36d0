"""The one command: ``borough``. Each subcommand is a sentence about what it does."""

import argparse
import os
import signal
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

from borough.wiring import database

Action = Callable[[argparse.Namespace], int]


def main(argv: Sequence[str] | None = None) -> int:
    """Run one subcommand; return its exit code (0 well, 1 found wrong, 2 cannot)."""
    words = list(sys.argv[1:] if argv is None else argv)
    if words[:1] == ["calculate"]:  # pure arithmetic: no database, no Django
        from borough.wiring import calculating  # noqa: PLC0415

        return calculating.main(words[1:], sys.stdin, sys.stdout)
    arguments = _parser().parse_args(words)
    with suppress(ValueError):  # not the main thread
        signal.signal(signal.SIGTERM, lambda *_: sys.exit(143))
        # A shell that starts us in the background has Ctrl-C ignored; we stop at it all the same.
        signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return int(arguments.action(arguments))
    except database.DatabaseUnavailable as error:
        print(f"borough: {error}", file=sys.stderr)
        return 2
    except KeyboardInterrupt:
        return 130
    except BrokenPipeError:  # whoever read our output has seen enough
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return 0


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="borough", description="The open back office for a council and its partner."
    )
    parser.set_defaults(action=lambda _: _help(parser))
    sub = parser.add_subparsers(metavar="COMMAND")

    def add(name: str, text: str, action: Action) -> argparse.ArgumentParser:
        one = sub.add_parser(name, help=text, description=text)
        one.set_defaults(action=action)
        return one

    run = add(
        "run", "everything at once: database, migrations, a furnished town, web, worker", _run
    )
    run.add_argument("--port", type=int, default=8000, help="the port of the web pages")
    run.add_argument("--dwellings", type=int, default=2000, help="size of the made-up town")
    serve = add("serve", "serve the web pages", _serve)
    serve.add_argument("--port", type=int, default=8000)
    add("work", "do the long work that pages ask for, until stopped", _work)
    add("migrate", "bring the database's tables up to date", _migrate)
    _add_town(add("town", "furnish the made-up town (only an empty database)", _town))
    bill = add("bill", "bill a year: preview, commit, post, with progress", _bill)
    bill.add_argument("year", help="for example 2025-26")
    bill.add_argument("--letters", action="store_true", help="make the bills as letters, too")
    bill.add_argument("--into", default="", help="a folder for the letters, with an index to post")
    _add_feed(sub.add_parser("feed", help="what other systems send to us"))
    fund = sub.add_parser("fund", help="what the hardship fund may spend")
    fund.set_defaults(action=lambda _: _help(fund))
    budget = fund.add_subparsers(metavar="WHAT").add_parser(
        "load", help="load the budgets of its strands: a CSV file of year, strand and pounds"
    )
    budget.add_argument("file", help="the file")
    budget.set_defaults(action=_fund)
    guidelines = sub.add_parser("guidelines", help="what the council holds households to spend")
    guidelines.set_defaults(action=lambda _: _help(guidelines))
    spent = guidelines.add_subparsers(metavar="WHAT").add_parser(
        "load", help="load a CSV file of starts, household, heading and pounds a month"
    )
    spent.add_argument("file", help="the file")
    spent.set_defaults(action=_guidelines)
    _add_peers(sub.add_parser("peers", help="with which other councils this one is compared"))
    returns = add("return", "work out a government return from the records", _return)
    returns.add_argument("name", choices=["taxbase"])
    returns.add_argument("--on", help="the day it describes, as 2025-10-06")
    add("link", "compare the records of all services; join the certain, propose the rest", _link)
    add("worries", "look for early worries in the whole borough, as each night does", _worries)
    _add_measure(sub.add_parser("measure", help="count what help comes to, and keep it"))
    add("check-ledger", "recompute every journal, total and chain; exit 1 on a difference", _check)
    add("check-recovery", "look for steps of recovery that should not be; exit 1", _check_recovery)
    add("check-moratoria", "look for what a breathing space forbade; exit 1", _check_moratoria)
    _add_sealing(add)
    add("export-ledger", "write the whole ledger as beancount text", _export)
    sub.add_parser(
        "calculate", help="run any scheme of the rules over a file; 'borough calculate' lists them"
    )
    manage = add("manage", "a Django management command, for engineers", _manage)
    manage.add_argument("rest", nargs=argparse.REMAINDER)
    return parser


def _add_sealing(add: Callable[[str, str, Action], argparse.ArgumentParser]) -> None:
    seal = add("seal", "seal a position that was filled in, on your own machine", _seal)
    seal.add_argument("file", help="the form, filled in")
    decisions = add(
        "check-decisions", "work every chain and seal of decisions out anew; exit 1", _decisions
    )
    decisions.add_argument("--file", help="the book of one case alone, without a database")
    decisions.add_argument("--head", default="", help="the 64 characters that the minutes hold")


def _add_town(town: argparse.ArgumentParser) -> None:
    town.add_argument("--dwellings", type=int, default=2000)
    town.add_argument("--seed", type=int, default=2026)
    of_town = town.add_subparsers(metavar="WHAT")
    live = of_town.add_parser("live", help="live through a year, day by day")
    live.add_argument("year", help="for example 2025-26")
    live.add_argument("--until", help="the last day, as 2025-06-30; by default the year's last")
    live.add_argument(
        "--post", action="store_true", help="print each day's letters too, and post them: slow"
    )
    live.set_defaults(action=_live)
    silos = of_town.add_parser(
        "silos", help="write the town as separate systems know it, and who is who, as CSV files"
    )
    silos.add_argument("folder", help="where the files go")
    silos.add_argument("--dwellings", type=int, dest="size", help="by default as furnished here")
    silos.add_argument("--seed", type=int, dest="drawn_from", help="by default as furnished here")
    silos.set_defaults(action=_silos)
    story = of_town.add_parser("story", help="tell the town ten invented years of a contract")
    story.set_defaults(action=_story)


def _add_feed(feed: argparse.ArgumentParser) -> None:
    feed.set_defaults(action=lambda _: _help(feed))
    load = feed.add_subparsers(metavar="WHAT").add_parser(
        "load", help="read a file of another system, and take it in"
    )
    load.add_argument("source", help="slug of the source, for example northway-rents")
    load.add_argument("file", help="the file, as it came")
    load.add_argument("--total", help="what its holder says it comes to, in pounds")
    load.add_argument("--as-at", help="the day of which it speaks, as 2025-06-30; else today")
    load.set_defaults(action=_feed)


def _add_peers(peers: argparse.ArgumentParser) -> None:
    peers.set_defaults(action=lambda _: _help(peers))
    load = peers.add_subparsers(metavar="WHAT").add_parser(
        "load", help="load a CSV file of published figures, or a list of councils"
    )
    load.add_argument("file", help="the file")
    load.add_argument("--title", required=True, help="what the set is called, as Lancashire")
    load.add_argument("--source", required=True, help="who published it, and when")
    load.add_argument("--measure", default="", help="what the figures are of; none: it is a list")
    load.set_defaults(action=_peers)


def _add_measure(measure: argparse.ArgumentParser) -> None:
    measure.set_defaults(action=lambda _: _help(measure))
    of = measure.add_subparsers(metavar="WHAT")
    claim = of.add_parser("claim", help="of those behind with Council Tax, who is behind with rent")
    claim.add_argument(
        "--planted", action="store_true", help="compare with the truth of the town furnished here"
    )
    claim.set_defaults(action=_claim)
    fairness = of.add_parser("fairness", help="whom help reaches in a quarter, by group")
    fairness.add_argument("--quarter", help="for example 2025-26-Q1; else the one before this")
    fairness.add_argument("--deciles", help="a CSV file: postcode,decile (1 to 10)")
    fairness.set_defaults(action=_fairness)
    outcomes = of.add_parser("outcomes", help="what help came to in the year up to today")
    outcomes.set_defaults(action=_outcomes)


def _help(parser: argparse.ArgumentParser) -> int:
    parser.print_help()
    return 0


def _ready(*, owner: bool = False) -> None:
    """Start the database and Django; migrations alone connect as the owner of the tables."""
    if owner:
        os.environ["BOROUGH_AS_OWNER"] = "1"
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "borough.wiring.settings")
    database.ensure_running()
    import django  # noqa: PLC0415

    django.setup()


def _run(arguments: argparse.Namespace) -> int:
    from borough.wiring import running  # noqa: PLC0415

    return running.everything(port=arguments.port, dwellings=arguments.dwellings)


def _serve(arguments: argparse.Namespace) -> int:
    _ready()
    from borough.wiring import running  # noqa: PLC0415

    return running.serve(arguments.port)


def _work(_: argparse.Namespace) -> int:
    _ready()
    from borough.wiring import running  # noqa: PLC0415

    return running.work()


def _migrate(_: argparse.Namespace) -> int:
    _ready(owner=True)
    from borough.wiring import running  # noqa: PLC0415

    return running.migrate()


def _town(arguments: argparse.Namespace) -> int:
    _ready()
    from borough.town import furnishing  # noqa: PLC0415

    return furnishing.main(dwellings=arguments.dwellings, seed=arguments.seed)


def _live(arguments: argparse.Namespace) -> int:
    _ready()
    from borough.town.living import year  # noqa: PLC0415

    return year.main(arguments.year, arguments.until, with_post=arguments.post)


def _silos(arguments: argparse.Namespace) -> int:
    _ready()
    from borough.town.silos import silos_command  # noqa: PLC0415

    return silos_command.main(arguments.folder, arguments.size, arguments.drawn_from)


def _story(_: argparse.Namespace) -> int:
    _ready()
    from borough.town.story import story_command  # noqa: PLC0415

    return story_command.main()


def _bill(arguments: argparse.Namespace) -> int:
    _ready()
    from borough.lines.revenues import bill_command  # noqa: PLC0415

    return bill_command.main(arguments.year, letters=arguments.letters, into=arguments.into)


def _feed(arguments: argparse.Namespace) -> int:
    _ready()
    from borough.resident.sources import feed_command  # noqa: PLC0415

    return feed_command.main(
        arguments.source, arguments.file, total=arguments.total, as_at=arguments.as_at
    )


def _fund(arguments: argparse.Namespace) -> int:
    _ready()
    from borough.resident.fund import budget_command  # noqa: PLC0415

    return budget_command.main(arguments.file)


def _peers(arguments: argparse.Namespace) -> int:
    _ready()
    from borough.partnership.peers import load_command  # noqa: PLC0415

    return load_command.main(arguments.file, arguments.title, arguments.source, arguments.measure)


def _guidelines(arguments: argparse.Namespace) -> int:
    _ready()
    from borough.resident.plans import guidelines_command  # noqa: PLC0415

    return guidelines_command.main(arguments.file)


def _return(arguments: argparse.Namespace) -> int:
    _ready()
    from borough.lines.revenues import returns  # noqa: PLC0415

    return returns.main(arguments.name, arguments.on)


def _link(_: argparse.Namespace) -> int:
    _ready()
    from borough.resident.identity import link_command  # noqa: PLC0415

    return link_command.main()


def _worries(_: argparse.Namespace) -> int:
    _ready()
    from borough.resident.signals import look_command  # noqa: PLC0415

    return look_command.main()


def _claim(arguments: argparse.Namespace) -> int:
    _ready()
    from borough.resident.effect import measure_command  # noqa: PLC0415
    from borough.town.silos import planted  # noqa: PLC0415

    return measure_command.claim_of(planted.tenants() if arguments.planted else [])


def _fairness(arguments: argparse.Namespace) -> int:
    _ready()
    from borough.resident.effect import measure_command  # noqa: PLC0415

    return measure_command.fairness_of(arguments.quarter, arguments.deciles)


def _outcomes(_: argparse.Namespace) -> int:
    _ready()
    from borough.resident.effect import measure_command  # noqa: PLC0415

    return measure_command.outcomes_of_today()


def _check(_: argparse.Namespace) -> int:
    _ready()
    from borough.wiring import checking  # noqa: PLC0415

    return checking.main(sys.stdout)


def _check_recovery(_: argparse.Namespace) -> int:
    _ready()
    from borough.lines.revenues import check_recovery  # noqa: PLC0415

    return check_recovery.main(sys.stdout)


def _check_moratoria(_: argparse.Namespace) -> int:
    _ready()
    from borough.resident.moratoria import check  # noqa: PLC0415

    return check.main(sys.stdout)


def _seal(arguments: argparse.Namespace) -> int:
    from borough.partnership.decisions import by_hand  # noqa: PLC0415  no database, no Django

    return by_hand.main(arguments.file, sys.stdout)


def _decisions(arguments: argparse.Namespace) -> int:
    from borough.partnership.decisions import check_command  # noqa: PLC0415

    if arguments.file:  # no database, no Django
        return check_command.of_file(arguments.file, arguments.head, sys.stdout)
    _ready()
    from borough.partnership.next_year import check_command as next_year  # noqa: PLC0415
    from borough.partnership.twenty import check_command as twenty  # noqa: PLC0415

    found = (check_command.main, twenty.main, next_year.main)
    return max(check(sys.stdout) for check in found)


def _export(_: argparse.Namespace) -> int:
    _ready()
    from borough.kernel.ledger import export  # noqa: PLC0415

    export.export_beancount(sys.stdout)
    return 0


def _manage(arguments: argparse.Namespace) -> int:
    _ready(owner=True)
    from django.core.management import execute_from_command_line  # noqa: PLC0415

    execute_from_command_line(["borough manage", *arguments.rest])
    return 0


if __name__ == "__main__":
    sys.exit(main())
