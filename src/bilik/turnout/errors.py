"""What can be wrong with a question about turnout, and how to put it right."""

from bilik.foundation.errors import BilikError
from bilik.foundation.language import mark


class TargetIsPercentError(BilikError):
    """A target was given as percentage where a share is wanted."""

    message = mark(
        "A target is a share between 0 and 1, and {found} was given. "
        "If {found}% is meant, write {share}; a target above 100% cannot be reached."
    )


class TargetOutsideError(BilikError):
    """A target of nothing, everything, or beyond both."""

    message = mark("A target is a share above 0 and below 1, and {found} was given. Write for example 0.75 for 75%.")


class CeilingOutsideError(BilikError):
    """A ceiling that is no share."""

    message = mark(
        "No area can be asked for more than the ceiling; it is a share above 0 and up to 1, and {found} was given. "
        "Write for example 0.95 for 95%."
    )


class TooFewElectionsError(BilikError):
    """There is too little past to learn from."""

    message = mark(
        "The turnout of {election} in {region} cannot be forecast: that takes the turnout of at least {needed} "
        "earlier elections on the basis {basis} and there are {found}. "
        "Add the results of earlier elections with their source."
    )


class NoElectorateError(BilikError):
    """Nobody says how many voters there are."""

    message = mark(
        "The number of voters of {region} is not known: no list (DPT) of it or of its areas is in the figures. "
        "Add a list with its source, or state the number of voters yourself."
    )


class UndrawableSplitError(BilikError):
    """The ceiling leaves no room for the target."""

    message = mark(
        "A target of {target} cannot be split: with no area above {ceiling} the region reaches at most {reachable}. "
        "Lower the target or raise the ceiling."
    )


class UnknownLevelError(BilikError):
    """There are no areas of that level below the region."""

    message = mark("There are no areas of level {level} below {region} in these figures. Levels found: {known}.")


class TooFewStationsError(BilikError):
    """Polling stations are too few to tell their spread from chance."""

    message = mark(
        "Turnout by polling station takes counts of at least {needed} stations with users and voters; "
        "{found} were found. Add the missing counts, or ask for the turnout of whole areas."
    )
