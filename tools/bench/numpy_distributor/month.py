# A month of all customers at once, in float64, in the order of models/catalogue.cpp: the laws of models/*.hpp anew.
import copy

import numpy as np

from . import credit, cross_selling, demand, moves, program, surcharge
from .review import quantum, review

drivers = ("demand", "days_late", "late_odds", "disputes", "churn_hazard", "late_deliveries", "defects",
           "default_chance", "insured_share")


class Month:
    """Columns of who is active; what tiers get is a column too, or one number where all tiers get the same."""

    def __init__(self, population, scenario, counts, rng):
        self.p, self.study, self.month = population, population.study, population.month
        self.counts, self.rng = counts, rng
        self.driver = {name: self.study.driver(scenario, name, self.month) for name in drivers}

    def live(self):
        self.p.come(self.rng)
        self.open()
        review(self.p, self.counts)
        self.cell_of = self.p.tier * len(self.study.groups) + self.p.group  # of everybody who ever was
        self.tier, self.cell = self.p.tier[self.p.who], self.cell_of[self.p.who]
        self.notice_moves()
        self.offer()
        self.hold()
        self.offer_category()
        within = self.study["churn", "leaving"] == "within the month"
        self.share = 1.0
        if within:
            self.decide()
        self.buy()
        self.deliver()
        self.judge()
        self.fail()
        self.pay()
        self.collect()
        self.owe_rebates()
        self.reward()
        self.account()
        self.p.effect = (self.study["churn", "satisfaction_slope"] * self.p.gap +
                         self.study["service", "care_hazard"] * self.care_effect)
        if self.study.uses("surcharge", "surcharge"):
            self.p.effect += self.study["surcharge", "surcharge_hazard"] * self.log_surcharge
        if not within:
            self.decide()
        self.leave()
        self.p.month += 1

    def open(self):
        """What the months before month 0 have left."""
        if self.month == 0:
            cell_of = self.p.tier * len(self.study.groups) + self.p.group
            self.counts.add(0, "receivables_opening", cell_of, self.p.ledger.owed)
            self.counts.add(0, "claims_opening", cell_of, self.p.claims.open)
            self.counts.add(0, "rebates_owed_opening", cell_of, self.p.rebates.owed)
            if program.is_used(self.study):
                self.counts.add(0, "points_opening", cell_of, self.p.points.balance())

    def lever(self, table, key):
        values = self.study.lever(self.p.policy, table, key)
        return values[self.tier] if np.ptp(values) > 0 else values[0]

    def book(self, metric, column):
        self.counts.add(self.month, metric, self.cell, np.broadcast_to(column, self.cell.shape))

    def notice_moves(self):
        """What a review has done to who sees it, and what those do who see the cut of a better tier."""
        self.moved = None
        if self.study.uses("moves", "visible"):
            self.moved = moves.felt(self.p, self.lever("moves", "visible"))
            self.book("promoted", self.moved > 0)
            self.book("demoted", self.moved < 0)

    def offer_category(self):
        """Who holds the further category this month; offers cost in any case."""
        p, study = self.p, self.study
        self.growth, self.offer_cost = 1.0, 0.0
        if not cross_selling.is_sold(study):
            return
        offers = cross_selling.offered(self.rng, p.holds, self.lever("cross_selling", "offers"))
        cross_selling.hold(study, self.rng, p, offers)
        self.growth = cross_selling.growth(study, p.holds)
        self.offer_cost = study["cross_selling", "offer_cost"] * offers
        self.book("offers", offers)
        self.book("category_holders", p.holds)

    def offer(self):
        self.discount, self.terms = self.lever("purchasing", "discount"), self.lever("payment", "terms_days")
        self.rebate = self.lever("rebate", "rebate")
        if self.study.uses("surcharge", "surcharge"):
            self.surcharge = surcharge.of_order(self.study, self.p.distance, self.lever("surcharge", "surcharge"))
            self.log_surcharge = surcharge.log_price(self.study, self.p, self.surcharge)
        self.expedite, self.care = self.lever("service", "expedite"), self.lever("service", "care")
        self.care_effect = 2 * self.care / (self.care + self.study["service", "care_reference"] * self.worth() **
                                            self.study["service", "care_exponent"])
        self.expedite_per_order = self.expedite * self.study["service", "expedite_cost"]

    def worth(self):
        """What an account is expected to earn in a month, over the mean of all that the laws state; at least .05."""
        study, p = self.study, self.p
        mean = 0
        for group, size in enumerate(study.sizes()):
            orders, value, margin, distance = (study.law(group, *at)["mean"] for at in (
                ("purchasing", "orders_per_month"), ("purchasing", "order_value"), ("accounting", "gross_margin"),
                ("logistics", "distance")))
            cost = (study["logistics", "shipping"] + study["logistics", "handling"] +
                    study["logistics", "per_km"] * distance)
            mean += size / study.customers * orders * (value * margin - cost)
        return np.maximum(p.rate * (p.value * p.margin - p.order_cost) / mean, 0.05)

    def hold(self):
        """Nothing is delivered to who was overdue for too long at the end of the month before."""
        self.held = None
        self.hold_days = np.inf
        if self.study.holds():
            least = credit.least_age(self.study.lever(self.p.policy, "credit", "hold_after_days"))[self.tier]
            self.held = self.p.ledger.overdue_for(self.month)[self.p.who] >= least
            self.hold_days = 30 * least
            self.book("held", self.held)

    def month_of_year(self):
        return (self.study.first_calendar_month - 1 + self.month) % 12

    def buy(self):
        p, study = self.p, self.study
        self.orders = self.rng.poisson(demand.expected(self))
        self.buyer = np.repeat(np.arange(len(self.orders)), self.orders)
        within = study["purchasing", "order_value"]["within"]
        self.factor = self.rng.lognormal(-0.5 * within**2, within, len(self.buyer))  # of an order over the mean one
        self.usual_sales = p.value * np.bincount(self.buyer, self.factor, len(self.orders))
        self.list_sales = self.usual_sales * self.growth
        self.revenue = self.list_sales * (1 - self.discount)
        if study.uses("surcharge", "surcharge"):
            surcharges = self.orders * self.surcharge
            self.revenue = self.revenue + surcharges
            self.book("surcharges", surcharges)
        p.sales[self.month] = np.zeros(len(p.tier), dtype=np.int64)  # in quanta: reviews compare them exactly
        p.sales[self.month][p.who] = np.rint(self.revenue / quantum)
        p.sales.pop(self.month - 24, None)  # no look-back is longer
        self.book("orders", self.orders)
        self.book("buyers", self.orders > 0)
        self.book("list_sales", self.list_sales)
        self.book("revenue", self.revenue)
        self.book("discount_given", self.list_sales * self.discount)

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
        if self.held is not None:
            p.gap = p.gap + 0.1 * self.study["credit", "hold_points"] * self.held
        if self.moved is not None:
            p.gap = p.gap + 0.1 * moves.by_move(self.study, self.moved, "points")
        self.book("satisfaction", s["reference"] + 10 * p.gap)

    def fail(self):
        """Who defaults at the end of the month, of those who are there or have left and may owe something. `failing`
        are their numbers; `chance` is by number."""
        p, study, gone = self.p, self.study, self.p.gone
        who, hazard, liquidity = (np.concatenate([getattr(p, name), getattr(gone, name)]) for name in gone.columns)
        terms = study.lever(p.policy, "payment", "terms_days")[p.tier[who]]
        hazard = credit.of_month(study, hazard, liquidity, p.climate[self.month][p.group[who]],
                                 self.driver["default_chance"], terms)
        fails = self.rng.exponential(size=len(who)) < hazard
        self.defaults, self.failing = fails[:len(p.who)], who[fails]
        self.chance = np.zeros(len(p.tier))
        self.chance[who] = -np.expm1(-hazard)
        self.counts.add(self.month, "defaulted", self.cell[self.defaults])

    def pay(self):
        """Liquidity moves from the month after birth on."""
        p, study = self.p, self.study
        memory = study["payment", "liquidity_memory"]
        moved = memory * p.liquidity + np.sqrt(1 - memory**2) * self.rng.standard_normal(len(p.who))
        p.liquidity = np.where(p.born < self.month, moved, p.liquidity)
        p.gone = copy.copy(p.gone)
        p.gone.liquidity = (memory * p.gone.liquidity +
                            np.sqrt(1 - memory**2) * self.rng.standard_normal(len(p.gone.who)))
        odds = p.late_odds * np.exp(study["payment", "liquidity_effect"] * p.liquidity) * self.driver["late_odds"]
        amount = (p.value * self.growth * (1 - self.discount))[self.buyer] * self.factor
        if study.uses("surcharge", "surcharge"):
            amount += self.surcharge[self.buyer]
        payer = odds, p.days_factor, p.early_days, np.broadcast_to(self.hold_days, odds.shape)
        p.ledger.invoice(self.month, p.who, self.buyer, amount, payer, self.terms, self.driver, self.rng)
        self.credited, self.frozen = p.ledger.settle(self.month, p.who, self.revenue, self.failing, self.cell_of,
                                                     self.counts)

    def insured_part(self):
        """By tier."""
        return credit.insured(self.study.lever(self.p.policy, "credit", "insured_share"), self.driver["insured_share"])

    def collect(self):
        """Claims of former months come in; of what is frozen a part becomes one, and the rest is a loss at once."""
        p, study = self.p, self.study
        insured = self.insured_part()[p.tier[self.failing]]
        claim = self.frozen * credit.claimed(study, insured)
        recovered = p.claims.come_in(self.month)
        p.claims.add(self.month + int(study["credit", "recovery_months"]), self.failing, claim)
        self.lost = self.credited.copy()  # by number
        self.lost[self.failing] += self.frozen - claim
        cell = self.cell_of[self.failing]
        self.counts.add(self.month, "recovered", self.cell_of, recovered)
        self.counts.add(self.month, "claims", self.cell_of, p.claims.open)
        self.counts.add(self.month, "written_off", cell, self.frozen - claim)
        self.counts.add(self.month, "insured_losses", cell, claim - self.frozen * credit.claimed(study, 0))

    def owe_rebates(self):
        """By number, as what is lost is. January pays those of the year before; what is owed to who defaults is set
        off."""
        p = self.p
        self.accrued = paid = np.zeros(len(p.tier))
        if not self.study.uses("rebate", "rebate"):
            return
        if self.month_of_year() == 0:
            paid = p.rebates.begin_year()
        self.accrued = p.rebates.accrue(p.who, self.revenue, self.rebate, self.study["rebate", "rebate_from"],
                                        self.failing)
        self.counts.add(self.month, "rebate_accrued", self.cell_of, self.accrued)
        self.counts.add(self.month, "rebate_paid", self.cell_of, paid)
        self.counts.add(self.month, "rebates_owed", self.cell_of, p.rebates.owed)

    def reward(self):
        """What the month's rewards cost."""
        self.reward_cost = 0.0
        if program.is_used(self.study):
            program.enroll(self)
            self.reward_cost = program.keep_points(self)

    def gross_margin(self):
        """The further category has a margin of its own."""
        p, table = self.p, self.study.tables["cross_selling"]
        if not cross_selling.is_sold(self.study):
            return self.list_sales * p.margin
        category_sales = self.usual_sales * table["size"] * p.holds
        self.book("category_sales", category_sales)
        self.book("offer_cost", self.offer_cost)
        return (self.list_sales - category_sales) * p.margin + category_sales * table["margin"]

    def account(self):
        p = self.p
        logistics, gross = self.orders * p.order_cost, self.gross_margin()
        is_new = p.born > 0
        winning = np.where(is_new & (p.born == self.month), self.study["acquisition", "cost_per_customer"], 0)
        premium = self.revenue * self.insured_part()[self.tier] * self.study["credit", "insurance_premium"]
        self.contribution = (gross - (self.list_sales - self.revenue) - logistics - self.expediting - self.care -
                             winning - premium - self.offer_cost - self.reward_cost)
        self.book("acquisition_cost", winning)
        self.book("customers_new", is_new)
        self.book("revenue_new", self.revenue * is_new)
        self.book("logistics_cost", logistics)
        self.book("gross_margin", gross)
        self.book("insurance_cost", premium)
        self.book("contribution", self.contribution)
        by_number = self.lost + self.accrued  # of who has left, too
        self.counts.add(self.month, "contribution", self.cell_of, -by_number)
        self.contribution = self.contribution - by_number[p.who]

    def decide(self):
        """Who leaves, by grouped proportional hazards, and after which share of the month."""
        p, churn = self.p, self.study.tables["churn"]
        of_tenure = (1 + (self.month - p.joined) / 12)**churn["tenure_slope"]
        self.hazard = p.hazard * (of_tenure * self.driver["churn_hazard"]) * np.exp(p.effect)
        outlived = self.rng.exponential(size=len(p.who))
        self.stays = outlived >= self.hazard
        self.share = np.divide(outlived, self.hazard, out=np.ones(len(p.who)), where=~self.stays)

    def leave(self):
        """Who leaves is counted in the month, and is in no later one. Who would leave and defaults has defaulted."""
        p = self.p
        leaves = ~self.stays & ~self.defaults
        self.stays = self.stays & ~self.defaults
        self.book("customers", 1)
        self.book("on_books", 1)  # exits are seen
        self.counts.add(self.month, "left", self.cell[leaves])
        self.counts.add(self.month, "off_books", self.cell[~self.stays])
        if self.month == self.study.months - 1:
            self.keep_last()
            claimed = credit.claimed(self.study, self.insured_part()[p.tier])
            p.ledger.settle_what_is_open(self.month, self.chance, claimed, self.cell_of, self.counts)
            p.claims.stay_open(self.month, self.cell_of, self.counts)
            p.rebates.stay_open(self.month, 12 - self.month_of_year(), self.cell_of, self.counts)
        if self.month < 0:
            p.replacements[self.month + 1] = np.bincount(p.group[p.who[~self.stays]], minlength=len(self.study.groups))
        p.gone = p.gone.with_leavers(p, leaves, p.ledger.owed)
        p.keep(self.stays)

    def keep_last(self):
        """What everybody has when the horizon ends."""
        p = self.p
        satisfaction = self.study["satisfaction", "reference"] + 10 * p.gap
        for name, quanta in (("net_sales", self.revenue / quantum), ("contribution", self.contribution / quantum),
                             ("satisfaction", 100 * satisfaction)):
            self.counts.keep_last(name, quanta, p.group[p.who])
