"""A promise may be judged by what the savings ledger came to."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('promises', '0001_what_was_promised_and_by_what_it_is_judged'),
    ]

    operations = [
        migrations.AlterField(
            model_name='promise',
            name='evidence',
            field=models.CharField(choices=[('kept_staff', 'Share of transferred staff still employed'), ('redundant', 'Compulsory redundancies among transferred staff'), ('local_work', 'Share of full-time equivalents who work in the borough'), ('jobs', 'Full-time equivalents who work in the borough'), ('trained', 'Hours of training'), ('money', 'Money, from records that both signed'), ('count', 'A number, from records that both signed'), ('measure', 'What a measure came to in a whole year'), ('quarter', 'In which quarter of a set of councils a measure stands'), ('saved', 'Savings that both partners booked, all years so far'), ('above', 'Charged above the guaranteed price in a year')], max_length=12),
        ),
    ]
