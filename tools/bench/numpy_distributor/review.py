# Reviews: who is in which tier by what the last months show.
import numpy as np

from . import program

quantum = 0.01  # of money


def sales_of_look_back(p, look_back, reviewed):
    """Net sales of the past months in whole quanta, brought to the look-back's length where somebody has fewer: this
    times the months that there are, and those months."""
    months = np.minimum(look_back, p.month - p.born[reviewed])
    who = p.who[reviewed]
    past = [p.sales[month][who] for month in range(p.month - look_back, p.month) if month in p.sales]
    return sum(past) * look_back, months


def tiers_by_spend(tiers, score, months):
    least = np.array([int(np.ceil(round(tier["from"] / quantum, 6))) for tier in tiers[:-1]])
    return (score[:, None] < least * months[:, None]).sum(axis=1)


def tiers_by_rank(tiers, score):
    """The cut below a tier stands at floor(cumulative share x customers + 1/2)."""
    given = sum(tier.get("share", 0) for tier in tiers)
    cuts = np.floor(np.cumsum([tier.get("share", 1 - given) for tier in tiers[:-1]]) * len(score) + 0.5).astype(int)
    by_sales = np.argsort(-score)
    tier = np.empty(len(score), dtype=int)
    tier[by_sales] = np.searchsorted(cuts, np.arange(len(score)), side="right")
    return tier


def ways(starts, visible):
    """From where to where customers of each tier see themselves on the way: from the nearest visible tier's start at or
    below their own, or from 0, to the nearest above; to 0 where there is none."""
    tiers = range(len(starts))
    begins = [max((starts[k] for k in tiers if k >= tier and visible[k]), default=0) for tier in tiers]
    ends = [min((starts[k] for k in tiers if k < tier and visible[k]), default=0) for tier in tiers]
    return np.array(begins), np.array(ends)


def progress(p):
    """Which part of the way to the next better tier that it can see a customer has spent, by the past months: 0 where
    ranks decide, and for who has spent enough for another tier already."""
    rule, tiers = p.study.policies[p.policy]["segmentation"], p.study.own_tiers(p.policy)
    if rule == "everyone" or rule["rule"] != "spend" or p.month == -p.study.warmup:
        return np.zeros(len(p.who))
    starts = [tier.get("from", 0) / quantum for tier in tiers]
    sales, months = sales_of_look_back(p, rule["look_back"], slice(None))
    spend, tier = sales / np.maximum(months, 1), p.tier[p.who]
    lives_by_it = tier < len(tiers)  # and not by the policy before
    begins, ends = (column[np.where(lives_by_it, tier, 0)]
                    for column in ways(starts, p.study.lever(p.policy, "moves", "visible")))
    is_on_way = lives_by_it & (begins < spend) & (spend < ends)
    return np.where(is_on_way, (spend - begins) / np.where(is_on_way, ends - begins, 1), 0)


def review(p, counts):
    """One tier for all is given once; else reviews fall on multiples of their interval, and month 0 has one; each step
    of a roll-out is one more. Who came this month is not reviewed, nor is who is not reached."""
    rule, reached = p.study.policies[p.policy]["segmentation"], p.is_reached()[p.who]
    p.moved = np.zeros(len(p.tier), dtype=int)
    present = (p.born < p.month) | (p.born == -p.study.warmup)
    if p.month == 0:  # under a baseline of one tier
        move(p, counts, p.who[present & ~reached], len(p.study.own_tiers(p.policy)))
    if p.study.reaches_more(p.policy, p.month):
        meet_the_gone(p)
    reviewed = present & reached
    who, more = p.who[reviewed], p.study.reaches_more(p.policy, p.month)
    if rule == "everyone":
        if p.month != 0 and not more:
            return
        tier = np.zeros(len(who), dtype=int)
    elif rule["rule"] == "earned":
        tier = program.tiers_by_membership(p, who)
    else:
        if p.month % rule["review_every"] and not more:
            return
        tier = np.minimum(p.tier[who], p.entry(p.policy))
        if p.month > -p.study.warmup and len(who) > 0:
            score, months = sales_of_look_back(p, rule["look_back"], reviewed)
            tiers = p.study.own_tiers(p.policy)
            tier = (tiers_by_rank(tiers, score / months) if rule["rule"] == "rank" else
                    tiers_by_spend(tiers, score, months))
    move(p, counts, who, tier)


def meet_the_gone(p):
    """Whom a policy reaches after they have gone are in its tier of entry, with what they still owe."""
    moves = p.is_reached() & (p.tier >= len(p.study.own_tiers(p.policy)))
    moves[p.who] = False
    p.tier = np.where(moves, p.entry(p.policy), p.tier)


def move(p, counts, who, tier):
    tier = np.broadcast_to(tier, len(who))
    if 0 <= p.month < p.study.months:
        np.add.at(counts.flow[p.month], (p.tier[who], tier, p.group[who]), 1)
    own = len(p.study.own_tiers(p.policy))
    if p.month != 0 or p.policy == p.study.baseline:  # who comes from another policy is not moved by this one
        p.moved[who] = np.where((p.tier[who] < own) & (tier < own), np.sign(p.tier[who] - tier), 0)
    p.tier = p.tier.copy()
    p.tier[who] = tier
