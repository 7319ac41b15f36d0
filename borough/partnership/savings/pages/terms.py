"""The terms of the contract by version: what they say, and who has signed every word of them."""

from django.http import HttpResponse
from django.shortcuts import get_object_or_404, render
from django.urls import reverse

from borough.kernel import doing
from borough.kernel.pages import cells, components, fields, forms, tables
from borough.kernel.pages import wording as words
from borough.kernel.visits import Visit, page
from borough.partnership.savings import capabilities, models
from borough.partnership.savings.commands import terms as commands
from borough.partnership.savings.pages import parsing, reading, showing
from borough.partnership.savings.queries import terms as queries
from borough.partnership.savings.queries import years as reckoning
from borough.partnership.seats import capabilities as seat_capabilities
from borough.partnership.seats import queries as seats
from borough.partnership.seats.models import Party, Signature

VERSIONS = (
    tables.text("version", "Version", link="href"),
    tables.text("first_year", "From"),
    tables.text("guarantee", "Guarantee"),
    tables.text("signed", "Signed by"),
)
LINES = (
    tables.text("line", "Line"),
    tables.text("cost", "What it costs"),
    tables.text("follows", "Follows"),
    tables.text("base", "Base year"),
    tables.money("value", "In the base year"),
    tables.text("can", "What you can do"),
)
CHANGES = (
    tables.text("change", "Change of scope"),
    tables.text("year", "Year"),
    tables.money("pence", "Amount"),
    tables.text("can", "What you can do"),
)
KINDS = [(one.value, str(one.label)) for one in models.Line.Kind]


class Terms(forms.Form):
    """Guarantee, shares, index."""

    first_year = fields.TextField(
        what="the first year", label="From which year do they hold?", help_text="Like 2025-26"
    )
    last_year = fields.TextField(
        what="the last year",
        label="In which year does the contract end?",
        help_text="Like 2034-35. Empty while no end is agreed.",
        required=False,
    )
    guarantee = fields.TextField(
        what="the guarantee", label="Which saving is guaranteed, in per cent?"
    )
    carries = fields.YesNoField(
        what="yes if a shortfall is carried on",
        label="Is a shortfall that is not cleared carried to the next year?",
    )
    bands = fields.LongTextField(
        what="the shares",
        label="What is the partner’s share, in per cent?",
        help_text="A line each, like “up to 100000: 20” and at last “more: 30”. Empty: no share.",
        required=False,
        rows=3,
    )
    index_name = fields.TextField(
        what="the index", label="Which published index do prices follow?", required=False
    )
    index_vintage = fields.TextField(what="the vintage", label="As published when?", required=False)
    index_values = fields.LongTextField(
        what="the index values",
        label="Which values are signed?",
        help_text="A year and a value on each line, like 2023-24 133.8",
        required=False,
        rows=4,
    )


class Line(forms.Form):
    """One line of the baseline."""

    code = fields.TextField(what="a code", label="What is it called in short?", max_length=40)
    service = fields.TextField(what="the service", label="Which work is it?", max_length=80)
    kind = fields.ChoiceField(
        what="how its cost goes", label="How does its cost go?", choices=KINDS
    )
    amount = fields.MoneyField(
        what="an amount", label="If it is fixed: what does it cost a year?", required=False
    )
    driver = fields.SelectField(
        what="a measure", label="If not: which count does it follow?", choices=(), required=False
    )
    base_quantity = fields.WholeNumberField(
        what="the number",
        label="How many were there in the base year?",
        required=False,
        min_value=0,
        max_value=10**12,
    )
    unit_cost = fields.MoneyField(
        what="a cost", label="If it is variable: what does each cost?", required=False
    )
    steps = fields.LongTextField(
        what="the steps",
        label="If it is stepped: what up to how many?",
        help_text="A line each, like “up to 5000: 100000” and at last “more: 150000”.",
        required=False,
        rows=3,
    )
    base_year = fields.TextField(
        what="the base year", label="Whose costs does it hold?", help_text="Like 2022-23"
    )
    is_indexed = fields.YesNoField(
        what="yes if it follows the index", label="Do its prices follow the index?"
    )
    in_guarantee = fields.YesNoField(
        what="yes if the guarantee covers it", label="Is the guaranteed saving taken from it?"
    )


