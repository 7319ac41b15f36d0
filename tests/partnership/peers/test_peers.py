"""In which quarter a council stands depends on whom it is compared with."""

from datetime import date
from pathlib import Path

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import DatabaseError, transaction

from borough.kernel import feeds
from borough.partnership.files import taking
from borough.partnership.files.models import File
from borough.partnership.peers import commands, load_command, models, queries
from tests import makers, officers

pytestmark = pytest.mark.django_db
TODAY = date(2025, 7, 1)
RATE = "revenues.collected_in_year"
ORACLES = Path(__file__).parents[3].parent / "shared" / "oracles" / "partnership"
HEAD = "ons_code,council,year,rate_pct\n"
SAID = {"source": "Invented table, published June 2025", "on": TODAY}


def figures(*rates: str, first: int = 1, year: str = "2024-25") -> bytes:
    """Return a file of as many invented councils as there are rates."""
    rows = [
        f"E0600{first + place:04},Invented {first + place},{year},{rate}"
        for place, rate in enumerate(rates)
    ]
    return (HEAD + "\n".join(rows)).encode()


def loaded(content: bytes, title: str = "Invented set") -> File:
    return commands.load(content=content, measure=RATE, title=title, by=makers.everything(), **SAID)


def listed(codes: list[str], title: str = "Our neighbours") -> File:
    content = "gss_code,name\n" + "\n".join(f"{one},Invented {one[-2:]}" for one in codes)
    return commands.load(
        content=content.encode(), measure=None, title=title, by=makers.everything(), **SAID
    )


def test_the_same_figure_is_in_the_best_quarter_of_one_set_and_not_of_another():
    loaded(figures(*(f"{90 + place}.00" for place in range(12))), title="The weak")
    loaded(figures(*(f"{95 + place}.00" for place in range(12)), first=50), title="The strong")
    weak, strong = sorted(
        queries.standings(RATE, "2024-25", 9_950, higher_is_better=True),
        key=lambda one: one.title,
        reverse=True,
    )
    assert (weak.title, weak.is_top, weak.count) == ("The weak", True, 12)
    assert (strong.is_top, strong.quarter) == (False, {"inclusive": 3, "exclusive": 3})


def test_among_fewer_than_twelve_no_quarter_is_given():
    loaded(figures(*["95.00"] * 11))
    [one] = queries.standings(RATE, "2024-25", 9_999, higher_is_better=True)
    assert (one.count, one.quarter["inclusive"], one.is_top) == (11, None, False)


def test_where_ours_is_not_known_it_stands_nowhere():
    loaded(figures(*["95.00"] * 12))
    [one] = queries.standings(RATE, "2024-25", None, higher_is_better=True)
    assert (one.is_top, set(one.quarter.values())) == (False, {None})


def test_a_list_of_neighbours_takes_its_figures_from_what_is_loaded():
    loaded(figures(*(f"{80 + place}.00" for place in range(20))), title="All")
    listed([f"E0600{place:04}" for place in range(5, 18)])
    [neighbours] = [
        one
        for one in queries.standings(RATE, "2024-25", 9_600, higher_is_better=True)
        if one.title == "Our neighbours"
    ]
    assert (neighbours.count, neighbours.ties) == (13, 1)
    assert neighbours.quarter == {"inclusive": 1, "exclusive": 1}
    assert neighbours.source.count("Invented table") == 2, "of the list, and of its figures"


def test_a_newer_file_of_the_same_name_takes_its_place():
    loaded(figures(*["90.00"] * 12))
    loaded(figures(*["97.00"] * 12))
    [one] = queries.standings(RATE, "2024-25", 9_500, higher_is_better=True)
    assert one.quarter["inclusive"] == 4


def test_a_file_of_another_measure_or_year_called_the_same_takes_nothing_away():
    loaded(figures(*["90.00"] * 12))
    loaded(figures(*["91.00"] * 12, year="2025-26"))
    commands.load(
        content=figures(*["12.00"] * 12),
        measure="revenues.changes",
        title="Invented set",
        by=makers.everything(),
        **SAID,
    )
    [one] = queries.standings(RATE, "2024-25", 9_500, higher_is_better=True)
    assert (one.count, one.quarter["inclusive"]) == (12, 1)


