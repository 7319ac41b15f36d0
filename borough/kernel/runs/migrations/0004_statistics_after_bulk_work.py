"""After bulk work the application may have the planner's statistics taken, and nothing else.

Without them a part of five thousand accounts is answered by reading the tables of all. The right to
maintain a table would do as well, but it is also the right to lock everybody out of it.
"""

from django.db import migrations

TAKE = """
create function borough_take_statistics() returns void language plpgsql security definer
set search_path = public, pg_temp as $$ begin analyze; end $$;
"""


class Migration(migrations.Migration):
    dependencies = [("runs", "0003_runs_stay")]
    operations = [migrations.RunSQL(TAKE, "drop function borough_take_statistics")]
