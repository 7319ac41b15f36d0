"""Whom and what a source named stays, and so do its notices; a state names what is there."""

from django.db import migrations

from borough.kernel.appending import Key, joins_by_the_statement, only_appends

STAY = ("withdrawal", "record", "debt", "award", "notice", "noticedecision")
FEED = Key("feed_id", "sources_feed", "No such feed", "state_of_a_feed")


def _of(thing: str) -> Key:
    return Key(f"{thing}_id", f"sources_{thing}", f"No such {thing}", f"state_of_a_{thing}")


class Migration(migrations.Migration):
    dependencies = [("sources", "0001_what_other_systems_tell")]
    operations = [
        *(only_appends(f"sources_{table}") for table in STAY),
        only_appends("sources_feed", events="update of id or delete or truncate"),
        joins_by_the_statement("sources_recordstate", _of("record"), FEED),
        joins_by_the_statement("sources_consent", _of("record"), FEED),
        joins_by_the_statement("sources_debtstate", _of("debt"), FEED),
        joins_by_the_statement("sources_liable", _of("debt"), _of("record"), FEED),
        joins_by_the_statement("sources_awardstate", _of("award"), _of("record"), FEED),
    ]
