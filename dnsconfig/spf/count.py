"""The look-ups that a policy costs receivers, over its whole tree (RFC 7208 §4.6.4)."""

import re
from collections.abc import Callable
from dataclasses import dataclass, field
from enum import StrEnum

from dnsconfig.resolver import Answer, Unanswered
from dnsconfig.spf.syntax import Spf, SpfError, Term, is_spf, parse

MOST_LOOK_UPS = 10
MOST_VOID = 2
MOST_HOSTS = 10
MOST_QUESTIONS = 40
MOST_TERMS = 200
"""Bounds of one count; a tree that needs more is over the limit anyhow."""


class Cause(StrEnum):
    """What is wrong with a term; people read it through `dnsconfig.spf.words`."""

    BROKEN = "broken"
    LOOP = "loop"
    MACRO = "macro"
    MANY_HOSTS = "many_hosts"
    NO_SPF = "no_spf"
    SEVERAL_SPF = "several_spf"
    TOO_LARGE = "too_large"
    UNANSWERED = "unanswered"
    VOID = "void"


CAUTIONS = frozenset({Cause.MACRO, Cause.VOID})
"""What one term may have without receivers refusing the policy."""
UNKNOWN = frozenset({Cause.TOO_LARGE, Cause.UNANSWERED})
"""What keeps a count from being complete."""

_COUNTED = ("include", "a", "mx", "ptr", "exists")
_NAME = re.compile(r"([^.\\]{1,63}\.)+[^.\\]{1,63}")
_OWN_DOMAIN = re.compile(r"%\{([do])\}", re.I)

Ask = Callable[[str, str], Answer]
"""(name, type) → answer. Raises Unanswered."""


@dataclass(frozen=True)
class Problem:
    """What is wrong with a term; `domain`: whose record the term is in."""

    code: Cause
    term: str
    domain: str


@dataclass(frozen=True)
class TermCount:
    """A term of the record itself: its look-ups with those below, and its first problem or none."""

    term: str
    look_ups: int
    problem: Cause | None = None


@dataclass(frozen=True)
class Count:
    """The whole tree, not only until a sender matches: what the worst sender costs.

    `is_complete`: every name answered; without it `total` is a lower bound and nothing is proven.
    A macro that depends on the sender costs its look-up, and what is below it is not known.
    """

    total: int
    void: int
    per_term: tuple[TermCount, ...] = ()
    problems: tuple[Problem, ...] = ()
    is_complete: bool = True

    @property
    def is_over(self) -> bool:
        return self.total > MOST_LOOK_UPS

    @property
    def is_over_void(self) -> bool:
        return self.void > MOST_VOID

    @property
    def is_refused(self) -> bool:
        """Whether receivers may end with a permanent error, as far as the tree is known."""
        grave = any(problem.code not in CAUTIONS | UNKNOWN for problem in self.problems)
        return self.is_over or self.is_over_void or grave


def count(text: str, domain: str, ask: Ask) -> Count:
    """Count for `text` as the policy of `domain`. Raises SpfError when `text` is not valid.

    `include`, `a`, `mx`, `ptr`, `exists` and `redirect` cost one each, with the tree below; a term
    after `all`, or a redirect beside it, is never evaluated and costs nothing. A look-up is void
    when nothing is there for any sender (for `a`: neither A nor AAAA).
    """
    return _Walk(domain, ask).run(parse(text))


@dataclass
class _Walk:
    """One count: what was asked, and what was found so far."""

    domain: str
    ask: Ask
    total: int = 0
    void: int = 0
    problems: list[Problem] = field(default_factory=list)
    answers: dict[tuple[str, str], Answer | None] = field(default_factory=dict)

    def run(self, record: Spf) -> Count:
        per_term: list[TermCount] = []
        for term in _counted(record):
            before, seen = self.total, len(self.problems)
            self._term(term, self.domain, (_plain(self.domain),))
            codes = [problem.code for problem in self.problems[seen:]]
            worst = min(codes, key=lambda code: code in CAUTIONS, default=None)
            per_term.append(TermCount(term.text, self.total - before, worst))
        is_complete = not any(problem.code in UNKNOWN for problem in self.problems)
        problems = tuple(dict.fromkeys(self.problems))
        return Count(self.total, self.void, tuple(per_term), problems, is_complete)

    def _term(self, term: Term, domain: str, above: tuple[str, ...]) -> None:
        self.total += 1
        if self.total > MOST_TERMS:
            self._note(Cause.TOO_LARGE, term, domain)
            return
        if term.name == "ptr":
            return
        name = _plain(_OWN_DOMAIN.sub(lambda m: self._own(m[1], domain), term.value) or domain)
        if "%" in name:
            self._note(Cause.MACRO, term, domain)
        elif term.name in ("include", "redirect"):
            self._below(term, domain, name, above)
        elif self._is_void(term, domain, name):
            self.void += 1
            self._note(Cause.VOID, term, domain)

    def _own(self, letter: str, domain: str) -> str:
        """d is the domain whose record this is, o that of the sender."""
        return domain if letter.lower() == "d" else self.domain

    def _below(self, term: Term, domain: str, name: str, above: tuple[str, ...]) -> None:
        if name in above:
            self._note(Cause.LOOP, term, domain)
            return
        answer = self._answer(term, domain, name, "TXT")
        if answer is None:
            return
        texts = [record.value for record in answer.of("TXT")]
        self.void += not texts
        policies = [text for text in texts if is_spf(text)]
        if len(policies) != 1:
            self._note(Cause.SEVERAL_SPF if policies else Cause.NO_SPF, term, domain)
            return
        try:
            record = parse(policies[0])
        except SpfError:
            self._note(Cause.BROKEN, term, domain)
            return
        for inner in _counted(record):
            self._term(inner, name, (*above, name))

    def _is_void(self, term: Term, domain: str, name: str) -> bool:
        kinds = {"a": ("A", "AAAA"), "mx": ("MX",), "exists": ("A",)}[term.name]
        for kind in kinds:
            answer = self._answer(term, domain, name, kind)
            if answer is None:
                return False
            if kind == "MX" and len(answer.of("MX")) > MOST_HOSTS:
                self._note(Cause.MANY_HOSTS, term, domain)
            if answer.of(kind):
                return False
        return True

    def _answer(self, term: Term, domain: str, name: str, kind: str) -> Answer | None:
        """None, and noted, where nothing is known. What cannot be a name has nothing (§4.3)."""
        if not _NAME.fullmatch(name) or len(name) > 253:
            return Answer("NXDOMAIN", ())
        question = (name, kind)
        if question not in self.answers:
            if len(self.answers) >= MOST_QUESTIONS:
                self._note(Cause.TOO_LARGE, term, domain)
                return None
            try:
                self.answers[question] = self.ask(name, kind)
            except Unanswered:
                self.answers[question] = None
        answer = self.answers[question]
        if answer is None:
            self._note(Cause.UNANSWERED, term, domain)
        return answer

    def _note(self, code: Cause, term: Term, domain: str) -> None:
        self.problems.append(Problem(code, term.text, domain))


def _counted(record: Spf) -> tuple[Term, ...]:
    """The terms that cost a look-up each, in the order of evaluation."""
    terms = tuple(term for term in record.mechanisms if term.name in _COUNTED)
    return (*terms, record.redirect) if record.redirect else terms


def _plain(name: str) -> str:
    return name.removesuffix(".").lower()
