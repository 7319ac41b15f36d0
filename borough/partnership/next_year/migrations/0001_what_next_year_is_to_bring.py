"""What next year is to bring: reviews, groups of proposals, what both chose, what became of it."""

import django.contrib.postgres.fields
import django.db.models.deletion
from borough.kernel.appending import never_goes, only_appends
from django.db import migrations, models

# A group holds what was opened in its own review, and what is open names a proposal that is there.
JOINS_WHAT_IS_OPEN = """
create function next_year_joins_what_is_open() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if not exists (
      select 1 from sealed_commitment c join sealed_round r on r.id = c.round_id
      join sealed_opening o on o.commitment_id = c.id
      join next_year_group g on g.id = new.group_id
      where c.id = new.commitment_id and r.thing = 'partnership.review/' || g.review_id
      and new.place between 1 and jsonb_array_length(o.text::jsonb -> 'proposals')) then
    raise exception 'only a proposal that was opened in the same review is put together'
      using errcode = 'check_violation', constraint = 'a_member_was_opened_in_this_review';
  end if;
  return new;
end $$;
create trigger next_year_member_is_open before insert on next_year_member
  for each row execute function next_year_joins_what_is_open();
alter table next_year_member enable always trigger next_year_member_is_open;
"""

# An answer is one of the groups of a choice of its review that both partners have signed as it is.
CHOSEN_BY_BOTH = """
create function next_year_chosen_by_both() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if not exists (select 1 from next_year_choice c where c.id = new.choice_id
                 and c.review_id = new.review_id and new.group_id = any (c.groups)
                 and 2 = (select count(distinct s.party) from seats_signature s
                          where s.thing = 'partnership.choice/' || c.id and s.digest = c.digest))
  then
    raise exception 'an answer is of a choice that both partners have signed'
      using errcode = 'check_violation', constraint = 'an_answer_is_chosen_by_both';
  end if;
  return new;
end $$;
create trigger next_year_answer_by_both before insert on next_year_answer
  for each row execute function next_year_chosen_by_both();
alter table next_year_answer enable always trigger next_year_answer_by_both;
"""


class Migration(migrations.Migration):

    initial = True

    dependencies = [
        ("sealed", "0002_a_panel_has_a_scribe"),
        ("seats", "0002_a_seat_stays"),
    ]

    operations = [
        migrations.CreateModel(
            name='Review',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('year', models.CharField(max_length=7, unique=True)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
            ],
        ),
        migrations.CreateModel(
            name='Group',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('title', models.CharField(max_length=120)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('ends', models.DateField(null=True)),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='groups', to='next_year.review')),
            ],
        ),
        migrations.CreateModel(
            name='Choice',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('groups', django.contrib.postgres.fields.ArrayField(base_field=models.BigIntegerField(), size=None)),
                ('content', models.TextField()),
                ('digest', models.CharField(max_length=64)),
                ('by', models.CharField(max_length=80)),
                ('on', models.DateField()),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='choices', to='next_year.review')),
            ],
        ),
        migrations.CreateModel(
            name='Answer',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('number', models.IntegerField()),
                ('on', models.DateField()),
                ('choice', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='next_year.choice')),
                ('group', models.OneToOneField(on_delete=django.db.models.deletion.PROTECT, related_name='answer', to='next_year.group')),
                ('review', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='answers', to='next_year.review')),
            ],
        ),
        migrations.CreateModel(
            name='Told',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('stage', models.CharField(choices=[('handed', 'Handed over, not begun'), ('refused', 'Not taken up'), ('shaping', 'Being shaped'), ('agreed', 'Agreed, not begun'), ('under_way', 'Under way'), ('done', 'Done'), ('stopped', 'Stopped')], max_length=9)),
                ('idea', models.BigIntegerField(null=True)),
                ('initiative', models.BigIntegerField(null=True)),
                ('fact', models.BigIntegerField()),
                ('on', models.DateField()),
                ('answer', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='told', to='next_year.answer')),
            ],
        ),
        migrations.CreateModel(
            name='Member',
            fields=[
                ('id', models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name='ID')),
                ('place', models.IntegerField()),
                ('ends', models.DateField(null=True)),
                ('commitment', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='+', to='sealed.commitment')),
                ('group', models.ForeignKey(on_delete=django.db.models.deletion.PROTECT, related_name='members', to='next_year.group')),
            ],
            options={
                'constraints': [models.UniqueConstraint(condition=models.Q(('ends', None)), fields=('commitment', 'place'), name='a_proposal_is_in_one_group')],
            },
        ),
        migrations.AddConstraint(
            model_name='group',
            constraint=models.CheckConstraint(condition=models.Q(('ends', None), ('ends__gte', models.F('on')), _connector='OR'), name='a_group_ends_after_it_began'),
        ),
        migrations.AddConstraint(
            model_name='choice',
            constraint=models.CheckConstraint(condition=models.Q(('groups__len__gte', 1), ('groups__len__lte', 7)), name='no_more_than_seven_are_chosen'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.CheckConstraint(condition=models.Q(('number__gte', 1), ('number__lte', 7)), name='an_answer_is_one_of_seven'),
        ),
        migrations.AddConstraint(
            model_name='answer',
            constraint=models.UniqueConstraint(fields=('review', 'number'), name='an_answer_has_its_number'),
        ),
        migrations.AddConstraint(
            model_name='told',
            constraint=models.UniqueConstraint(fields=('answer', 'fact'), name='a_fact_is_heard_once'),
        ),
        *(only_appends(f"next_year_{one}") for one in ("review", "choice", "answer", "told")),
        *(never_goes(f"next_year_{one}") for one in ("group", "member")),
        migrations.RunSQL(
            JOINS_WHAT_IS_OPEN,
            "drop trigger next_year_member_is_open on next_year_member;"
            " drop function next_year_joins_what_is_open;",
        ),
        migrations.RunSQL(
            CHOSEN_BY_BOTH,
            "drop trigger next_year_answer_by_both on next_year_answer;"
            " drop function next_year_chosen_by_both;",
        ),
    ]
