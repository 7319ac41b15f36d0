"""A title, given names and a family name at their longest come to 262 characters."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0002_people_stay")]
    operations = [
        migrations.AlterField("formername", "name", models.CharField(max_length=300)),
    ]
