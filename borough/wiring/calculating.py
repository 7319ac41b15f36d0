"""``borough calculate``: any scheme over a file, so that anyone can check our sums.

It needs no database and no Django. To add a scheme is to add its calculation to the register.
"""

import argparse
import csv
import gzip
import io
import pathlib
import sys
from collections.abc import Iterable, Sequence
from typing import TextIO

from borough.rules import attachment, files, parameters, years
from borough.rules.council_tax import calculations as council_tax
from borough.rules.partnership import calculations as partnership
from borough.rules.support import calculations as support

ATTACHMENT = files.RowByRow(
    slug="attachment-of-earnings",
    title="What an employer deducts under a council tax or DWP order",
    facts=tuple(attachment.SCHEME.facts.values()),
    defaults={"order_type": "CTAEO-ENG"},
    work_out=files.of_scheme(
        attachment.SCHEME,
        lambda year: parameters.InForce(parameters.load("attachment"), year.starts),
        {"deduction": "deduction"},
    ),
    otherwise=years.Year(2026),
    not_modelled=attachment.SCHEME.not_modelled,
)
REGISTER: tuple[files.Calculation, ...] = (
    council_tax.COUNCIL_TAX,
    council_tax.BANDS,
    council_tax.INSTALMENTS,
    council_tax.TAXBASE,
    ATTACHMENT,
    support.PLAN,
    partnership.SAVINGS,
    partnership.AGREEMENT,
)


def main(argv: Sequence[str], stdin: TextIO, stdout: TextIO) -> int:
    """Run one scheme over a file; return 0, or 2 when a row failed or the command is wrong."""
    by_slug = {one.slug: one for one in REGISTER}
    if not argv:
        for one in REGISTER:
            stdout.write(f"{one.slug:<24}{one.title}\n")
        return 0
    try:
        asked = _parser(by_slug).parse_args(argv)
        year = years.Year.named(asked.year) if asked.year else None
        scheme = by_slug[asked.scheme]
        if asked.columns:
            return _show(scheme, stdout)
        source = _opened(asked.path, stdin)
        return 0 if scheme.run(source, stdout, year=year, explain=asked.explain) else 2
    except SystemExit as stop:  # argparse has said why
        return stop.code if isinstance(stop.code, int) else 2
    except (ValueError, OverflowError, OSError, csv.Error) as error:
        sys.stderr.write(f"borough calculate: {error}\n")
        return 2


def _parser(slugs: Iterable[str]) -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(prog="borough calculate", description=__doc__)
    parser.add_argument("scheme", choices=[*slugs], help="see `borough calculate` for the list")
    parser.add_argument(
        "path", nargs="?", help="a .csv, .csv.gz or .json file; standard input if not"
    )
    parser.add_argument("--year", help="the financial year, such as 2025-26")
    parser.add_argument("--explain", action="store_true", help="the sentences behind each row")
    parser.add_argument("--columns", action="store_true", help="what the file must hold")
    return parser


def _show(scheme: files.Calculation, stdout: TextIO) -> int:
    stdout.write(f"{scheme.title}\n\n")
    for name, allowed, asks in scheme.columns():
        stdout.write(f"{name:<24}{asks}\n{'':<24}  {allowed}\n")
    stdout.write("\nNot modelled:\n")
    for sentence in scheme.not_modelled:
        stdout.write(f"- {sentence}\n")
    return 0


def _opened(path: str | None, stdin: TextIO) -> TextIO:
    """Return the text of the file or of standard input, unpacked when it is gzip."""
    if path is not None:
        return _text(pathlib.Path(path).read_bytes())
    raw = getattr(stdin, "buffer", None)
    return _text(raw.read()) if raw is not None else stdin


def _text(raw: bytes) -> TextIO:
    plain = gzip.decompress(raw) if raw.startswith(b"\x1f\x8b") else raw
    return io.StringIO(plain.decode("utf-8-sig"), newline="")