def test_we_are_no_tie_with_ourselves(settings):
    settings.AUTHORITY_CODE = "E06000003"
    loaded(figures(*["95.00"] * 12))
    [one] = queries.standings(RATE, "2024-25", 9_500, higher_is_better=True)
    assert (one.count, one.ties) == (12, 11)


@pytest.mark.skipif(not ORACLES.exists(), reason="THE ORACLES ARE NOT HERE: ../shared/oracles")
def test_the_published_table_of_lancashire_gives_its_quartiles():
    content = (ORACLES / "lancashire_council_tax_collection.csv").read_bytes()
    assert loaded(content, title="Lancashire").rows == 84
    [one] = queries.standings(RATE, "2024-25", 9_660, higher_is_better=True)
    inclusive, exclusive = one.points["inclusive"], one.points["exclusive"]
    assert [float(each) for each in (inclusive.lower, inclusive.median, inclusive.upper)] == [
        9407,
        9526.5,
        9658.5,
    ]
    assert (float(exclusive.lower), float(exclusive.upper)) == (9398.5, 9662.75)
    assert (one.count, one.quarter) == (14, {"inclusive": 1, "exclusive": 2})
    assert (one.is_top, one.depends_on_method) == (False, True)


def test_bad_rows_are_set_aside_with_their_reasons():
    content = HEAD + (
        "E06000001,Good,2024-25,95.00\n"
        "E06000001,Twice,2024-25,96.00\n"
        "Sefton,No code,2024-25,96.00\n"
        "E06000002,No year,24/25,96.00\n"
        "E06000003,No figure,2024-25,=1+1\n"
        f"E06000004,{'x' * 81},2024-25,95.00\n"
    )
    file = loaded(content.encode())
    assert (file.rows, file.set_aside) == (1, 5)
    reasons = dict(file.asides.values_list("line", "reason"))
    assert list(reasons) == [3, 4, 5, 6, 7]
    assert reasons[6] == "rate_pct is not an amount"


def test_a_file_is_taken_once_and_one_without_a_good_row_not_at_all():
    content = figures("95.00")
    loaded(content)
    with pytest.raises(taking.TakenAlready, match="1 July 2025"):
        loaded(content, title="Another name")
    with pytest.raises(taking.NothingNew, match="Line 2"):
        loaded(figures("95.00", year="soon"))
    with pytest.raises(taking.NotNamed):
        loaded(figures("96.00"), title=" ")
    with pytest.raises(feeds.UnreadableFile, match="no column"):
        loaded(b"a,b\n1,2\n")
    assert models.Figure.objects.count() == 1


def test_what_was_loaded_stays():
    loaded(figures("95.00"))
    for change in (
        models.Figure.objects.all().delete,
        lambda: File.objects.update(title="Another"),
    ):
        with pytest.raises(DatabaseError, match="permission denied"), transaction.atomic():
            change()


def test_its_pages_load_a_file_and_say_what_was_set_aside():
    visitor = officers.a_visitor(officers.an_officer("Cora Example", *officers.every_capability()))
    assert "nothing is said of quarters" in visitor.get("/partnership/peers").content.decode()
    file = SimpleUploadedFile("peers.csv", figures("95.00", "x"))
    said = {"title": "Lancashire", "source": "Invented, June 2025", "measure": RATE}
    visitor.post("/partnership/peers/new", officers.posted(**said) | {"file": file})
    shown = visitor.get("/partnership/peers").content.decode()
    assert "Line 3: rate_pct is not an amount" in shown
    again = SimpleUploadedFile("peers.csv", figures("95.00", "x"))
    refused = visitor.post("/partnership/peers/new", officers.posted(**said) | {"file": again})
    assert "This very file was taken in" in refused.content.decode()


def test_the_command_loads_a_file(tmp_path, capsys):
    path = tmp_path / "peers.csv"
    path.write_bytes(figures("95.00", "y"))
    assert load_command.main(str(path), "Lancashire", "Invented", RATE) == 0
    assert "Lancashire: 1 rows, 1 set aside" in capsys.readouterr().out
    assert load_command.main(str(path), "Lancashire", "Invented", RATE) == 2
    assert "This very file" in capsys.readouterr().err
