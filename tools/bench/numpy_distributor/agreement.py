# Whether two programs say the same: differences in standard errors, over draws that both live.
"""Both sides live the same draws: the values of uncertain parameters are read from the cube, people and luck are each
side's own. A comparison is a paired t over draws, so what the draws do to both alike cancels. Sums over the horizon
are held to 4 standard errors; everything finer (months, groups, tiers, moves, shares) to a Bonferroni bound."""
import math

import numpy as np

from . import engine, life

bound_of_sums = 4.0
of_float32 = 1e-6  # what rates are rounded to on the engine's side, and more
dust = 1e-9  # what sums and differences of float64 leave of nothing; no metric per customer is so small
chance_of_fine = 1e-3  # that a right program is refused by any of an arm's finer comparisons, at most

sums = ("customers", "left", "orders", "list_sales", "revenue", "discount_given", "late_deliveries", "defects",
        "expedite_cost", "care_cost", "satisfaction", "collected", "receivables", "invoices_settled", "invoices_late",
        "days_late", "overdue_1_30", "logistics_cost", "gross_margin", "contribution", "beyond_customers",
        "beyond_left", "beyond_contribution", "beyond_receivables", "beyond_receivables_of_horizon",
        "customers_new", "revenue_new", "acquisition_cost", "not_due", "defaulted", "defaulted_receivables",
        "written_off", "recovered", "claims", "beyond_defaulted", "beyond_collected", "beyond_defaulted_receivables",
        "beyond_written_off", "beyond_recovered", "beyond_claims", "beyond_claims_of_horizon",
        "beyond_losses_of_horizon", "held", "credited", "insurance_cost", "insured_losses", "beyond_credited",
        "rebate_accrued", "rebate_paid", "rebates_owed", "beyond_rebate_accrued", "beyond_rebate_paid",
        "beyond_rebates_owed", "beyond_rebates_of_horizon", "surcharges", "category_sales", "category_holders",
        "offers", "offer_cost", "promoted", "demoted", "points", "points_earned", "points_redeemed", "points_expired",
        "points_forfeited", "points_opening", "points_liability", "member_sales", "beyond_member_sales",
        "beyond_points_of_horizon", "reward_value", "reward_cost", "members", "members_joined")
shares = {"orders per customer-month": ("orders", "customers"), "churn per month": ("left", "customers"),
          "late deliveries": ("late_deliveries", "orders"), "defects": ("defects", "orders"),
          "satisfaction, points": ("satisfaction", "customers"), "revenue per order": ("revenue", "orders"),
          "discount over list": ("discount_given", "list_sales"), "margin over list": ("gross_margin", "list_sales"),
          "expediting per order": ("expedite_cost", "orders"), "care per customer": ("care_cost", "customers"),
          "logistics per order": ("logistics_cost", "orders"), "late invoices": ("invoices_late", "invoices_settled"),
          "days late of a late one": ("days_late", "invoices_late"), "collected over revenue": ("collected", "revenue"),
          "disputes of late ones": ("late_disputed", "invoices_late"),
          "administration of late ones": ("late_administrative", "invoices_late"),
          "receivables over revenue": ("receivables", "revenue"), "overdue over owed": ("overdue_1_30", "receivables"),
          "second month over first": ("overdue_31_60", "overdue_1_30"),
          "contribution over revenue": ("contribution", "revenue"),
          "beyond over within": ("beyond_contribution", "contribution"),
          "defaults per month": ("defaulted", "customers"),
          "frozen over owed": ("defaulted_receivables", "receivables"),
          "frozen per default": ("defaulted_receivables", "defaulted"),
          "written off over frozen": ("written_off", "defaulted_receivables"),
          "claims over frozen": ("claims", "defaulted_receivables"),
          "rebates over revenue": ("rebate_accrued", "revenue"),
          "surcharges per order": ("surcharges", "orders"),
          "category over list": ("category_sales", "list_sales"),
          "category of holders": ("category_sales", "category_holders"),
          "holders of customers": ("category_holders", "customers"),
          "offers per customer-month": ("offers", "customers"),
          "rebates paid over owed": ("rebate_paid", "rebates_owed"),
          "points per unit of member sales": ("points_earned", "member_sales"),
          "redeemed over earned": ("points_redeemed", "points_earned"),
          "expired over earned": ("points_expired", "points_earned"),
          "forfeited over earned": ("points_forfeited", "points_earned"),
          "held over redeemed": ("points", "points_redeemed"),
          "member sales over all": ("member_sales", "revenue"),
          "members of customers": ("members", "customers"),
          "losses over owed at the end": ("beyond_losses_of_horizon", "beyond_receivables_of_horizon")}


