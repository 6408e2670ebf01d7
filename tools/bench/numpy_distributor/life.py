# One population lived month by month, all customers at once, in float64: the laws of models/*.hpp anew.
"""Customers who left are dropped from the columns every month; what they owe stays with their number (`who`)."""
import copy

import numpy as np

from .ledger import Ledger
from .review import review


def draw_groups(study, rng, table, key, draw):
    """A trait's column, group after group: draw(rng, law, how many)."""
    return np.concatenate([draw(rng, study.law(group, table, key), size) for group, size in enumerate(study.sizes())])


def gamma(rng, law, size):
    return rng.gamma(law["shape"], law["mean"] / law["shape"], size)


def lognormal(rng, mean, sd_log, size):
    return rng.lognormal(np.log(mean) - 0.5 * sd_log**2, sd_log, size)


def beta(rng, law, size):
    return rng.beta(law["a"], law["a"] * (1 - law["mean"]) / law["mean"], size)


class Population:
    """Who is there, and what each of them remembers."""

    columns = ("who", "rate", "value", "margin", "order_cost", "late_odds", "hazard", "liquidity", "gap")

    def __init__(self, study, rng):
        size = study.customers
        self.study, self.policy, self.month = study, study.baseline, -study.warmup
        self.who = np.arange(size)
        self.group = np.repeat(np.arange(len(study.groups)), study.sizes())
        self.rate = draw_groups(study, rng, "purchasing", "orders_per_month", gamma)
        self.value = draw_groups(study, rng, "purchasing", "order_value",
                                 lambda rng, law, n: lognormal(rng, law["mean"], law["between"], n))
        self.margin = np.clip(draw_groups(study, rng, "accounting", "gross_margin",
                                          lambda rng, law, n: rng.normal(law["mean"], law["sd"], n)), -1, 1)
        distance = draw_groups(study, rng, "logistics", "distance",
                               lambda rng, law, n: lognormal(rng, law["mean"], law["sd_log"], n))
        self.order_cost = (study["logistics", "shipping"] + study["logistics", "per_km"] * distance +
                           study["logistics", "handling"])
        chance = draw_groups(study, rng, "payment", "late_chance", beta)
        self.late_odds = np.exp(study["payment", "late_offset"]) * chance / np.maximum(1 - chance, 1e-30)
        variance = study["churn", "frailty_variance"]
        frailty = rng.gamma(1 / variance, variance, size) if variance > 0 else 1.0
        self.hazard = -np.log1p(-study["churn", "base_hazard"]) * frailty * np.ones(size)
        self.liquidity = rng.standard_normal(size)
        self.gap = 0.1 * study["satisfaction", "start_spread"] * rng.standard_normal(size)
        self.tier = np.full(size, len(study.tiers(self.policy)) - 1)  # of everybody who ever was, by number
        self.sales = {}  # of the past months, by month: a column by number
        self.ledger = Ledger(study, size)

    def fork(self, policy):
        """The same customers under another policy. Columns are never changed in place but `tier`."""
        other = copy.copy(self)
        other.policy, other.sales, other.ledger = policy, dict(self.sales), self.ledger.fork()
        other.tier = np.minimum(self.tier, len(self.study.tiers(policy)) - 1)
        return other

    def keep(self, stay):
        for name in self.columns:
            setattr(self, name, getattr(self, name)[stay])


class Counts:
    """Metrics by month, tier and group; moves from tier to tier; in the last month who has how much, by group."""

    def __init__(self, study, policy):
        self.shape = (study.months, len(study.tiers(policy)), len(study.groups))
        self.metrics, self.flow = {}, np.zeros((study.months, self.shape[1], self.shape[1], self.shape[2]))
        self.last = {}  # name: a column of quanta for each group

    def keep_last(self, name, quanta, group):
        self.last[name] = [np.rint(quanta[group == g]) for g in range(self.shape[2])]

    def add(self, month, metric, cells, weights=None):
        if month < 0:
            return
        by_cell = np.bincount(cells, weights, self.shape[1] * self.shape[2])
        self.metrics.setdefault(metric, np.zeros(self.shape))[month] += by_cell.reshape(self.shape[1:])


