"""Money, facts and letters point at people for ever: a person is corrected, never removed.

Who is not to be remembered by name is given another name; the number stays. So whatever points at a
person is checked once, as it is written, many rows at a time.
"""

from django.db import migrations

from borough.kernel.appending import never_goes


class Migration(migrations.Migration):
    dependencies = [("people", "0001_initial")]
    operations = [never_goes("people_person")]
