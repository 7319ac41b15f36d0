"""What was changed of an account and its home, newest first; and undoing what was wrong."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import joining
from borough.kernel.officers import queries as officers
from borough.kernel.pages import cells, tables, wording
from borough.kernel.visits import Subject, Visit, personal
from borough.lines.revenues import capabilities, keeping, models
from borough.lines.revenues.commands import undoing
from borough.lines.revenues.pages import accounts as account_pages
from borough.lines.revenues.pages import changing, subjects
from borough.lines.revenues.queries import accounts, changes, holdings

COLUMNS = (
    tables.day("on", "Day"),
    tables.text("what", "What"),
    tables.text("by", "By"),
    tables.text("undo", "Undo"),
)
ROWS = (tables.text("kind", "Of"), tables.text("before", "Now"), tables.text("after", "After this"))


@personal(capabilities.SEE_ACCOUNT, subject=subjects.of_account)
def account_changes(visit: Visit, reference: str) -> HttpResponse:
    """Show what was changed of an account and its home."""
    account = subjects.account(reference)
    card = accounts.card(account, on=visit.today)
    found = changes.of([account.thing, keeping.thing_of(account.dwelling)])
    names = officers.names({one.by for one in found})
    rows = [
        {
            "on": one.on,
            "what": changes.title(one),
            "by": names.get(one.by, one.by),
            **({"undo": undo} if (undo := _undo(one, visit)) else {}),
        }
        for one in found
    ]
    return render(
        visit,
        "revenues/changes.html",
        account_pages.frame(visit, card, "account_changes")
        | {"table": tables.Table("Changes", COLUMNS, rows, empty="Nothing was changed here.")},
    )


def _of_change(number: int) -> Subject:
    one = _change(number)
    uprns = [int(each.partition("/")[2]) for each in one.things if ".dwelling/" in each]
    found = [subjects.of_dwelling(uprn) for uprn in uprns]
    people = dict.fromkeys(person for each in found for person in each.people)
    return Subject(tuple(people), one.things[0], f"change {one.pk}")


@personal(capabilities.UNDO_CHANGE, subject=_of_change)
def undo(visit: Visit, number: int) -> HttpResponse:
    """Undo a change."""
    one = _change(number)
    title = changes.title(one)
    references = [each.partition("/")[2] for each in one.things if ".account/" in each]
    home = next(each.partition("/")[2] for each in one.things if ".dwelling/" in each)
    back = (
        reverse("revenues:account_changes", args=[references[0]])
        if references
        else reverse("revenues:dwelling", args=[home])
    )
    change = changing.Change(
        title=f"Undo: {title[:1].lower()}{title[1:]}",
        says=f"Everything is made as it was before this change of {wording.day(one.on)}, and every "
        "year that it touched is worked out again. What was recorded since stays.",
        act=lambda: undoing.undo_change(change=one, by=visit.actor, on=visit.today),
        done="Change undone",
        back=back,
        accounts=references,
        shows=lambda _: [_rows(one)],
        over=changes.why_final(one),
    )
    form = changing.ChangeForm(changing.asked(visit), today=visit.today)
    return changing.make(visit, form, change)


def _rows(one: models.Change) -> changing.Shown:
    """Show what goes back to what."""
    rows = [
        {
            "kind": KINDS[row["kind"]],
            "before": _words(row["kind"], row["after"]),
            "after": _words(row["kind"], row["before"]),
        }
        for row in one.rows
    ]
    caption = "What becomes as it was"
    return changing.Shown(rows=[tables.Table(caption, ROWS, rows)] if rows else ())


KINDS = {
    "account": "Account",
    "liability": "Who is liable",
    "household": "Adults",
    "disregard": "Disregard",
    "annexe": "Annexe discount",
    "disabled": "Disabled reduction",
    "reduction": "Reduction",
    "plan": "Way of paying",
    "band": "Band",
    "occupation": "Use of the home",
    "exemption": "Exemption",
    "exception": "Exception to a premium",
    "owner_liable": "Owner liable by class",
    "residence": "Who lives there",
    "correspondence": "Address for letters",
}


def _words(kind: str, values: keeping.Row | None) -> cells.Lines | str:
    if values is None:
        return "Nothing"
    model = keeping.KINDS[kind]
    known = {name: value for name, value in values.items() if name != "id"}
    row = model(
        **{
            each.attname: each.to_python(known[each.attname])
            for each in model._meta.concrete_fields
            if each.attname in known
        }
    )
    says = holdings.words(row) if type(row) in holdings.WORDS else ""
    period = wording.period(row.starts, row.ends)  # type: ignore[attr-defined]
    return cells.Lines(tuple(each for each in (says or _who(row), period) if each))


def _who(row: object) -> str:
    if isinstance(row, models.Account):
        return row.reference
    person = getattr(row, "person", None)
    return person.name if person else ""


def _undo(one: models.Change, visit: Visit) -> cells.Link | cells.Tag | None:
    if hasattr(one, "undone_by"):
        return cells.Tag("Undone", "grey")
    made_by = joining.capabilities()[one.capability]
    allowed = {capabilities.UNDO_CHANGE.slug, made_by.slug} <= visit.actor.capabilities
    if one.undoes_id is not None or not allowed:
        return None
    title = f"{changes.title(one)} of {wording.day(one.on)}"
    return cells.Link("Undo", reverse("revenues:undo", args=[one.pk]), hidden=title)


def _change(number: int) -> models.Change:
    return get_object_or_404(models.Change, pk=number)
