import pytest
from click.testing import CliRunner
from hypothesis import given
from hypothesis import strategies as st

from bilik.accounts.chain import START, Link, link_hash, verdict
from bilik.foundation.language import ENGLISH

contents = st.lists(st.dictionaries(st.text(max_size=5), st.integers() | st.text(max_size=5), max_size=3), min_size=1)


def chained(written):
    links, previous = [], START
    for number, content in enumerate(written, start=1):
        own = link_hash(previous, content)
        links.append(Link(number=number, content=content, previous=previous, own=own))
        previous = own
    return links


@given(contents)
def test_a_chain_that_nobody_touched_holds_to_its_end(written):
    links = chained(written)

    found = verdict(links)

    assert (found.held_count, found.end, found.broken) == (len(written), links[-1].own, None)


@given(contents, st.data())
def test_a_changed_deed_is_named(written, data):
    links = chained(written)
    place = data.draw(st.integers(0, len(links) - 1))
    one = links[place]
    links[place] = Link(number=one.number, content={**one.content, "more": 1}, previous=one.previous, own=one.own)

    assert verdict(links).broken == one.number


@given(contents, st.data())
def test_a_removed_deed_is_noticed_at_the_next_one(written, data):
    links = chained(written)
    place = data.draw(st.integers(0, len(links) - 1))
    del links[place]

    assert verdict(links).broken == (place + 2 if place < len(links) else None)


@pytest.fixture
def asked(db):
    from bilik.site.accounts import verify_chain
    from bilik.site.door import WorkspaceDoor

    return lambda: CliRunner().invoke(verify_chain, [], obj=WorkspaceDoor(ENGLISH), standalone_mode=False)


def test_one_byte_changed_in_the_database_is_found(asked):
    from bilik.accounts.web.models import Deed

    assert "hold" in asked().output
    middle = Deed.objects.order_by("id")[1]
    Deed.objects.filter(pk=middle.pk).update(subject=middle.subject + ".")

    assert f"deed {middle.pk}" in str(asked().exception)


def test_an_office_sees_its_own_deeds_and_not_the_other_s(rani, citra, client):
    from django.conf import settings

    from bilik.accounts.web.deeds import deed

    with deed("save_target_set", by=rani) as change:
        change.subject = "target_set:of-kesbangpol"
    client.force_login(citra, backend=settings.AUTHENTICATION_BACKENDS[0])
    other = client.get("/akun/perbuatan/").content.decode()
    client.force_login(rani, backend=settings.AUTHENTICATION_BACKENDS[0])
    own = client.get("/akun/perbuatan/").content.decode()

    assert "of-kesbangpol" in own
    assert "of-kesbangpol" not in other
    assert "Bayu Contoh" not in own
