from django.db import models
from django.db.models.functions import Now


class SpentToken(models.Model):
    """A form's one-use token that has been spent (see ``one_use``)."""

    token = models.CharField(max_length=22, primary_key=True)
    spent_at = models.DateTimeField(db_default=Now(), db_index=True)
