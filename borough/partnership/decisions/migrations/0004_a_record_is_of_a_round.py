"""Which sealed round a record was written after; of the records before it is not known."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("decisions", "0003_what_is_published")]

    operations = [
        migrations.AddField(
            model_name="record",
            name="round",
            field=models.IntegerField(null=True),
        ),
    ]
