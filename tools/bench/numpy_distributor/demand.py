# How many orders are to be expected in a month: all that acts on a customer's rate, then prices, then holds.
import numpy as np

from . import credit, goal, moves, price, program, surcharge


def expected(month):
    """Mean orders of each customer. What customers remember of it moves on."""
    p, study = month.p, month.study
    mean = usual(month) * (study["purchasing", "season"][month.month_of_year()] * month.driver["demand"])
    if study.uses("purchasing", "discount"):
        mean = price.orders(study, p, mean, month.discount)
    return after_holds(month, mean * month.share)


def usual(month):
    """Before season, drivers and discounts."""
    p, study = month.p, month.study
    of_terms = credit.effect_of_terms(study, month.terms, "terms_elasticity")
    mean = p.rate * np.exp(study["purchasing", "satisfaction_effect"] * p.gap + of_terms * p.response)
    if study.uses("rebate", "rebate"):
        mean = mean * effect_of_rebate(month)
    if program.is_used(study):
        mean = mean * program.pull(month)
    if study.uses("surcharge", "surcharge"):
        mean = mean * surcharge.effect(study, p, month.log_surcharge)
    if month.moved is not None:
        mean = mean * moves.effect(study, p, month.moved) * moves.near_cut(study, p)
    return mean


def effect_of_rebate(month):
    """Who is on the way to a rebate orders as at a discount that weighs less, and more where the amount is near."""
    p, study, months = month.p, month.study, month.month_of_year()
    least = study["rebate", "rebate_from"]
    weighed = np.log1p(-study["rebate", "rebate_salience"] * month.rebate)
    progress = p.rebates.progress(p.who, months, least, month.rebate)
    near_amount, p.pulled_to_rebate = goal.orders(study, progress, p.pulled_to_rebate)
    return np.where(p.rebates.expected_by(p.who, months, least), np.exp(p.elasticity * weighed), 1) * near_amount


def after_holds(month, mean):
    """Orders wait while nothing is delivered, and come with those of the month in which that ends."""
    p = month.p
    if month.held is None:
        return mean
    mean = mean + p.waiting
    p.waiting = np.where(month.held, month.study["credit", "held_orders_wait"] * mean, 0)
    return np.where(month.held, 0, mean)
