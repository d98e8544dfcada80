"""The turnout brief on paper and as workbook, both from one content."""

from __future__ import annotations

from importlib.resources import files
from typing import TYPE_CHECKING, Any

import polars as pl

from bilik.foundation.documents import pdf
from bilik.foundation.language import mark
from bilik.foundation.sources import SourceKind
from bilik.foundation.workbooks import Column, ColumnKind, Sheet, workbook
from bilik.turnout.history import Basis

if TYPE_CHECKING:
    from bilik.foundation.charts import Picture
    from bilik.foundation.documents import Letterhead
    from bilik.foundation.language import Language
    from bilik.turnout.brief import BriefContent

MAP_HEIGHT = 245
TILE_HEIGHT = 41  # three lines of a name
LISTED_SOURCES = 42  # more would not leave a brief; the workbook lists all
_SHORT_BASIS = {
    Basis.COUNTED: mark("counted"),
    Basis.PUBLISHED: mark("published"),
    Basis.UNSTATED: mark("published, basis not said"),
    Basis.OTHER: mark("published on another basis"),
}


def brief_pdf(content: BriefContent, letterhead: Letterhead, language: Language) -> bytes:
    """Return the brief as two to four pages of A4.

    Raises
    ------
    LogoError, DocumentTextError
        If the letterhead's emblem or a character of a name cannot be drawn.
    """
    return pdf(
        files("bilik.turnout").joinpath("templates/brief.typ").read_text(encoding="utf-8"),
        _template_data(content, language),
        title=content.title,
        letterhead=letterhead,
        pictures=_pictures(content, language),
        dated=content.dated,
        language=language,
    )


def _pictures(content: BriefContent, language: Language) -> dict[str, Picture]:
    from bilik.foundation.charts import picture  # noqa: PLC0415 -- see above
    from bilik.turnout import charts  # noqa: PLC0415 -- see above

    target, past = content.target_share, content.past_of_kind
    records = charts.with_guesses(content.records, content.past)
    return {
        "distribution": picture(
            charts.distribution(content.bins, content.interval, past, language, target=target), language
        ),
        "map": _map(content, language),
        "history": picture(charts.history(content.past, language, target=target), language),
        "backtest": picture(charts.backtest(records, language), language),
    }


def _map(content: BriefContent, language: Language) -> Picture:
    from bilik.foundation.charts import picture  # noqa: PLC0415 -- see above
    from bilik.turnout import charts  # noqa: PLC0415 -- see above

    title = language.say("Missing voters (number of areas)")
    shown = charts.classified(content.areas, "missing", language)
    if content.boundaries is not None:
        drawn = charts.boundary_map(shown, "missing", language, title=title, legend_columns=5, height=MAP_HEIGHT)
        return picture(drawn, language, datasets={charts.BOUNDARIES: content.boundaries})
    tiled = shown.join(content.tiles, on="code", maintain_order="left") if content.tiles is not None else shown.clear()
    if tiled.height == shown.height:
        drawn = charts.tile_map(tiled, "missing", language, title=title, legend_columns=5, row_height=TILE_HEIGHT)
        return picture(drawn, language)
    return picture(charts.area_intervals(content.areas, language), language)


def _template_data(content: BriefContent, language: Language) -> dict[str, Any]:
    return {
        "words": _words(language),
        "labels": content.labels,
        "sentences": content.sentences,
        "facts": _facts(content, language),
        "captions": _captions(content, language),
        "past": _past_table(content, language),
        "areas": _area_table(content, language),
        "method": content.method,
        "early": _early_table(content, language),
        "sources": _source_list(content.sources.head(LISTED_SOURCES), language),
        "more_sources": _more_sources(content.sources.height - LISTED_SOURCES, language),
        "footer": f"{content.election_name} · {content.region_name} ({content.region})",
    }


