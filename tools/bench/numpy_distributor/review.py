# Reviews: who is in which tier by what the last months show.
import numpy as np

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


def review(p, counts):
    """One tier for all is given once; else reviews fall on multiples of their interval, and month 0 has one. Who came
    this month is not reviewed."""
    rule = p.study.policies[p.policy]["segmentation"]
    reviewed = (p.born < p.month) | (p.born == -p.study.warmup)
    who = p.who[reviewed]
    if rule == "everyone":
        if p.month != 0:
            return
        tier = np.zeros(len(who), dtype=int)
    else:
        if p.month % rule["review_every"]:
            return
        tier = p.tier[who]
        if p.month > -p.study.warmup:
            score, months = sales_of_look_back(p, rule["look_back"], reviewed)
            tiers = p.study.tiers(p.policy)
            tier = (tiers_by_rank(tiers, score / months) if rule["rule"] == "rank" else
                    tiers_by_spend(tiers, score, months))
    if 0 <= p.month < p.study.months:
        np.add.at(counts.flow[p.month], (p.tier[who], tier, p.group[who]), 1)
    p.tier = p.tier.copy()
    p.tier[who] = tier