def live_month(population, scenario, counts, rng):
    """A month in the order of models/catalogue.cpp."""
    p, study, month = population, population.study, population.month
    driver = {name: study.driver(scenario, name, month) for name in
              ("demand", "days_late", "late_odds", "disputes", "churn_hazard", "late_deliveries", "defects")}
    review(p, counts)
    tier = p.tier[p.who]
    cell_of = p.tier * len(study.groups) + p.group  # of everybody who ever was
    cell = cell_of[p.who]

    def lever(table, key, of_tier=lambda value: value):
        """A column, or one number where all tiers get the same."""
        values = of_tier(study.lever(p.policy, table, key))
        return values[tier] if np.ptp(values) > 0 else values[0]

    def book(metric, column):
        counts.add(month, metric, cell, np.broadcast_to(column, cell.shape))

    care = lever("service", "care")
    care_effect = lever("service", "care",
                        lambda value: 2 * value / (value + study["service", "care_reference"]))
    discount = lever("purchasing", "discount")
    expedite = lever("service", "expedite")
    terms = lever("payment", "terms_days")

    # Orders and sales.
    lasting = (p.rate * np.exp(study["purchasing", "satisfaction_effect"] * p.gap) *
               (1 - discount)**study["purchasing", "elasticity"] *
               np.exp(study["payment", "terms_elasticity"] * (terms - study["payment", "reference_terms"]) / 30))
    season = study["purchasing", "season"][(study.first_calendar_month - 1 + month) % 12]
    orders = rng.poisson(lasting * (season * driver["demand"]))
    buyer = np.repeat(np.arange(len(orders)), orders)
    within = study["purchasing", "order_value"]["within"]
    factor = rng.lognormal(-0.5 * within**2, within, len(buyer))
    list_sales = p.value * np.bincount(buyer, factor, len(orders))
    revenue = list_sales * (1 - discount)
    book("orders", orders)
    book("list_sales", list_sales)
    book("revenue", revenue)
    book("discount_given", list_sales - revenue)
    by_number = np.zeros(len(p.tier))
    by_number[p.who] = revenue
    p.sales[month] = by_number

    # Deliveries, and what service costs.
    def count_failures(chance):
        fails = rng.random(len(buyer)) < (chance if np.ndim(chance) == 0 else chance[buyer])
        return np.bincount(buyer[fails], minlength=len(orders))

    late = count_failures(study["service", "late_chance"] * (1 - expedite) * driver["late_deliveries"])
    defective = count_failures(study["service", "defect_chance"] * driver["defects"])
    expediting = orders * expedite * study["service", "expedite_cost"]
    book("late_deliveries", late)
    book("defects", defective)
    book("expedite_cost", expediting)
    book("care_cost", care)

    # Satisfaction moves in months with orders.
    s = study.tables["satisfaction"]
    before = s["reference"] + 10 * p.gap
    seen = (s["performance"] + (s["late_effect"] * late + s["defect_effect"] * defective) / np.maximum(orders, 1) +
            study["service", "care_points"] * care_effect + s["noise"] * rng.standard_normal(len(orders)))
    surprise = seen - before
    after = before + s["learning"] * np.where(surprise < 0, s["loss_weight"], 1) * surprise
    p.gap = np.where(orders > 0, 0.1 * (after - s["reference"]), p.gap)
    book("satisfaction", s["reference"] + 10 * p.gap)

    # Payment. Liquidity moves from the month after birth on.
    memory = study["payment", "liquidity_memory"]
    if month > -study.warmup:
        p.liquidity = memory * p.liquidity + np.sqrt(1 - memory**2) * rng.standard_normal(len(orders))
    odds = p.late_odds * np.exp(study["payment", "liquidity_effect"] * p.liquidity) * driver["late_odds"]
    p.ledger.invoice(month, p.who, buyer, (p.value * (1 - discount))[buyer] * factor, odds, terms, driver, rng)
    p.ledger.settle(month, p.who, revenue, cell_of, counts)
    owed = p.ledger.owed

    # Costs and what is left.
    logistics = orders * p.order_cost
    gross = list_sales * p.margin
    capital = owed * (study["accounting", "capital_cost"] / 12)  # also of who has left
    contribution = -capital
    contribution[p.who] += gross - (list_sales - revenue) - logistics - expediting - care
    worth = (1 + study["accounting", "discount_rate"])**-month
    book("logistics_cost", logistics)
    book("gross_margin", gross)
    counts.add(month, "capital_cost", cell_of, capital)
    counts.add(month, "contribution", cell_of, contribution)
    counts.add(month, "present_value", cell_of, contribution * worth)

    # Who leaves does so at the end of the month.
    tenure = month + study.warmup
    hazard = (p.hazard * ((1 + tenure / 12)**study["churn", "tenure_slope"] * driver["churn_hazard"]) *
              np.exp(study["churn", "satisfaction_slope"] * p.gap + study["service", "care_hazard"] * care_effect))
    stays = rng.random(len(orders)) >= -np.expm1(-hazard)
    book("customers", 1)
    counts.add(month, "left", cell[~stays])
    if month == study.months - 1:
        for name, quanta in (("net_sales", 100 * revenue), ("contribution", 100 * contribution[p.who]),
                             ("satisfaction", 100 * (s["reference"] + 10 * p.gap))):
            counts.keep_last(name, quanta, p.group[p.who])
        x = np.exp(-hazard) / (1 + study["accounting", "discount_rate"])
        to_come = x * (1 - x**study["accounting", "terminal_months"]) / np.maximum(1 - x, 1e-12)
        monthly = (lasting * (p.value * (p.margin - discount) - p.order_cost -
                              expedite * study["service", "expedite_cost"]) - care - capital[p.who])
        counts.add(month, "terminal_value", cell[stays], (monthly * to_come * worth)[stays])
    p.keep(stays)
    p.month += 1


def live(study, scenarios, policies, rng):
    """All arms of one world: the warm-up once, then each arm from where it ended. {(scenario, policy): Counts}, and
    the active customer-months that were lived, those of the warm-up counted too."""
    people = Population(study, rng)
    first_scenario = next(iter(study.scenarios))
    unheard, lived = Counts(study, study.baseline), 0
    while people.month < 0:
        lived += len(people.who)
        live_month(people, first_scenario, unheard, rng)
    arms = {}
    for scenario in scenarios:
        for policy in policies:
            counts, arm = Counts(study, policy), people.fork(policy)
            while arm.month < study.months:
                lived += len(arm.who)
                live_month(arm, scenario, counts, rng)
            arms[scenario, policy] = counts
    return arms, lived