def _words(language: Language) -> dict[str, str]:
    return {
        "kind": language.say("Turnout brief"),
        "where": language.say("Where the voters are missing"),
        "past": language.say("What happened before"),
        "areas": language.say("Every area"),
        "method": language.say("How this was made, and what it leaves out"),
        "sources": language.say("Sources"),
        "page": language.translate("Page {page} of {pages}"),
    }


def _facts(content: BriefContent, language: Language) -> list[dict[str, str]]:
    missing, row = content.missing_voters, content.interval.row(0, named=True)
    low, high = language.percent(row["low_80"]), language.percent(row["high_80"])
    return [
        {"number": language.chance(content.chance_of_target),
         "words": language.say("chance of reaching {target}", target=language.percent(content.target_share, 0))},
        {"number": language.percent(row["median"]),
         "words": language.say("median turnout; 80% interval {low} to {high}", low=low, high=high)},
        {"number": language.whole(missing.median),
         "words": language.say("voters missing to the target ({low}–{high})", low=language.whole(missing.low),
                               high=language.whole(missing.high))},
        {"number": language.whole(content.electorate), "words": language.say("voters on the list")},
    ]  # fmt: skip


def _captions(content: BriefContent, language: Language) -> dict[str, str]:
    target = language.percent(content.target_share, 0)
    return {
        "distribution": language.say(
            "How likely each turnout is. Dark: the target of {target} is reached. Ticks: what happened before.",
            target=target,
        ),
        "map": language.say("Voters missing to each area's own target."),
        "history": language.say("Turnout over elections by kind. Grey bars: what other sources say."),
        "backtest": language.say("What the method would have said before each election, and what happened."),
    }


def _past_table(content: BriefContent, language: Language) -> dict[str, Any]:
    rows = [
        {
            "contradicted": row["contradicted"],
            "words": [
                row["name"],
                language.date(row["held_on"]),
                language.whole(row["electorate"]),
                language.whole(row["users"]),
                language.percent(row["share"]),
                _basis_words(row, language),
                language.percent(row["invalid_share"]),
            ],
        }
        for row in content.past.iter_rows(named=True)
    ]
    head = [
        language.say("Election"), language.say("Day"), language.say("On the list"), language.say("Voted"),
        language.say("Turnout"), language.say("Basis and rival figures"), language.say("Invalid"),
    ]  # fmt: skip
    note = language.say("Turnout: {basis}. A dash: no source states it.", basis=content.basis)
    return {"head": head, "rows": rows, "note": note}


def _basis_words(row: dict[str, Any], language: Language) -> str:
    """Say where a share comes from, and what the other sources say."""
    said = [] if row["basis"] is None else [language.say(_SHORT_BASIS[Basis(row["basis"])])]
    if row["contradicted"]:
        low, high = (language.percent(row[end]) for end in ("share_low", "share_high"))
        said.append(language.say("sources: {low} to {high}", low=low, high=high))
    return "; ".join(said)


def _area_table(content: BriefContent, language: Language) -> dict[str, Any]:
    totals = {row["name"]: row for row in content.districts.iter_rows(named=True)}
    groups = [
        {
            "total": _area_row(totals[str(name)], language),
            "rows": [_area_row(row, language) for row in part.iter_rows(named=True)],
        }
        for (name,), part in content.areas.partition_by("district", as_dict=True, maintain_order=True).items()
    ]
    head = [
        language.say("Area"), language.say("On the list"), language.say("Median"), language.say("80% interval"),
        language.say("Target"), language.say("Missing"), language.say("Missing, 80%"),
    ]  # fmt: skip
    note = language.say(
        "Missing: people beyond the forecast who must come for the area's target. Medians of areas do not add up to "
        "the district's or the city's, because some areas do better while others do worse."
    )
    return {"head": head, "groups": groups, "note": note}


