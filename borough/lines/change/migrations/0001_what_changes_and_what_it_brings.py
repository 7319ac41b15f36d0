"""Ideas, initiatives, what they bring, and changes of what was agreed: rows that only grow."""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.conf import settings
from borough.kernel.appending import never_goes, only_appends
from django.db import migrations, models


APPENDED = (
    'initiative',
    'limit',
    'idea',
    'hypothesis',
    'case',
    'answer',
    'joining',
    'lesson',
    'milestone',
    'met',
    'due',
    'move',
    'option',
    'casedecision',
    'realised',
    'request',
    'assessment',
    'asked',
    'risk',
    'riskend',
    'riskview',
    'ruling',
    'sorting',
)


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        migrations.swappable_dependency(settings.AUTH_USER_MODEL),
    ]

    operations = [
        migrations.CreateModel(
            name='Initiative',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('title', models.CharField(max_length=120)),
                ('purpose', models.TextField()),
                ('beyond_contract', models.BooleanField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Limit',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('of', models.CharField(max_length=24)),
                ('most', models.PositiveIntegerField()),
                ('starts', models.DateField()),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Idea',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('reference', models.CharField(max_length=9, unique=True)),
                ('source', models.CharField(choices=[('officer', 'An officer'), ('staff', 'Staff of either partner'), ('resident', 'A resident'), ('other', 'Somebody else')], max_length=8)),
            ],
            options={
                'indexes': [models.Index(fields=['on'], name='idea_by_day')],
                'constraints': [models.CheckConstraint(condition=models.Q(('reference__regex', '^[2-9A-HJ-NP-Z]{4}-[2-9A-HJ-NP-Z]{4}$')), name='a_reference_can_be_read_out')],
            },
        ),
        migrations.CreateModel(
            name='IdeaWords',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('words', models.TextField()),
                ('idea', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='words', to='change.idea')),
            ],
        ),
        migrations.CreateModel(
            name='Hypothesis',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('title', models.CharField(max_length=120)),
                ('benefit_class', models.CharField(choices=[('A1', 'Price reduced, or credited'), ('A2', 'Cost removed from a budget of the council'), ('A3', 'Income increased'), ('A4', 'Capital or investment by the partner'), ('A5', 'Cost avoided'), ('A6', 'No cash: time, quality, social value')], max_length=2)),
                ('measure', models.CharField(blank=True, max_length=80)),
                ('baseline_line', models.CharField(blank=True, max_length=40)),
                ('low_pence', models.BigIntegerField()),
                ('mid_pence', models.BigIntegerField()),
                ('high_pence', models.BigIntegerField()),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='hypotheses', to='change.initiative')),
            ],
        ),
        migrations.CreateModel(
            name='Case',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('why', models.TextField()),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='cases', to='change.initiative')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('outcome', models.CharField(choices=[('taken_up', 'We take it up'), ('later', 'We keep it for next year’s choice'), ('already', 'It is done already'), ('no', 'We will not do it')], max_length=8)),
                ('words', models.TextField()),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='change.idea')),
                ('initiative', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='change.initiative')),
            ],
        ),
        migrations.CreateModel(
            name='Joining',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('idea', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='joining', to='change.idea')),
                ('into', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='joined', to='change.idea')),
            ],
        ),
        migrations.CreateModel(
            name='Lesson',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('title', models.CharField(max_length=120)),
                ('happened', models.TextField()),
                ('next_time', models.TextField()),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='lessons', to='change.initiative')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Milestone',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('title', models.CharField(max_length=120)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='milestones', to='change.initiative')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Met',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('met_on', models.DateField()),
                ('evidence', models.TextField()),
                ('milestone', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='met', to='change.milestone')),
            ],
        ),
        migrations.CreateModel(
            name='Due',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('due', models.DateField()),
                ('because', models.TextField(blank=True)),
                ('milestone', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='dues', to='change.milestone')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Move',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('stage', models.CharField(choices=[('shaping', 'Being shaped'), ('agreed', 'Agreed, not begun'), ('under_way', 'Under way'), ('done', 'Done'), ('stopped', 'Stopped')], max_length=9)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='moves', to='change.initiative')),
            ],
        ),
        migrations.CreateModel(
            name='Option',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('title', models.CharField(max_length=120)),
                ('does_nothing', models.BooleanField()),
                ('once_pence', models.BigIntegerField()),
                ('yearly_pence', models.BigIntegerField()),
                ('benefits', models.TextField()),
                ('risks', models.TextField()),
                ('case', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='options', to='change.case')),
            ],
        ),
        migrations.CreateModel(
            name='CaseDecision',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('because', models.TextField()),
                ('case', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='decision', to='change.case')),
                ('option', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='change.option')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='OwnerPair',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('starts', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('for_council', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('for_partner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='owners', to='change.initiative')),
            ],
        ),
        migrations.CreateModel(
            name='Realised',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('amount_pence', models.BigIntegerField()),
                ('full_year_pence', models.BigIntegerField()),
                ('deadweight_bp', models.PositiveIntegerField()),
                ('year', models.CharField(max_length=7)),
                ('evidence', models.CharField(max_length=80)),
                ('hypothesis', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='realised', to='change.hypothesis')),
                ('takes_back', models.OneToOneField(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='taken_back_by', to='change.realised')),
            ],
        ),
        migrations.CreateModel(
            name='Request',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('title', models.CharField(max_length=120)),
                ('words', models.TextField()),
                ('initiative', models.ForeignKey(null=True, on_delete=django.db.models.deletion.PROTECT, related_name='requests', to='change.initiative')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Assessment',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('impact', models.CharField(choices=[('price', 'Price'), ('measures', 'Measures'), ('staff', 'Staff'), ('privacy', 'Privacy')], max_length=8)),
                ('words', models.TextField()),
                ('yearly_pence', models.BigIntegerField(null=True)),
                ('posts_hundredths', models.IntegerField(null=True)),
                ('needs_dpia', models.BooleanField(null=True)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='assessments', to='change.request')),
            ],
        ),
        migrations.CreateModel(
            name='Asked',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('impact', models.CharField(choices=[('price', 'Price'), ('measures', 'Measures'), ('staff', 'Staff'), ('privacy', 'Privacy')], max_length=8)),
                ('assessor', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('request', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='asked', to='change.request')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Risk',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('title', models.CharField(max_length=160)),
                ('initiative', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='risks', to='change.initiative')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RiskEnd',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('because', models.TextField()),
                ('risk', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='end', to='change.risk')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='RiskView',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('likelihood', models.PositiveSmallIntegerField()),
                ('impact', models.PositiveSmallIntegerField()),
                ('response', models.CharField(choices=[('avoid', 'Avoid it'), ('reduce', 'Make it less likely or less bad'), ('share', 'Share it with somebody else'), ('accept', 'Live with it')], max_length=6)),
                ('plan', models.TextField()),
                ('review_on', models.DateField()),
                ('owner', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to=settings.AUTH_USER_MODEL)),
                ('risk', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='views', to='change.risk')),
            ],
        ),
        migrations.CreateModel(
            name='Ruling',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('approved', models.BooleanField()),
                ('because', models.TextField()),
                ('request', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='ruling', to='change.request')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.CreateModel(
            name='Sorting',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('theme', models.CharField(choices=[('service', 'Better service'), ('waiting', 'Less waiting'), ('cost', 'Lower cost'), ('income', 'More income'), ('staff', 'People and work'), ('place', 'The borough')], max_length=8)),
                ('idea', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='sortings', to='change.idea')),
            ],
            options={
                'abstract': False,
            },
        ),
        migrations.AddConstraint(
            model_name='hypothesis',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gt', models.F('starts')), _connector='OR'), name='a_benefit_ends_after_it_starts'),
        ),
        migrations.AddConstraint(
            model_name='hypothesis',
            constraint=models.CheckConstraint(condition=models.Q(('low_pence__lte', models.F('mid_pence')), ('mid_pence__lte', models.F('high_pence'))), name='a_forecast_is_in_order'),
        ),
        migrations.AddConstraint(
            model_name='hypothesis',
            constraint=models.CheckConstraint(condition=models.Q(('baseline_line', ''), ('baseline_line__regex', '^[A-Za-z0-9][A-Za-z0-9._/-]{0,39}$'), _connector='OR'), name='a_baseline_line_has_a_code'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('initiative', None), ('outcome', 'taken_up'), _connector='OR'), name='only_what_is_taken_up_has_an_initiative'),
        ),
        migrations.AddConstraint(
            model_name='joining',
            constraint=models.CheckConstraint(condition=models.Q(('idea', models.F('into')), _negated=True), name='no_idea_is_like_itself'),
        ),
        migrations.AddConstraint(
            model_name='met',
            constraint=models.CheckConstraint(condition=models.Q(('met_on__lte', models.F('on'))), name='nothing_is_met_in_the_future'),
        ),
        migrations.AddConstraint(
            model_name='move',
            constraint=models.UniqueConstraint(fields=('initiative', 'stage'), name='a_stage_comes_once'),
        ),
        migrations.AddConstraint(
            model_name='option',
            constraint=models.UniqueConstraint(condition=models.Q(('does_nothing', True)), fields=('case',), name='doing_nothing_stands_once'),
        ),
        migrations.AddConstraint(
            model_name='ownerpair',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gt', models.F('starts')), _connector='OR'), name='owners_end_after_they_start'),
        ),
        migrations.AddConstraint(
            model_name='ownerpair',
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(expressions=[(models.Func(models.Func(models.F('initiative'), models.Func(models.F('starts'), template="(%(expressions)s - date '2000-01-01')"), function='point'), models.Func(models.F('initiative'), models.Func(models.F('ends'), template="coalesce(%(expressions)s - date '2000-01-02', 1000000)"), function='point'), function='box'), '&&')], name='one_pair_of_owners_at_a_time'),
        ),
        migrations.AddConstraint(
            model_name='ownerpair',
            constraint=models.CheckConstraint(condition=models.Q(('for_council', models.F('for_partner')), _negated=True), name='owners_are_two_officers'),
        ),
        migrations.AddConstraint(
            model_name='realised',
            constraint=models.CheckConstraint(condition=models.Q(('deadweight_bp__lte', 10000)), name='a_benefits_deadweight_is_a_share'),
        ),
        migrations.AddConstraint(
            model_name='realised',
            constraint=models.CheckConstraint(condition=models.Q(('year__regex', '^\\d{4}-\\d{2}$')), name='a_benefit_is_of_a_year'),
        ),
        migrations.AddConstraint(
            model_name='realised',
            constraint=models.CheckConstraint(condition=models.Q(('takes_back', None), models.Q(('takes_back', models.F('id')), _negated=True), _connector='OR'), name='nothing_takes_itself_back'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.UniqueConstraint(fields=('request', 'impact'), name='an_impact_is_assessed_once'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('impact', 'price'), ('yearly_pence__isnull', False)), models.Q(models.Q(('impact', 'price'), _negated=True), ('yearly_pence', None)), _connector='OR'), name='a_price_is_in_pence'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('impact', 'staff'), ('posts_hundredths__isnull', False)), models.Q(models.Q(('impact', 'staff'), _negated=True), ('posts_hundredths', None)), _connector='OR'), name='staff_is_in_posts'),
        ),
        migrations.AddConstraint(
            model_name='assessment',
            constraint=models.CheckConstraint(condition=models.Q(models.Q(('impact', 'privacy'), ('needs_dpia__isnull', False)), models.Q(models.Q(('impact', 'privacy'), _negated=True), ('needs_dpia', None)), _connector='OR'), name='privacy_says_whether_a_dpia'),
        ),
        migrations.AddConstraint(
            model_name='riskview',
            constraint=models.CheckConstraint(condition=models.Q(('impact__range', (1, 5)), ('likelihood__range', (1, 5))), name='a_risk_is_seen_from_1_to_5'),
        ),
        never_goes('change_ownerpair'),
        *(only_appends(f'change_{name}') for name in APPENDED),
    ]
