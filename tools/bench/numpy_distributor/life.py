# A population and its lives: who is there at first, a warm-up, and from there an arm for every policy and scenario.
"""Customers who left are dropped from the columns every month; what they owe stays with their number (`who`)."""
import copy

import numpy as np

from . import credit, cross_selling, price, program
from .counts import Counts
from .ledger import Ledger
from .month import Month
from .rebate import Rebates


def draw_groups(study, rng, table, key, draw, sizes):
    """A trait's column, group after group: draw(rng, law, how many)."""
    return np.concatenate([draw(rng, study.law(group, table, key), size) for group, size in enumerate(sizes)])


def gamma(rng, law, size):
    return rng.gamma(law["shape"], law["mean"] / law["shape"], size)


def lognormal(rng, mean, sd_log, size):
    return rng.lognormal(np.log(mean) - 0.5 * sd_log**2, sd_log, size)


def beta(rng, law, size):
    return rng.beta(law["a"], law["a"] * (1 - law["mean"]) / law["mean"], size)


def odds_beside_disputes(study, chance):
    """Odds of an invoice without a dispute, so that disputed and others together are late with the customer's chance:
    (1 - q) o / (1 + o) + q d o / (1 + d o) = p, multiplied out."""
    q = study["payment", "disputes_in_late_chance"] * study["payment", "dispute_chance"]
    d = np.exp(study["payment", "dispute_effect"])
    b = chance * (1 + d) - 1 + q * (1 - d)
    return (b + np.sqrt(b**2 + 4 * d * chance * (1 - chance))) / (2 * d * np.maximum(1 - chance, 1e-30))


def ages_and_frailties(study, rng, size, is_first):
    """Months with us, and frailties: in a first base that as many join as leave ages follow survival, and the frailty
    of who is still there is that of survivors. Everybody else is new."""
    churn = study.tables["churn"]
    variance, months = churn["frailty_variance"], np.arange(study["population", "oldest"] + 1 if is_first else 1)
    monthly = -np.log1p(-churn["base_hazard"]) * (1 + months / 12)**churn["tenure_slope"]
    passed = np.cumsum(monthly) - monthly  # before each age
    stays = (1 + variance * passed)**(-1 / variance) if variance > 0 else np.exp(-passed)
    age = rng.choice(months, size, p=stays / stays.sum())
    frailty = rng.gamma(1 / variance, 1 / (1 / variance + passed[age])) if variance > 0 else np.ones(size)
    return age, frailty


