"""Twenty cases of a quarter, drawn by a seed that was told before the quarter was over."""

import django.db.models.deletion
from borough.kernel.appending import only_appends
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Draw',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('seed', models.CharField(max_length=64)),
                ('starts', models.DateField(unique=True)),
                ('ends', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('on__lt', models.F('ends'))), name='a_seed_is_told_before_the_quarter_is_over')],
            },
        ),
        migrations.CreateModel(
            name='Drawn',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('position', models.IntegerField()),
                ('kind', models.CharField(max_length=80)),
                ('number', models.BigIntegerField()),
                ('told', models.JSONField()),
                ('draw', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='drawn', to='twenty.draw')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('draw', 'position'), name='a_place_is_drawn_once'), models.UniqueConstraint(fields=('draw', 'kind', 'number'), name='a_case_is_drawn_once')],
            },
        ),
        only_appends("twenty_draw"),
        only_appends("twenty_drawn"),
    ]
