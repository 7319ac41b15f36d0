"""Whatever has an apostrophe is kept under its parts too: *O'Neill* is found as *neill*."""

from django.apps.registry import Apps
from django.db import migrations
from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.models import Q

from borough.kernel import finding

APOSTROPHES = "['`\N{RIGHT SINGLE QUOTATION MARK}\N{MODIFIER LETTER APOSTROPHE}]"


def keep_parts(apps: Apps, _: BaseDatabaseSchemaEditor) -> None:
    rows = apps.get_model("places", "Address").objects.filter(Q(line__regex=APOSTROPHES) | Q(town__regex=APOSTROPHES))
    for row in rows.iterator():
        row.sounds = finding.sounds(f"{row.line} {row.town} {row.postcode}")
        row.save(update_fields=["sounds"])


class Migration(migrations.Migration):
    dependencies = [("places", "0001_initial")]
    operations = [migrations.RunPython(keep_parts, migrations.RunPython.noop, elidable=True)]
