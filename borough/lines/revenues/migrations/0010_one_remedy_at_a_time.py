"""Under a liability order one remedy at a time, and two attachments of earnings of a debtor at most.

A remedy needs an order in force, and none begins that a hold or a death stands against: the command
asks first, this is the second wall. Files to and from enforcement agents stay as they were.
"""

import django.contrib.postgres.constraints
import django.db.models.deletion
from django.db import migrations, models

from borough.kernel.appending import only_appends

ASKS = """
create function revenues_remedy_asks() returns trigger language plpgsql
set search_path = public, pg_temp as $$ begin
  if exists (select 1 from added n where not exists (
      select 1 from (select kind from revenues_step s
                     where s.account_id = n.account_id and s.year = n.year
                       and s.kind in ('liability_order', 'refused', 'withdrawn')
                     order by number desc limit 1) newest
      where newest.kind = 'liability_order')) then
    raise exception 'there is no liability order in force'
      using errcode = 'restrict_violation', constraint = 'a_remedy_follows_an_order';
  end if;
  if exists (
    select 1 from added n join revenues_account a on a.id = n.account_id
    join holds_hold h on h.thing = 'revenues.account/' || a.reference
    where n.kind = any(h.forbids) and h.starts <= n.starts and (h.ends is null or h.ends > n.starts)
      and h.part in ('', n.year || '-' || lpad(((n.year + 1) % 100)::text, 2, '0'))
    union all
    select 1 from added n join revenues_liability l on l.account_id = n.account_id
    join holds_hold h on h.person_id = l.person_id
    where n.kind = any(h.forbids) and h.starts <= n.starts and (h.ends is null or h.ends > n.starts)
      and l.starts < make_date(n.year + 1, 4, 1)
      and (l.ends is null or l.ends > make_date(n.year, 4, 1))
    union all
    select 1 from added n join revenues_liability l on l.account_id = n.account_id
    join people_person p on p.id = l.person_id
    where p.date_of_death is not null
      and l.starts < make_date(n.year + 1, 4, 1)
      and (l.ends is null or l.ends > make_date(n.year, 4, 1))
  ) then
    raise exception 'something stands against this remedy: ask first'
      using errcode = 'restrict_violation', constraint = 'a_remedy_asks_first';
  end if;
  return null;
end $$;
create trigger revenues_remedy_asks after insert on revenues_remedy
  referencing new table as added for each statement execute function revenues_remedy_asks();
alter table revenues_remedy enable always trigger revenues_remedy_asks;
"""
UNDO = "drop trigger revenues_remedy_asks on revenues_remedy; drop function revenues_remedy_asks;"


