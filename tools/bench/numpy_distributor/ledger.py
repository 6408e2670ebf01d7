# Invoices: when each is paid and why late, what customers owe, and how old that is.
"""An invoice is filed under the month in which it settles, so that a month looks at what it settles and nothing else.
Those that are open past their due date at some month's end, one in ten, are gone through every month."""
import math

import numpy as np

most_months_open = 23
on_time, administration, liquidity, dispute = range(4)
ages = ("overdue_1_30", "overdue_31_60", "overdue_61_90", "overdue_over_90")


class Ledger:
    def __init__(self, study, size):
        self.study = study
        self.owed = np.zeros(size)
        self.settling = {}  # by month: a list of (who, amount, days late, reason)
        self.overdue = [np.zeros(0, dtype=kind) for kind in (int, float, int, int)]  # who, amount, due, settles
        self.at_limit = []

    def fork(self):
        other = Ledger(self.study, 0)
        other.owed, other.overdue, other.at_limit = self.owed, self.overdue, []
        other.settling = {month: list(parts) for month, parts in self.settling.items()}
        return other

    def invoice(self, month, who, buyer, amount, payer, terms, driver, rng):
        """Dates the month's invoices and files them. Of each customer `payer` has the odds of being late without a
        dispute, how much longer it is late than stated, and how many days early it pays at most."""
        p = self.study.tables["payment"]
        odds, longer, early = payer
        size = len(buyer)
        disputed = rng.random(size) < p["dispute_chance"] * driver["disputes"]
        chances = np.stack([o / (1 + o) for o in (odds, odds * np.exp(p["dispute_effect"]))], axis=1)
        late = np.flatnonzero(rng.random(size) < chances.ravel()[2 * buyer + disputed])
        due = 30 * rng.random(size)  # the day of issue, for now
        terms_of = terms if np.ndim(terms) == 0 else terms[buyer]
        settled = due + np.maximum(terms_of - early[buyer] * rng.random(size), 0)
        due += terms_of

        is_disputed = disputed[late]
        days = self.scale() * driver["days_late"] * rng.weibull(p["days_late"]["shape"], len(late))
        days *= np.where(is_disputed, p["disputed_days_factor"], 1) * longer[buyer[late]]
        settled[late] = due[late] + days
        really = days > 0  # one paid on its due day is not late
        late, days, is_disputed = late[really], days[really], is_disputed[really]
        wants_money = rng.random(len(late)) < p["liquidity_share"]
        reason = np.full(size, on_time, dtype=np.int8)
        reason[late] = np.where(is_disputed, dispute, np.where(wants_money, liquidity, administration))
        days_late = np.zeros(size)
        days_late[late] = np.maximum(np.rint(8 * days), 1) / 8  # booked in eighths of a day, one at least

        lag = (settled / 30).astype(np.int16)
        self.at_limit = who[buyer[lag > most_months_open]]
        lag = np.minimum(lag, most_months_open).astype(np.int8)
        number = who[buyer]
        for months in np.flatnonzero(np.bincount(lag)):
            now = np.flatnonzero(lag == months)
            part = number[now], amount[now], days_late[now], reason[now]
            self.settling.setdefault(month + months, []).append(part)
        due_lag = (due[late] / 30).astype(int)
        old = lag[late] > due_lag
        at = late[old]
        new = number[at], amount[at], month + due_lag[old], month + lag[at].astype(int)
        self.overdue = [np.concatenate(pair) for pair in zip(self.overdue, new)]

    def scale(self):
        """Of the Weibull law with the stated mean."""
        law = self.study.tables["payment"]["days_late"]
        return law["mean"] / math.gamma(1 + 1 / law["shape"])

    def settle(self, month, who, revenue, cell_of, counts):
        """What is due by now is paid, also by who has left; what stays open is owed, and part of it is overdue."""
        parts = self.settling.pop(month, None) or [(np.zeros(0, int), np.zeros(0), np.zeros(0), np.zeros(0, np.int8))]
        number, amount, days, reason = (np.concatenate(column) for column in zip(*parts))
        collected = np.bincount(number, amount, len(cell_of))
        self.owed = self.owed - collected
        self.owed[who] += revenue
        still = self.overdue[3] > month
        self.overdue = [column[still] for column in self.overdue]
        if month < 0:
            return
        cell = cell_of[number]
        late = np.flatnonzero(reason)
        cell_late, why = cell[late], reason[late]
        counts.add(month, "collected", cell_of, collected)
        counts.add(month, "receivables", cell_of, self.owed)
        counts.add(month, "invoices_settled", cell)
        counts.add(month, "invoices_late", cell_late)
        counts.add(month, "days_late", cell_late, days[late])
        counts.add(month, "late_administrative", cell_late[why == administration])
        counts.add(month, "late_liquidity", cell_late[why == liquidity])
        counts.add(month, "late_disputed", cell_late[why == dispute])
        counts.add(month, "settled_at_limit", cell_of[self.at_limit])
        owing, owes, due, _ = self.overdue
        age = np.minimum(month - due, 3)  # what falls due later than now has a negative one
        for months, name in enumerate(ages):
            of_age = age == months
            counts.add(month, name, cell_of[owing[of_age]], owes[of_age])

    def open(self, month, cell_of, counts):
        """What the months before month 0 have left."""
        if month == 0:
            counts.add(0, "receivables_opening", cell_of, self.owed)

    def settle_what_is_open(self, month, cell_of, counts):
        """Where the horizon ends: what is open is owed until the months in which it settles."""
        owed = self.owed.copy()
        for after in range(1, most_months_open + 1):
            for number, amount, *_ in self.settling.get(month + after, []):
                owed -= np.bincount(number, amount, len(owed))
            counts.add(month + after, "receivables_of_horizon", cell_of, owed)