def chance_beyond(bound, freedom):
    """P(|t| > bound): with t = sqrt(freedom) tan(a), the density is proportional to cos(a)^(freedom - 1)."""
    angle = np.linspace(math.atan(bound / math.sqrt(freedom)), math.pi / 2, 20001)
    density = np.cos(angle)**(freedom - 1)
    tail = ((density[1:] + density[:-1]) / 2 * np.diff(angle)).sum()
    return 2 * tail * math.exp(math.lgamma((freedom + 1) / 2) - math.lgamma(freedom / 2)) / math.sqrt(math.pi)


def bonferroni_bound(comparisons, chance, freedom):
    low, high = 0.0, 1e6
    for _ in range(100):
        middle = (low + high) / 2
        low, high = (middle, high) if chance_beyond(middle, freedom) > chance / comparisons else (low, middle)
    return high


class Comparison:
    """One number of both sides: means over draws, the standard error of their difference, and how far apart."""

    def __init__(self, name, is_sum, engine_values, numpy_values):
        difference = engine_values - numpy_values
        self.name, self.is_sum = name, is_sum
        self.engine, self.numpy = engine_values.mean(), numpy_values.mean()
        self.error = difference.std(ddof=1) / math.sqrt(len(difference))
        apart = abs(difference.mean())
        exact = apart <= max(of_float32 * abs(self.engine), dust)
        self.z = 0.0 if exact else apart / self.error if self.error > 0 else math.inf
        self.is_same_number = exact and self.error <= of_float32 * abs(self.engine)

    def as_json(self):
        return {"name": self.name, "engine": self.engine, "numpy": self.numpy, "standard_error": self.error,
                "z": self.z}


