"""The post: what came in and waits, what it is about, and that it has been dealt with."""

from typing import Any

from django.conf import settings
from django.contrib import messages
from django.core.exceptions import ValidationError
from django.db import transaction
from django.http import Http404, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.urls import reverse

from borough.kernel import commanding, doing, records, visits
from borough.kernel.pages import cells, components, fields, forms, one_use, tables, wording
from borough.kernel.people import capabilities as people
from borough.kernel.post import capabilities, commands, looking, models, queries
from borough.kernel.visits import Visit, page, personal

MOST_MEGABYTES = 20
LATE_DAYS = 10
WAITING = (
    tables.day("received_on", "Came on"),
    tables.text("about", "About", link="href"),
    tables.text("how", "How"),
    tables.text("filed", "Filed under"),
    tables.text("age", "Waits for"),
)


class Filter(forms.FilterForm):
    about = fields.SelectField(
        what="what it is about",
        label="About what?",
        choices=models.Item.About.choices,
        empty="Anything",
        required=False,
    )


class TakeIn(forms.Form):
    file = fields.UploadField(
        what="a scan or file",
        label="Which file?",
        help_text="A PDF, JPEG or PNG, as it came.",
        extensions=frozenset({"pdf", "jpg", "jpeg", "png"}),
        most_megabytes=MOST_MEGABYTES,
    )
    received_on = fields.DayField(
        what="the day on which it came",
        label="When did it reach us?",
        help_text="Time limits count from this day, not from today.",
    )
    how = fields.ChoiceField(
        what="how it came", label="How did it come?", choices=models.Item.How.choices
    )
    about = fields.ChoiceField(
        what="what it is about", label="What is it about?", choices=models.Item.About.choices
    )


class FileUnder(forms.Form):
    number = fields.TextField(
        what="the account number or a name",
        label="Which account is it about?",
        help_text="The number on the bill, or the name of somebody who pays it.",
        max_length=120,
    )

    def clean_number(self) -> queries.Belongs:
        found = queries.belongs(self.cleaned_data["number"].replace(" ", ""))
        if found is None:
            raise ValidationError("No account has this number, and nobody of this name pays one.")
        return found


@page(capabilities.HANDLE_POST)
def waiting(visit: Visit) -> HttpResponse:
    """List what waits, the oldest first."""
    asked = Filter(visit.GET)
    items = queries.waiting(asked.chosen().get("about", ""))
    rows = [_row(item, visit) for item in items]
    table = tables.Table("Waiting, the oldest first", WAITING, rows)
    return render(visit, "post/waiting.html", {"filter": asked, "table": table})


@page(capabilities.HANDLE_POST)
def take_in(visit: Visit) -> HttpResponse:
    """Take in one thing that came."""
    form = TakeIn(visit.POST or None, visit.FILES or None)
    if form.is_valid():
        given = form.cleaned_data | {"content": form.cleaned_data["file"].read()}
        del given["file"]
        try:
            with transaction.atomic():
                one_use.spend(visit)
                item = commands.take_in(
                    **given, folder=settings.DOCUMENTS, by=visit.actor, on=visit.today
                )
        except one_use.AlreadySent:
            return redirect("post")
        except commands.NotAScan as refusal:
            form.add_error("file", str(refusal))
        except commands.NotADay as refusal:
            form.add_error("received_on", str(refusal))
        except (commanding.Refusal, one_use.NotOurs) as refusal:
            form.add_error(None, str(refusal))
        else:
            messages.success(visit, "Taken in. Now file it where it belongs.")
            return redirect("post-item", item.pk)
    return render(visit, "post/take_in.html", {"form": form})


def _subject(number: int) -> visits.Subject:
    item = _item(number)
    thing = queries.filed(item)
    return visits.Subject(queries.people_of(thing), thing or item.thing, f"post item {item.pk}")


