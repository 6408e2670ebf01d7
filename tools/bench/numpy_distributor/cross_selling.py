# One further category of goods: who could use it, who holds it, who is offered it, and what it does to an order.
"""Where nobody is offered it as many take it as drop it, so that a stated share of those who could use it hold it."""
import numpy as np


def is_sold(study):
    return study["cross_selling", "held_share"] > 0 or study.uses("cross_selling", "offers")


def first_columns(study, rng, size):
    """Who could use it, and who of them holds it already."""
    table = study.tables["cross_selling"]
    could_use = rng.random(size) < table["useful_to"]
    return {"could_use": could_use, "holds": could_use & (rng.random(size) < table["held_share"])}


def offered(rng, holds, chance):
    """Offers go to who does not hold it, whether it is of use or not."""
    return ~holds & (rng.random(len(holds)) < chance)


def hold(study, rng, p, offers):
    """Who holds it next: an offer is one more chance to take it, beside that of who takes it unasked."""
    table = study.tables["cross_selling"]
    unasked = table["dropped"] * table["held_share"] / (1 - table["held_share"])
    refuses = (1 - unasked) * np.where(offers, 1 - table["uptake"], 1)
    luck = rng.random(len(p.holds))
    p.holds = np.where(p.holds, luck >= table["dropped"], p.could_use & (luck >= refuses))


def growth(study, holds):
    """Of an order at list price over one of usual goods, some of which the category replaces."""
    table = study.tables["cross_selling"]
    return 1 + holds * table["size"] * (1 - table["taken_share"])