def comparisons_of(ours, ours_flow, theirs, theirs_flow, tier_names, group_names):
    """Columns are [draw, month, tier, group]; flows [draw, month, from, to, group]."""
    base = 1.0 / np.maximum(ours["customers"][:, 0].sum(axis=(1, 2)).mean(), 1)

    def compare(name, value, is_sum=False):
        return Comparison(name, is_sum, value(ours, ours_flow), value(theirs, theirs_flow))

    for metric in filter(ours.__contains__, sums):
        yield compare(f"{metric} per customer", lambda c, _: base * c[metric].sum(axis=(1, 2, 3)), True)
    for name, (above, below) in shares.items():
        if not {above, below} <= set(ours):
            continue
        yield compare(name, lambda c, _: c[above].sum(axis=(1, 2, 3)) / np.maximum(c[below].sum(axis=(1, 2, 3)), 1e-9))
    last = ours["customers"].shape[1] - 1
    for metric in sorted(ours):
        for month in sorted({0, last // 3, 13, last} & set(range(last + 1))):
            yield compare(f"{metric}, month {month}", lambda c, _: base * c[metric][:, month].sum(axis=(1, 2)))
        for group, said in enumerate(group_names):
            yield compare(f"{metric}, {said}", lambda c, _: base * c[metric][..., group].sum(axis=(1, 2)))
        for tier, said in enumerate(tier_names if len(tier_names) > 1 else ()):
            yield compare(f"{metric}, tier {said}", lambda c, _: base * c[metric][:, :, tier].sum(axis=(1, 2)))
    for before, was in enumerate(tier_names):
        for after, becomes in enumerate(tier_names):
            yield compare(f"moves {was} -> {becomes}",
                          lambda _, flow: base * np.nan_to_num(flow[:, :, before, after]).sum(axis=(1, 2)))


def togetherness(ours, theirs):
    """Defaults of one month over those of another, within each future: only a climate makes them vary by more than
    Poisson counts do, from month to month slowly, and in both groups at once. No mean sees that."""

    def variance_over_mean(defaults):
        count = defaults.sum(axis=(2, 3))
        return np.log((count.var(axis=1, ddof=1) + 1) / (count.mean(axis=1) + 1))

    def from_month_to_month(defaults):
        count = defaults.sum(axis=(2, 3))
        return correlation(count[:, :-1], count[:, 1:])

    def of_groups(defaults):
        by_group = defaults.sum(axis=2)
        return correlation(by_group[..., 0], by_group[..., -1])

    for metric in ("defaulted", "beyond_defaulted"):
        for said, value in (("log of variance over mean", variance_over_mean), ("month to month", from_month_to_month),
                            ("first and last group", of_groups)):
            yield Comparison(f"{metric}, {said}", False, value(ours[metric]), value(theirs[metric]))


def eagerness(study, ours, theirs, tier_names):
    """Orders of a customer-month by tier: how many customers a tier has cancels, and what moves them is left. Of
    Januaries over other months: only who expects a rebate then by another rule than later differs."""
    january = (study.first_calendar_month - 1 + np.arange(study.months)) % 12 == 0

    def per_customer(columns, tier, months):
        orders, customers = (columns[name][:, months, tier].sum(axis=(1, 2)) for name in ("orders", "customers"))
        return orders / np.maximum(customers, 1e-9)

    for tier, said in enumerate(tier_names):
        yield Comparison(f"orders per customer-month, tier {said}", False,
                         *(per_customer(side, tier, slice(None)) for side in (ours, theirs)))
        if study.uses("rebate", "rebate") and january.any():
            yield Comparison(f"orders in Januaries over others, tier {said}", False,
                             *(per_customer(side, tier, january) / np.maximum(per_customer(side, tier, ~january), 1e-9)
                               for side in (ours, theirs)))


def owed_of_sales(ours, theirs, tier_names):
    """By tier: what one of them is not invoiced would be little of all sales."""
    for tier, said in enumerate(tier_names):
        for metric in filter(ours.__contains__, ("collected", "receivables")):
            yield Comparison(f"{metric} over revenue, tier {said}", False,
                             *(side[metric][:, :, tier].sum(axis=(1, 2)) /
                               np.maximum(side["revenue"][:, :, tier].sum(axis=(1, 2)), 1e-9)
                               for side in (ours, theirs)))


def correlation(some, others):
    """Of columns [future, month], for each future; 0 where one does not vary."""
    some, others = (column - column.mean(axis=1, keepdims=True) for column in (some, others))
    below = np.sqrt((some**2).sum(axis=1) * (others**2).sum(axis=1))
    return (some * others).sum(axis=1) / np.maximum(below, 1e-9)


def who_has_more(cube, scenario, policy, lasts, group_names):
    """Shares of the last month's customers who have at least so much, at edges of the cube's bins near some quantiles:
    these see spreads, which sums do not."""
    for name in ("net_sales", "contribution", "satisfaction"):
        bins, least = engine.histogram(cube, scenario, policy, name)
        for group, said in enumerate(group_names):
            upto = np.cumsum(bins[:, group].sum(axis=0))
            above = bins[:, group, ::-1].cumsum(axis=1)[:, ::-1]
            for quantile in (0.02, 0.1, 0.5, 0.9, 0.98):
                edge = min(int(np.searchsorted(upto, quantile * upto[-1])) + 1, len(least) - 1)
                theirs = np.array([(last[name][group] >= least[edge]).mean() for last in lasts])
                yield Comparison(f"{name} above its {quantile:g} quantile, {said}", False,
                                 above[:, edge] / np.maximum(above[:, 0], 1), theirs)


class Verdict:
    """What an arm's comparisons come to."""

    def __init__(self, scenario, policy, comparisons, draws):
        self.scenario, self.policy, self.draws = scenario, policy, draws
        self.all = [c for c in comparisons if not c.is_same_number]
        self.same_numbers = len(comparisons) - len(self.all)
        self.sums = [c for c in self.all if c.is_sum]
        self.fine = [c for c in self.all if not c.is_sum]
        self.fine_bound = bonferroni_bound(len(self.fine), chance_of_fine, draws - 1)
        self.refused = [c for c in self.all if not c.z <= (bound_of_sums if c.is_sum else self.fine_bound)]
        self.worst_sum, self.worst_fine = (max(part, key=lambda c: c.z) for part in (self.sums, self.fine))
        self.chance_refused = len(self.sums) * chance_beyond(bound_of_sums, draws - 1) + chance_of_fine

    def visible(self):
        """What is refused: by how much of itself a sum must be off, and a share; medians."""
        sums = [bound_of_sums * c.error / abs(c.engine) for c in self.sums]
        finer = [self.fine_bound * c.error / abs(c.engine) for c in self.fine if c.name in shares]
        return float(np.median(sums)), float(np.median(finer))

    def as_json(self):
        return {"scenario": self.scenario, "policy": self.policy, "agrees": not self.refused,
                "z_max": self.worst_sum.z, "bound": bound_of_sums, "sums": len(self.sums),
                "least_seen_of_sums": self.visible()[0], "z_max_fine": self.worst_fine.z,
                "bound_fine": self.fine_bound, "fine": len(self.fine),
                "same_numbers": self.same_numbers, "chance_a_right_program_is_refused": self.chance_refused,
                "comparisons": [c.as_json() for c in self.all if c.is_sum or c.name in shares],
                "refused": [c.as_json() for c in self.refused]}


def live_draws(study, scenarios, policies, parameters, values, seed, planted):
    """NumPy's side: a world per draw, whatever is planted in it.
    {(scenario, policy): ({metric: [draw, ...]}, flow, last months)}."""
    worlds = []
    for draw, luck in enumerate(np.random.SeedSequence(seed).spawn(values.shape[1])):
        drawn = study.but(dict(zip(parameters, map(float, values[:, draw]))) | planted)
        worlds.append(life.live(drawn, scenarios, policies, np.random.Generator(np.random.PCG64(luck)))[0])
    return {arm: ({name: np.stack([world[arm].metrics[name] for world in worlds]) for name in worlds[0][arm].metrics},
                  np.stack([world[arm].flow for world in worlds]), [world[arm].last for world in worlds])
            for arm in worlds[0]}


def verdicts(study, cube, scenarios, policies, seed, planted={}):
    """Lives the cube's draws and compares arm by arm. What the study leaves off, and counts nothing, NumPy may lack."""
    parameters = [name.decode() for name in cube["parameter"][:]]
    lived = live_draws(study, scenarios, policies, parameters, cube["parameter_value"][:], seed, planted)
    groups = [group["name"] for group in study.groups]
    for (scenario, policy), (theirs, theirs_flow, lasts) in lived.items():
        names = [tier["name"] for tier in study.tiers(policy)]
        ours, ours_flow = engine.outcome(cube, scenario, policy, len(names))
        ours = {name: np.nan_to_num(column) for name, column in ours.items()}
        ours.pop("arrivals", None)
        used = {name for side in (ours, theirs) for name, column in side.items() if column.any()}
        missing = used - set(ours) | used - set(theirs)
        if missing:
            raise RuntimeError(f"only one side has {', '.join(sorted(missing))}")
        ours, theirs = ({name: side[name] for name in used} for side in (ours, theirs))
        found = list(comparisons_of(ours, ours_flow, theirs, theirs_flow, names, groups))
        found += eagerness(study, ours, theirs, names)
        found += owed_of_sales(ours, theirs, names)
        found += togetherness(ours, theirs)
        found += who_has_more(cube, scenario, policy, lasts, groups)
        yield Verdict(scenario, policy, found, len(theirs_flow))


def drawn_fairly(study, cube):
    """Uncertain parameters against their laws: two z values each, of the mean and of the spread of F(value), which is
    uniform. {name: (z, z)}."""
    result = {}
    for name, values in zip(cube["parameter"][:], cube["parameter_value"][:]):
        law = study.uncertain[name.decode()]
        if law["dist"] == "normal":
            u = np.array([0.5 * math.erfc((law["mean"] - value) / law["sd"] / math.sqrt(2)) for value in values])
        elif law["dist"] == "lognormal":
            middle = math.log(law["mean"]) - law["sd_log"] ** 2 / 2
            scale = law["sd_log"] * math.sqrt(2)
            u = np.array([0.5 * math.erfc((middle - math.log(value)) / scale) for value in values])
        else:
            u = (values - law["low"]) / (law["high"] - law["low"])
        u -= 0.5
        n = len(u)
        result[name.decode()] = (float(u.mean() * math.sqrt(12 * n)),
                                 float(((u**2).mean() - 1 / 12) * math.sqrt(180 * n)))
    return result
