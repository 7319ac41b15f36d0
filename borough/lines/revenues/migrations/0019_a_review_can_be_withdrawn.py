"""A review can end without an answer being needed: who has moved, say, is asked no more."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("revenues", "0018_a_deduction_keyed_wrongly_is_taken_back")]
    operations = [
        migrations.AlterField(
            model_name="reviewanswer",
            name="kind",
            field=models.CharField(
                choices=[
                    ("one_adult", "One adult still lives there"),
                    ("more_adults", "More adults live there"),
                    ("ended", "No answer: an officer ended the discount"),
                    ("kept", "No answer: an officer let the discount stand"),
                    ("withdrawn", "Withdrawn: there is nothing to answer any more"),
                ],
                max_length=12,
            ),
        ),
    ]
