"""A real browser on a real server with the pilot city's workspace. Skipped where Chromium is missing."""

import shutil
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

FLAGS = (
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
)  # fmt: skip


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    here = Path(__file__).parent
    for item in items:
        if here in item.path.parents:
            item.add_marker(pytest.mark.browser)
            item.add_marker(pytest.mark.slow)


@pytest.fixture(scope="session")
def chromium() -> Iterator[Any]:
    program = shutil.which("chromium")
    if program is None:
        pytest.skip("needs Debian's chromium: apt install chromium")
    playwright = pytest.importorskip("playwright.sync_api")
    with playwright.sync_playwright() as driver:
        browser = driver.chromium.launch(executable_path=program, args=list(FLAGS))
        yield browser
        browser.close()


@pytest.fixture(scope="session", autouse=True)
def browser_bundle() -> None:
    """Lay the chart library where pages fetch it."""
    from django.conf import settings

    from bilik.foundation.charts import browser_bundle as bundle

    (settings.WORKSPACE.cache / "vendor" / "vega.js").write_text(bundle(), encoding="utf-8")


@pytest.fixture
def filled(transactional_db: None) -> None:
    """Fill the workspace again: a server in another thread sees only what is really stored."""
    from bilik.site.demonstration import _fill

    _fill()


@pytest.fixture
def visit(chromium: Any, live_server: Any, filled: None) -> Iterator[Any]:
    """Open a window of a given width on the server, signed in as an address if one is given."""
    windows = []

    def opened(width: int = 1280, email: str | None = None, password: str = "") -> Any:
        window = chromium.new_context(
            viewport={"width": width, "height": 900}, accept_downloads=True, base_url=live_server.url
        )
        windows.append(window)
        page = window.new_page()
        page.faults = []
        page.on("console", lambda message: page.faults.append(message.text) if message.type == "error" else None)
        page.on("pageerror", lambda error: page.faults.append(str(error)))
        page.on("request", lambda request: _stay_home(page, request.url, live_server.url))
        if email:
            page.goto("/akun/masuk/")
            page.fill("#id_login", email)
            page.fill("#id_password", password)
            page.click("form.form button")
            page.wait_for_url("**/beranda/**")
        return page

    yield opened
    for window in windows:
        window.close()


def _stay_home(page: Any, address: str, home: str) -> None:
    if not address.startswith((home, "data:", "blob:")):
        page.faults.append(f"left the machine: {address}")
