# What a price does to orders: a lasting response, one to what is usual, orders that are borrowed, and competitors.
"""x = log(1 - discount). Balances of borrowed orders, usual prices and months of discount are columns of customers."""
import numpy as np


def elasticities(study, rng, size):
    """Of each customer: lognormal, with the stated mean."""
    spread = study["purchasing", "elasticity_spread"]
    return study["purchasing", "elasticity"] * rng.lognormal(-0.5 * spread**2, spread, size)


def orders(study, p, usual, discount):
    """Mean orders at a discount, of the usual ones; what customers remember of prices moves on."""
    table = study.tables["purchasing"]
    x = np.log1p(-discount)
    above = x - p.usual_price
    matched = np.where(p.discounted >= table["matched_after"], table["competitor_matches"], 0)
    reference = np.where(above > 0, table["reference_loss"], table["reference_gain"])
    attracted = usual * np.exp(p.elasticity * ((1 - matched) * x + reference * above))
    paid_back = np.minimum(table["payback_rate"] * p.borrowed, attracted)
    p.borrowed = p.borrowed - paid_back + table["borrowed_share"] * (attracted - usual)
    p.usual_price = table["reference_memory"] * p.usual_price + (1 - table["reference_memory"]) * x
    p.discounted = np.where(np.broadcast_to(discount, usual.shape) > 0, p.discounted + 1, 0)
    return attracted - paid_back
