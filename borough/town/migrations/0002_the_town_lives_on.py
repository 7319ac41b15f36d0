"""The days that the town lived through are kept, so that a year that is killed goes on."""

from django.db import migrations, models

from borough.kernel.appending import only_appends


class Migration(migrations.Migration):
    dependencies = [("town", "0001_initial")]

    operations = [
        migrations.CreateModel(
            name="LivedDay",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField(unique=True)),
                ("told", models.JSONField()),
            ],
        ),
        only_appends("town_livedday"),
    ]