class Change(forms.Form):
    """Work added or taken away in a year."""

    reference = fields.TextField(what="a number", label="Which change is it?", max_length=40)
    title = fields.TextField(what="a title", label="What changes?", max_length=120)
    year = fields.TextField(what="the year", label="In which year?", help_text="Like 2025-26")
    amount = fields.MoneyField(
        what="an amount",
        label="What does it come to at that year’s prices?",
        help_text="With a minus where work is taken away",
        least_pence=-fields.LARGEST_PENCE,
    )
    in_guarantee = fields.YesNoField(
        what="yes if the guarantee covers it", label="Is the guaranteed saving taken from it?"
    )


@page(capabilities.SEE_SAVINGS)
def versions(visit: Visit) -> HttpResponse:
    """Show every version of the terms."""
    rows = [
        {
            "version": f"Version {one.version}",
            "href": reverse("partnership:terms_version", args=[one.pk]),
            "first_year": _from(one),
            "guarantee": showing.percent(one.guarantee_bp),
            "signed": _who(queries.signed(one)),
        }
        for one in queries.versions()
    ]
    table = tables.Table("Versions", VERSIONS, rows, empty="No terms were proposed yet.")
    return render(visit, "savings/terms.html", {"versions": table})


@page(capabilities.SEE_SAVINGS)
def version(visit: Visit, number: int) -> HttpResponse:
    """Show one version: guarantee, shares, index, the baseline, who has signed."""
    rule_set = get_object_or_404(models.RuleSet, pk=number)
    signed = queries.signed(rule_set)
    is_open = not Signature.objects.filter(thing=rule_set.thing).exists()
    may = is_open and capabilities.PROPOSE_TERMS.slug in visit.actor.capabilities
    return render(
        visit,
        "savings/version.html",
        {
            "rule_set": rule_set,
            "identity": components.Identity(
                f"Terms, version {rule_set.version}",
                [
                    components.Row("From", _from(rule_set)),
                    components.Row("Council", _signature(signed.council)),
                    components.Row("Partner", _signature(signed.partner)),
                ],
                [
                    cells.Tag("Binds both", "green")
                    if signed.both
                    else cells.Tag("Binds nobody yet")
                ],
            ),
            "said": _said(rule_set),
            "lines": _lines(rule_set, may=may),
            "changes": _changes(rule_set, may=may),
            "may_change": may,
            "may_sign": not signed.both and seat_capabilities.SIGN.slug in visit.actor.capabilities,
        },
    )


@page(capabilities.PROPOSE_TERMS)
def propose(visit: Visit) -> HttpResponse:
    """Propose a new version; it begins with the baseline of the newest."""
    newest = queries.newest(visit.today)
    form = Terms(doing.asked(visit), initial=_initial(newest) if newest else None)
    says = "It binds nobody until both partners have signed it. "
    if newest:
        says += f"It begins with the baseline and changes of scope of version {newest.version}."
    deed = doing.Deed(
        title="Propose terms",
        says=says,
        act=lambda **answers: commands.propose_terms(
            terms=_terms(**answers), like=newest, by=visit.actor, on=visit.today
        ),
        done="Proposed",
        back=reverse("partnership:terms"),
        places={
            parsing.NoIndexLines: "index_values",
            parsing.NoShareLines: "bands",
            parsing.NoYear: "first_year",
            parsing.NoLastYear: "last_year",
        },
    )
    return doing.answer(visit, form, deed)


@page(capabilities.PROPOSE_TERMS)
def add_line(visit: Visit, number: int) -> HttpResponse:
    """Add a line to a baseline that nobody has signed."""
    rule_set = get_object_or_404(models.RuleSet, pk=number)
    form = Line(doing.asked(visit), initial={"base_year": rule_set.first_year})
    choices = [(slug, one.title) for slug, one in queries.drivers().items()]
    forms.offer(form, "driver", [("", "Select an option"), *choices])
    deed = doing.Deed(
        title="Add a line to the baseline",
        says="A line that is not fixed follows a count that a service makes; nobody types the "
        "number of a year. Only the base year’s is agreed here, and signed.",
        act=lambda **answers: commands.add_line(
            rule_set=rule_set, baseline=_baseline(**answers), by=visit.actor, on=visit.today
        ),
        done="Line added",
        back=reverse("partnership:terms_version", args=[number]),
        places={parsing.NoStepLines: "steps", parsing.NoYear: "base_year"},
    )
    return doing.answer(visit, form, deed)


