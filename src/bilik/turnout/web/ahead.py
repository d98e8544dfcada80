"""What people will ask for first, worked out before they ask."""

from django.utils import timezone

from bilik.elections.denominators import Denominator
from bilik.foundation.language import INDONESIAN
from bilik.turnout.web import store
from bilik.turnout.web.forms import QuestionForm
from bilik.turnout.web.pictures import draw_outlook


def work_ahead(region: str) -> None:
    """Work out a region's history, its next forecasts with their pictures, and its backtest."""
    if store.region_row(region) is None:
        return
    for denominator in Denominator:
        store.history(region, denominator)
    elections = store.upcoming(region, timezone.localdate())
    for election in elections:
        form = QuestionForm({"election": election.slug}, elections=elections, region=region)
        if form.is_valid():
            draw_outlook(form.question(), election, INDONESIAN)
    store.backtest(region)
    store.said_before(region)
