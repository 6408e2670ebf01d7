# A loyalty program: who joins it, what orders earn, who redeems, and what becomes of points.
"""Points and months of joining are kept by number, since who has left forfeits what it holds in the month after. A lot
is one of the columns of the months of end: column 0 can be spent until the end of this month."""
import copy
import functools
import math

import numpy as np

from . import price

never = 10**6  # a month that does not come
scores = np.linspace(-8, 8, 16001)  # of a standard normal
below = np.array([0.5 * math.erfc(-score / math.sqrt(2)) for score in scores])
steps = 8001

# What these programs leave out, as a study has to have it.
off = {("redemption", "minimum"): 0, ("redemption", "amount"): "all blocks", ("points", "rounding"): "down",
       ("points", "end"): "months", ("points", "promotion"): 1, ("points", "inactivity"): 0,
       ("points", "elsewhere"): 0, ("returns", "chance"): 0, ("churn", "notice"): "seen"}


def is_used(study):
    return study.uses("points", "earn")


def check(study):
    for (table, key), value in off.items():
        if is_used(study) and study[table, key] != value:
            raise ValueError(f"{table}.{key} is not {value}: these programs know nothing else")


def added_up(density):
    """Mass up to each knot, by trapezoids, where the first is as good as nothing; of a mass of 1."""
    mass = np.concatenate([[0], np.cumsum(density[1:] + density[:-1])])
    return mass / mass[-1]


@functools.lru_cache(maxsize=8)
def gamma_law(shape):
    """Of log(rate / scale): knots, and the part of customers below each."""
    log = np.linspace(-36 / shape, math.log(shape + 12 * math.sqrt(shape) + 60), steps)
    return log, added_up(np.exp(shape * log - np.exp(log)))


@functools.lru_cache(maxsize=8)
def beta_law(a, b):
    """Of the log-odds of a chance: the part of customers below each knot, and knots."""
    log_odds = np.linspace(-36 / a, 36 / b, steps)
    return added_up(np.exp(a * log_odds - (a + b) * np.logaddexp(0, log_odds))), log_odds


def part_below(rate, law):
    """Which part of customers orders less often."""
    shape, mean = law["shape"], law["mean"]
    return np.interp(np.log(np.maximum(rate * shape / mean, 1e-300)), *gamma_law(shape))


def hazard_at(part, mean, a):
    """-log(1 - chance) at quantiles of the chance."""
    return np.logaddexp(0, np.interp(part, *beta_law(a, a * (1 - mean) / mean)))


def first_columns(study, rng, rate, sizes):
    """How readily customers redeem, which goes with how often they order, and how much rewards move them."""
    if not is_used(study):
        return {}
    table, ends = study.tables["redemption"], np.cumsum(sizes)
    parts = np.split(rate, ends[:-1])
    less_often = np.concatenate([part_below(part, study.law(group, "purchasing", "orders_per_month"))
                                 for group, part in enumerate(parts)])
    rho = table["goes_with_orders"]
    score = (rho * np.interp(less_often, below, scores) +
             math.sqrt(1 - rho**2) * rng.standard_normal(len(rate)))
    part = (np.interp(score, scores, below) - table["never"]) / (1 - table["never"])
    return {"redeeming": np.where(part > 0, hazard_at(part, table["mean"], table["shape"]), 0),
            "movable": 1 - study["program", "heavy_buyers"] * less_often,
            "pulled_to_reward": np.zeros(len(rate)), "rewarded_for": np.zeros(len(rate))}


class Points:
    def __init__(self, study):
        longest = max(study.lever(policy, "points", "points_valid").max() for policy in study.policies)
        self.lots = np.zeros((0, int(longest) + 1 if is_used(study) else 0), dtype=int)
        self.joined = np.zeros(0, dtype=int)

    def fork(self):
        return copy.copy(self)  # no column is changed in place

    def join(self, size):
        self.lots = np.concatenate([self.lots, np.zeros((size, self.lots.shape[1]), dtype=int)])
        self.joined = np.concatenate([self.joined, np.full(size, never)])

    def balance(self):
        return self.lots.sum(axis=1)

    def spend(self, amount):
        """What ends first is spent first: the sums up to each month of end lose the amount."""
        left = np.maximum(np.cumsum(self.lots, axis=1) - amount[:, None], 0)
        self.lots = np.diff(left, axis=1, prepend=0)

    def add(self, who, amount, valid):
        self.lots = self.lots.copy()
        self.lots[who, valid] += amount

    def end_month(self, is_gone):
        """What has expired, and what those who are gone forfeit of the rest."""
        expired = self.lots[:, 0]
        rest = np.concatenate([self.lots[:, 1:], np.zeros((len(self.lots), 1), dtype=int)], axis=1)
        self.lots = np.where(is_gone[:, None], 0, rest)
        return expired, rest.sum(axis=1) - self.balance()


def tiers_by_membership(p, who):
    """By rule `earned` with one tier of members and one of the others."""
    if len(p.study.own_tiers(p.policy)) != 2 or p.study.own_tiers(p.policy)[0].get("from", 0) > 0:
        raise ValueError(f"policy {p.policy}: these lives know one tier of members")
    return np.where(p.points.joined[who] < p.month, 0, 1)


