# What is counted: metrics by month, tier and group, moves from tier to tier, and who has how much at the end.
import numpy as np


beyond = ("customers", "left", "defaulted", "contribution", "receivables", "collected", "credited",
          "defaulted_receivables", "written_off", "recovered", "claims", "receivables_of_horizon", "claims_of_horizon",
          "losses_of_horizon", "rebate_accrued", "rebate_paid", "rebates_owed", "rebates_of_horizon", "member_sales",
          "points_of_horizon")


class Counts:
    """Metrics by month, tier and group, some of the closed months after the horizon too; moves from tier to tier; in
    the last month of the horizon who has how much, by group."""

    def __init__(self, study, policy):
        self.shape = (study.months, len(study.tiers(policy)), len(study.groups))
        self.months, self.closed = study.months, study.closed
        self.metrics, self.flow = {}, np.zeros((study.months, self.shape[1], self.shape[1], self.shape[2]))
        self.last = {}  # name: a column of quanta for each group

    def keep_last(self, name, quanta, group):
        self.last[name] = [np.rint(quanta[group == g]) for g in range(self.shape[2])]

    def add(self, month, metric, cells, weights=None):
        if month < 0:
            return
        months = self.months
        if month >= months:
            if metric not in beyond or month >= months + self.closed:
                return
            metric, month, months = f"beyond_{metric}", month - months, self.closed
        by_cell = np.bincount(cells, weights, self.shape[1] * self.shape[2])
        column = self.metrics.setdefault(metric, np.zeros((months, *self.shape[1:])))
        column[month] += by_cell.reshape(self.shape[1:])
