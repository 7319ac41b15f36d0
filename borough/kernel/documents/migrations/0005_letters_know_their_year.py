"""A letter says which year of the account it is about, so that what stands against one year of a
debt holds back the letters about that year and no others. Older letters are about all of it."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("documents", "0004_prints_know_their_pages")]
    operations = [
        migrations.AddField(
            "document", "part", models.CharField(max_length=24, blank=True, db_default="")
        )
    ]