def _area_row(row: dict[str, Any], language: Language) -> list[str]:
    return [
        row["name"],
        language.whole(row["electorate"]),
        language.percent(row["median"]),
        f"{language.percent(row['low_80'])}–{language.percent(row['high_80'])}",
        language.percent(row["target_share"]),
        language.whole(row["missing"]),
        f"{language.whole(row['missing_low'])}–{language.whole(row['missing_high'])}",
    ]


def _early_table(content: BriefContent, language: Language) -> dict[str, Any]:
    rows = [
        [
            row["name"],
            language.percent(row["median"]),
            f"{language.percent(row['low_80'])}–{language.percent(row['high_80'])}",
            language.percent(row["actual_share"]),
            language.say("inside") if row["covered_80"] else language.say("outside"),
        ]
        for row in content.early_records.iter_rows(named=True)
    ]
    head = [
        language.say("Election"), language.say("Median"), language.say("80% interval"), language.say("What happened"),
        language.say("Against the 80% interval"),
    ]  # fmt: skip
    title = language.say("What this method would have said on {day}", day=language.date(content.early_on))
    return {"title": title, "head": head, "rows": rows}


def _source_list(sources: pl.DataFrame, language: Language) -> list[dict[str, str]]:
    return [
        {
            **{name: row[name] or "" for name in ("publisher", "title", "url")},
            "published_on": language.loose_date(row["published_on"]) if row["published_on"] else "",
            "kind": language.say(SourceKind(row["kind"]).label),
        }
        for row in sources.iter_rows(named=True)
    ]


def _more_sources(count: int, language: Language) -> str:
    return language.say("{count} more sources are listed in the workbook.", count=count) if count > 0 else ""


def brief_xlsx(content: BriefContent, language: Language) -> bytes:
    """Return the numbers of the brief as a workbook: summary, areas, history, backtest, sources."""
    sheets = (
        _summary_sheet(content, language),
        _areas_sheet(content, language),
        _history_sheet(content, language),
        _backtest_sheet(content, language),
        _sources_sheet(content, language),
    )
    return workbook(sheets, title=content.title, dated=content.dated)


def _summary_sheet(content: BriefContent, language: Language) -> Sheet:
    interval, missing = content.interval.row(0, named=True), content.missing_voters
    shares = [
        (language.say("Target"), content.target_share),
        (language.say("Chance of reaching the target"), content.chance_of_target),
        *((words, interval[column]) for column, words in _interval_words(language).items()),
    ]
    people = [
        (language.say("Voters on the list"), content.electorate),
        (language.say("Missing voters, median"), missing.median),
        (language.say("Missing voters, low end of 80%"), missing.low),
        (language.say("Missing voters, high end of 80%"), missing.high),
    ]
    said = [*content.labels, *content.sentences, *content.method]
    rows = pl.DataFrame(
        [(words, share, None, None) for words, share in shares]
        + [(words, None, count, None) for words, count in people]
        + [(language.say("In words"), None, None, sentence) for sentence in said],
        schema={"words": pl.String, "share": pl.Float64, "people": pl.Int64, "said": pl.String},
        orient="row",
    )
    columns = (
        Column("words", language.say("Figure"), width=34),
        Column("share", language.say("Share"), ColumnKind.SHARE),
        Column("people", language.say("People"), ColumnKind.WHOLE),
        Column("said", language.say("In words"), width=110),
    )
    return Sheet(name=language.say("Summary"), about=content.title, columns=columns, rows=rows)


def _interval_words(language: Language) -> dict[str, str]:
    return {
        "median": language.say("Median"),
        "low_80": language.say("80% interval from"),
        "high_80": language.say("80% interval to"),
        "low_95": language.say("95% interval from"),
        "high_95": language.say("95% interval to"),
    }


def _shares(words: dict[str, str], *names: str) -> tuple[Column, ...]:
    return tuple(Column(name, words[name], ColumnKind.SHARE) for name in names)


