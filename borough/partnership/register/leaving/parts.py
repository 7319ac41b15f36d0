"""The parts of the pack: each reads one room of the shared table, and says who may take it.

Terms, claims, targets, promises and their records are written as exactly the text that is signed,
so that the digest of the file is the digest of the signatures. What is sealed and not opened is in
no part: only openings are read.
"""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from django.db.models import QuerySet

from borough.kernel.joining import Capability
from borough.kernel.pages import files
from borough.partnership.decisions import books
from borough.partnership.decisions import capabilities as decision_capabilities
from borough.partnership.decisions import models as cases
from borough.partnership.decisions import queries as deciding
from borough.partnership.measures import capabilities as measure_capabilities
from borough.partnership.measures import definitions
from borough.partnership.measures import models as measures
from borough.partnership.next_year import capabilities as next_year_capabilities
from borough.partnership.next_year import models as reviews
from borough.partnership.next_year import note
from borough.partnership.pack import capabilities as pack_capabilities
from borough.partnership.pack import models as packs
from borough.partnership.promises import capabilities as promise_capabilities
from borough.partnership.promises import models as promises
from borough.partnership.promises import queries as standing
from borough.partnership.promises import wording as promised
from borough.partnership.register import capabilities, columns, ocds, queries
from borough.partnership.savings import capabilities as savings_capabilities
from borough.partnership.savings.queries import charges, entries, terms
from borough.partnership.savings.queries import years as reckoning
from borough.partnership.seats import models as seats
from borough.partnership.seats import signing

File = tuple[str, bytes]
COUNTS = (
    *("pk", "measure", "year", "as_at", "numerator", "denominator", "definition"),
    *("restates", "on"),
)
DISPUTES = ("snapshot", "party", "why", "starts", "ends")
POSTS = (
    *("member__number", "post", "fte_hundredths", "postcode", "ward", "starts", "ends", "why"),
    *("member__transferred_on", "member__pension", "member__terms_protected"),
)
TRAINED = ("member__number", "on", "course", "hours_hundredths")
SEATS = ("party", "officer__name", "starts", "ends")
SIGNATURES = ("thing", "digest", "party", "officer__name", "on")


@dataclass(frozen=True, slots=True)
class Part:
    """A folder of the pack.

    Attributes:
        folder: its name.
        holds: what is in it, in a sentence.
        needs: the capability without which it is left out.
        write: yields path and content of each file, as it stands on a day; told, too, where the
            open contracting data is published.
    """

    folder: str
    holds: str
    needs: Capability
    write: Callable[[date, str], Iterator[File]]


def written_terms(on: date, _uri: str) -> Iterator[File]:
    """Yield each version of the terms as it is signed, and every baseline as a table."""
    versions = sorted(terms.versions(), key=lambda one: one.version)
    for one in versions:
        yield f"version-{one.version}.json", _signed(terms.content(one))
    lines = [(one.version, line.content) for one in versions for line in terms.lines(one)]
    head = ["version", *(lines[0][1] if lines else ())]
    rows = [[version, *(_cell(value) for value in said.values())] for version, said in lines]
    yield "baselines.csv", _table(head, rows)


def accounts(on: date, _uri: str) -> Iterator[File]:
    """Yield each year as it was worked out, what was charged, and what was claimed."""
    found = [one for contract in reckoning.contracts(on) for one in contract]
    for one in found:
        yield f"{one.year.name}.json", _json(_account(one))
    head = ["year", "day", "what", "pence", "charged_so_far_pence"]
    rows = [
        [year.name, each.on, each.narrative, each.pence, each.balance_pence]
        for year in charges.charged_years()
        for each in charges.statement(year, on)
    ]
    yield "charges.csv", _table(head, rows)
    for claim in entries.all_claims(on):
        if claim.entry.prepared_by:
            yield f"claims/{claim.entry.pk}.json", _signed(entries.claim_content(claim.entry))
    head = ["claim", "year", "title", "class", "state", "evidence", "gross_pence", "net_pence"]
    judged = [claim for one in found for claim in one.claims]
    yield "claims.csv", _table([*head, "becomes"], [_claim(one) for one in judged])


def counted(on: date, _uri: str) -> Iterator[File]:
    """Yield every count, how each measure is counted, targets as signed, and disputes."""
    yield "counts.csv", _rows(COUNTS, measures.Snapshot.objects.filter(on__lte=on))
    yield "measures.json", _json({one: _measure(one) for one in definitions.measures()})
    for target in measures.Target.objects.filter(on__lte=on).order_by("pk"):
        yield f"targets/{target.pk}.json", _signed(target.content)
    yield "disputes.csv", _rows(DISPUTES, measures.Dispute.objects.filter(starts__lte=on))


def contracts(on: date, uri: str) -> Iterator[File]:
    """Yield the register in the columns of the Code, and as open contracting data."""
    rows = [columns.row(one) for one in queries.register(on)]
    yield "contracts.csv", _table(columns.HEAD, rows)
    yield "open-contracting.json", _json(ocds.package(ocds.council(), on, uri=uri))


def promised_things(on: date, _uri: str) -> Iterator[File]:
    """Yield each promise and record as it is signed, and how the promises stand."""
    for one in promises.Promise.objects.filter(on__lte=on).order_by("pk"):
        yield f"promises/{one.pk}.json", _signed(one.content)
    rows = promises.Record.objects.filter(recorded_on__lte=on).order_by("pk")
    for each in rows:
        yield f"records/{each.pk}.json", _signed(each.content)
    head = ["promise", "title", "clause", "promised", "due", "stands", "why", "signed_by_both"]
    stands = [
        [
            each.promise.pk,
            each.promise.title,
            each.promise.clause,
            promised.promised(each.promise),
            each.promise.due,
            each.judged.status.value,
            promised.why(each.promise, each.judged),
            "Yes" if each.signed.both else "No",
        ]
        for each in standing.standings(on)
    ]
    yield "promises.csv", _table(head, stands)


