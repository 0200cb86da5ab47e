"""SPF records are weighed by asking the DNS itself, just before a plan is shown."""

from dnsconfig import plan
from dnsconfig.plan import Plan, Weight
from dnsconfig.spf.count import Count
from dnsconfig.spf.live import count_live


def weighed(made: Plan) -> Plan:
    """Refuse SPF records that cost too many look-ups; say where they could not be counted."""
    weights = {text: _weight(count_live(text, name)) for name, text in plan.policies(made)}
    return plan.weigh(made, weights)


def _weight(count: Count) -> Weight:
    return Weight(
        total=count.total,
        terms=tuple((one.term, one.look_ups) for one in count.per_term),
        problems=tuple(f"{p.code.value}: {p.term} ({p.domain})" for p in count.problems),
        is_refused=count.is_refused,
        is_known=count.is_complete,
    )
