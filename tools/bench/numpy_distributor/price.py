# What a price does to orders: a lasting response, one to what is usual, orders that are borrowed, and competitors.
"""x = log(1 - discount). Balances of borrowed orders, usual prices and months of discount are columns of customers."""
import numpy as np


def elasticities(study, rng, size):
    """Of each customer: lognormal, with the stated mean."""
    spread = study["purchasing", "elasticity_spread"]
    return study["purchasing", "elasticity"] * rng.lognormal(-0.5 * spread**2, spread, size)


def effect(study, elasticity, x, usual, matched=0):
    """What mean orders are multiplied by at the log x of a price, where `usual` is that of what customers know."""
    table, above = study.tables["purchasing"], x - usual
    reference = np.where(above > 0, table["reference_loss"], table["reference_gain"])
    return np.exp(elasticity * ((1 - matched) * x + reference * above))


def next_usual(study, usual, x):
    memory = study["purchasing", "reference_memory"]
    return memory * usual + (1 - memory) * x


def borrow(usual, attracted, balance, share, payback_rate):
    """Orders, of which some have come before, and the balance of those that are only earlier."""
    paid_back = np.minimum(payback_rate * balance, attracted)
    return attracted - paid_back, balance - paid_back + share * (attracted - usual)


def orders(study, p, usual, discount):
    """Mean orders at a discount, of the usual ones; what customers remember of prices moves on."""
    table = study.tables["purchasing"]
    x = np.log1p(-discount)
    matched = np.where(p.discounted >= table["matched_after"], table["competitor_matches"], 0)
    attracted = usual * effect(study, p.elasticity, x, p.usual_price, matched)
    placed, p.borrowed = borrow(usual, attracted, p.borrowed, table["borrowed_share"], table["payback_rate"])
    p.usual_price = next_usual(study, p.usual_price, x)
    p.discounted = np.where(np.broadcast_to(discount, usual.shape) > 0, p.discounted + 1, 0)
    return placed
