"""An error for a group that is not there names the nearest of those that are."""

import pytest

from api.cli.groups import unknown_group


@pytest.mark.parametrize(
    ("names", "hint"),
    [
        ([], "Nothing was remembered in any group yet."),
        (["Anna"], "There is 'Anna'."),
        (["zoe", "hannah", "Anna"], "There are 'Anna', 'hannah', 'zoe'."),
        ([f"user {n}" for n in range(50)] + ["annas"], "There are 'annas', 'user 0', 'user 1', 'user 2', 'user 3' and others."),
    ],
)
def test_the_nearest_are_named(names: list[str], hint: str) -> None:
    assert unknown_group("anna", names).hint == hint
