"""Server time of every page of the pilot city, before and after somebody has asked for it.

    python benchmarks/pages.py --repeats 20

On a demonstration workspace in a temporary folder, signed in as a head of office, the way
from request to compressed answer without a network, in milliseconds of processor time of
all threads, which other work on the machine disturbs little. Every page is asked for once so that
all libraries are loaded; then cold: the first request after somebody has written, which
reads and works out everything anew; then warm: the median of the repeats. Queries are those
of the cold and of the warm request, kilobytes what is sent.
"""

import argparse
import statistics
import tempfile
import time
from pathlib import Path

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

CITY = "/partisipasi/64.71"
QUESTION = "?election=pilwali-2031&target=75"
PAGES = {
    "home": "/beranda/64.71/",
    "turnout of the city": f"{CITY}/",
    "turnout of a kelurahan": "/partisipasi/64.71.01.1001/",
    "election": f"{CITY}/pemilihan/pilwali-2020/",
    "forecast and targets": f"{CITY}/prakiraan/{QUESTION}",
    "backtest": f"{CITY}/uji-mundur/",
    "target sets": f"{CITY}/target/",
    "source of a figure": "/data/angka/pilwali-2020/64.71/users_of_dpt/",
    "sources": "/data/",
    "search": "/cari/?q=sepinggan",
    "picture: forecast": f"{CITY}/gambar/outlook.json{QUESTION}",
    "picture: map": f"{CITY}/gambar/missing-map.json{QUESTION}",
    "areas as CSV": f"{CITY}/unduh/wilayah.csv",
    "targets as XLSX": f"{CITY}/unduh/target.xlsx{QUESTION}",
    "brief as PDF": f"{CITY}/ringkasan.pdf{QUESTION}",
}
HEAD = "| page | cold ms | warm ms | queries cold / warm | kilobytes |\n|---|---|---|---|---|"


def signed_in(email: str = "kepala@kesbangpol.contoh.id") -> Client:
    from bilik.accounts.web.models import Person  # noqa: PLC0415 -- models load after Django is set up

    client = Client(SERVER_NAME="127.0.0.1", headers={"accept-encoding": "gzip"})
    person = Person.objects.get(email=email)
    client.force_login(person, backend="allauth.account.auth_backends.AuthenticationBackend")
    return client


def write_something() -> None:
    from bilik.accounts.web.deeds import deed  # noqa: PLC0415 -- models load after Django is set up

    with deed("benchmark", by=None):
        pass


def asked(client: Client, address: str) -> tuple[float, int]:
    """Return the milliseconds of processor time and the bytes of one request."""
    start = time.process_time()
    answer = client.get(address)
    taken = 1000 * (time.process_time() - start)
    if answer.status_code != 200:  # noqa: PLR2004 -- the one code that is an answer
        message = f"{address} answered {answer.status_code}"
        raise SystemExit(message)
    return taken, len(answer.content)


def queries(client: Client, address: str) -> int:
    with CaptureQueriesContext(connection) as captured:
        asked(client, address)
    return len(captured)


def row(client: Client, address: str, repeats: int) -> str:
    write_something()
    cold, size = asked(client, address)
    warm = statistics.median(asked(client, address)[0] for _ in range(repeats))
    warm_queries = queries(client, address)
    write_something()
    return f"{cold:.0f} | {warm:.0f} | {queries(client, address)} / {warm_queries} | {size / 1024:.0f}"


def rows(client: Client, repeats: int, pages: dict[str, str]) -> list[str]:
    """Return a line of the table for every page."""
    for address in pages.values():
        asked(client, address)
    return [f"| {page} | {row(client, address, repeats)} |" for page, address in pages.items()]


def main() -> None:
    options = argparse.ArgumentParser()
    options.add_argument("--repeats", type=int, default=20)
    repeats = options.parse_args().repeats
    with tempfile.TemporaryDirectory(prefix="bilik-bench-") as folder:
        from bilik.site.demonstration import build_demonstration  # noqa: PLC0415 -- it sets Django up

        build_demonstration(Path(folder) / "workspace")
        print(HEAD, *rows(signed_in(), repeats, PAGES), sep="\n")
        connection.close()


if __name__ == "__main__":
    main()