def _areas_sheet(content: BriefContent, language: Language) -> Sheet:
    columns = (
        Column("code", language.say("Code"), width=16),
        Column("district", language.say("District"), width=22),
        Column("name", language.say("Area"), width=26),
        Column("electorate", language.say("On the list"), ColumnKind.WHOLE),
        *_shares(_interval_words(language), "median", "low_80", "high_80"),
        Column("target_share", language.say("Target"), ColumnKind.SHARE),
        Column("missing", language.say("Missing voters, median"), ColumnKind.WHOLE),
        Column("missing_low", language.say("Missing voters, low end of 80%"), ColumnKind.WHOLE),
        Column("missing_high", language.say("Missing voters, high end of 80%"), ColumnKind.WHOLE),
    )
    about = language.say("Forecast and target of every area. {election}.", election=content.election_name)
    return Sheet(name=language.say("Areas"), about=about, columns=columns, rows=content.areas)


def _history_sheet(content: BriefContent, language: Language) -> Sheet:
    labels = {basis.value: language.say(basis.label) for basis in Basis}
    agreement = pl.when("contradicted").then(pl.lit(language.say("sources disagree"))).otherwise(pl.lit(""))
    rows = content.past.with_columns(
        basis=pl.col("basis").replace_strict(labels, default=None, return_dtype=pl.String), agreement=agreement
    )
    columns = (
        Column("name", language.say("Election"), width=30),
        Column("held_on", language.say("Day"), ColumnKind.DATE),
        Column("electorate", language.say("On the list"), ColumnKind.WHOLE),
        Column("users", language.say("Voted"), ColumnKind.WHOLE),
        Column("share", language.say("Turnout"), ColumnKind.SHARE),
        Column("basis", language.say("Basis"), width=34),
        Column("agreement", language.say("Contradicted"), width=20),
        Column("share_low", language.say("Lowest figure of a source"), ColumnKind.SHARE),
        Column("share_high", language.say("Highest figure of a source"), ColumnKind.SHARE),
        Column("valid", language.say("Valid ballots"), ColumnKind.WHOLE),
        Column("invalid", language.say("Invalid ballots"), ColumnKind.WHOLE),
        Column("invalid_share", language.say("Invalid"), ColumnKind.SHARE),
    )
    about = language.say("Past elections. Basis: {basis}.", basis=content.basis)
    return Sheet(name=language.say("History"), about=about, columns=columns, rows=rows)


def _backtest_sheet(content: BriefContent, language: Language) -> Sheet:
    columns = (
        Column("name", language.say("Election"), width=30),
        Column("held_on", language.say("Day"), ColumnKind.DATE),
        Column("actual_share", language.say("What happened"), ColumnKind.SHARE),
        *_shares(_interval_words(language), "median", "low_80", "high_80", "low_95", "high_95"),
        Column("crps", language.say("Score (CRPS, points)"), ColumnKind.NUMBER),
        Column("crps_last_of_kind", language.say("Score of the last of its kind"), ColumnKind.NUMBER),
        Column("crps_mean_of_kind", language.say("Score of the mean of its kind"), ColumnKind.NUMBER),
    )
    about = language.say("What would have been forecast before each election; a lower score is better.")
    return Sheet(name=language.say("Backtest"), about=about, columns=columns, rows=content.records)


def _sources_sheet(content: BriefContent, language: Language) -> Sheet:
    labels = {kind.value: language.say(kind.label) for kind in SourceKind}
    columns = (
        Column("publisher", language.say("Publisher"), width=28),
        Column("title", language.say("Title"), width=60),
        Column("published_on", language.say("Published on"), width=14),
        Column("kind", language.say("Kind"), width=18),
        Column("url", language.say("Address"), width=70),
    )
    rows = content.sources.with_columns(pl.col("kind").replace_strict(labels, return_dtype=pl.String))
    about = language.say("Where the figures come from.")
    return Sheet(name=language.say("Sources"), about=about, columns=columns, rows=rows)
