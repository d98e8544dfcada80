import datetime

from bilik.elections.files import shipped_figures
from bilik.elections.quality import Gap, quality, requests
from bilik.foundation.documents import Letterhead
from bilik.foundation.language import INDONESIAN

SHIPPED = shipped_figures()
TABLE = quality(SHIPPED, "64.71")


def row(election):
    return next(one for one in TABLE.to_dicts() if one["election"] == election)


def test_an_election_counted_in_every_kelurahan_is_told_from_one_that_is_not():
    assert (row("pilpres-2019")["ward_count"], row("pilpres-2019")["ward_total"]) == (34, 34)
    assert row("pilwali-2024")["ward_count"] == 0


def test_of_stations_published_in_part_the_usable_ones_are_counted():
    assert (row("pilpres-2024")["station_clean"], row("pilpres-2024")["station_total"]) == (948, 2047)


def test_a_total_is_known_where_list_and_voters_are_accepted():
    assert row("pilwali-2020")["total"]
    assert not row("pilpres-2024")["total"]  # a percentage is printed, no count of voters


def test_what_is_missing_is_asked_for_and_what_is_known_is_not():
    asked = {(one.election, one.gap) for one in requests(TABLE)}

    assert ("Pilwali Balikpapan 2024", Gap.AREAS) in asked
    assert ("Pilpres 2024", Gap.STATIONS) in asked
    assert ("Pilpres 2019", Gap.AREAS) not in asked


def test_a_region_with_nothing_counted_has_no_rows():
    assert quality(SHIPPED, "64.72").is_empty()
    assert requests(quality(SHIPPED, "64.72")) == []


def test_the_letter_of_request_is_a_document_on_the_office_s_head():
    from bilik.elections.documents import request_letter

    head = Letterhead(
        agency_lines=("KOTA CONTOH",), address="", place="Contoh", signatory_title="Kepala", signatory_name="Rani"
    )
    asked = ["Pilwali 2024: #pagebreak() [x] *y*"]

    body = request_letter(
        asked, region_name="Contoh", letterhead=head, dated=datetime.date(2026, 11, 24), language=INDONESIAN
    )

    assert body.startswith(b"%PDF")
