"""A seat that could go, or change hands, would let somebody speak for both after all."""

from borough.kernel.appending import never_goes
from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("seats", "0001_who_sits_and_what_both_signed")]
    operations = [never_goes("seats_seat")]
