"""The accounts application of the site."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    name = "bilik.accounts.web"
    label = "accounts"
    default_auto_field = "django.db.models.BigAutoField"
