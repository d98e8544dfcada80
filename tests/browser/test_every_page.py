"""Every page at three widths, in both languages: it fits, it is accessible, it fetches nothing from elsewhere."""

import pytest

HEAD = ("kepala@kesbangpol.contoh.id", "bilik-suara-75")
PAGES = (
    "/",
    "/beranda/64.71/",
    "/beranda/64.71/?election=pemilu-2029",
    "/partisipasi/64.71/",
    "/partisipasi/64.71.05/",
    "/partisipasi/64.71.05.1002/",
    "/partisipasi/64/",
    "/partisipasi/00/",
    "/partisipasi/64.71/pemilihan/pilwali-2020/",
    "/partisipasi/64.71/pemilihan/pilpres-2024/",
    "/partisipasi/64.71/pemilihan/pilwali-2031/",
    "/partisipasi/64.71/prakiraan/",
    "/partisipasi/64.71/prakiraan/?target=0.75",
    "/partisipasi/64.71/uji-mundur/",
    "/partisipasi/64.71/target/",
    "/data/",
    "/data/impor/",
    "/data/mutu/64.71/",
    "/data/mutu/64.71/pilpres-2019/",
    "/akun/perbuatan/",
    "/data/angka/pilwali-2020/64.71/users_of_dpt/",
    "/cari/?q=pilwali",
    "/partisipasi/99.99/",
    "/no-such-page/",
)
SETTLED = "[...document.querySelectorAll('.canvas')].every(one => one.classList.contains('ready'))"
MISFIT = "document.documentElement.scrollWidth - document.documentElement.clientWidth"


def expected(fault: str) -> bool:
    """Tell a fault that the page is meant to have: its own status of 404 or 422."""
    return "404" in fault or "422" in fault


def opened(page, address):
    page.goto(address)
    page.wait_for_load_state("networkidle")
    page.wait_for_function(SETTLED)


@pytest.mark.parametrize("width", [1280, 768, 360])
def test_every_page_fits_and_stays_on_this_machine(visit, width):
    page = visit(width, *HEAD)

    for address in PAGES:
        opened(page, address)
        assert page.evaluate(MISFIT) <= 0, address
        assert [fault for fault in page.faults if not expected(fault)] == [], address


@pytest.mark.parametrize("language", ["id", "en"])
def test_every_page_is_accessible(visit, language):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(1280, *HEAD)
    if language == "en":
        page.click("form.language button")

    for address in PAGES:
        opened(page, address)
        found = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]})
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"


def test_the_sign_in_page_is_accessible_and_fits_a_phone(visit):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(360)
    opened(page, "/akun/masuk/")

    assert page.evaluate(MISFIT) <= 0
    assert axe.run(page).violations_count == 0


def test_a_printed_page_has_its_figures_and_no_controls(visit):
    page = visit(1280, *HEAD)
    opened(page, "/partisipasi/64.71/prakiraan/")
    page.emulate_media(media="print")

    assert not page.is_visible("nav.sections")
    assert not page.is_visible("form.fields")
    assert page.locator("tr[data-code]").count() == 34
    assert page.is_visible("tr[data-code] td")


def test_dark_mode_is_accessible_too(visit):
    axe = pytest.importorskip("axe_playwright_python.sync_playwright").Axe()
    page = visit(1280, *HEAD)
    page.emulate_media(color_scheme="dark")

    for address in ("/beranda/64.71/", "/partisipasi/64.71/prakiraan/"):
        opened(page, address)
        found = axe.run(page, options={"runOnly": ["wcag2a", "wcag2aa"]})
        assert found.violations_count == 0, f"{address}\n{found.generate_report()}"