@page(capabilities.PROPOSE_TERMS)
def leave_line_out(visit: Visit, number: int) -> HttpResponse:
    """Leave a line out of a baseline that nobody has signed."""
    line = get_object_or_404(models.Line.objects.select_related("rule_set"), pk=number)
    deed = doing.Deed(
        title=f"Leave out {line.service}",
        says=f"The line “{line.code}” is in version {line.rule_set.version} no more. That it was "
        "stays on record.",
        act=lambda: commands.leave_line_out(line=line, by=visit.actor, on=visit.today),
        done="Left out",
        back=reverse("partnership:terms_version", args=[line.rule_set_id]),
        button="Leave it out",
        over="This line is left out already." if line.dropped_on else "",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.PROPOSE_TERMS)
def add_change(visit: Visit, number: int) -> HttpResponse:
    """Add a change of scope to terms that nobody has signed."""
    rule_set = get_object_or_404(models.RuleSet, pk=number)
    deed = doing.Deed(
        title="Add a change of scope",
        says="Work that both agree to add or take away. It counts once both have signed these "
        "terms.",
        act=lambda reference, title, year, amount, in_guarantee: commands.add_scope_change(
            rule_set=rule_set,
            scope=commands.Scope(reference, title, parsing.year(year), amount, in_guarantee),
            by=visit.actor,
            on=visit.today,
        ),
        done="Change added",
        back=reverse("partnership:terms_version", args=[number]),
        places={parsing.NoYear: "year"},
    )
    form = Change(doing.asked(visit), initial={"year": rule_set.first_year})
    return doing.answer(visit, form, deed)


