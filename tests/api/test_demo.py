"""The packaged conversation: readable, in order of sessions, and told with times."""

from itertools import pairwise

from api.demo import demo_file
from api.readers import Given, by_session, read_files
from graph.time import parse_period


def test_the_demo_is_read_and_every_line_has_its_own_id_and_a_time() -> None:
    lines = read_files([demo_file()], Given()).lines
    assert len({line.message.id for line in lines}) == len(lines)
    assert all(line.message.said_at and not str(line.message.id).startswith("line-") for line in lines)


def test_sessions_follow_each_other() -> None:
    sessions = by_session(read_files([demo_file()], Given()).lines).values()
    times = [[parse_period(str(line.message.said_at)).first for line in lines] for lines in sessions]
    assert all(said == sorted(said) for said in times)
    assert all(before[-1] < after[0] for before, after in pairwise(times))
