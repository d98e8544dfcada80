"""The elections application of the site."""

from django.apps import AppConfig


class ElectionsConfig(AppConfig):
    name = "bilik.elections.web"
    label = "elections"
    default_auto_field = "django.db.models.BigAutoField"