@page(capabilities.PROPOSE_TERMS)
def leave_change_out(visit: Visit, number: int) -> HttpResponse:
    """Leave a change of scope out of terms that nobody has signed."""
    change = get_object_or_404(models.ScopeChange.objects.select_related("rule_set"), pk=number)
    deed = doing.Deed(
        title=f"Leave out {change.reference}",
        says=f"“{change.title}” of {change.year} is in version {change.rule_set.version} no more.",
        act=lambda: commands.leave_scope_change_out(change=change, by=visit.actor, on=visit.today),
        done="Left out",
        back=reverse("partnership:terms_version", args=[change.rule_set_id]),
        button="Leave it out",
        over="This change is left out already." if change.dropped_on else "",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(seat_capabilities.SIGN)
def sign(visit: Visit, number: int) -> HttpResponse:
    """Sign a version, as it is shown, for the partner for whom the officer sits."""
    rule_set = get_object_or_404(models.RuleSet, pk=number)
    form = reading.Read(doing.asked(visit), initial={"read": queries.digest(rule_set)})
    over = "Both partners have signed this version." if queries.signed(rule_set).both else ""
    deed = doing.Deed(
        title=f"Sign version {rule_set.version} of the terms",
        says="You sign every word and number of it for the partner for whom you sit: guarantee, "
        "shares, index, baseline, changes of scope. After that nobody changes it.",
        act=lambda read: commands.sign_terms(
            rule_set=rule_set, digest=read, by=visit.actor, on=visit.today
        ),
        done="Signed",
        back=reverse("partnership:terms_version", args=[number]),
        button="Sign it",
        over=over,
    )
    return doing.answer(
        visit,
        form,
        deed,
        template="savings/sign_terms.html",
        also={
            "said": _said(rule_set),
            "lines": _lines(rule_set, may=False),
            "changes": _changes(rule_set, may=False),
        },
    )


def _terms(
    *,
    first_year: str,
    last_year: str,
    guarantee: str,
    carries: bool,
    bands: str,
    index_name: str,
    index_vintage: str,
    index_values: str,
) -> commands.Terms:
    values = parsing.index_values(index_values)
    if values and not (index_name and index_vintage):
        raise commands.NotTerms("Name the index, and when its values were published.")
    index = commands.Index(index_name, index_vintage, values) if values else None
    return commands.Terms(
        first_year=parsing.year(first_year),
        last_year=parsing.last_year(last_year),
        guarantee_bp=parsing.percent_bp(guarantee),
        carries=carries,
        bands=parsing.bands(bands),
        index=index,
    )


def _baseline(
    *,
    kind: str,
    amount: int | None,
    driver: str,
    base_quantity: int | None,
    unit_cost: int | None,
    steps: str,
    base_year: str,
    **same: object,
) -> commands.Baseline:
    return commands.Baseline(
        kind=models.Line.Kind(kind),
        base_year=parsing.year(base_year),
        driver=driver,
        base_quantity=base_quantity or 0,
        amount_pence=amount or 0,
        unit_cost_pence=unit_cost or 0,
        steps=parsing.steps(steps),
        **same,  # type: ignore[arg-type]
    )


def _initial(newest: models.RuleSet) -> dict[str, object]:
    values = [
        f"{year} {value // 100}.{value % 100:02}" for year, value in newest.index_values.items()
    ]
    return {
        "first_year": newest.first_year,
        "last_year": newest.last_year,
        "guarantee": showing.percent(newest.guarantee_bp),
        "carries": newest.carries,
        "bands": "\n".join(_band(upto, share) for upto, share in newest.bands),
        "index_name": newest.index_name,
        "index_vintage": newest.index_vintage,
        "index_values": "\n".join(values),
    }


def _from(rule_set: models.RuleSet) -> str:
    last = rule_set.last_year
    return f"{rule_set.first_year} to {last}, when it ends" if last else rule_set.first_year


def _band(upto: int | None, share: int) -> str:
    limit = "more" if upto is None else f"up to {upto // 100}.{upto % 100:02}"
    return f"{limit}: {showing.percent(share)}"


def _said(rule_set: models.RuleSet) -> list[components.Row]:
    digest = queries.digest(rule_set)
    bands = [
        f"{'Above that' if upto is None else f'Up to {words.money(upto)}'}: {showing.percent(bp)}"
        for upto, bp in rule_set.bands
    ]
    index = [f"{rule_set.index_name}, {rule_set.index_vintage}"] if rule_set.index_name else []
    index += [
        f"{year}: {value // 100}.{value % 100:02}" for year, value in rule_set.index_values.items()
    ]
    carried = "Carried to the next year" if rule_set.carries else "Settled in cash"
    return [
        components.Row("Guaranteed saving", showing.percent(rule_set.guarantee_bp)),
        components.Row("A shortfall that is not cleared", carried),
        components.Row("The partner’s share", cells.Lines(tuple(bands)) if bands else "None"),
        components.Row("Index, as signed", cells.Lines(tuple(index)) if index else "None"),
        components.Row("Digest of the text", cells.Lines((digest[:32], digest[32:]))),
        components.Row("Proposed", words.day(rule_set.on)),
    ]


def _lines(rule_set: models.RuleSet, *, may: bool) -> tables.Table:
    rows = []
    for one in queries.lines(rule_set):
        address = reverse("partnership:terms_line_removal", args=[one.pk])
        flags = [] if one.in_guarantee else ["Outside the guarantee"]
        flags += ["Follows the index"] if one.is_indexed else []
        rows.append(
            {
                "line": cells.Lines((f"{one.service} ({one.code})", *flags)),
                "cost": _cost(one),
                "follows": reckoning.title(one.driver) if one.driver else "Nothing",
                "base": cells.Lines(
                    (one.base_year, f"{one.base_quantity:,}") if one.driver else (one.base_year,)
                ),
                "value": one.value_pence,
                "can": cells.Link("Leave out", address, one.code) if may else "",
            }
        )
    return tables.Table("The baseline", LINES, rows, empty="The baseline is empty.")


def _cost(line: models.Line) -> object:
    if line.kind == models.Line.Kind.FIXED:
        return f"{words.money(line.amount_pence)} a year"
    if line.kind == models.Line.Kind.VARIABLE:
        return f"{words.money(line.unit_cost_pence)} each"
    return cells.Lines(
        tuple(
            f"{'More' if upto is None else f'Up to {upto:,}'}: {words.money(pence)}"
            for upto, pence in line.steps
        )
    )


def _changes(rule_set: models.RuleSet, *, may: bool) -> tables.Table:
    rows = []
    for one in queries.scope_changes(rule_set):
        address = reverse("partnership:terms_change_removal", args=[one.pk])
        rows.append(
            {
                "change": f"{one.title} ({one.reference})",
                "year": one.year,
                "pence": one.amount_pence,
                "can": cells.Link("Leave out", address, one.reference) if may else "",
            }
        )
    return tables.Table("Changes of scope", CHANGES, rows, empty="None was agreed.")


def _who(signed: seats.Signed) -> str:
    by = [
        str(party.label).capitalize()
        for party, one in ((Party.COUNCIL, signed.council), (Party.PARTNER, signed.partner))
        if one
    ]
    return " and ".join(by) or "Nobody yet"


def _signature(one: Signature | None) -> str:
    return f"{one.officer.name}, {words.day(one.on)}" if one else "Not signed yet"
