"""A run that is refused ends with the sentence of the refusal, which may be a long one."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("runs", "0004_statistics_after_bulk_work")]
    operations = [
        migrations.AlterField(
            "ending",
            "outcome",
            models.CharField(
                choices=[("done", "Done"), ("failed", "Failed"), ("refused", "Refused")],
                max_length=8,
            ),
        ),
        migrations.AlterField("ending", "reason", models.CharField(blank=True, max_length=400)),
    ]
