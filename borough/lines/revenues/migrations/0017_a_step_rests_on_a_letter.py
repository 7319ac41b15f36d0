"""No step rests on a letter that was never written, and a notice without one can be withdrawn.

That there are two reminders a year at most was a unique key. It is a trigger now, as a reminder that
was withdrawn before anybody was told of it may be sent again. Steps are numbered without a gap, so
that of two at the same moment one sees the other or fails on its number.
"""

from django.db import migrations, models

FOLLOWS = """
create function revenues_step_follows() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (select 1 from added n where n.number <> 1 and not exists (
      select 1 from revenues_step b
      where b.account_id = n.account_id and b.year = n.year and b.number = n.number - 1)) then
    raise exception 'a step is numbered after the one before it'
      using errcode = 'restrict_violation', constraint = 'a_step_follows_the_one_before';
  end if;
  if exists (
      select 1 from added n join revenues_step b
        on b.account_id = n.account_id and b.year = n.year and b.kind = n.kind
        and b.number < n.number
      where n.kind in ('reminder', 'second_reminder') and not exists (
        select 1 from revenues_step w where w.account_id = b.account_id and w.year = b.year
          and w.number = b.number + 1 and w.kind = 'notice_withdrawn')) then
    raise exception 'two_reminders_a_year_at_most: this one has been sent'
      using errcode = 'unique_violation', constraint = 'two_reminders_a_year_at_most';
  end if;
  if exists (select 1 from added n where n.kind = 'notice_withdrawn' and not exists (
      select 1 from revenues_step b
      where b.account_id = n.account_id and b.year = n.year and b.number = n.number - 1
        and b.kind in ('reminder', 'second_reminder', 'final_notice') and not exists (
          select 1 from documents_document d
          where d.source = 'revenues.step/' || b.id and d.source <> ''))) then
    raise exception 'a notice is withdrawn only while its letter is not written'
      using errcode = 'restrict_violation', constraint = 'what_was_told_is_not_withdrawn';
  end if;
  if exists (
      select 1 from added n cross join lateral (
        select s.id from revenues_step s
        where s.account_id = n.account_id and s.year = n.year and s.number < n.number
          and s.kind in ('reminder', 'second_reminder', 'final_notice', 'summons',
                         'liability_order')
          and not exists (
            select 1 from revenues_step w where w.account_id = s.account_id and w.year = s.year
              and (w.number = s.number + 1 and w.kind = 'notice_withdrawn'
                   or w.number > s.number and w.kind in ('withdrawn', 'refused')))
        order by s.number desc limit 1) before
      where n.kind in ('reminder', 'second_reminder', 'final_notice', 'summons', 'liability_order')
        and not exists (select 1 from documents_document d
                        where d.source = 'revenues.step/' || before.id and d.source <> '')) then
    raise exception 'the letter of the step before it was never written'
      using errcode = 'restrict_violation', constraint = 'a_step_rests_on_a_letter';
  end if;
  return null;
end $$;
create trigger revenues_step_follows after insert on revenues_step
  referencing new table as added for each statement execute function revenues_step_follows();
alter table revenues_step enable always trigger revenues_step_follows;
"""
UNDO = """
drop trigger revenues_step_follows on revenues_step; drop function revenues_step_follows;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("documents", "0004_prints_know_their_pages"),
        ("revenues", "0016_accounts_are_numbered_by_an_index"),
    ]
    operations = [
        migrations.AlterField(
            "step",
            "kind",
            models.CharField(
                max_length=16,
                choices=[
                    ("reminder", "Reminder"),
                    ("second_reminder", "Second reminder"),
                    ("final_notice", "Final notice"),
                    ("summons", "Summons"),
                    ("adjourned", "Hearing put off"),
                    ("liability_order", "Liability order"),
                    ("refused", "Order refused by the court"),
                    ("withdrawn", "Withdrawn"),
                    ("notice_withdrawn", "Notice withdrawn: nobody was told of it"),
                ],
            ),
        ),
        migrations.RemoveConstraint("step", "two_reminders_a_year_at_most"),
        migrations.RunSQL(FOLLOWS, UNDO),
    ]
