"""Who of the holder's people looks after somebody, and how to reach them: told from now on."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("sources", "0003_deductions_and_contacts")]

    operations = [
        migrations.AddField("recordstate", "helper", models.CharField(blank=True, default="", max_length=120), preserve_default=False),
        migrations.AddField("recordstate", "helper_contact", models.CharField(blank=True, default="", max_length=60), preserve_default=False),
        migrations.AddField("staged", "helper", models.TextField(blank=True, default=""), preserve_default=False),
        migrations.AddField("staged", "helper_contact", models.TextField(blank=True, default=""), preserve_default=False),
    ]
