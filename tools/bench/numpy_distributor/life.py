# A population and its lives: who is there at first, a warm-up, and from there an arm for every policy and scenario.
"""Customers who left are dropped from the columns every month; what they owe stays with their number (`who`)."""
import copy

import numpy as np

from .counts import Counts
from .ledger import Ledger
from .month import Month


def draw_groups(study, rng, table, key, draw, sizes):
    """A trait's column, group after group: draw(rng, law, how many)."""
    return np.concatenate([draw(rng, study.law(group, table, key), size) for group, size in enumerate(sizes)])


def gamma(rng, law, size):
    return rng.gamma(law["shape"], law["mean"] / law["shape"], size)


def lognormal(rng, mean, sd_log, size):
    return rng.lognormal(np.log(mean) - 0.5 * sd_log**2, sd_log, size)


def beta(rng, law, size):
    return rng.beta(law["a"], law["a"] * (1 - law["mean"]) / law["mean"], size)


class Population:
    """Who is there, and what each of them remembers."""

    columns = ("who", "born", "rate", "value", "margin", "order_cost", "late_odds", "hazard", "liquidity", "gap")

    def __init__(self, study, rng):
        self.study, self.policy, self.month = study, study.baseline, -study.warmup
        for name in self.columns:
            setattr(self, name, np.zeros(0, dtype=int if name in ("who", "born") else float))
        self.group, self.tier = np.zeros(0, dtype=int), np.zeros(0, dtype=int)  # of everybody who ever was, by number
        self.sales = {}  # of the past months, by month: a column by number
        self.ledger = Ledger(study, 0)
        self.join(study.sizes(), rng)
        self.replacements = {}  # by month of birth: how many of each group

    def join(self, sizes, rng):
        """New customers, so many of each group, who live from this month on."""
        size, before = int(np.sum(sizes)), len(self.tier)
        if size == 0:
            return
        new = self.traits(sizes, size, rng)
        new |= {"who": np.arange(before, before + size), "born": np.full(size, self.month)}
        for name in self.columns:
            setattr(self, name, np.concatenate([getattr(self, name), new[name]]))
        self.group = np.concatenate([self.group, np.repeat(np.arange(len(sizes)), sizes)])
        self.tier = np.concatenate([self.tier, np.full(size, len(self.study.tiers(self.policy)) - 1)])
        self.sales = {month: np.concatenate([column, np.zeros(size)]) for month, column in self.sales.items()}
        self.ledger.owed = np.concatenate([self.ledger.owed, np.zeros(size)])

    def traits(self, sizes, size, rng):
        study = self.study
        distance = draw_groups(study, rng, "logistics", "distance",
                               lambda rng, law, n: lognormal(rng, law["mean"], law["sd_log"], n), sizes)
        chance = draw_groups(study, rng, "payment", "late_chance", beta, sizes)
        variance = study["churn", "frailty_variance"]
        frailty = rng.gamma(1 / variance, variance, size) if variance > 0 else 1.0
        return {
            "rate": draw_groups(study, rng, "purchasing", "orders_per_month", gamma, sizes),
            "value": draw_groups(study, rng, "purchasing", "order_value",
                                 lambda rng, law, n: lognormal(rng, law["mean"], law["between"], n), sizes),
            "margin": np.clip(draw_groups(study, rng, "accounting", "gross_margin",
                                          lambda rng, law, n: rng.normal(law["mean"], law["sd"], n), sizes), -1, 1),
            "order_cost": (study["logistics", "shipping"] + study["logistics", "per_km"] * distance +
                           study["logistics", "handling"]),
            "late_odds": np.exp(study["payment", "late_offset"]) * chance / np.maximum(1 - chance, 1e-30),
            "hazard": -np.log1p(-study["churn", "base_hazard"]) * frailty * np.ones(size),
            "liquidity": rng.standard_normal(size),
            "gap": 0.1 * study["satisfaction", "start_spread"] * rng.standard_normal(size)}

    def come(self, rng):
        """In warm-up, as many of each group as left the month before; then as many as came twelve months ago."""
        month = self.month
        if month > 0:
            month = (month - 1) % 12 - 11 if self.study.arrivals == "as before" else None
        if month in self.replacements:
            self.join(self.replacements[month], rng)

    def fork(self, policy):
        """The same customers under another policy. Columns are never changed in place but `tier`."""
        other = copy.copy(self)
        other.policy, other.sales, other.ledger = policy, dict(self.sales), self.ledger.fork()
        other.tier = np.minimum(self.tier, len(self.study.tiers(policy)) - 1)
        return other

    def keep(self, stay):
        for name in self.columns:
            setattr(self, name, getattr(self, name)[stay])


def live(study, scenarios, policies, rng):
    """All arms of one world: the warm-up once, then each arm from where it ended. {(scenario, policy): Counts}, and
    the active customer-months that were lived, those of the warm-up counted too."""
    people = Population(study, rng)
    first_scenario = next(iter(study.scenarios))
    unheard, lived = Counts(study, study.baseline), 0
    while people.month < 0:
        lived += len(people.who)
        Month(people, first_scenario, unheard, rng).live()
    arms = {}
    for scenario in scenarios:
        for policy in policies:
            counts, arm = Counts(study, policy), people.fork(policy)
            while arm.month < study.months:
                lived += len(arm.who)
                Month(arm, scenario, counts, rng).live()
            arms[scenario, policy] = counts
    return arms, lived
