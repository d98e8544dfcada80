"""What each deed is called on the page."""

from bilik.foundation.language import mark

DEED_WORDS = {
    "open_agency": mark("gave an agency its place"),
    "admit_person": mark("admitted a person"),
    "keep_regions": mark("entered regions"),
    "keep_boundary": mark("entered boundaries"),
    "keep_figures": mark("entered figures"),
    "keep_counts": mark("brought counts in"),
    "take_out_of_force": mark("took an import back"),
    "put_back_in_force": mark("put an import back in force"),
    "keep_target_statements": mark("entered targets of others"),
    "save_target_set": mark("saved a target set"),
    "withdraw_target_set": mark("withdrew a target set"),
    "restore_target_set": mark("restored a target set"),
}
