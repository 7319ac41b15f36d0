"""Direct Debits through the year: instructions sent, collections made and posted, some come back.

Of what is collected a few in a thousand come back a few days later, as a file of the banks says.
"""

from datetime import date, timedelta
from xml.etree import ElementTree

import numpy as np

from borough.kernel.bank import service_user, working_days
from borough.kernel.living import Counts, Day
from borough.lines.revenues import collecting, collections, lodging, models
from borough.lines.revenues.commands import collections as commands
from borough.lines.revenues.commands import returned
from borough.lines.revenues.furnishing import paying as habits
from borough.lines.revenues.living import officers
from borough.rules import money

LOOKS_AHEAD_DAYS = 14
COMES_BACK_AFTER = 3  # working days after the money moved


def collect(day: Day) -> Counts:
    """Prepare, commit and make the files that have to be with the banks today."""
    counts: dict[str, int] = {}
    for entry_day in _entry_days(day.on):
        preview = commands.prepare_collection(
            entry_day=entry_day, by=officers.preparer(), on=day.on
        )
        collections.preview(preview)
        run = commands.commit_collection(preview=preview, by=officers.committer(), on=day.on)
        collections.carry_out(run, by=officers.committer())
        items, pence = collections.totals(run)
        counts["Direct Debits collected"] = counts.get("Direct Debits collected", 0) + items
        counts["Direct Debits, pence"] = counts.get("Direct Debits, pence", 0) + pence
    return counts


def post(day: Day) -> Counts:
    """Post what moved today as received, and what the bank credited."""
    found = models.Collection.objects.filter(entry_day=day.on).first()
    if found is None:
        return {}
    run = commands.post_collection(collection=found, by=officers.preparer(), on=day.on)
    collections.post(run, by=officers.preparer())
    file = models.SentFile.objects.filter(pk=found.pk).first()
    if file is not None:
        commands.record_credit(
            collection=found, pence=file.pence, by=officers.committer(), on=day.on
        )
    return {"collections posted": 1}


def lodge(day: Day) -> Counts:
    """Tell the banks of new and cancelled instructions, each Monday."""
    if day.on.weekday() or not lodging.waiting(day.on):
        return {}
    run = commands.send_instructions(by=officers.committer(), on=day.on)
    lodging.carry_out(run, by=officers.committer())
    return {"files of instructions": 1}


def take_back(day: Day) -> Counts:
    """Load the file of what came back of the collection some working days ago."""
    found = next(
        (
            one
            for one in models.Collection.objects.filter(
                entry_day__gte=day.on - timedelta(LOOKS_AHEAD_DAYS), entry_day__lt=day.on
            )
            if working_days.later(one.entry_day, COMES_BACK_AFTER) == day.on
        ),
        None,
    )
    if found is None:
        return {}
    items = _come_back(day, found)
    if not items:
        return {}
    content = _file(found, items, day.on)
    file = returned.load_advices(content=content, by=officers.preparer(), on=day.on)
    return {"Direct Debits returned": file.lines.count()}


def _entry_days(on: date) -> list[date]:
    """Return the days of entry whose file has to be with the banks on a day."""
    soon = [on + timedelta(days) for days in range(LOOKS_AHEAD_DAYS)]
    usual = set(habits.figures()["direct_debit_days"])
    again = set(
        models.TriedAgain.objects.filter(
            collects_on__gte=on, collects_on__lte=soon[-1]
        ).values_list("collects_on", flat=True)
    )
    cycles = [collecting.days(one) for one in soon if one.day in usual or one in again]
    made = set(
        models.Collection.objects.filter(entry_day__gte=on).values_list("entry_day", flat=True)
    )
    due = {one.on for one in cycles if one.cycle.input_day == on}
    return sorted(due - made)


def _come_back(day: Day, found: models.Collection) -> list[tuple[models.CollectionItem, str]]:
    """Draw which items come back, and with which code."""
    mix = habits.figures()["living"]
    items = list(found.items.order_by("id").values_list("id", flat=True))
    drawn = day.dice("revenues returned").integers(0, 10_000, len(items))
    chosen = np.flatnonzero(drawn < mix["returned_per_10000"])
    codes = list(mix["return_codes"])
    upto = np.cumsum([mix["return_codes"][code] for code in codes])
    which = day.dice("revenues codes").integers(0, upto[-1], len(chosen))
    rows = models.CollectionItem.objects.select_related("instruction__details__person").in_bulk(
        [items[one] for one in chosen]
    )
    return [
        (rows[items[one]], str(codes[int(np.searchsorted(upto, draw, "right"))]))
        for one, draw in zip(chosen, which, strict=True)
    ]


def _file(
    found: models.Collection, items: list[tuple[models.CollectionItem, str]], on: date
) -> bytes:
    """Return an ARUDD advice, as the banks write it."""
    ours = service_user.ours()
    root = ElementTree.Element("BACSDocument")
    arudd = ElementTree.SubElement(ElementTree.SubElement(root, "Data"), "ARUDD")
    ElementTree.SubElement(arudd, "Header", reportType="REFT1019", currentProcessingDate=str(on))
    ElementTree.SubElement(arudd, "ServiceLicenseInformation", userNumber=ours.service_user_number)
    records = ElementTree.SubElement(
        ElementTree.SubElement(arudd, "Advice"), "OriginatingAccountRecords"
    )
    record = ElementTree.SubElement(records, "OriginatingAccountRecord")
    for item, code in items:
        said = {
            "ref": item.instruction.reference,
            "transCode": item.code,
            "returnCode": code,
            "returnDescription": "",
            "originalProcessingDate": str(found.processing_day),
            "valueOf": money.in_pounds(item.pence),
            "currency": "GBP",
        }
        row = ElementTree.SubElement(record, "ReturnedDebitItem", said)
        details = item.instruction.details
        hyphened = "-".join(details.sort_code[at : at + 2] for at in (0, 2, 4))
        payer = {"number": details.account_number, "sortCode": hyphened, "ref": said["ref"]}
        ElementTree.SubElement(row, "PayerAccount", payer)
    total = sum(item.pence for item, _ in items)
    said_total = {"numberOf": str(len(items)), "valueOf": money.in_pounds(total), "currency": "GBP"}
    ElementTree.SubElement(record, "Totals", said_total)
    content: bytes = ElementTree.tostring(root, encoding="ISO-8859-1", xml_declaration=True)
    return content
