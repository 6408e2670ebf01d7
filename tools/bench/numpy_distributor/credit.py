# Who defaults, together with everybody else of a future, and what becomes of it: claims, insurance, holds.
"""Hazards multiply, each factor with a mean of 1. Leavers who may owe something are kept apart: they default too."""
import statistics

import numpy as np

normal = statistics.NormalDist()
months_of_climate = 36


def climate(study, rng):
    """What the climate of credit multiplies the hazard of default by: {month: a column of groups}. One index for all
    customers, PD(z) over PD of a year by Vasicek's formula."""
    memory, rho = study["credit", "climate_memory"], study["credit", "climate_correlation"]
    first, last = -study.warmup, study.months + study.closed
    weights = memory ** np.arange(months_of_climate)
    shocks = rng.standard_normal(last - first + months_of_climate - 1)
    index = np.convolve(shocks, weights / np.sqrt((weights**2).sum()), mode="valid")
    factors = np.ones((len(study.groups), len(index)))
    for group in range(len(study.groups)):
        yearly = 1 - (1 - study.law(group, "credit", "default_chance")["mean"])**12
        if rho > 0 and 0 < yearly < 1:
            bad = (normal.inv_cdf(yearly) - np.sqrt(rho) * index) / np.sqrt(1 - rho)
            factors[group] = [normal.cdf(x) / yearly for x in bad]
    return dict(zip(range(first, last), factors.T))


def with_late(study, chance, group, slope):
    """What goes with a customer's chance of paying late: 1 on average."""
    means = np.array([study.law(g, "payment", "late_chance")["mean"] for g in range(len(study.groups))])
    return 1 - slope + slope * np.minimum(chance / means[group], 10)


def hazards(study, default_chance, late_chance, group):
    """Of default, in a month of average liquidity and climate."""
    usual = -np.log1p(-np.minimum(default_chance, 0.999999))
    return usual * with_late(study, late_chance, group, study["credit", "default_goes_with_late"])


def of_month(study, hazard, liquidity, of_climate, driver, terms):
    """Hazards of a month, by the liquidity of the month before."""
    effect = study["credit", "stress_effect"]
    longer = (terms - study["payment", "reference_terms"]) / 30
    return (hazard * np.exp(effect * liquidity - effect**2 / 2 + study["credit", "default_by_terms"] * longer) *
            of_climate * driver)


def insured(share, driver):
    return np.minimum(share * driver, 1)


def claimed(study, insured_part):
    """The share of what is frozen that is expected to come in: from the estate, and of the loss from the insurer."""
    loss = study["credit", "loss_given_default"]
    return 1 - loss + loss * study["credit", "insurance_covers"] * insured_part


longest_hold = 90  # days


def least_age(hold_after_days):
    """Months overdue from which on nothing is delivered, infinite for no hold."""
    return np.where(hold_after_days <= longest_hold, np.maximum(np.ceil(hold_after_days / 30), 1), np.inf)


def prompted(study, days_late, hold_days):
    """Who waits for deliveries saves a part of the days beyond the hold's by paying."""
    beyond = np.maximum(days_late - hold_days, 0)
    return days_late - study["credit", "hold_prompts"] * beyond


def effect_of_terms(study, terms, elasticity):
    """On a log: the first days of longer terms bring the most, shorter ones go on as the first day does."""
    saturation = study["payment", "terms_saturation"]
    longer = (terms - study["payment", "reference_terms"]) / 30
    bent = (1 - np.exp(-saturation * longer)) / saturation if saturation > 0 else longer
    return study["payment", elasticity] * np.where(longer > 0, bent, longer)


class Gone:
    """Those who have left and may still owe something."""

    columns = ("who", "default_hazard", "liquidity")

    def __init__(self):
        self.who, self.default_hazard, self.liquidity = np.zeros(0, dtype=int), np.zeros(0), np.zeros(0)

    def with_leavers(self, p, leave, owed):
        """The same with this month's leavers, and without those who owe no more than floats leave behind."""
        other = Gone()
        for name in self.columns:
            setattr(other, name, np.concatenate([getattr(self, name), getattr(p, name)[leave]]))
        owes = owed[other.who] > 0.005
        for name in self.columns:
            setattr(other, name, getattr(other, name)[owes])
        return other


class Claims:
    """What is expected from those who defaulted, by number, and in which month it comes in."""

    def __init__(self, size):
        self.open, self.due = np.zeros(size), {}

    def fork(self):
        other = Claims(0)
        other.open, other.due = self.open, {month: list(parts) for month, parts in self.due.items()}
        return other

    def add(self, month, number, amount):
        self.open = self.open.copy()
        self.open[number] += amount
        self.due.setdefault(month, []).append((number, amount))

    def come_in(self, month):
        recovered = self.due_in(month)
        self.due.pop(month, None)
        self.open = self.open - recovered
        return recovered

    def due_in(self, month):
        amounts = np.zeros(len(self.open))
        for number, amount in self.due.get(month, []):
            amounts[number] += amount
        return amounts

    def stay_open(self, month, cell_of, counts):
        """Where the horizon ends: claims are open until they come in."""
        rest = self.open.copy()
        for after in range(1, counts.closed + 1):
            rest = rest - self.due_in(month + after)
            counts.add(month + after, "claims_of_horizon", cell_of, rest)
