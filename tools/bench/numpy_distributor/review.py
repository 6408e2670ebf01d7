# Reviews: who is in which tier by what the last months show.
import numpy as np

quantum = 0.01  # of money


def sales_of_look_back(p, look_back):
    """Net sales of the past months in whole quanta, brought to the look-back's length where fewer are there: this times
    the months that there are."""
    months = min(look_back, p.month + p.study.warmup)
    return sum(p.sales[p.month - back][p.who] for back in range(1, months + 1)) * look_back, months


def tiers_by_spend(tiers, score, months):
    least = np.array([int(np.ceil(round(tier["from"] / quantum, 6))) for tier in tiers[:-1]])
    return (score[:, None] < least * months).sum(axis=1)


def tiers_by_rank(tiers, score):
    """The cut below a tier stands at floor(cumulative share x customers + 1/2)."""
    given = sum(tier.get("share", 0) for tier in tiers)
    cuts = np.floor(np.cumsum([tier.get("share", 1 - given) for tier in tiers[:-1]]) * len(score) + 0.5).astype(int)
    by_sales = np.argsort(-score)
    tier = np.empty(len(score), dtype=int)
    tier[by_sales] = np.searchsorted(cuts, np.arange(len(score)), side="right")
    return tier


def review(p, counts):
    """One tier for all is given once; else reviews fall on multiples of their interval, and month 0 has one."""
    rule = p.study.policies[p.policy]["segmentation"]
    if rule == "everyone":
        if p.month != 0:
            return
        tier = np.zeros(len(p.who), dtype=int)
    else:
        if p.month % rule["review_every"]:
            return
        tier = p.tier[p.who]
        if p.month > -p.study.warmup:
            score, months = sales_of_look_back(p, rule["look_back"])
            tiers = p.study.tiers(p.policy)
            tier = tiers_by_rank(tiers, score) if rule["rule"] == "rank" else tiers_by_spend(tiers, score, months)
    if 0 <= p.month < p.study.months:
        np.add.at(counts.flow[p.month], (p.tier[p.who], tier, p.group[p.who]), 1)
    p.tier = p.tier.copy()
    p.tier[p.who] = tier
