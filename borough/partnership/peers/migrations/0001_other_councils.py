"""What other councils published, and lists of councils to be compared with, for good."""

import django.db.models.deletion
from borough.kernel.appending import only_appends
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_what_was_taken_from_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Figure',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=80)),
                ('code', models.CharField(max_length=9)),
                ('name', models.CharField(max_length=80)),
                ('year', models.CharField(max_length=7)),
                ('hundredths', models.BigIntegerField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='figures', to='files.file')),
            ],
            options={
                'indexes': [models.Index(fields=['measure', 'year'], name='figures_of_measure')],
                'constraints': [models.UniqueConstraint(fields=('file', 'code', 'year'), name='one_figure_of_a_council_and_year')],
            },
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('code', models.CharField(max_length=9)),
                ('name', models.CharField(max_length=80)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='files.file')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'code'), name='a_council_is_listed_once')],
            },
        ),
        only_appends("peers_figure"),
        only_appends("peers_member"),
    ]
