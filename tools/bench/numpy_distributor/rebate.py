# Rebates on a calendar year's sales: who expects one, what is owed, and what January pays.
"""By number, since who has left is paid as well."""
import copy

import numpy as np


class Rebates:
    def __init__(self, size):
        self.year_sales, self.owed = np.zeros(size), np.zeros(size)

    def fork(self):
        return copy.copy(self)  # no column is changed in place

    def join(self, size):
        for name in ("year_sales", "owed"):
            setattr(self, name, np.concatenate([getattr(self, name), np.zeros(size)]))

    def expected_by(self, who, months, least):
        """Whether customers are on the way to the amount: at the pace of the year's months so far, in January by the
        year before."""
        if months == 0:
            return self.year_sales[who] >= least  # no month of this year has been added yet
        return self.year_sales[who] * 12 / months >= least

    def progress(self, who, months, least, share):
        """Which part of the way to the amount is behind customers, who get none yet and would get a share then."""
        strives = (np.broadcast_to(share, who.shape) > 0) & (self.year_sales[who] < least) & (months > 0)
        return np.where(strives, self.year_sales[who] / least, 0) if least > 0 else np.zeros(len(who))

    def begin_year(self):
        """What is paid, by number."""
        paid, self.owed = self.owed, np.zeros(len(self.owed))
        self.year_sales = np.zeros(len(self.year_sales))
        return paid

    def accrue(self, who, sales, share, least, failing):
        """What more is owed, by number: with each sale, of all sales of the year where they reach the amount, at the
        share of the tier; nothing to who fails."""
        before = self.owed
        self.year_sales, self.owed = self.year_sales.copy(), self.owed.copy()
        self.year_sales[who] += sales
        year = self.year_sales[who]
        self.owed[who] = np.where(sales > 0, np.where(year >= least, share * year, 0), self.owed[who])
        self.owed[failing] = 0
        return self.owed - before

    def stay_open(self, month, months_to_january, cell_of, counts):
        """Where the horizon ends: owed until January."""
        for after in range(1, months_to_january):
            counts.add(month + after, "rebates_of_horizon", cell_of, self.owed)