def staff(on: date, _uri: str) -> Iterator[File]:
    """Yield the list of staff, by the numbers that were given for it alone; no names are known."""
    yield "posts.csv", _rows(POSTS, promises.Spell.objects.filter(starts__lte=on))
    yield "training.csv", _rows(TRAINED, promises.Training.objects.filter(on__lte=on))


def decisions(_on: date, _uri: str) -> Iterator[File]:
    """Yield the book of each case that was opened: what each partner thought, and the record."""
    for one in deciding.states(cases.Case.objects.order_by("pk")):
        if one.was_opened:
            yield f"case-{one.case.pk}.json", books.file(one.case)


def answers(on: date, _uri: str) -> Iterator[File]:
    """Yield the public note of each year whose answers both have signed."""
    for review in reviews.Review.objects.order_by("year"):
        told = note.said(review, on)
        if told is not None:
            yield f"{review.year}.json", _json(told)


def board(on: date, _uri: str) -> Iterator[File]:
    """Yield the words of each board pack, by whose digest both hold it on paper."""
    for one in packs.Pack.objects.filter(on__lte=on).order_by("pk"):
        yield f"pack-{one.pk}.json", one.told.encode()


def signatures(on: date, _uri: str) -> Iterator[File]:
    """Yield who sat for which partner, and every signature with the digest of what was signed."""
    yield "seats.csv", _rows(SEATS, seats.Seat.objects.filter(starts__lte=on))
    yield "signatures.csv", _rows(SIGNATURES, seats.Signature.objects.filter(on__lte=on))


PARTS = (
    Part(
        "terms",
        "The terms of the contract and every baseline. The SHA-256 of a version’s file is the "
        "digest that both partners signed.",
        savings_capabilities.SEE_SAVINGS,
        written_terms,
    ),
    Part(
        "years",
        "Each year as it was worked out, every charge, and every claim of a saving.",
        savings_capabilities.SEE_SAVINGS,
        accounts,
    ),
    Part(
        "measures",
        "Every count of every measure, how each is counted, targets and disputes.",
        measure_capabilities.SEE_MEASURES,
        counted,
    ),
    Part(
        "contracts",
        "The register of contracts, as the Transparency Code orders it and as OCDS 1.1.",
        capabilities.SEE_CONTRACTS,
        contracts,
    ),
    Part(
        "promises",
        "Every promise with its evidence, and how it stands.",
        promise_capabilities.SEE_PROMISES,
        promised_things,
    ),
    Part(
        "staff",
        "The list of staff behind the promises, by number: no name is known.",
        promise_capabilities.SEE_STAFF,
        staff,
    ),
    Part(
        "decisions",
        "The book of each decision that was opened. What is still sealed is not in it.",
        decision_capabilities.SEE_DECISIONS,
        decisions,
    ),
    Part(
        "next-year",
        "What both chose to do better or differently, year by year.",
        next_year_capabilities.SEE_NEXT_YEAR,
        answers,
    ),
    Part(
        "board-packs",
        "The words of every paper that the joint board was given.",
        pack_capabilities.SEE_PACKS,
        board,
    ),
    Part(
        "signatures",
        "Who sat for which partner, and who signed what, by its digest.",
        capabilities.TAKE_AWAY,
        signatures,
    ),
)


def _account(one: reckoning.Account) -> dict[str, Any]:
    return {
        "year": one.year.name,
        "terms_version": one.rule_set.version if one.rule_set else None,
        "missing": list(one.missing),
        "charge_pence": one.charge_pence,
        "levels_pence": asdict(one.bridge.levels) if one.bridge else None,
        "bars_pence": asdict(one.bridge.bars) if one.bridge else None,
        "totals_pence": asdict(one.totals),
        "sharing_pence": asdict(one.shared) if one.shared else None,
        "volumes": [
            {
                "line": each.line.code,
                "quantity": each.quantity,
                "count": each.snapshot.pk if each.snapshot else None,
                "disputed_by": list(each.disputed_by),
            }
            for each in one.volumes
        ],
        "scope_changes": [each.content for each in one.changes],
    }


def _claim(one: reckoning.Judged) -> list[object]:
    entry = one.standing.entry
    return [
        *(entry.pk, entry.year, entry.title, entry.kind, entries.STATES[one.standing.state]),
        *(entries.EVIDENCE[one.standing.level], entry.gross_pence, one.rule.net_pence, one.why),
    ]


def _measure(slug: str) -> dict[str, str]:
    measure = definitions.measures()[slug]
    said = {name: str(getattr(measure, name)) for name in definitions.WORDS}
    return {**said, "definition": definitions.digest(slug)}


def _signed(content: Mapping[str, Any]) -> bytes:
    """Return the one text of what is signed."""
    return signing.canonical(content).encode()


def _json(content: Mapping[str, Any]) -> bytes:
    return json.dumps(content, indent=1, sort_keys=True, ensure_ascii=False, default=str).encode()


def _rows(names: Sequence[str], rows: QuerySet[Any]) -> bytes:
    """Return rows as a table, the first recorded first, by the names of their columns."""
    head = [name.replace("__", "_") for name in names]
    return _table(head, rows.order_by("pk").values_list(*names))


def _table(head: Sequence[str], rows: Iterable[Sequence[object]]) -> bytes:
    return bytes(files.as_csv("table", head, rows).content)


def _cell(value: object) -> object:
    return json.dumps(value) if isinstance(value, list) else value
