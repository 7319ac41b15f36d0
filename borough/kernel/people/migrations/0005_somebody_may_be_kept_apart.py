"""A need may be that nobody else learns of somebody: only the list of words grows."""

from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [("people", "0004_parts_of_a_name_with_an_apostrophe_are_found")]

    operations = [
        migrations.AlterField(
            model_name="need",
            name="kind",
            field=models.CharField(
                choices=[
                    ("large_print", "Letters in large print"),
                    ("braille", "Letters in Braille"),
                    ("easy_read", "Easy read"),
                    ("interpreter", "An interpreter"),
                    ("sign_language", "British Sign Language"),
                    ("telephone_first", "A telephone call before any letter"),
                    ("safe_contact", "Contact only by the safe way agreed"),
                    ("keep_apart", "Never named, nor told of, to others in the household"),
                    ("more_time", "More time to answer"),
                ],
                max_length=20,
            ),
        ),
    ]
