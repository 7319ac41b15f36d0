"""That a count was disputed stays on record; the dispute only ends."""

from borough.kernel.appending import never_goes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("measures", "0001_what_was_counted_and_what_it_should_come_to")]
    operations = [never_goes("measures_dispute")]
