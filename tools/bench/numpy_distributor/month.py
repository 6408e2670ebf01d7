# A month of all customers at once, in float64, in the order of models/catalogue.cpp: the laws of models/*.hpp anew.
import numpy as np

from .review import quantum, review

drivers = ("demand", "days_late", "late_odds", "disputes", "churn_hazard", "late_deliveries", "defects")


class Month:
    """Columns of who is active; what tiers get is a column too, or one number where all tiers get the same."""

    def __init__(self, population, scenario, counts, rng):
        self.p, self.study, self.month = population, population.study, population.month
        self.counts, self.rng = counts, rng
        self.driver = {name: self.study.driver(scenario, name, self.month) for name in drivers}

    def live(self):
        self.p.come(self.rng)
        self.p.ledger.open(self.month, self.p.tier * len(self.study.groups) + self.p.group, self.counts)
        review(self.p, self.counts)
        self.cell_of = self.p.tier * len(self.study.groups) + self.p.group  # of everybody who ever was
        self.tier, self.cell = self.p.tier[self.p.who], self.cell_of[self.p.who]
        self.offer()
        within = self.study["churn", "leaving"] == "within the month"
        self.share = 1.0
        if within:
            self.decide()
        self.buy()
        self.deliver()
        self.judge()
        self.pay()
        self.account()
        self.p.effect = (self.study["churn", "satisfaction_slope"] * self.p.gap +
                         self.study["service", "care_hazard"] * self.care_effect)
        if not within:
            self.decide()
        self.leave()
        self.p.month += 1

    def lever(self, table, key):
        values = self.study.lever(self.p.policy, table, key)
        return values[self.tier] if np.ptp(values) > 0 else values[0]

    def book(self, metric, column):
        self.counts.add(self.month, metric, self.cell, np.broadcast_to(column, self.cell.shape))

    def offer(self):
        self.discount, self.terms = self.lever("purchasing", "discount"), self.lever("payment", "terms_days")
        self.expedite, self.care = self.lever("service", "expedite"), self.lever("service", "care")
        self.care_effect = 2 * self.care / (self.care + self.study["service", "care_reference"])
        self.expedite_per_order = self.expedite * self.study["service", "expedite_cost"]

    def buy(self):
        p, study = self.p, self.study
        terms_effect = study["payment", "terms_elasticity"] * (self.terms - study["payment", "reference_terms"]) / 30
        self.lasting = (p.rate * np.exp(study["purchasing", "satisfaction_effect"] * p.gap + terms_effect) *
                        (1 - self.discount)**study["purchasing", "elasticity"])
        season = study["purchasing", "season"][(study.first_calendar_month - 1 + self.month) % 12]
        self.orders = self.rng.poisson(self.lasting * self.share * (season * self.driver["demand"]))
        self.buyer = np.repeat(np.arange(len(self.orders)), self.orders)
        within = study["purchasing", "order_value"]["within"]
        self.factor = self.rng.lognormal(-0.5 * within**2, within, len(self.buyer))  # of an order over the mean one
        self.list_sales = p.value * np.bincount(self.buyer, self.factor, len(self.orders))
        self.revenue = self.list_sales * (1 - self.discount)
        p.sales[self.month] = np.zeros(len(p.tier), dtype=np.int64)  # in quanta: reviews compare them exactly
        p.sales[self.month][p.who] = np.rint(self.revenue / quantum)
        p.sales.pop(self.month - 24, None)  # no look-back is longer
        self.book("orders", self.orders)
        self.book("buyers", self.orders > 0)
        self.book("list_sales", self.list_sales)
        self.book("revenue", self.revenue)
        self.book("discount_given", self.list_sales - self.revenue)

    def count_failures(self, chance):
        fails = self.rng.random(len(self.buyer)) < (chance if np.ndim(chance) == 0 else chance[self.buyer])
        return np.bincount(self.buyer[fails], minlength=len(self.orders))

    def deliver(self):
        service, driver = self.study.tables["service"], self.driver
        self.late = self.count_failures(service["late_chance"] * (1 - self.expedite) * driver["late_deliveries"])
        self.defective = self.count_failures(service["defect_chance"] * driver["defects"])
        self.expediting = self.orders * self.expedite_per_order
        self.book("late_deliveries", self.late)
        self.book("defects", self.defective)
        self.book("expedite_cost", self.expediting)
        self.book("care_cost", self.care)

    def judge(self):
        """Satisfaction moves in months with orders, and more where they disappoint."""
        p, s = self.p, self.study.tables["satisfaction"]
        before = s["reference"] + 10 * p.gap
        failures = s["late_effect"] * self.late + s["defect_effect"] * self.defective
        seen = (s["performance"] + failures / np.maximum(self.orders, 1) +
                self.study["service", "care_points"] * self.care_effect +
                s["noise"] * self.rng.standard_normal(len(before)))
        surprise = seen - before
        after = before + s["learning"] * np.where(surprise < 0, s["loss_weight"], 1) * surprise
        p.gap = np.where(self.orders > 0, 0.1 * (after - s["reference"]), p.gap)
        self.book("satisfaction", s["reference"] + 10 * p.gap)

    def pay(self):
        """Liquidity moves from the month after birth on."""
        p, study = self.p, self.study
        memory = study["payment", "liquidity_memory"]
        moved = memory * p.liquidity + np.sqrt(1 - memory**2) * self.rng.standard_normal(len(p.who))
        p.liquidity = np.where(p.born < self.month, moved, p.liquidity)
        odds = p.late_odds * np.exp(study["payment", "liquidity_effect"] * p.liquidity) * self.driver["late_odds"]
        amount = (p.value * (1 - self.discount))[self.buyer] * self.factor
        payer = odds, p.days_factor, p.early_days
        p.ledger.invoice(self.month, p.who, self.buyer, amount, payer, self.terms, self.driver, self.rng)
        p.ledger.settle(self.month, p.who, self.revenue, self.cell_of, self.counts)

    def account(self):
        p = self.p
        logistics, gross = self.orders * p.order_cost, self.list_sales * p.margin
        is_new = p.born > 0
        winning = np.where(is_new & (p.born == self.month), self.study["acquisition", "cost_per_customer"], 0)
        self.contribution = (gross - (self.list_sales - self.revenue) - logistics - self.expediting - self.care -
                             winning)
        self.book("acquisition_cost", winning)
        self.book("customers_new", is_new)
        self.book("revenue_new", self.revenue * is_new)
        self.book("logistics_cost", logistics)
        self.book("gross_margin", gross)
        self.book("contribution", self.contribution)

    def decide(self):
        """Who leaves, by grouped proportional hazards, and after which share of the month."""
        p, churn = self.p, self.study.tables["churn"]
        of_tenure = (1 + (self.month - p.joined) / 12)**churn["tenure_slope"]
        self.hazard = p.hazard * (of_tenure * self.driver["churn_hazard"]) * np.exp(p.effect)
        outlived = self.rng.exponential(size=len(p.who))
        self.stays = outlived >= self.hazard
        self.share = np.divide(outlived, self.hazard, out=np.ones(len(p.who)), where=~self.stays)

    def leave(self):
        """Who leaves is counted in the month, and is in no later one."""
        p = self.p
        self.book("customers", 1)
        self.book("on_books", 1)  # exits are seen
        for metric in ("left", "off_books"):
            self.counts.add(self.month, metric, self.cell[~self.stays])
        if self.month == self.study.months - 1:
            self.keep_last()
            p.ledger.settle_what_is_open(self.month, self.cell_of, self.counts)
        if self.month < 0:
            p.replacements[self.month + 1] = np.bincount(p.group[p.who[~self.stays]], minlength=len(self.study.groups))
        p.keep(self.stays)

    def keep_last(self):
        """What everybody has when the horizon ends."""
        p = self.p
        satisfaction = self.study["satisfaction", "reference"] + 10 * p.gap
        for name, quanta in (("net_sales", self.revenue / quantum), ("contribution", self.contribution / quantum),
                             ("satisfaction", 100 * satisfaction)):
            self.counts.keep_last(name, quanta, p.group[p.who])
