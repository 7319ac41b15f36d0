"""Enforcement agents: their files out and back, recalls, and the firms themselves."""

from django.contrib import messages
from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing
from borough.kernel.facts import commands as facts
from borough.kernel.officers import queries as officers
from borough.kernel.pages import fields, forms, one_use, paging, tables
from borough.kernel.people import commands as people
from borough.kernel.visits import Subject, Visit, page, personal
from borough.lines.revenues import agent_layouts, capabilities, models, placing
from borough.lines.revenues.commands import agents as commands
from borough.lines.revenues.commands import placements
from borough.lines.revenues.pages import placements as pages
from borough.lines.revenues.queries import agents as queries

ROWS = (
    tables.number("line", "Line"),
    tables.text("what", "What"),
    tables.money("pence", "Amount"),
    tables.money("passed_on", "Passed on"),
    tables.text("query", "Doubt"),
)


class Load(pages.Prepare):
    file = fields.UploadField(
        what="a file from an agent",
        label="Which file?",
        extensions=frozenset({"csv"}),
        most_megabytes=50,
    )
    announced_pence = fields.MoneyField(
        what="what the agent says that it passes on",
        label="How much does the agent say that it passes on?",
        help_text="The file is loaded only when its rows come to this total.",
        required=False,
    )


class NewAgent(forms.Form):
    name = fields.TextField(
        what="the name of the firm", label="What is the firm called?", max_length=120
    )
    slug = fields.TextField(
        what="a short name",
        label="A short name for its files",
        help_text="Small letters, figures and hyphens, for example invented-agents.",
        max_length=40,
    )
    layout = fields.ChoiceField(
        what="what its files look like",
        label="What do its files look like?",
        choices=[(one.name, one.title) for one in agent_layouts.layouts().values()],
    )


def _of_file(number: int) -> Subject:
    return Subject((), f"revenues.agent_file/{number}", f"agent file {number}")


@personal(capabilities.PREPARE_PLACING, subject=_of_file)
def file(visit: Visit, number: int) -> HttpResponse:
    """Hand over a file for an agent; that it was fetched is a fact about all who are in it."""
    found = get_object_or_404(models.AgentFile.objects.select_related("agent"), pk=number)
    people = models.Liability.objects.filter(account__remedies__agent_rows__file=found).values_list(
        "person_id", flat=True
    )
    with transaction.atomic():
        facts.record(
            "revenues.agent_file_fetched",
            about=sorted(set(people)),
            thing=f"revenues.agent_file/{found.pk}",
            by=visit.actor,
            on=visit.today,
        )
        content = placing.content(found)
    answer = HttpResponse(content, content_type="text/csv; charset=utf-8")
    name = f"{found.kind}-{found.agent.slug}-{found.made_on.isoformat()}-{found.pk}.csv"
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    return answer


@page(capabilities.CALL_BACK)
def recalls(visit: Visit, slug: str) -> HttpResponse:
    """Make the file that tells an agent which debts were called back."""
    agent = get_object_or_404(models.Agent.objects.select_related("person"), slug=slug)
    deed = doing.Deed(
        title=f"Tell {agent.person.name} what was called back",
        says=f"Debts called back since the last file: {len(queries.untold(agent))}. "
        "They may not be acted on since then; this tells the agent in writing.",
        act=lambda: commands.make_recall_file(agent=agent, by=visit.actor, on=visit.today),
        done="File made: fetch it below and send it",
        back=reverse("revenues:placements"),
        button="Make the file",
    )
    return doing.answer(visit, forms.Form(doing.asked(visit)), deed)


@page(capabilities.COMMIT_PLACING)
def new_agent(visit: Visit) -> HttpResponse:
    """Record a firm of enforcement agents."""

    def act(name: str, slug: str, layout: str) -> None:
        firm = people.record_organisation(name=name, by=visit.actor, on=visit.today)
        placements.record_agent(
            person=firm, slug=slug, layout=layout, by=visit.actor, on=visit.today
        )

    deed = doing.Deed(
        title="Record a firm of enforcement agents",
        says="Debts can be placed with it from now on.",
        act=act,
        done="Firm recorded",
        back=reverse("revenues:placements"),
        places={placements.UnknownLayout: "layout", placements.NotAFirm: "slug"},
    )
    return doing.answer(visit, NewAgent(doing.asked(visit)), deed)


@page(capabilities.LOAD_RETURNS)
def load(visit: Visit) -> HttpResponse:
    """Load a file that came back from an agent."""
    form = Load(visit.POST or None, visit.FILES or None)
    if form.is_valid():
        given = form.cleaned_data
        try:
            with transaction.atomic():
                one_use.spend(visit)
                made = commands.load_return(
                    agent=models.Agent.objects.get(slug=given["agent"]),
                    content=given["file"].read(),
                    announced_pence=given["announced_pence"],
                    by=visit.actor,
                    on=visit.today,
                )
        except one_use.AlreadySent:
            return redirect("revenues:placements")
        except (one_use.NotOurs, commanding.Refusal) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(visit, "The file is loaded")
            return redirect("revenues:agent_return", made.pk)
    context = {
        "form": form,
        "heading": "Load a file from an enforcement agent",
        "button": "Load the file",
        "cancel": reverse("revenues:placements"),
    }
    return render(visit, "revenues/agent_load.html", context)


@page(capabilities.LOAD_RETURNS)
def returned(visit: Visit, number: int) -> HttpResponse:
    """Show what a file from an agent came to, and every row that is doubted or set aside."""
    found = get_object_or_404(models.AgentReturn.objects.select_related("agent__person"), pk=number)
    doubted = found.lines.exclude(query="").select_related("remedy").order_by("line")
    shown = paging.numbered(doubted, visit.GET, size=pages.SIZE)
    rows = [
        {
            "line": one.line,
            "what": one.get_kind_display() if one.kind else "Set aside",
            "query": one.query,
            **({"pence": one.pence} if one.pence else {}),
            **({"passed_on": one.passed_on_pence} if one.passed_on_pence else {}),
        }
        for one in shown
    ]
    table = tables.Table("Rows to look at", ROWS, rows, empty="No row is doubted or set aside.")
    context = {"file": found, "by": officers.names({found.by})[found.by], "table": table}
    context["page"] = shown
    return render(visit, "revenues/agent_return.html", context)
