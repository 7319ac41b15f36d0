"""Leaks between the floors that an import checker cannot see."""

import ast
import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.apps import apps
from django.conf import settings
from django.core import checks
from django.db.migrations.loader import MigrationLoader

from borough.kernel import joining

ROOT = Path(__file__).resolve().parents[2]
HOUSE = ROOT / "borough"
LINES = [path.name for path in (HOUSE / "lines").iterdir() if (path / "line.py").exists()]
PYTHON = sorted(HOUSE.rglob("*.py"))
TEMPLATES = sorted(HOUSE.rglob("*.html"))
LONGEST_FUNCTION, LONGEST_FILE = 60, 500


def where(path: Path) -> str:
    return str(path.relative_to(ROOT))


def line_of(path: Path) -> str:
    """Return the line whose room a file is in, or ""."""
    parts = path.relative_to(HOUSE).parts
    return parts[1] if parts[0] == "lines" and len(parts) > 1 else ""


def test_no_model_points_at_another_line():
    def room(model):
        return model.__module__.split(".")[1:3]

    wrong = [
        f"{model.__name__}.{field.name} -> {field.related_model.__name__}"
        for model in apps.get_models()
        for field in model._meta.get_fields()
        if field.is_relation
        and not field.auto_created
        and field.related_model
        and room(field.related_model)[0] == "lines"
        and room(model) != room(field.related_model)
    ]
    assert wrong == []


def test_no_migration_depends_on_another_line():
    labels = {config.label for config in apps.get_app_configs() if ".lines." in config.name}
    wrong = [
        f"{app}.{name} -> {dependency}"
        for (app, name), migration in MigrationLoader(None).disk_migrations.items()
        for dependency in migration.dependencies
        if dependency[0] in labels - {app}
    ]
    assert wrong == []


@pytest.mark.parametrize("other", LINES)
def test_no_text_reaches_into_another_line(other):
    """URL names, templates, app labels and table names of a line stay in its own room."""
    reaches = re.compile(
        rf"""["']{other}:|["']{other}/\S+\.(?:html|typ)|get_model\(\s*["']{other}["']"""
        rf"""|\b(?:from|join|into|update)\s+{other}_\w+|["']{other}\.[A-Z]\w+["']"""
    )
    wrong = [
        f"{where(path)}: {found[0]}"
        for path in (*PYTHON, *TEMPLATES)
        if line_of(path) != other and "migrations" not in path.parts
        for found in [reaches.search(path.read_text())]
        if found
    ]
    assert wrong == []


def test_django_itself_finds_nothing_wrong():
    assert [one for one in checks.run_checks() if one.level >= checks.ERROR] == []


def test_cards_are_sound():
    assert joining.check(joining.cards()) == []


@pytest.mark.parametrize("left_out", settings.LINES)
def test_the_whole_starts_migrates_and_serves_without_any_one_line(left_out, tmp_path):
    kept = ",".join(name for name in settings.LINES if name != left_out)
    program = """
import django; django.setup()
from django.core.management import call_command
from django.test.utils import setup_test_environment
from django.db import connection
setup_test_environment()
connection.creation.create_test_db(verbosity=0)
try:
    from django.test import Client
    assert Client().get("/health").status_code == 200
    assert Client().get("/", follow=True).status_code == 200
finally:
    connection.creation.destroy_test_db("x", verbosity=0)
print("serves")
"""
    environment = {
        **os.environ,
        "BOROUGH_LINES": kept,
        "DJANGO_SETTINGS_MODULE": "borough.wiring.settings",
    }
    done = subprocess.run(
        [sys.executable, "-W", "ignore", "-c", program],
        env=environment,
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=120,
    )
    assert done.stdout.strip().endswith("serves"), done.stderr[-3000:]


def test_the_rules_need_neither_django_nor_a_database():
    program = (
        "import sys\n"
        "for name in ('django', 'psycopg'): sys.modules[name] = None\n"
        "import pkgutil, importlib, borough.rules as rules\n"
        "for found in pkgutil.walk_packages(rules.__path__, 'borough.rules.'):\n"
        "    importlib.import_module(found.name)\n"
    )
    done = subprocess.run([sys.executable, "-c", program], cwd=ROOT, capture_output=True, text=True)
    assert done.returncode == 0, done.stderr


def test_no_file_and_no_function_is_too_long_to_hold_in_the_head():
    wrong = []
    for path in (*PYTHON, *sorted((ROOT / "tests").rglob("*.py"))):
        if "migrations" in path.parts:
            continue
        text = path.read_text()
        if (count := text.count("\n")) > LONGEST_FILE:
            wrong.append(f"{where(path)}: {count} lines")
        for node in ast.walk(ast.parse(text)):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                length = (node.end_lineno or 0) - node.lineno + 1
                if length > LONGEST_FUNCTION:
                    wrong.append(f"{where(path)}: {node.name} has {length} lines")
    assert wrong == []


def test_no_room_is_called_utils():
    names = {"utils", "common", "core", "helpers", "misc", "services"}
    assert [where(path) for path in PYTHON if path.stem in names or path.parent.name in names] == []


def test_postings_are_never_made_one_object_at_a_time():
    wrong = [
        where(path)
        for path in PYTHON
        if re.search(r"Posting\.objects\.(bulk_create|create)", path.read_text())
    ]
    assert wrong == []
