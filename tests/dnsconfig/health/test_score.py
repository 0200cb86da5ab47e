"""The score and the memory of looks, for any results."""

from hypothesis import given
from hypothesis import strategies as st

from dnsconfig.health.memory import LOOKS_BEFORE_ALERT, follow
from dnsconfig.health.results import Health, Remembered, Result
from dnsconfig.health.score import WEIGHTS, score

CHECKS = sorted(WEIGHTS)
KNOWN = [Health.FAILED, Health.WARNING, Health.OK]
looks = st.dictionaries(st.sampled_from(CHECKS), st.sampled_from(list(Health)), min_size=1)


def results(look: dict[str, Health]) -> list[Result]:
    return [Result(check, health, "code") for check, health in sorted(look.items())]


def scored(*history: dict[str, Health]) -> int | None:
    before: tuple[Remembered, ...] = ()
    for look in history:
        before = follow(results(look), before).remembered
    return score(before)


@given(st.dictionaries(st.sampled_from(CHECKS), st.sampled_from(KNOWN), min_size=1), st.data())
def test_a_better_result_never_lowers_the_score(
    look: dict[str, Health], data: st.DataObject
) -> None:
    changed = data.draw(st.sampled_from(sorted(look)))
    better = KNOWN[KNOWN.index(look[changed]) :]
    improved = {**look, changed: data.draw(st.sampled_from(better))}
    now, then = scored(improved), scored(look)
    assert now is not None
    assert then is not None
    assert 0 <= then <= now <= 100


@given(
    st.fixed_dictionaries({check: st.sampled_from(KNOWN) for check in CHECKS}),
    st.sets(st.sampled_from(CHECKS)),
)
def test_what_cannot_be_told_changes_no_score(look: dict[str, Health], silent: set[str]) -> None:
    later = {**look, **dict.fromkeys(silent, Health.UNKNOWN)}
    assert scored(look, later) == scored(look)


@given(st.sets(st.sampled_from(CHECKS), min_size=1))
def test_where_nothing_is_known_there_is_no_score(checks: set[str]) -> None:
    assert scored(dict.fromkeys(checks, Health.UNKNOWN)) is None


@given(st.lists(st.sampled_from(list(Health)), max_size=12), st.sampled_from(CHECKS))
def test_an_alert_comes_once_and_only_after_it_was_good(course: list[Health], check: str) -> None:
    needed = LOOKS_BEFORE_ALERT.get(check, 1)
    before: tuple[Remembered, ...] = ()
    has_been_good = is_alerted = False
    fails = 0
    for health in course:
        followed = follow(results({check: health}), before)
        before = followed.remembered
        if health is Health.OK:
            assert bool(followed.recovered) == is_alerted
            has_been_good, is_alerted, fails = True, False, 0
        elif health is Health.WARNING:
            fails = 0
            has_been_good = has_been_good or not is_alerted
        elif health is Health.FAILED:
            fails += 1
        alerts = health is Health.FAILED and has_been_good and not is_alerted and fails >= needed
        assert bool(followed.regressed) == alerts
        if alerts:
            is_alerted, has_been_good = True, False


@given(looks, looks)
def test_what_is_remembered_survives_storage(
    first: dict[str, Health], then: dict[str, Health]
) -> None:
    before = follow(results(first), ()).remembered
    stored = [Remembered.from_json(one.to_json()) for one in before]
    assert follow(results(then), stored) == follow(results(then), before)


def test_a_bad_moment_of_others_is_waited_out() -> None:
    assert len(_alerts("servers", "ok failed ok")) == 0
    assert len(_alerts("servers", "ok failed failed")) == 1
    assert len(_alerts("mx", "ok failed failed failed")) == 1
    assert len(_alerts("mx", "ok failed ok failed")) == 2
    assert len(_alerts("mx", "ok failed warning failed")) == 1
    assert len(_alerts("mx", "failed failed")) == 0
    assert len(_alerts("servers", "ok failed unknown failed")) == 1


def _alerts(check: str, course: str) -> list[Result]:
    before: tuple[Remembered, ...] = ()
    told: list[Result] = []
    for health in course.split():
        followed = follow([Result(check, Health(health), "code")], before)
        before = followed.remembered
        told += followed.regressed
    return told
