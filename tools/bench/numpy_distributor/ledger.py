# Invoices: when each is paid and why late, what customers owe, and how old that is.
"""An invoice is filed under the month in which it settles, so that a month looks at what it settles and nothing else.
Those that are open past their due date at some month's end, one in ten, are gone through every month. Who has failed
never owes anything new, so that its number tells which invoices nobody will pay."""
import math

import numpy as np

from . import credit

most_months_open = 23
on_time, administration, liquidity, dispute = range(4)
ages = ("overdue_1_30", "overdue_31_60", "overdue_61_90", "overdue_over_90")
ages_of_failing = ("defaulted_1_30", "defaulted_31_60", "defaulted_61_90", "defaulted_over_90")


class Ledger:
    def __init__(self, study, size):
        self.study = study
        self.owed, self.failed = np.zeros(size), np.zeros(size, dtype=bool)  # by number
        self.settling = {}  # by month: a list of (who, amount, days late, reason)
        self.overdue = [np.zeros(0, dtype=kind) for kind in (int, float, int, int)]  # who, amount, due, settles
        self.at_limit = []

    def fork(self):
        other = Ledger(self.study, 0)
        other.owed, other.failed, other.overdue, other.at_limit = self.owed, self.failed, self.overdue, []
        other.settling = {month: list(parts) for month, parts in self.settling.items()}
        return other

    def join(self, size):
        self.owed = np.concatenate([self.owed, np.zeros(size)])
        self.failed = np.concatenate([self.failed, np.zeros(size, dtype=bool)])

    def overdue_for(self, month):
        """By number, for how many month ends before this month the oldest open invoice has been overdue, less one."""
        age = np.full(len(self.owed), -1)
        who, _, due, _ = self.overdue
        np.maximum.at(age, who, month - 1 - due)
        return age

    def invoice(self, month, who, buyer, amount, payer, terms, driver, rng):
        """Dates the month's invoices and files them. Of each customer `payer` has the odds of being late without a
        dispute, how much longer it is late than stated, how many days early it pays at most, and after how many days
        late deliveries stop."""
        p = self.study.tables["payment"]
        odds, longer, early, hold_days = payer
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
        days = credit.prompted(self.study, days, hold_days[buyer[late]])
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

    def settles_in(self, month):
        """Number, amount that is paid, amount that is credited instead, days late and reason, of who can pay."""
        parts = self.settling.get(month) or [(np.zeros(0, int), np.zeros(0), np.zeros(0), np.zeros(0, np.int8))]
        number, amount, days, reason = (np.concatenate(column) for column in zip(*parts))
        pays = ~self.failed[number]
        number, amount, days, reason = (column[pays] for column in (number, amount, days, reason))
        credited = amount * (reason == dispute) * self.study["payment", "credited_share"]
        return number, amount - credited, credited, days, reason

    def settle(self, month, who, revenue, failing, cell_of, counts):
        """What is due by now is paid or credited, also by who has left; then it is frozen what is open of who fails;
        what stays open is owed, and part of it is overdue. What is credited and frozen, by number."""
        settled = self.settles_in(month)
        self.settling.pop(month, None)
        number, paid, credited = settled[:3]
        collected, credited = (np.bincount(number, amount, len(cell_of)) for amount in (paid, credited))
        self.owed = self.owed - collected - credited
        self.owed[who] += revenue
        frozen = self.owed[failing]
        self.owed[failing] = 0
        self.failed = self.failed.copy()
        self.failed[failing] = True
        still = self.overdue[3] > month
        self.overdue = [column[still] for column in self.overdue]
        fails = self.failed[self.overdue[0]]
        of_failing = [column[fails] for column in self.overdue]
        self.overdue = [column[~fails] for column in self.overdue]
        if month >= 0:
            counts.add(month, "collected", cell_of, collected)
            counts.add(month, "credited", cell_of, credited)
            counts.add(month, "defaulted_receivables", cell_of[failing], frozen)
            counts.add(month, "defaulted_not_due", cell_of[failing], frozen)
            self.count_ages(month, of_failing, ages_of_failing, "defaulted_not_due", cell_of, counts)
            self.count(month, settled, cell_of, counts)
        return credited, frozen

    def count(self, month, settled, cell_of, counts):
        number, _, _, days, reason = settled
        cell = cell_of[number]
        late = np.flatnonzero(reason)
        cell_late, why = cell[late], reason[late]
        counts.add(month, "receivables", cell_of, self.owed)
        counts.add(month, "invoices_settled", cell)
        counts.add(month, "invoices_late", cell_late)
        counts.add(month, "days_late", cell_late, days[late])
        counts.add(month, "late_administrative", cell_late[why == administration])
        counts.add(month, "late_liquidity", cell_late[why == liquidity])
        counts.add(month, "late_disputed", cell_late[why == dispute])
        counts.add(month, "settled_at_limit", cell_of[self.at_limit])
        counts.add(month, "not_due", cell_of, self.owed)
        self.count_ages(month, self.overdue, ages, "not_due", cell_of, counts)

    def count_ages(self, month, invoices, names, rest, cell_of, counts):
        """What is past due by its age, and less of the rest, of which all has been counted."""
        owing, owes, due, _ = invoices
        age = np.minimum(month - due, 3)  # what falls due later than now has a negative one
        for months, name in enumerate(names):
            of_age = age == months
            counts.add(month, name, cell_of[owing[of_age]], owes[of_age])
        past = age >= 0
        counts.add(month, rest, cell_of[owing[past]], -owes[past])

    def settle_what_is_open(self, month, chance, claimed, cell_of, counts):
        """Where the horizon ends: what is open is owed until the months in which it settles, as far as its customer
        has not failed by then, at its chance of the last month; what failed and will come in is owed until then."""
        owed, pays = self.owed.copy(), np.ones(len(chance))
        recovery = int(self.study["credit", "recovery_months"])
        claims = []
        for after in range(1, most_months_open + 1):
            number, paid, credited, *_ = self.settles_in(month + after)
            lost = np.bincount(number, credited, len(owed)) * pays
            owed = owed - np.bincount(number, paid + credited, len(owed))
            fails = owed * pays * chance
            pays = pays * (1 - chance)
            claims.append(fails * claimed)
            lost += fails * (1 - claimed)
            counts.add(month + after, "receivables_of_horizon", cell_of, owed * pays + sum(claims[-recovery:]))
            counts.add(month + after, "losses_of_horizon", cell_of, lost)
