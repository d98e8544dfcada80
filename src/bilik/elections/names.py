"""What the columns of the counts are called on the page."""

from bilik.elections.denominators import Denominator
from bilik.foundation.language import mark

COLUMN_NAMES = {
    "dpt": mark("Voters on the permanent list (DPT)"),
    "dpt_male": mark("Men on the DPT"),
    "dpt_female": mark("Women on the DPT"),
    "dptb": mark("Voters moved in (DPTb; DPPh in a Pilkada)"),
    "dpk": mark("Voters with an identity card only (DPK)"),
    "all_lists": mark("Voters on all lists"),
    "users": mark("People who voted"),
    "users_male": mark("Men who voted"),
    "users_female": mark("Women who voted"),
    "users_dpt": mark("People on the DPT who voted"),
    "users_dpt_male": mark("Men on the DPT who voted"),
    "users_dpt_female": mark("Women on the DPT who voted"),
    "users_dptb": mark("Moved-in voters who voted"),
    "users_dpk": mark("Voters with an identity card only who voted"),
    "valid": mark("Valid ballots"),
    "invalid": mark("Invalid ballots"),
    "stations": mark("Polling stations (TPS)"),
    "stations_counted": mark("Polling stations counted"),
    "published_percent": mark("Turnout as printed, in percent"),
    "invalid_share": mark("Share of invalid ballots"),
    **{denominator.value: denominator.label for denominator in Denominator},
}
