"""The balance of an account without sub-accounts is asked for each piece of money on its way."""

from django.db import migrations, models


class Migration(migrations.Migration):

    dependencies = [
        ('ledger', '0004_a_holding_is_who_holds_what'),
    ]

    operations = [
        migrations.AddIndex(
            model_name='posting',
            index=models.Index(condition=models.Q(('sub_account__isnull', True)), fields=['account'], name='posting_of_a_plain_account'),
        ),
    ]
