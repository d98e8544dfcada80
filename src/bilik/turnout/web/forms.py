"""Questions that people ask of a forecast, and what may be wrong with them."""

import re
from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bilik.elections.elections import Election
from bilik.turnout.targets import SplitRule
from bilik.turnout.web.models import TargetSet
from bilik.turnout.web.store import Question

DEFAULTS = {"target": "75", "rule": SplitRule.LOGIT_SHIFT.value, "ceiling": "95"}


class PercentField(forms.CharField):
    """A percentage as people write it, «77,5» or «77.5»; its value is a share."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- options of a form field
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "decimal", "size": 6}), **options)

    def clean(self, value: Any) -> float:  # noqa: ANN401 -- as Django has it
        text = str(super().clean(value)).strip().rstrip("%").strip()
        if not re.fullmatch(r"\d+([.,]\d+)?", text):
            raise forms.ValidationError(
                _("Write a percentage such as 75 or 77,5; “%(found)s” was found."), params={"found": text}
            )
        percent = float(text.replace(",", "."))
        if 0 < percent < 1:
            raise forms.ValidationError(
                _("“%(found)s” was understood as less than one percent. If you mean %(meant)s%%, write %(meant)s."),
                params={"found": text, "meant": f"{percent * 100:g}"},
            )
        if not 0 < percent < 100:  # noqa: PLR2004 -- percent
            raise forms.ValidationError(
                _("A percentage lies between 0 and 100; “%(found)s” was found."), params={"found": text}
            )
        return percent / 100


class WholeField(forms.CharField):
    """A whole number as people write it, «520.986» or «520986»."""

    def __init__(self, **options: Any) -> None:  # noqa: ANN401 -- options of a form field
        super().__init__(widget=forms.TextInput(attrs={"inputmode": "numeric", "size": 9}), **options)

    def clean(self, value: Any) -> int | None:  # noqa: ANN401 -- as Django has it
        text = str(super().clean(value) or "").strip()
        if not text:
            return None
        if not re.fullmatch(r"\d+|\d{1,3}([.,\s]\d{3})+", text) or int(re.sub(r"\D", "", text)) == 0:
            raise forms.ValidationError(
                _("Write a whole number above 0, such as 520.986; “%(found)s” was found."), params={"found": text}
            )
        return int(re.sub(r"\D", "", text))


class QuestionForm(forms.Form):
    """Election, target, rule of splitting, ceiling, and a list of another size."""

    election = forms.ChoiceField(label=_("Election"))
    target = PercentField(label=_("Target (%)"))
    rule = forms.ChoiceField(label=_("Rule of splitting"), choices=[(rule.value, rule.label) for rule in SplitRule])
    ceiling = PercentField(label=_("No area above (%)"))
    electorate = WholeField(label=_("Voters on the list"), required=False)

    def __init__(self, data: Any, *, elections: Sequence[Election], region: str) -> None:  # noqa: ANN401 -- a query
        known = {one.slug: one.name for one in elections}
        first = next((one.slug for one in elections if one.region == region), next(iter(known), ""))
        filled = {"election": first, **DEFAULTS, "electorate": "", **{key: data[key] for key in data}}
        super().__init__(filled, label_suffix="")
        self.fields["election"].choices = list(known.items())  # type: ignore[attr-defined]
        self.fields["rule"].choices = [(rule.value, _(rule.label)) for rule in SplitRule]  # type: ignore[attr-defined]
        self.region = region

    def question(self) -> Question:
        """Return the question asked; only for a form that is valid."""
        asked = self.cleaned_data
        return Question(
            region=self.region,
            election=asked["election"],
            target=asked["target"],
            rule=SplitRule(asked["rule"]),
            ceiling=asked["ceiling"],
            electorate=asked["electorate"],
        )


class SaveTargetsForm(forms.ModelForm):  # type: ignore[type-arg]
    """The name of a target set."""

    class Meta:
        model = TargetSet
        fields = ("name",)
        labels = {"name": _("Name of the target set")}