def is_in(month):
    """Of whose tier one has to join, who did so before this month."""
    return (month.lever("membership", "join") == 1) | (month.p.points.joined[month.p.who] < month.month)


def pull(month):
    """What mean orders are multiplied by: more where a reward is near, a part of them only earlier, and after one."""
    p, table = month.p, month.study.tables["program"]
    blocks = p.points.balance()[p.who] / month.study["redemption", "block"]
    way = np.where(is_in(month) & (month.lever("points", "earn") > 0), blocks - np.floor(blocks), 0)
    attracted = np.exp(table["reward_pressure"] * p.movable * way**2)
    placed, p.pulled_to_reward = price.borrow(1, attracted, p.pulled_to_reward, table["reward_borrowed"],
                                              month.study["purchasing", "payback_rate"])
    is_rewarded = p.rewarded_for > 0
    p.rewarded_for = p.rewarded_for - is_rewarded
    return placed * np.exp(table["rewarded"] * p.movable * is_rewarded)


def enroll(month):
    """Each order of who is no member is a chance to join; members from the next month on."""
    ledger, who, join = month.p.points, month.p.who, month.lever("membership", "join")
    at_one_order = np.where(join < 1, -np.log1p(-np.where(join < 1, join, 0)), 0)
    hazard = month.orders * at_one_order * month.study["membership", "readiness"]
    joins = (ledger.joined[who] == never) & (month.rng.exponential(size=len(who)) < hazard)
    ledger.joined = ledger.joined.copy()
    ledger.joined[who[joins]] = month.month
    month.book("members", ledger.joined[who] < never)
    month.book("members_joined", joins)


def redeemed(month):
    """Of what was held before this month: all whole blocks of who buys, holds one and does redeem."""
    p, table = month.p, month.study.tables["redemption"]
    lots, block = p.points.lots[p.who], int(table["block"])
    held, ends_soon = lots.sum(axis=1), lots[:, :int(table["burn_months"])].sum(axis=1)
    may = (month.orders > 0) & (held >= block)
    some = np.where(may, held, block)
    hazard = (p.redeeming * (100 * month.study["points", "value"])**table["value_response"] *
              np.exp(table["burn"] * ends_soon / some) * (some / block)**table["balance_response"])
    redeems = may & (month.rng.exponential(size=len(held)) < hazard)
    return np.where(redeems, held // block * block, 0)


def earned(month, by_reward):
    """Whole points of each order that shows the card, of what is invoiced; or of that less what the reward pays, the
    first order first."""
    p, study, buyer = month.p, month.study, month.buyer
    amount = (p.value * month.growth * (1 - month.discount))[buyer] * month.factor
    if study["points", "base"] == "net_of_reward":
        upto, first = np.cumsum(amount), np.cumsum(np.bincount(buyer, amount, len(p.who)))
        before = upto - amount - np.concatenate([[0], first[:-1]])[buyer]
        amount = amount - np.clip(by_reward[buyer] - before, 0, amount)
    shown = month.rng.random(len(buyer)) < study["points", "recorded_share"]
    rate = np.broadcast_to(month.lever("points", "earn"), p.who.shape) * is_in(month)
    points = np.floor(np.rint(100 * amount) / 100 * rate[buyer] + 1e-9) * shown
    of_orders = np.bincount(buyer, points, len(p.who)).astype(int)
    is_new = (p.points.joined[p.who] == month.month - 1) & (month.lever("points", "earn") > 0)
    return of_orders + np.where(is_new, int(study["points", "entry_bonus"]), 0)


def keep_points(month):
    """The month's points, after its orders. What rewards cost, by customer."""
    p, study, table = month.p, month.study, month.study.tables["points"]
    ledger, cell_of, now = p.points, month.cell_of, month.month
    spent, is_gone = np.zeros(len(p.tier), dtype=int), np.ones(len(p.tier), dtype=bool)
    is_gone[p.who] = False
    spent[p.who] = wanted = redeemed(month)
    gained = earned(month, wanted * table["value"])
    ledger.spend(spent)
    ledger.add(p.who, gained, np.broadcast_to(month.lever("points", "points_valid"), p.who.shape).astype(int))
    expired, forfeited = ledger.end_month(is_gone)
    p.rewarded_for = np.where(wanted > 0, study["program", "rewarded_months"], p.rewarded_for)

    cost, worth = wanted * table["value"] * table["reward_cost"], wanted * table["value"]
    liability = ledger.balance() * table["value"] * table["reward_cost"] * table["open_redeemed"]
    is_member = (ledger.joined[p.who] < now) | (is_in(month) & (month.lever("points", "earn") > 0))
    for metric, column in (("points_earned", gained), ("points_redeemed", wanted), ("reward_cost", cost),
                           ("reward_value", worth), ("member_sales", month.revenue * is_member)):
        month.book(metric, column)
    for metric, column in (("points", ledger.balance()), ("points_expired", expired),
                           ("points_forfeited", forfeited), ("points_liability", liability)):
        month.counts.add(now, metric, cell_of, column)
    if now == study.months - 1:
        month.counts.add(now + 1, "points_of_horizon", cell_of, liability)
    return cost
