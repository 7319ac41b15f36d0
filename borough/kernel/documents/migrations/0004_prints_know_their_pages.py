"""A print says how many pages it has, so that a batch of post need not open each file."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0003_a_row_has_one_letter")]
    operations = [migrations.AddField("print", "pages", models.SmallIntegerField(null=True))]
