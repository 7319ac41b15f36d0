"""What was promised, its evidence, and the list of staff by number: what is recorded stays."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from borough.kernel.appending import never_goes, only_appends
from django.db import migrations, models


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ('files', '0001_what_was_taken_from_files'),
    ]

    operations = [
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.CharField(max_length=20, unique=True)),
                ('transferred_on', models.DateField(null=True)),
                ('pension', models.CharField(blank=True, choices=[('fund', 'Stayed in the local government pension fund'), ('comparable', 'A scheme that was certified as comparable'), ('other', 'Another scheme')], max_length=12)),
                ('terms_protected', models.BooleanField(default=False)),
            ],
        ),
        migrations.CreateModel(
            name='Transfer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('day', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Promise',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('topic', models.CharField(choices=[('savings', 'Significant revenue savings'), ('quartile', 'Top-quartile performance'), ('jobs', 'Job security'), ('local', 'Work stays in the borough'), ('capital', 'Capital investment'), ('day_one', 'Ten per cent from day one'), ('improvement', 'Guaranteed improvement'), ('investment', 'Investment'), ('staff', 'Staff development'), ('growth', 'Growth'), ('innovation', 'Innovation')], max_length=12)),
                ('title', models.CharField(max_length=160)),
                ('clause', models.CharField(max_length=120)),
                ('evidence', models.CharField(choices=[('kept_staff', 'Share of transferred staff still employed'), ('redundant', 'Compulsory redundancies among transferred staff'), ('local_work', 'Share of full-time equivalents who work in the borough'), ('jobs', 'Full-time equivalents who work in the borough'), ('trained', 'Hours of training'), ('money', 'Money, from records that both signed'), ('count', 'A number, from records that both signed'), ('measure', 'What a measure came to in a whole year'), ('quarter', 'In which quarter of a set of councils a measure stands')], max_length=12)),
                ('measure', models.CharField(blank=True, max_length=80)),
                ('peers', models.CharField(blank=True, max_length=80)),
                ('shape', models.CharField(choices=[('by', 'To have come there by the day'), ('throughout', 'To stay there throughout, until the day')], max_length=12)),
                ('target', models.BigIntegerField()),
                ('starts', models.DateField()),
                ('due', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('dropped_on', models.DateField(null=True)),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('due__gt', models.F('starts'))), name='a_promise_is_due_after_it_starts')],
            },
        ),
        migrations.CreateModel(
            name='Record',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('amount', models.BigIntegerField()),
                ('reference', models.CharField(max_length=40)),
                ('what', models.CharField(max_length=160)),
                ('by', models.CharField(max_length=80)),
                ('recorded_on', models.DateField()),
                ('promise', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='records', to='promises.promise')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('promise', 'reference'), name='a_paper_counts_once_for_a_promise'), models.CheckConstraint(condition=models.Q(('on__lte', models.F('recorded_on'))), name='nothing_is_recorded_before_it_is_done')],
            },
        ),
        migrations.CreateModel(
            name='Spell',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('post', models.CharField(max_length=80)),
                ('fte_hundredths', models.PositiveSmallIntegerField()),
                ('postcode', models.CharField(max_length=8)),
                ('ward', models.CharField(blank=True, max_length=9)),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('why', models.CharField(blank=True, choices=[('moved', 'Moved to another post or hours'), ('resigned', 'Resigned'), ('retired', 'Retired'), ('voluntary', 'Voluntary redundancy'), ('compulsory', 'Compulsory redundancy'), ('dismissed', 'Dismissed'), ('died', 'Died'), ('transferred', 'Transferred to another employer')], max_length=12)),
                ('file', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='spells', to='files.file')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='spells', to='promises.member')),
            ],
            options={
                'constraints': [models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gt', models.F('starts')), _connector='OR'), name='a_spell_ends_after_it_starts'), django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.Func(models.F('member'), models.Func(models.F('starts'), template="(%(expressions)s - date '2000-01-01')"), function='point'), models.Func(models.F('member'), models.Func(models.F('ends'), template="coalesce(%(expressions)s - date '2000-01-02', 1000000)"), function='point'), function='box'), '&&')], name='one_post_at_a_time'), models.CheckConstraint(condition=models.Q(('fte_hundredths__gte', 1), ('fte_hundredths__lte', 100)), name='nobody_is_more_than_full_time'), models.CheckConstraint(condition=models.Q(models.Q(('ends', None), ('why', '')), models.Q(('ends__isnull', False), models.Q(('why', ''), _negated=True)), _connector='OR'), name='an_end_has_a_reason')],
            },
        ),
        migrations.CreateModel(
            name='Training',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('on', models.DateField()),
                ('course', models.CharField(max_length=80)),
                ('hours_hundredths', models.PositiveIntegerField()),
                ('file', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training', to='files.file')),
                ('member', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='training', to='promises.member')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('member', 'on', 'course'), name='a_course_counts_once_a_day'), models.CheckConstraint(condition=models.Q(('hours_hundredths__gte', 1), ('hours_hundredths__lte', 2400)), name='a_day_has_24_hours')],
            },
        ),
        migrations.CreateModel(
            name='Done',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('step', models.CharField(max_length=20)),
                ('on', models.DateField()),
                ('by', models.CharField(max_length=80)),
                ('recorded_on', models.DateField()),
                ('transfer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='done', to='promises.transfer')),
            ],
            options={
                'constraints': [models.UniqueConstraint(fields=('transfer', 'step'), name='a_step_is_done_once'), models.CheckConstraint(condition=models.Q(('on__lte', models.F('recorded_on'))), name='no_step_is_done_before_its_day')],
            },
        ),
        never_goes("promises_promise"),
        only_appends("promises_record"),
        only_appends("promises_member"),
        never_goes("promises_spell"),
        only_appends("promises_training"),
        only_appends("promises_transfer"),
        only_appends("promises_done"),
    ]
