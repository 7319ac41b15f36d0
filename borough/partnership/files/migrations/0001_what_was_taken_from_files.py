"""Files that were taken in once, and the rows of them that were not."""

import django.db.models.deletion
from borough.kernel.appending import only_appends
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='File',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('kind', models.CharField(max_length=40)),
                ('sha256', models.CharField(max_length=64)),
                ('title', models.CharField(max_length=80)),
                ('source', models.CharField(max_length=200)),
                ('rows', models.PositiveIntegerField()),
                ('set_aside', models.PositiveIntegerField()),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('kind', 'sha256'), name='a_file_is_taken_once')],
            },
        ),
        migrations.CreateModel(
            name='Aside',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('line', models.PositiveIntegerField()),
                ('reason', models.CharField(max_length=200)),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asides', to='files.file')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('file', 'line'), name='a_row_is_set_aside_once')],
            },
        ),
        only_appends("files_file"),
        only_appends("files_aside"),
    ]
