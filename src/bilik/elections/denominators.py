"""The shares that all go by the name of turnout, told apart by what is divided by what."""

from enum import StrEnum

from bilik.foundation.language import mark


class Denominator(StrEnum):
    """One basis of turnout: a numerator and a denominator, both columns of the counts."""

    USERS_OF_DPT = "users_of_dpt"
    USERS_OF_ALL_LISTS = "users_of_all_lists"
    DPT_USERS_OF_DPT = "dpt_users_of_dpt"

    @property
    def columns(self) -> tuple[str, str]:
        """Return the names of the numerator and the denominator."""
        return _COLUMNS[self]

    @property
    def label(self) -> str:
        """Return the basis as source string for translation."""
        return _LABELS[self]


_COLUMNS = {
    Denominator.USERS_OF_DPT: ("users", "dpt"),
    Denominator.USERS_OF_ALL_LISTS: ("users", "all_lists"),
    Denominator.DPT_USERS_OF_DPT: ("users_dpt", "dpt"),
}
_LABELS = {
    Denominator.USERS_OF_DPT: mark("all who voted ÷ permanent list (DPT)"),
    Denominator.USERS_OF_ALL_LISTS: mark("all who voted ÷ all lists (DPT + DPTb + DPK)"),
    Denominator.DPT_USERS_OF_DPT: mark("voters on the DPT who voted ÷ DPT"),
}
