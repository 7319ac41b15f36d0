"""The words of an emergency may be erased, once and for good; nothing else of it ever changes."""

from django.db import migrations, models

from borough.kernel.appending import only_appends

STAYS = "id, person_id, reason, by, starts_at, ends_at"
ONLY_TO_NOTHING = """
create trigger looking_opening_words_go before update of words on looking_opening
for each row when (new.words <> 'Erased') execute function borough_refuse_change();
alter table looking_opening enable always trigger looking_opening_words_go;
"""


class Migration(migrations.Migration):

    dependencies = [("looking", "0001_what_was_opened_in_an_emergency")]

    operations = [
        migrations.CreateModel(
            name="Erasure",
            fields=[
                ("id", models.BigAutoField(auto_created=True, primary_key=True, serialize=False, verbose_name="ID")),
                ("what", models.CharField(max_length=16)),
                ("before", models.DateField()),
                ("count", models.IntegerField()),
                ("decided", models.CharField(max_length=200)),
                ("by", models.CharField(max_length=80)),
                ("on", models.DateField()),
            ],
            options={
                "constraints": [
                    models.CheckConstraint(condition=models.Q(("count__gt", 0)), name="an_erasure_erases_something"),
                    models.CheckConstraint(condition=models.Q(("decided", ""), _negated=True), name="an_erasure_says_who_decided"),
                ],
            },
        ),
        only_appends("looking_erasure"),
        migrations.RunSQL(
            "drop trigger looking_opening_only_appends on looking_opening;", migrations.RunSQL.noop
        ),
        only_appends("looking_opening", events=f"update of {STAYS} or delete or truncate"),
        migrations.RunSQL(
            ONLY_TO_NOTHING, "drop trigger looking_opening_words_go on looking_opening;"
        ),
    ]
