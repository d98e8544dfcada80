"""The turnout application of the site."""

from django.apps import AppConfig


class TurnoutConfig(AppConfig):
    name = "bilik.turnout.web"
    label = "turnout"
    default_auto_field = "django.db.models.BigAutoField"