class Migration(migrations.Migration):
    dependencies = [
        ("people", "0003_a_whole_name_fits_among_the_former"),
        ("revenues", "0009_receipts_find_their_year"),
        ("runs", "0004_statistics_after_bulk_work"),
    ]

    operations = [
        migrations.CreateModel(
            name="Agent",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("slug", models.CharField(max_length=40, unique=True)),
                ("layout", models.CharField(max_length=40)),
                (
                    "person",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgentFile",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[("placement", "Placed"), ("recall", "Called back")], max_length=12
                    ),
                ),
                ("made_on", models.DateField()),
                ("by", models.CharField(max_length=80)),
                ("rows", models.IntegerField()),
                ("pence", models.BigIntegerField()),
                ("sha256", models.CharField(max_length=64, unique=True)),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="files",
                        to="revenues.agent",
                    ),
                ),
                (
                    "run",
                    models.OneToOneField(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="runs.run",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgentReturn",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("sha256", models.CharField(max_length=64, unique=True)),
                ("loaded_on", models.DateField()),
                ("by", models.CharField(max_length=80)),
                ("rows", models.IntegerField()),
                ("set_aside", models.IntegerField()),
                ("collected_pence", models.BigIntegerField()),
                ("passed_on_pence", models.BigIntegerField()),
                (
                    "agent",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="revenues.agent",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Remedy",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                (
                    "kind",
                    models.CharField(
                        choices=[
                            ("attachment", "Attachment of earnings"),
                            ("agent", "Enforcement agent"),
                        ],
                        max_length=12,
                    ),
                ),
                ("year", models.SmallIntegerField()),
                ("slot", models.SmallIntegerField(null=True)),
                ("owed_pence", models.BigIntegerField()),
                ("starts", models.DateField()),
                ("ends", models.DateField(null=True)),
                (
                    "why_ended",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("paid", "Paid"),
                            ("left", "Left the employment"),
                            ("discharged", "Discharged"),
                            ("recalled", "Called back"),
                            ("returned", "Sent back by the agent"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "account",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="remedies",
                        to="revenues.account",
                    ),
                ),
                (
                    "person",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Recall",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                (
                    "why",
                    models.CharField(
                        choices=[
                            ("hold", "Something stands against it"),
                            ("vulnerable", "Somebody needs care first"),
                            ("paid", "Paid to the council"),
                            ("arranged", "An arrangement was agreed"),
                            ("officer", "An officer decided"),
                        ],
                        max_length=12,
                    ),
                ),
                (
                    "remedy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="recall",
                        to="revenues.remedy",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("payroll_number", models.CharField(blank=True, max_length=40)),
                (
                    "frequency",
                    models.CharField(
                        choices=[("weekly", "Weekly"), ("monthly", "Monthly"), ("daily", "Daily")],
                        max_length=8,
                    ),
                ),
                (
                    "employer",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.person",
                    ),
                ),
                (
                    "remedy",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="attachment",
                        to="revenues.remedy",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AgentRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.IntegerField()),
                (
                    "kind",
                    models.CharField(
                        choices=[("placement", "Placed"), ("recall", "Called back")], max_length=12
                    ),
                ),
                ("pence", models.BigIntegerField()),
                ("cells", models.JSONField()),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="revenues.agentfile",
                    ),
                ),
                (
                    "remedy",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="agent_rows",
                        to="revenues.remedy",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="ReturnRow",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("line", models.IntegerField()),
                ("key", models.CharField(max_length=80, null=True, unique=True)),
                (
                    "kind",
                    models.CharField(
                        blank=True,
                        choices=[
                            ("acknowledged", "Received by the agent"),
                            ("payment", "Payment"),
                            ("fee", "Fee"),
                            ("returned", "Sent back"),
                        ],
                        max_length=12,
                    ),
                ),
                ("on", models.DateField(null=True)),
                ("pence", models.BigIntegerField(default=0)),
                ("passed_on_pence", models.BigIntegerField(default=0)),
                ("code", models.CharField(blank=True, max_length=24)),
                ("query", models.CharField(blank=True, max_length=200)),
                ("cells", models.JSONField(default=dict)),
                (
                    "file",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="lines",
                        to="revenues.agentreturn",
                    ),
                ),
                (
                    "remedy",
                    models.ForeignKey(
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="returns",
                        to="revenues.remedy",
                    ),
                ),
            ],
        ),
        migrations.CreateModel(
            name="AttachedAmount",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("on", models.DateField()),
                ("pence", models.BigIntegerField()),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="amounts",
                        to="revenues.attachment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(("pence__gt", 0)), name="an_order_is_for_something"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Deduction",
            fields=[
                (
                    "id",
                    models.BigAutoField(
                        auto_created=True, primary_key=True, serialize=False, verbose_name="ID"
                    ),
                ),
                ("pay_day", models.DateField()),
                ("net_pence", models.BigIntegerField(null=True)),
                ("expected_pence", models.BigIntegerField(null=True)),
                ("deducted_pence", models.BigIntegerField()),
                ("received_on", models.DateField()),
                (
                    "attachment",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="deductions",
                        to="revenues.attachment",
                    ),
                ),
            ],
            options={
                "constraints": [
                    models.UniqueConstraint(
                        fields=("attachment", "pay_day"), name="one_deduction_a_pay_day"
                    ),
                    models.CheckConstraint(
                        condition=models.Q(("deducted_pence__gte", 0)),
                        name="a_deduction_takes_nothing_back",
                    ),
                    models.CheckConstraint(
                        condition=models.Q(
                            models.Q(("expected_pence", None), ("net_pence", None)),
                            models.Q(("expected_pence__gte", 0), ("net_pence__gte", 0)),
                            _connector="OR",
                        ),
                        name="what_is_expected_follows_the_earnings",
                    ),
                ],
            },
        ),
        migrations.AddIndex(
            model_name="remedy",
            index=models.Index(
                condition=models.Q(("ends", None)), fields=["kind"], name="remedy_is_open"
            ),
        ),
        migrations.AddConstraint(
            model_name="remedy",
            constraint=models.CheckConstraint(
                condition=models.Q(("owed_pence__gt", 0)), name="a_remedy_is_for_something"
            ),
        ),
        migrations.AddConstraint(
            model_name="remedy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("kind", "attachment"), ("slot__in", [1, 2])),
                    models.Q(models.Q(("kind", "attachment"), _negated=True), ("slot", None)),
                    _connector="OR",
                ),
                name="an_attachment_is_the_first_or_second",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("ends", None), ("ends__gte", models.F("starts")), _connector="OR"
                ),
                name="remedy_never_ends_before_it_starts",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedy",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("ends", None), ("why_ended", "")),
                    models.Q(("ends__isnull", False), models.Q(("why_ended", ""), _negated=True)),
                    _connector="OR",
                ),
                name="a_remedy_ends_for_a_reason",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedy",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    ("ends", None), ("ends__gt", models.F("starts")), _connector="OR"
                ),
                expressions=[
                    (
                        models.Func(
                            models.F("year"),
                            models.F("year"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "=",
                    ),
                    (
                        models.Func(
                            models.Func(
                                models.F("account"),
                                models.Func(
                                    models.F("starts"),
                                    template="(%(expressions)s - date '2000-01-01')",
                                ),
                                function="point",
                            ),
                            models.Func(
                                models.F("account"),
                                models.Func(
                                    models.F("ends"),
                                    template="coalesce(%(expressions)s - date '2000-01-02', 1000000)",
                                ),
                                function="point",
                            ),
                            function="box",
                        ),
                        "&&",
                    ),
                ],
                name="one_remedy_at_a_time",
            ),
        ),
        migrations.AddConstraint(
            model_name="remedy",
            constraint=django.contrib.postgres.constraints.ExclusionConstraint(
                condition=models.Q(
                    models.Q(("ends", None), ("ends__gt", models.F("starts")), _connector="OR"),
                    ("kind", "attachment"),
                ),
                expressions=[
                    (
                        models.Func(
                            models.F("slot"),
                            models.F("slot"),
                            models.Value("[]"),
                            function="int8range",
                        ),
                        "=",
                    ),
                    (
                        models.Func(
                            models.Func(
                                models.F("person"),
                                models.Func(
                                    models.F("starts"),
                                    template="(%(expressions)s - date '2000-01-01')",
                                ),
                                function="point",
                            ),
                            models.Func(
                                models.F("person"),
                                models.Func(
                                    models.F("ends"),
                                    template="coalesce(%(expressions)s - date '2000-01-02', 1000000)",
                                ),
                                function="point",
                            ),
                            function="box",
                        ),
                        "&&",
                    ),
                ],
                name="two_attachments_of_a_debtor_at_most",
            ),
        ),
        migrations.AddConstraint(
            model_name="agentrow",
            constraint=models.UniqueConstraint(fields=("file", "line"), name="one_row_a_line"),
        ),
        migrations.AddConstraint(
            model_name="agentrow",
            constraint=models.UniqueConstraint(
                fields=("remedy", "kind"), name="a_debt_is_placed_and_called_back_once"
            ),
        ),
        migrations.AddConstraint(
            model_name="returnrow",
            constraint=models.UniqueConstraint(fields=("file", "line"), name="one_return_a_line"),
        ),
        migrations.AddConstraint(
            model_name="returnrow",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("passed_on_pence__gte", 0),
                    ("pence__gte", 0),
                    ("passed_on_pence__lte", models.F("pence")),
                ),
                name="no_more_is_passed_on_than_collected",
            ),
        ),
        migrations.RunSQL(ASKS, UNDO),
        only_appends("revenues_attachment"),
        only_appends("revenues_attachedamount"),
        only_appends("revenues_deduction"),
        only_appends("revenues_agentfile"),
        only_appends("revenues_agentrow"),
        only_appends("revenues_recall"),
        only_appends("revenues_agentreturn"),
        only_appends("revenues_returnrow"),
    ]
