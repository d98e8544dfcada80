"""The way of a head of division through bilik, and of a Bawaslu staff member; a stranger gets nowhere."""

import re

HEAD = ("kepala@kesbangpol.contoh.id", "bilik-suara-75")
STAFF = ("staf@bawaslu.contoh.id", "bilik-awasi-76")


def drawn(page):
    """Wait until every chart of the page is drawn."""
    page.wait_for_load_state("networkidle")
    page.wait_for_function("[...document.querySelectorAll('.canvas')].every(one => one.classList.contains('ready'))")
    assert page.locator(".canvas svg").count() == page.locator(".canvas").count()


def test_from_home_to_area_to_source_to_forecast_to_brief(visit):
    page = visit(1280, *HEAD)

    drawn(page)
    assert "75%" in page.inner_text("h1")
    page.locator("svg path[aria-label], .canvas svg").first.wait_for()
    page.click("summary:has-text('tabel'), summary:has-text('table')")
    page.click("tr[data-code='64.71.05.1002'] a")
    drawn(page)
    assert "Sepinggan" in page.inner_text("h1")
    page.locator("a.source-dot").first.click()
    assert re.search(r"\d{2,3}\.\d{3} ÷ \d{2,3}\.\d{3} = \d\d,\d\d%", page.inner_text("main"))
    page.goto("/partisipasi/64.71/prakiraan/")
    drawn(page)
    with page.expect_download() as download:
        page.click("a[href*='ringkasan.pdf']")
    assert download.value.suggested_filename == "ringkasan-partisipasi-pilwali-2031.pdf"
    assert page.faults == []


def test_targets_are_set_saved_and_compared_by_bawaslu_too(visit):
    page = visit(1280, *STAFF)

    for name, target in (("Target awal", "75"), ("Target sedang", "70")):
        page.goto(f"/partisipasi/64.71/prakiraan/?target={target}")
        page.fill("input[name='name']", name)
        page.click("form[action$='/simpan/'] button")
        assert name in page.inner_text("h1")
    page.goto("/partisipasi/64.71/target/")
    page.click("form[action$='/banding/'] button")
    assert page.locator("tbody tr").count() == 35
    assert page.faults == []


def test_the_map_and_the_table_share_one_selection(visit):
    page = visit(1280, *HEAD)
    page.goto("/partisipasi/64.71/prakiraan/")
    drawn(page)

    page.click("tr[data-code='64.71.06.1001'] td:nth-child(2)")

    assert page.locator("tr.selected").get_attribute("data-code") == "64.71.06.1001"
    assert "Prapatan" in page.inner_text("[data-selection]")


def test_the_table_is_sorted_and_filtered_without_losing_the_question(visit):
    page = visit(1280, *HEAD)
    page.goto("/partisipasi/64.71/prakiraan/?target=70")

    page.select_option("#district", "Balikpapan Kota")
    page.wait_for_url("**district=Balikpapan+Kota**")

    assert page.locator("tr[data-code]").count() == 5
    assert "target=70" in page.url


def test_a_slash_goes_to_the_search(visit):
    page = visit(1280, *HEAD)

    page.keyboard.press("/")
    page.keyboard.type("klandasan ulu")
    page.keyboard.press("Enter")
    page.wait_for_url("**/partisipasi/64.71.06.1003/")

    assert "Klandasan Ulu" in page.inner_text("h1")


def test_a_stranger_is_refused(visit):
    page = visit(1280)
    for address in ("/beranda/64.71/", "/partisipasi/64.71/", "/partisipasi/64.71/ringkasan.pdf", "/data/"):
        page.goto(address)
        assert "/akun/masuk/" in page.url
