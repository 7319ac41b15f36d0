"""What a signature takes along: the digest of the text that the officer was shown."""

from typing import Any

from django import forms as django_forms

from borough.kernel.pages import forms


class Read(forms.Form):
    """Hidden: the digest of what was read, so that nobody signs what changed meanwhile."""

    read = django_forms.CharField(widget=django_forms.HiddenInput, max_length=64)

    def __init__(self, *args: Any, **options: Any) -> None:
        super().__init__(*args, **options)
        self.fields["read"].error_messages["required"] = "Open this page again and read it first"
