"""Whether the options of a case stand in an order; of the cases before nobody was asked."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [("decisions", "0001_what_both_decide")]

    operations = [
        migrations.AddField(
            model_name="case",
            name="ordered",
            field=models.BooleanField(null=True),
        ),
    ]
