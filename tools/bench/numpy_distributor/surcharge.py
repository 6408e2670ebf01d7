# A surcharge per kilometer on each order from far away: to customers a price above the list's.
import numpy as np

from . import price


def of_order(study, distance, per_km):
    return per_km * np.maximum(distance - study["surcharge", "surcharge_from"], 0)


def log_price(study, p, charged):
    """Over the price without a surcharge, as customers feel it."""
    return np.log1p(study["surcharge", "surcharge_salience"] * charged / p.value)


def effect(study, p, x):
    """What mean orders are multiplied by at such a price; what customers take for usual moves on."""
    found = price.effect(study, p.elasticity, x, p.usual_surcharge)
    p.usual_surcharge = price.next_usual(study, p.usual_surcharge, x)
    return found
