"""Pages of saved targets: the list, one set, two sets side by side."""

from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bilik.accounts.roles import Act
from bilik.accounts.web.permission import person_of, requires
from bilik.foundation.errors import BilikError
from bilik.foundation.language import mark
from bilik.turnout.web import store
from bilik.turnout.web.actions import restore_target_set, save_target_set, withdraw_target_set
from bilik.turnout.web.forms import QuestionForm, SaveTargetsForm
from bilik.turnout.web.models import TargetSet
from bilik.turnout.web.place import election_named, place_context, upcoming


class UnansweredFormError(BilikError):
    """A form was sent that cannot be answered as it is."""

    message = mark("The target set was not saved: {faults}. Go back, correct this, and save again.")


class OtherElectionsError(BilikError):
    """Two sets were compared that hold different areas."""

    message = mark(
        "«{first}» and «{second}» are about different areas and cannot be compared. Choose two sets of one place."
    )


@requires(Act.VIEW_WORKSPACE)
def target_sets(request: HttpRequest, region: str) -> HttpResponse:
    context = place_context(region, "turnout:target-sets")
    kept = TargetSet.objects.filter(region=region, withdrawn_at=None).select_related("agency", "made_by")
    names = {one.slug: one.name for one in upcoming(region)}
    context["sets"] = [(one, names.get(one.election, one.election)) for one in kept]
    if "withdrawn" in request.session:
        context["withdrawn"] = TargetSet.objects.filter(pk=request.session.pop("withdrawn")).first()
    return render(request, "turnout/target_sets.html", context)


@requires(Act.SAVE_TARGETS)
@require_POST
def save(request: HttpRequest, region: str) -> HttpResponse:
    question = QuestionForm(request.POST, elections=upcoming(region), region=region)
    naming = SaveTargetsForm(request.POST)
    if not (question.is_valid() and naming.is_valid()):
        faults = [str(fault) for form in (question, naming) for faults in form.errors.values() for fault in faults]
        raise UnansweredFormError(faults=" ".join(faults))
    asked = question.question()
    kept = save_target_set(
        by=person_of(request),
        name=naming.cleaned_data["name"],
        region=region,
        rule=asked.rule.value,
        ceiling_share=asked.ceiling,
        record=store.answer(asked).record,
    )
    messages.success(request, _("The target set “%(name)s” is saved.") % {"name": kept.name})
    return redirect("turnout:target-set", region, kept.pk)


def _set_of(region: str, number: int | str) -> TargetSet:
    kept = TargetSet.objects.select_related("agency", "made_by")
    return get_object_or_404(kept, pk=number, region=region, withdrawn_at=None)


@requires(Act.VIEW_WORKSPACE)
def target_set(request: HttpRequest, region: str, number: int) -> HttpResponse:
    context = place_context(region, "turnout:target-sets")
    kept = _set_of(region, number)
    person = person_of(request)
    others = TargetSet.objects.filter(region=region, withdrawn_at=None).exclude(pk=kept.pk)
    context |= {
        "set": kept,
        "election": election_named(kept.election),
        "others": others,
        "may_withdraw": person.may(Act.DELETE_TARGETS) and person.agency_id == kept.agency_id,
    }
    return render(request, "turnout/target_set.html", context)


@requires(Act.DELETE_TARGETS)
@require_POST
def withdraw(request: HttpRequest, region: str, number: int) -> HttpResponse:
    kept = _set_of(region, number)
    withdraw_target_set(by=person_of(request), target_set=kept)
    request.session["withdrawn"] = kept.pk
    return redirect("turnout:target-sets", region)


@requires(Act.DELETE_TARGETS)
@require_POST
def restore(request: HttpRequest, region: str, number: int) -> HttpResponse:
    kept = get_object_or_404(TargetSet, pk=number, region=region, withdrawn_at__isnull=False)
    restore_target_set(by=person_of(request), target_set=kept)
    messages.success(request, _("The target set “%(name)s” is back in use.") % {"name": kept.name})
    return redirect("turnout:target-set", region, kept.pk)


@requires(Act.VIEW_WORKSPACE)
def comparison(request: HttpRequest, region: str) -> HttpResponse:
    context = place_context(region, "turnout:target-sets")
    first, second = (_set_of(region, _number(request, word)) for word in ("first", "second"))
    context |= {"first": first, "second": second, "areas": _side_by_side(first, second)}
    return render(request, "turnout/comparison.html", context)


def _number(request: HttpRequest, word: str) -> int:
    asked = request.GET.get(word, "")
    return int(asked) if asked.isdigit() else 0


def _side_by_side(first: TargetSet, second: TargetSet) -> list[dict[str, Any]]:
    here, there = ({area["code"]: area for area in one.record["areas"]} for one in (first, second))
    if here.keys() != there.keys():
        raise OtherElectionsError(first=first.name, second=second.name)
    return [
        {
            "name": area["name"],
            "first": area["target_share"],
            "second": there[code]["target_share"],
            "points": (there[code]["target_share"] - area["target_share"]) * 100,
            "people": round(
                there[code]["target_share"] * there[code]["electorate"] - area["target_share"] * area["electorate"]
            ),
        }
        for code, area in here.items()
    ]