@personal(capabilities.HANDLE_POST, subject=_subject)
def item(visit: Visit, number: int) -> HttpResponse:
    """Show an item: its file, where it belongs, and that it has been dealt with."""
    found = _item(number)
    thing = queries.filed(found)
    form = FileUnder(doing.asked(visit) if "number" in visit.POST else None)
    offered = queries.belonging(form.data["number"]) if _is_name(form, visit) else []
    if offered:
        form = FileUnder(initial={"number": form.data["number"]})
    elif visit.method == "POST":
        response = (
            _filed(visit, found, form) if "number" in visit.POST else _done(visit, found, form)
        )
        if response is not None:
            return response
    context = {
        "item": found,
        "form": form,
        "offered": [(name, one.title, one.thing.partition("/")[2]) for name, one in offered],
        "thing": thing,
        "account": records.page_of(thing),
        "named": _account_named(thing),
        "deals": records.deals(thing, found.about, visit.actor),
        "is_done": models.Done.objects.filter(item=found).exists(),
        "rows": [
            components.Row("Came on", found.received_on),
            components.Row("How", found.get_how_display()),
            components.Row("About", found.get_about_display()),
            components.Row("File", cells.Link(_named(found), reverse("post-file", args=[number]))),
        ],
    }
    return render(visit, "post/item.html", context)


@personal(capabilities.HANDLE_POST, subject=_subject)
def file(visit: Visit, number: int) -> HttpResponse:
    """Hand out the file as it came, for the browser to keep and never to run."""
    found = _item(number)
    try:
        content = commands.where(settings.DOCUMENTS, found).read_bytes()
    except FileNotFoundError as error:
        raise Http404 from error
    response = HttpResponse(content, content_type=found.media)
    name = f"post-{found.pk}.{looking.ENDINGS[found.media]}"
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    response["Content-Security-Policy"] = "default-src 'none'; sandbox"
    return response


def _filed(visit: Visit, found: models.Item, form: FileUnder) -> HttpResponse | None:
    if not form.is_valid():
        return None
    where: queries.Belongs = form.cleaned_data["number"]
    try:
        with transaction.atomic():
            one_use.spend(visit)
            commands.file_under(
                item=found, thing=where.thing, people=where.people, by=visit.actor, on=visit.today
            )
    except one_use.AlreadySent:
        return redirect("post-item", found.pk)
    except (commanding.Refusal, one_use.NotOurs) as refusal:
        form.add_error("number", str(refusal))
        return None
    messages.success(visit, f"Filed under {where.title}")
    return redirect("post-item", found.pk)


def _done(visit: Visit, found: models.Item, form: FileUnder) -> HttpResponse | None:
    people = queries.people_of(queries.filed(found))
    try:
        with transaction.atomic():
            one_use.spend(visit)
            commands.finish(item=found, people=people, by=visit.actor, on=visit.today)
    except one_use.AlreadySent:
        return redirect("post")
    except (commanding.Refusal, one_use.NotOurs) as refusal:
        messages.warning(visit, str(refusal))
        return redirect("post-item", found.pk)
    messages.success(visit, "Dealt with")
    return redirect("post")


def _is_name(form: FileUnder, visit: Visit) -> bool:
    """Tell whether a name was given in place of a number, by an officer who may look for people."""
    if people.FIND_PEOPLE.slug not in visit.actor.capabilities:
        return False
    return form.is_bound and form.data["number"].strip() != "" and not form.is_valid()


def _account_named(thing: str) -> str:
    found = queries.belongs(thing.partition("/")[2])
    return found.title if found else "the account"


def _item(number: int) -> models.Item:
    if number > 2**63 - 1:
        raise Http404
    return get_object_or_404(models.Item, pk=number)


def _row(item: models.Item, visit: Visit) -> dict[str, Any]:
    days = queries.age_days(item, visit.today)
    words = wording.number(days) + (" day" if days == 1 else " days")
    thing = queries.filed(item)
    return {
        "received_on": item.received_on,
        "about": item.get_about_display(),
        "href": reverse("post-item", args=[item.pk]),
        "how": item.get_how_display(),
        "filed": thing.partition("/")[2] or None,
        "age": cells.Tag(words, "red") if days > LATE_DAYS else words,
    }


def _named(item: models.Item) -> str:
    kilobytes = max(1, item.length_bytes // 1024)
    return f"{looking.ENDINGS[item.media].upper()}, {kilobytes:,} KB"
