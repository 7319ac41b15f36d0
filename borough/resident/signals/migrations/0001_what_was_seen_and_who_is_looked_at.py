"""What was seen of somebody stays as it was seen; a case changes in its lead, its days, its end."""

import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends


GROWING = ("sighting", "capacity", "queue", "place", "casecontact")
KEPT = "id, person_id, opened_on, points, codes, by_lot, first_seen_on"


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('people', '0003_a_whole_name_fits_among_the_former'),
        ('runs', '0005_a_run_may_be_refused'),
    ]

    operations = [
        migrations.CreateModel(
            name='Capacity',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField()),
                ('places', models.IntegerField()),
                ('by', models.CharField(max_length=80)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('places__gte', 0)), name='places_are_not_negative')],
            },
        ),
        migrations.CreateModel(
            name='Queue',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('places', models.IntegerField()),
                ('in_band', models.IntegerField()),
                ('for_message', models.IntegerField()),
                ('others', models.IntegerField()),
                ('waiting', models.IntegerField()),
                ('drawn_from', models.IntegerField()),
            ],
            options={
                'indexes': [models.Index(fields=['on'], name='queue_of_a_day')],
            },
        ),
        migrations.CreateModel(
            name='SupportCase',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('opened_on', models.DateField()),
                ('points', models.IntegerField()),
                ('codes', django.contrib.postgres.fields.ArrayField(base_field=models.CharField(max_length=4), size=None)),
                ('by_lot', models.BooleanField()),
                ('first_seen_on', models.DateField(null=True)),
                ('lead', models.CharField(max_length=80)),
                ('next_review', models.DateField()),
                ('closed_on', models.DateField(null=True)),
                ('outcome', models.CharField(blank=True, choices=[('entitled', 'Claimed what they were entitled to'), ('plan', 'Agreed what they can pay'), ('helped', 'Helped in another way'), ('referred', 'Handed on to somebody who helps'), ('nothing', 'Nothing was needed'), ('declined', 'Did not want help'), ('not_reached', 'Could not be reached')], max_length=12)),
                ('rests_until', models.DateField(null=True)),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='support_cases', to='people.person')),
            ],
        ),
        migrations.CreateModel(
            name='CaseContact',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('how', models.CharField(choices=[('phone', 'Telephone'), ('visit', 'Visit'), ('office', 'At the counter'), ('letter', 'Letter'), ('email', 'Email'), ('text', 'Text message')], max_length=8)),
                ('outcome', models.CharField(choices=[('helped', 'Reached, and something that helps was begun'), ('reached', 'Reached, and nothing was begun yet'), ('not_reached', 'Not reached')], max_length=12)),
                ('by', models.CharField(max_length=80)),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='contacts', to='signals.supportcase')),
            ],
        ),
        migrations.CreateModel(
            name='Place',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('points', models.IntegerField()),
                ('by_lot', models.BooleanField()),
                ('person', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('queue', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='held', to='signals.queue')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('queue', 'number'), name='a_place_is_held_once'), models.UniqueConstraint(fields=('queue', 'person'), name='somebody_has_one_place')],
            },
        ),
        migrations.CreateModel(
            name='Sighting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=4)),
                ('key', models.CharField(max_length=100)),
                ('observed_on', models.DateField()),
                ('expires_on', models.DateField()),
                ('value', models.IntegerField()),
                ('record', models.BigIntegerField(null=True)),
                ('version', models.DateField()),
                ('person', models.ForeignKey(db_index=False, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='people.person')),
                ('run', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='+', to='runs.run')),
            ],
            options={
                'indexes': [models.Index(fields=['code', 'observed_on'], name='sightings_of_a_time')],
                'constraints': [models.UniqueConstraint(fields=('person', 'code', 'key'), name='a_sighting_counts_once'), models.CheckConstraint(condition=models.Q(('value__gte', 0)), name='a_sighting_is_not_negative'), models.CheckConstraint(condition=models.Q(('expires_on__gt', models.F('observed_on'))), name='a_sighting_counts_for_days')],
            },
        ),
        migrations.AddIndex(
            model_name='supportcase',
            index=models.Index(condition=models.Q(('closed_on', None)), fields=['next_review'], name='case_is_open'),
        ),
        migrations.AddConstraint(
            model_name='supportcase',
            constraint=models.UniqueConstraint(condition=models.Q(('closed_on', None)), fields=('person',), name='one_open_case_of_somebody'),
        ),
        migrations.AddConstraint(
            model_name='supportcase',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('closed_on', None), ('outcome', ''), ('rests_until', None)), models.Q(('closed_on__isnull', False), ('rests_until__isnull', False), models.Q(('outcome', ''), _negated=True)), _connector='OR'), name='a_case_is_closed_with_an_outcome'),
        ),
        migrations.AddConstraint(
            model_name='supportcase',
            constraint=models.CheckConstraint(condition=models.Q(('closed_on', None), ('closed_on__gte', models.F('opened_on')), _connector='OR'), name='a_case_is_closed_after_it_opened'),
        ),
        *(only_appends(f"signals_{table}") for table in GROWING),
        only_appends("signals_supportcase", events=f"update of {KEPT} or delete or truncate"),
    ]
