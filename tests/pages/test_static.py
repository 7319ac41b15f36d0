"""What the pages carry: the build that was checked, nothing that is the government's alone."""

import hashlib
import re
from pathlib import Path

import pytest

import borough

HOUSE = Path(borough.__file__).parent
PAGES = HOUSE / "kernel" / "pages"
STATIC = PAGES / "static"
FORBIDDEN = re.compile(r"GDS Transport|crown|crest|@font-face|royal arms", re.I)
# A template may well speak of the Crown, which is a taxpayer of sorts.
FORBIDDEN_IN_TEMPLATES = re.compile(r"GDS Transport|Crown copyright|govuk-crest|logo-?crown", re.I)
TEMPLATES = sorted(HOUSE.rglob("templates/**/*.html"))
STYLES = (
    (STATIC / "borough" / "borough.css").read_text(),
    (STATIC / "borough" / "parts.css").read_text(),
)


def test_the_build_is_the_one_that_was_checked() -> None:
    folder = STATIC / "govuk"
    sums = dict(reversed(line.split()) for line in (folder / "SHA256SUMS").read_text().splitlines())
    assert sums.keys() == {"govuk-frontend.css", "govuk-frontend.js"}
    for name, expected in sums.items():
        assert hashlib.sha256((folder / name).read_bytes()).hexdigest() == expected, name


def test_the_build_says_its_version() -> None:
    version = (STATIC / "govuk" / "VERSION").read_text().strip()
    assert (
        f'--govuk-frontend-version: "{version}"'
        in (STATIC / "govuk" / "govuk-frontend.css").read_text()
    )
    recipe = (HOUSE.parent / "frontend" / "package.json").read_text()
    assert f'"govuk-frontend": "{version}"' in recipe


def test_nothing_that_is_the_governments_alone_is_carried() -> None:
    for file in STATIC.rglob("*"):
        if file.is_file() and file.name != "LICENCE.txt":
            found = FORBIDDEN.search(file.read_text()) or FORBIDDEN.search(file.name)
            assert not found, f"{file.relative_to(HOUSE)}: {found}"
    for file in TEMPLATES:
        assert not FORBIDDEN_IN_TEMPLATES.search(file.read_text()), file.relative_to(HOUSE)


def test_only_what_a_page_needs_is_carried() -> None:
    kinds = {file.suffix for file in STATIC.rglob("*") if file.is_file() and file.suffix}
    assert kinds == {".css", ".js", ".svg", ".txt"}


@pytest.mark.parametrize("template", TEMPLATES, ids=lambda path: str(path.relative_to(HOUSE)))
def test_no_template_holds_a_style_or_a_script(template: Path) -> None:
    text = template.read_text()
    assert not re.search(r"\sstyle\s*=", text), "style="
    assert not re.search(r"<[^>]*\son[a-z]+\s*=", text), "an event handler"
    assert not re.search(r"<style", text, re.I), "<style>"
    assert "javascript:" not in text
    for script in re.findall(r"<script\b([^>]*)>(.*?)</script>", text, re.S):
        assert "src=" in script[0], "an inline script"
        assert not script[1].strip(), "an inline script"


def colour(name: str) -> str:
    """Return a custom property's colour, following those that stand for another."""
    found = re.search(rf"{name}:\s*([^;]+);", STYLES[0])
    assert found, name
    value = found[1].strip()
    return colour(value[4:-1]) if value.startswith("var(") else value


def luminance(hexadecimal: str) -> float:
    """Return relative luminance as WCAG 2.2 defines it."""
    full = hexadecimal.lstrip("#")
    full = full if len(full) == 6 else "".join(letter * 2 for letter in full)
    channels = (int(full[place : place + 2], 16) / 255 for place in (0, 2, 4))
    red, green, blue = (
        each / 12.92 if each <= 0.04045 else ((each + 0.055) / 1.055) ** 2.4 for each in channels
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def contrast(one: str, other: str) -> float:
    darker, lighter = sorted((luminance(one), luminance(other)))
    return (lighter + 0.05) / (darker + 0.05)


def test_contrast_is_measured_as_the_guidelines_do() -> None:
    assert contrast("#000000", "#ffffff") == pytest.approx(21)
    assert contrast("#767676", "#fff") == pytest.approx(4.54, abs=0.01)


TEXT = ("--borough-ink", "--borough-quiet", "--borough-link", "--govuk-link-visited-colour",
        "--borough-brand-dark")  # fmt: skip
GROUND = ("--govuk-surface-background-colour", "--borough-sand", "--borough-mist")


@pytest.mark.parametrize("text", TEXT)
@pytest.mark.parametrize("ground", GROUND)
def test_text_can_be_read_on_every_ground(text: str, ground: str) -> None:
    assert contrast(colour(text), colour(ground)) >= 4.5


def test_white_text_can_be_read_on_the_brand() -> None:
    for ground in ("--borough-brand", "--borough-brand-dark"):
        assert contrast(colour("--borough-brand-text"), colour(ground)) >= 4.5


def test_every_tag_and_button_can_be_read() -> None:
    tags = re.findall(r"govuk-tag[^{]*\{ color: (#\w+); background-color: (#\w+)", STYLES[0])
    assert len(tags) == 8
    for text, ground in tags:
        assert contrast(text, ground) >= 4.5, (text, ground)
    for ground in re.findall(r"govuk-button--warning[^{]*\{\s*background-color: (#\w+)", STYLES[0]):
        assert contrast("#fff", ground) >= 4.5, ground


@pytest.mark.parametrize("series", ["1", "2", "3", "4"])
def test_every_part_of_a_chart_stands_out_from_the_page(series: str) -> None:
    assert contrast(colour(f"--borough-chart-{series}"), "#ffffff") >= 3


def test_boxes_and_the_edge_of_the_header_stand_out() -> None:
    assert contrast(colour("--govuk-input-border-colour"), "#ffffff") >= 3
    assert contrast(colour("--borough-brand"), colour("--borough-tide")) >= 3
