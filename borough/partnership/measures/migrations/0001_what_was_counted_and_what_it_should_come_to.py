"""Figures as they were counted, for good; what they should come to; what is disputed of them."""

import django.db.models.deletion
from borough.kernel.appending import only_appends
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
    ]

    operations = [
        migrations.CreateModel(
            name='Target',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=80)),
                ('starts', models.DateField()),
                ('good', models.BigIntegerField()),
                ('approaching', models.BigIntegerField()),
                ('requires_improvement', models.BigIntegerField()),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Snapshot',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('measure', models.CharField(max_length=80)),
                ('definition', models.CharField(max_length=64)),
                ('year', models.CharField(max_length=7)),
                ('as_at', models.DateField()),
                ('numerator', models.BigIntegerField(null=True)),
                ('denominator', models.BigIntegerField(null=True)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('restates', models.OneToOneField(db_constraint=False, null=True, on_delete=django.db.models.deletion.PROTECT, related_name='restated_by', to='measures.snapshot')),
            ],
        ),
        migrations.CreateModel(
            name='Dispute',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('party', models.CharField(choices=[('council', 'council'), ('partner', 'partner')], max_length=8)),
                ('why', models.CharField(choices=[('definition', 'It was not counted as was agreed'), ('data', 'Records behind it are missing or wrong'), ('scope', 'It holds work that is not in it, or lacks work that is'), ('period', 'It is of another time than it says')], max_length=12)),
                ('by', models.CharField(max_length=80)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('snapshot', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='disputes', to='measures.snapshot')),
            ],
        ),
        migrations.AddIndex(
            model_name='snapshot',
            index=models.Index(fields=['measure', 'year', 'as_at'], name='snapshot_of_measure'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('denominator', None), ('numerator', None)), models.Q(('denominator__gte', 0), ('denominator__isnull', False), ('numerator__isnull', False)), _connector='OR'), name='no_data_is_not_nought'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.CheckConstraint(condition=models.Q(('as_at__lte', models.F('on'))), name='nothing_is_counted_before_it_is_over'),
        ),
        migrations.AddConstraint(
            model_name='snapshot',
            constraint=models.UniqueConstraint(condition=models.Q(('restates', None)), fields=('measure', 'year', 'as_at'), name='one_first_count_of_a_day'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('starts')), _connector='OR'), name='a_dispute_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='dispute',
            constraint=models.UniqueConstraint(condition=models.Q(('ends', None)), fields=('snapshot', 'party'), name='a_partner_disputes_a_count_once'),
        ),
        only_appends("measures_snapshot"),
        only_appends("measures_target"),
    ]
