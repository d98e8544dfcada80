"""Addresses of turnout, all below a region."""

from django.urls import path

from bilik.turnout.web import downloads, pictures, target_views, views

app_name = "turnout"
urlpatterns = [
    path("<str:region>/", views.region, name="region"),
    path("<str:region>/pemilihan/<slug:election>/", views.election, name="election"),
    path("<str:region>/prakiraan/", views.forecast, name="forecast"),
    path("<str:region>/uji-mundur/", views.backtest, name="backtest"),
    path("<str:region>/target/", target_views.target_sets, name="target-sets"),
    path("<str:region>/target/simpan/", target_views.save, name="save-targets"),
    path("<str:region>/target/banding/", target_views.comparison, name="comparison"),
    path("<str:region>/target/<int:number>/", target_views.target_set, name="target-set"),
    path("<str:region>/target/<int:number>/tarik/", target_views.withdraw, name="withdraw-targets"),
    path("<str:region>/target/<int:number>/kembalikan/", target_views.restore, name="restore-targets"),
    path("<str:region>/gambar/<slug:picture>.json", pictures.picture, name="picture"),
    path("<str:region>/unduh/wilayah.<str:form>", downloads.areas, name="download-areas"),
    path("<str:region>/unduh/riwayat.<str:form>", downloads.history, name="download-history"),
    path("<str:region>/unduh/target.<str:form>", downloads.targets, name="download-targets"),
    path("<str:region>/ringkasan.<str:form>", downloads.brief, name="brief"),
]
