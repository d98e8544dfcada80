"""What a person says about a file that they bring."""

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bilik.elections.elections import Election
from bilik.foundation.sources import SourceKind

LARGEST = 50 * 1024 * 1024
ENDINGS = (".csv", ".xlsx", ".parquet")


class UploadForm(forms.Form):
    """The file, the election it counts, and who published it."""

    file = forms.FileField(
        label=_("File"),
        widget=forms.FileInput(attrs={"accept": ",".join(ENDINGS)}),
        help_text=_("CSV, XLSX or Parquet, up to 50 MB."),
    )
    election = forms.ChoiceField(label=_("Election"))
    publisher = forms.CharField(label=_("Published by"), max_length=200)
    title = forms.CharField(label=_("Title"), max_length=250)
    url = forms.URLField(label=_("Address"), required=False, max_length=600, assume_scheme="https")
    published_on = forms.DateField(label=_("Date"), required=False, widget=forms.DateInput(attrs={"type": "date"}))
    kind = forms.ChoiceField(label=_("Kind of source"))

    def __init__(self, *args: Any, elections: Sequence[Election], **options: Any) -> None:  # noqa: ANN401 -- a form's own
        super().__init__(*args, **options)
        self.label_suffix = ""
        self.fields["election"].choices = [(one.slug, one.name) for one in reversed(elections)]  # type: ignore[attr-defined]
        self.fields["kind"].choices = [(kind.value, _(kind.label)) for kind in SourceKind]  # type: ignore[attr-defined]

    def clean_file(self) -> Any:  # noqa: ANN401 -- as Django has it
        file = self.cleaned_data["file"]
        if not str(file.name).lower().endswith(ENDINGS):
            raise forms.ValidationError(_("“%(name)s” is not a CSV, XLSX or Parquet file."), params={"name": file.name})
        if file.size > LARGEST:
            raise forms.ValidationError(
                _("“%(name)s” is larger than 50 MB; split it by district."), params={"name": file.name}
            )
        return file

    def said(self) -> dict[str, str]:
        """Return what was said about the file, as texts."""
        given = self.cleaned_data
        day = given["published_on"]
        return {
            **{name: given[name] for name in ("election", "publisher", "title", "url", "kind")},
            "published_on": day.isoformat() if day else "",
        }
