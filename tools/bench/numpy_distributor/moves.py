# Moves by reviews, where customers see them: they please or displease at once, and move orders for a while.
"""A move is felt where the tier that is left or the one that is reached is visible."""
import numpy as np

from . import goal, review


def felt(p, visible):
    """1 for a better tier, -1 for a worse one, 0 for none that is seen; by customer."""
    move = np.where((visible > 0) | (p.visible_before > 0), p.moved[p.who], 0)
    p.visible_before = np.broadcast_to(visible, move.shape)
    return move


def by_move(study, move, of_what):
    return np.where(move > 0, study["moves", f"promotion_{of_what}"],
                    np.where(move < 0, study["moves", f"demotion_{of_what}"], 0))


def effect(study, p, move):
    """What mean orders are multiplied by: half of it is over after fade_months."""
    p.moved_rate = p.moved_rate * 0.5**(1 / study["moves", "fade_months"]) + by_move(study, move, "rate")
    return np.exp(p.moved_rate)


def near_cut(study, p):
    """The same by the cut of the next better tier that is visible."""
    found, p.pulled_to_tier = goal.orders(study, review.progress(p), p.pulled_to_tier)
    return found
