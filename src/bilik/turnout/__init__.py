"""Turnout: what it was, what it will be, what is missing to a target and where.

``history`` puts past elections on one named basis, ``forecast`` draws the turnout of an
election to come jointly for all areas of a region, ``area_targets`` splits a target over
them, ``backtest`` holds past forecasts against what happened and ``sentences`` says it
in five sentences. ``station_shares`` estimates the turnout of single polling stations.
The methods stand in docs/methods/.
"""
