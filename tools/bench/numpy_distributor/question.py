# What is asked: the study as it stands in its file, cut to some arms, and the numbers that every life depends on.
"""Parameters have one home. What the study states is read from its text by tomllib; what it leaves out is taken from
a cube of it, which says the value of every field (`field_value`)."""
import copy
import re
import tomllib

import numpy as np

from . import credit, program

# Levers stand in no cube's list of fields. These are what a tier gets that sets nothing (models/purchasing.hpp,
# models/service.hpp, models/payment_fields.cpp, models/credit_fields.cpp, models/rebate.hpp, models/surcharge.hpp,
# models/cross_selling.cpp, models/moves.cpp, models/loyalty).
levers = {("purchasing", "discount"): 0.0, ("service", "expedite"): 0.0, ("service", "care"): 0.0,
          ("payment", "terms_days"): 30.0, ("credit", "insured_share"): 0.0, ("credit", "hold_after_days"): 120.0,
          ("rebate", "rebate"): 0.0, ("surcharge", "surcharge"): 0.0, ("cross_selling", "offers"): 0.0,
          ("moves", "visible"): 0.0, ("points", "earn"): 0.0, ("points", "points_valid"): 24.0,
          ("membership", "join"): 1.0}
laws = {"purchasing.orders_per_month": "gamma", "purchasing.order_value": "lognormal", "payment.late_chance": "beta",
        "payment.days_late": "weibull", "credit.default_chance": "gamma",
        "logistics.distance": "lognormal", "accounting.gross_margin": "normal"}


def blocks(text):
    """A study's text in pieces, each from one heading of the top level to the next; [[policy.tier]] is no such one."""
    return re.split(r"(?m)^(?=\[\[?(?!policy\.|scenario\.)[a-z])", text)


def cut(text, scenarios, policies, baseline):
    """The study with these scenarios and policies only, in its own order; baseline is the policy of the warm-up."""
    kept = []
    for block in blocks(text):
        said = re.match(r"\[\[(scenario|policy)\]\]\s*name\s*=\s*\"([^\"]+)\"", block)
        if said and said[2] not in (scenarios if said[1] == "scenario" else policies):
            continue
        if said and said[2] == baseline:
            block = re.sub(r"(?m)^rollout\s*=.*\n", "", block)
        block = re.sub(r"(?m)^baseline\s*=.*$", f'baseline = "{baseline}"', block)
        kept.append(re.sub(r"(?m)^same_money\s*=.*\n", "", block))
    return "".join(kept)


def with_customers(text, customers):
    return re.sub(r"(?m)^customers\s*=.*$", f"customers = {customers}", text)


def number_or_law(text):
    """`gamma (mean 2, shape 2)` as a table of numbers, `[1, 2]` as a list, `0.25` as a number, and else a word."""
    if text.startswith("["):
        return [float(word) for word in text[1:-1].split(",")]
    law = re.match(r"(\w+) \((.*)\)$", text)
    if not law:
        return float(text) if re.match(r"[-+.\d]", text) else text
    pairs = (said.rsplit(" ", 1) for said in law[2].split(", "))
    return {"dist": law[1]} | {name: float(value) for name, value in pairs}


def effective(cube):
    """The value of every field as the cube says it, without those of groups and draws: {"table.key": value}."""
    names, values = ([word.decode() for word in cube[name][:]] for name in ("field", "field_value"))
    return {name: number_or_law(value.split(";")[0]) for name, value in zip(names, values)}


def merged(below, above):
    return below | {key: merged(below[key], value) if isinstance(value, dict) and isinstance(below.get(key), dict)
                    else value for key, value in above.items()}


