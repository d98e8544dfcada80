import json

import altair as alt
import polars as pl
import pytest

from bilik.foundation import charts
from bilik.foundation.language import ENGLISH, INDONESIAN


@pytest.fixture
def bars() -> alt.Chart:
    frame = pl.DataFrame({"name": ["A", "B"], "share": [0.605, 0.8]})
    x = alt.X("share:Q", axis=alt.Axis(format=".1%", values=[0.605]))
    return alt.Chart(frame).mark_bar().encode(x=x, y="name:N").properties(width="container", description="Two bars.")


def test_a_specification_carries_look_locale_and_settings_that_need_no_eval(bars: alt.Chart) -> None:
    written = charts.specification(bars, INDONESIAN)

    settings = written["usermeta"]["embedOptions"]
    assert written["config"]["font"] == charts.SCREEN_FONT
    assert (settings["ast"], settings["actions"], settings["renderer"]) == (True, False, "svg")
    assert (settings["formatLocale"]["decimal"], settings["formatLocale"]["thousands"]) == (",", ".")
    assert settings["timeFormatLocale"]["months"][7] == "Agustus"
    assert json.loads(json.dumps(written)) == written


def test_a_chart_without_a_text_alternative_is_refused(bars: alt.Chart) -> None:
    with pytest.raises(ValueError, match="description"):
        charts.specification(bars.properties(description=""), INDONESIAN)


def test_named_data_are_filled_in_where_altair_left_them_out() -> None:
    chart = alt.Chart(alt.NamedData(name="far")).mark_point().encode(x="x:Q").properties(description="Points.")

    written = charts.specification(chart, ENGLISH, datasets={"far": [{"x": 1}]})

    assert written["datasets"]["far"] == [{"x": 1}]


def test_short_months_are_told_apart() -> None:
    for language in (INDONESIAN, ENGLISH):
        assert len(set(charts.time_locale(language)["shortMonths"])) == 12


def test_a_picture_writes_numbers_in_the_readers_form_and_the_paper_font(bars: alt.Chart) -> None:
    indonesian, english = charts.picture(bars, INDONESIAN, width=300), charts.picture(bars, ENGLISH, width=300)

    assert ">60,5%<" in indonesian.svg
    assert ">60.5%<" in english.svg
    assert 'font-family="Fira Sans"' in indonesian.svg
    assert 'width="300"' in indonesian.svg
    assert indonesian.description == "Two bars."


def test_a_png_is_a_png(bars: alt.Chart) -> None:
    assert charts.png(charts.specification(bars, ENGLISH), ENGLISH, width=200).startswith(b"\x89PNG")


@pytest.mark.slow
def test_the_browser_bundle_defines_vega_and_names_no_source_map() -> None:
    script = charts.browser_bundle()

    assert "window.vegaEmbed=" in script
    assert "sourceMappingURL" not in script