class Population:
    """Who is there, and what each of them remembers."""

    columns = ("who", "born", "rate", "value", "margin", "order_cost", "late_odds", "days_factor", "early_days",
               "hazard", "joined", "liquidity", "gap", "effect", "default_hazard", "response", "waiting", "elasticity")
    columns_of = {("purchasing", "discount"): ("usual_price", "borrowed", "discounted"),  # where a tier gets any
                  ("rebate", "rebate"): ("pulled_to_rebate",),
                  ("surcharge", "surcharge"): ("distance", "usual_surcharge"),
                  ("moves", "visible"): ("visible_before", "moved_rate", "pulled_to_tier"),
                  ("points", "earn"): ("redeeming", "movable", "pulled_to_reward", "rewarded_for")}
    kinds = {"who": int, "born": int, "joined": int, "could_use": bool, "holds": bool}  # the others are floats

    def __init__(self, study, rng):
        self.study, self.policy, self.month = study, study.baseline, -study.warmup
        self.columns = (*self.columns, *(name for lever, names in self.columns_of.items() if study.uses(*lever)
                                         for name in names))
        if cross_selling.is_sold(study):
            self.columns += ("could_use", "holds")
        for name in self.columns:
            setattr(self, name, np.zeros(0, dtype=self.kinds.get(name, float)))
        self.group, self.tier = np.zeros(0, dtype=int), np.zeros(0, dtype=int)  # of everybody who ever was, by number
        self.turn = np.zeros(0)  # of these too: a policy has reached who has less than its share
        self.sales = {}  # of the past months, by month: a column by number
        self.ledger, self.claims, self.gone = Ledger(study, 0), credit.Claims(0), credit.Gone()
        self.rebates = Rebates(0)
        self.points = program.Points(study)
        self.climate = credit.climate(study, rng)  # of all customers, whatever the arm
        self.join(self.newcomers(study.sizes(), rng))
        self.replacements = {}  # by month of birth: how many of each group

    def newcomers(self, sizes, rng):
        """Columns of so many of each group, and the group, turn and tier of entry of each."""
        size = int(np.sum(sizes))
        turn = rng.random(size)
        tier = np.where(turn < self.study.reached(self.policy, self.month), self.entry(self.policy),
                        len(self.study.tiers(self.policy)) - 1)
        of_all = {"group": np.repeat(np.arange(len(sizes)), sizes), "turn": turn, "tier": tier}
        return (self.traits(sizes, size, rng) if size else {}) | of_all

    def join(self, new):
        """New customers live from this month on."""
        size, before = len(new["tier"]), len(self.tier)
        if size == 0:
            return
        new = new | {"who": np.arange(before, before + size), "born": np.full(size, self.month)}
        for name in (*self.columns, "group", "turn", "tier"):
            setattr(self, name, np.concatenate([getattr(self, name), new[name]]))
        self.sales = {month: np.concatenate([column, np.zeros(size)]) for month, column in self.sales.items()}
        self.ledger.join(size)
        self.rebates.join(size)
        self.points.join(size)
        self.claims.open = np.concatenate([self.claims.open, np.zeros(size)])

    def entry(self, policy):
        return len(self.study.own_tiers(policy)) - 1

    def is_reached(self):
        return self.turn < self.study.reached(self.policy, self.month)

    def traits(self, sizes, size, rng):
        study = self.study
        distance = draw_groups(study, rng, "logistics", "distance",
                               lambda rng, law, n: lognormal(rng, law["mean"], law["sd_log"], n), sizes)
        chance = draw_groups(study, rng, "payment", "late_chance", beta, sizes)
        group = np.repeat(np.arange(len(sizes)), sizes)
        days_factor, early_days = self.days_of(chance, group)
        default_chance = draw_groups(study, rng, "credit", "default_chance", gamma, sizes)
        age, frailty = ages_and_frailties(study, rng, size, is_first=len(self.tier) == 0)
        gap = 0.1 * study["satisfaction", "start_spread"] * rng.standard_normal(size)
        rate = draw_groups(study, rng, "purchasing", "orders_per_month", gamma, sizes)
        return {
            "rate": rate,
            "value": draw_groups(study, rng, "purchasing", "order_value",
                                 lambda rng, law, n: lognormal(rng, law["mean"], law["between"], n), sizes),
            "margin": np.clip(draw_groups(study, rng, "accounting", "gross_margin",
                                          lambda rng, law, n: rng.normal(law["mean"], law["sd"], n), sizes), -1, 1),
            "order_cost": (study["logistics", "shipping"] + study["logistics", "per_km"] * distance +
                           study["logistics", "handling"]),
            "late_odds": np.exp(study["payment", "late_offset"]) * odds_beside_disputes(study, chance),
            "days_factor": days_factor, "early_days": early_days,
            "response": credit.with_late(study, chance, group, study["payment", "terms_go_with_late"]),
            "default_hazard": credit.hazards(study, default_chance, chance, group),
            "waiting": np.zeros(size),  # mean orders, for the end of a hold
            "elasticity": price.elasticities(study, rng, size),
            "distance": distance,
            "joined": self.month - age,
            "hazard": -np.log1p(-study["churn", "base_hazard"]) * frailty,
            "liquidity": rng.standard_normal(size),
            "gap": gap,
            "effect": study["churn", "satisfaction_slope"] * gap,  # on the log-hazard; nobody has had care
            **cross_selling.first_columns(study, rng, size),
            **program.first_columns(study, rng, rate, sizes),
            **{name: np.zeros(size) for name in ("usual_price", "borrowed", "discounted", "usual_surcharge",
                                                 "visible_before", "moved_rate", "pulled_to_tier",
                                                 "pulled_to_rebate")}}

    def come(self, rng):
        """In warm-up, as many of each group as left the month before; then as many as came twelve months ago."""
        month = self.month
        if month >= self.study.months:
            return
        if month > 0:
            month = (month - 1) % 12 - 11 if self.study.arrivals == "as before" else None
        if month in self.replacements:
            sizes = self.replacements[month]
            if self.month <= 0 or self.study["payment", "newcomers_by_terms"] == 0:
                self.join(self.newcomers(sizes, rng))
                return
            for is_more in (False, True):
                self.join_by_terms(self.newcomers(sizes, rng), is_more, rng)

    def join_by_terms(self, new, is_more, rng):
        """Of usual newcomers the share of the pull of terms joins, and of as many more what is above 1 of it."""
        if len(new["tier"]) == 0:
            return
        terms = self.study.lever(self.policy, "payment", "terms_days")[new["tier"]]
        pull = np.exp(credit.effect_of_terms(self.study, terms, "newcomers_by_terms") * new["response"])
        joins = rng.random(len(terms)) < pull - is_more
        self.join({name: column[joins] for name, column in new.items()})

    def days_of(self, chance, group):
        """Who is late often is late for longer and pays less early: the customers' days late over the stated ones, and
        how many days early they pay at most."""
        laws = [self.study.law(group, "payment", "late_chance") for group in range(len(self.study.groups))]
        a, both = (np.array(numbers)[group] for numbers in
                   zip(*((law["a"], law["a"] / law["mean"]) for law in laws)))
        late, early = (self.study["payment", key] for key in ("days_late_slope", "early_days_slope"))
        longer = 1 - late + late * np.minimum(chance * (both + 1) / (a + 1), 3)
        sooner = 1 - early + early * np.minimum((1 - chance) * (both + 1) / (both - a + 1), 3)
        return longer, self.study["payment", "early_days"] * sooner

    def fork(self, policy):
        """The same customers under another policy, whose tier of entry those have who are gone. Columns are never
        changed in place but `tier`."""
        other = copy.copy(self)
        other.policy, other.sales, other.ledger = policy, dict(self.sales), self.ledger.fork()
        other.claims, other.rebates, other.points = self.claims.fork(), self.rebates.fork(), self.points.fork()
        own, all_tiers = len(self.study.own_tiers(policy)), len(self.study.tiers(policy))
        if all_tiers > own:
            other.tier = self.tier + own
        elif policy != self.study.baseline:
            other.tier = np.full(len(self.tier), self.entry(policy))
            other.tier[self.who] = np.minimum(self.tier[self.who], own - 1)
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
            while arm.month < study.months + study.closed:
                lived += len(arm.who)
                Month(arm, scenario, counts, rng).live()
            arms[scenario, policy] = counts
    return arms, lived