class Study:
    """A study and its numbers: `study["churn", "base_hazard"]`; `study.law(group, table, key)` is a trait's law."""

    def __init__(self, text, fields):
        asked = self.asked = tomllib.loads(text)
        self.months, self.warmup = asked["horizon"]["months"], asked["horizon"]["warmup"]
        self.closed = asked.get("beyond", {}).get("months", 60)
        self.first_calendar_month = asked["horizon"]["start"].month
        self.customers = asked["population"]["customers"]
        self.groups = asked["population"]["group"]
        self.arrivals = asked["population"].get("arrivals", "as before" if self.warmup >= 12 else "none")
        if self.arrivals not in ("as before", "none") or any("arrivals" in group for group in self.groups):
            raise ValueError("arrivals by number: these lives know none")
        self.scenarios = {scenario["name"]: scenario.get("shock", []) for scenario in asked["scenario"]}
        self.policies = {policy["name"]: policy for policy in asked["policy"]}
        self.baseline = asked["experiment"]["baseline"]
        self.uncertain = {f"{table}.{key}": law for table, keys in asked.get("uncertain", {}).items()
                          for key, law in keys.items()}
        self.tables = {}
        for path, value in fields.items():
            table, key = path.split(".")
            self.tables.setdefault(table, {})[key] = value
        self.tables = merged(self.tables, {table: asked[table] for table in self.tables if table in asked})
        self.tables["population"] = {"oldest": asked["population"].get("oldest", 240)}  # months, of the first base
        for path, family in laws.items():
            table, key = path.split(".")
            if self.tables[table][key]["dist"] != family:
                raise ValueError(f"{path} is not {family}: these lives know no other law")
        self.check_groups()
        self.check_roll_outs()
        program.check(self)

    def check_roll_outs(self):
        for policy in self.policies.values():
            if any("group" in step for step in policy.get("rollout", [])):
                raise ValueError(f"policy {policy['name']} reaches a group: these lives know shares of all")
            if "rollout" in policy and self.policies[self.baseline]["segmentation"] != "everyone":
                raise ValueError("a roll-out from a baseline that reviews: these lives know none")

    def check_groups(self):
        for group in self.groups:
            for table, keys in group.items():
                if isinstance(keys, dict) and any(f"{table}.{key}" not in laws for key in keys):
                    raise ValueError(f"group {group['name']} has its own [{table}]: only laws of traits may differ")

    def __getitem__(self, at):
        table, key = at
        return self.tables[table].get(key, levers.get(at))

    def law(self, group, table, key):
        return merged(self.tables[table][key], self.groups[group].get(table, {}).get(key, {}))

    def but(self, values):
        """The same study with other numbers: {"churn.base_hazard": 0.02, "payment.days_late.mean": 8}."""
        other = copy.copy(self)
        other.tables = copy.deepcopy(self.tables)
        for path, value in values.items():
            *tables, key = path.split(".")
            table = other.tables
            for name in tables:
                table = table[name]
            table[key] = value
        return other

    def sizes(self):
        """Customers of each group: cumulative shares, rounded."""
        upto = np.cumsum([group["share"] for group in self.groups])
        ends = np.floor(upto * self.customers + 0.5).astype(int)
        ends[-1] = self.customers
        return np.diff(ends, prepend=0)

    def own_tiers(self, policy):
        return self.policies[policy]["tier"]

    def tiers(self, policy):
        """The policy's own, and behind them those of the baseline for customers whom it has not reached yet."""
        before = self.own_tiers(self.baseline) if "rollout" in self.policies[policy] else []
        return self.own_tiers(policy) + [tier | {"name": f"before: {tier['name']}"} for tier in before]

    def reached(self, policy, month):
        """The share of customers whom a policy has reached."""
        steps = self.policies[policy].get("rollout", [{"month": month}])
        return max((step.get("share", 1.0) for step in steps if step["month"] <= month), default=0.0)

    def reaches_more(self, policy, month):
        return any(step["month"] == month for step in self.policies[policy].get("rollout", []))

    def lever(self, policy, table, key):
        """What each tier of a policy gets, best first."""
        return np.array([tier.get(key, self[table, key]) for tier in self.tiers(policy)], dtype=float)

    def uses(self, table, key):
        """Whether a lever is more than 0 for anybody."""
        return any(self.lever(policy, table, key).max() > 0 for policy in self.policies)

    def holds(self):
        return any(self.lever(policy, "credit", "hold_after_days").min() <= credit.longest_hold
                   for policy in self.policies)

    def driver(self, scenario, name, month):
        """The product of a scenario's shocks to a driver; a ramp of 3 gives a third, two thirds, all of it."""
        value = 1.0
        for shock in self.scenarios[scenario]:
            if shock["driver"] != name or not 0 <= month - shock["from"] < shock.get("months", np.inf):
                continue
            share = min(1.0, (month - shock["from"] + 1) / max(1, shock.get("ramp", 0)))
            value *= 1 + share * (shock["times"] - 1)
        return value
