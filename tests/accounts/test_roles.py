from bilik.accounts.roles import Act, Role, may


def test_nobody_may_anything_without_a_role():
    assert not any(may(None, act) for act in Act)


def test_the_head_may_all_that_staff_may():
    assert {act for act in Act if may(Role.STAFF, act)} < {act for act in Act if may(Role.HEAD, act)}


def test_staff_save_targets_but_do_not_withdraw_them():
    assert may(Role.STAFF, Act.SAVE_TARGETS)
    assert not may(Role.STAFF, Act.DELETE_TARGETS)
