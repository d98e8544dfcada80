"""Addresses of signing in and out. Accounts are given, so nothing else of the library is opened."""

from allauth.account.views import logout
from django.urls import path

from bilik.accounts.web import views

urlpatterns = [
    path("masuk/", views.sign_in, name="account_login"),
    path("perbuatan/", views.deeds, name="deeds"),
    path("keluar/", logout, name="account_logout"),
]
