#!/usr/bin/env python3
# The distributor's study simulated by NumPy: whether clientele says the same, and how much faster it says it.
"""numpy_distributor.py [options]: simulates the shipped study in NumPy, by the laws of models/*.hpp written anew
(float64, PCG64, a month of all customers at once), and runs clientele on the same study. Status 1 if they disagree, 77
if numpy or h5py is missing.

The NumPy side is as fast as its author could make it without tricks that nobody would do. Kept: one flat array of a
month's orders, np.bincount to add up by customer and by tier and group, invoices filed by month of settlement, those
customers who left dropped every month, one number instead of a column where all tiers get the same, one warm-up for
all arms. Tried and left out: binomial counts of failures (twice the time of a uniform per order), populations of 1,000
to 10,000 (slower: calls cost more than cache misses save; 50,000 at once gain a tenth at most), SFC64 (no faster in the
whole), sorting orders by month of settlement (three times the time of looking for each month).
"""
import argparse
import json
import os
import pathlib
import sys

os.environ["OMP_NUM_THREADS"] = "1"  # before numpy is loaded
try:
    import h5py  # noqa: F401
    import numpy  # noqa: F401
except ImportError as missing:
    print(f"{missing.name} is missing (packages python3-numpy, python3-h5py)")
    sys.exit(77)

from numpy_distributor import agreement, program, question, report, speed  # noqa: E402
from numpy_distributor.engine import Engine  # noqa: E402

root = pathlib.Path(__file__).resolve().parents[2]
# Each is small enough to be made by mistake. The laws of which only a spread is wrong leave every mean as it was.
mistakes = [("satisfaction.loss_weight", 1.0), ("churn.tenure_slope", 0.0), ("churn.frailty_variance", 1.5),
            ("population.oldest", 120), ("payment.disputed_days_factor", 1.8), ("payment.early_days", 15.0),
            ("service.care_points", 0.0), ("purchasing.order_value.within", 0.3), ("logistics.distance.sd_log", 0.7),
            ("credit.recovery_months", 1000), ("credit.climate_correlation", 0.0), ("credit.climate_memory", 0.0)]
# In a study that uses everything, these are not too small to be seen either.
mistakes_of_everything = [("credit.held_orders_wait", 0.3), ("credit.hold_points", 0.0),
                          ("payment.credited_share", 0.1), ("credit.insurance_covers", 0.5),
                          ("credit.insurance_premium", 0.01), ("payment.terms_saturation", 0.0),
                          ("payment.terms_go_with_late", 0.0), ("credit.default_by_terms", 0.0),
                          ("credit.default_goes_with_late", 0.0), ("credit.climate_correlation", 0.0),
                          ("credit.hold_prompts", 0.0), ("payment.newcomers_by_terms", 0.0),
                          ("rebate.rebate_salience", 0.0), ("rebate.rebate_from", 20000),
                          ("purchasing.competitor_matches", 0.0), ("purchasing.matched_after", 12),
                          ("purchasing.borrowed_share", 0.0), ("purchasing.payback_rate", 0.02),
                          ("purchasing.reference_gain", 0.0), ("purchasing.reference_memory", 0.0),
                          ("surcharge.surcharge_from", 50), ("surcharge.surcharge_salience", 0.0),
                          ("surcharge.surcharge_hazard", 0.0),
                          ("cross_selling.taken_share", 0.0), ("cross_selling.dropped", 0.02),
                          ("cross_selling.margin", 0.25), ("cross_selling.uptake", 0.15),
                          ("purchasing.cut_pressure", 0.5), ("purchasing.cut_borrowed", 0.0),
                          ("moves.demotion_points", 0.0), ("moves.promotion_points", 0.0),
                          ("moves.demotion_rate", 0.0), ("moves.fade_months", 24)]

mistakes_of_program = [("redemption.goes_with_orders", 0.0), ("redemption.never", 0.0), ("redemption.shape", 8.0),
                       ("redemption.burn", 0.0), ("redemption.burn_months", 1), ("redemption.balance_response", 0.0),
                       ("redemption.value_response", 0.0), ("redemption.block", 250), ("points.points_valid", 10),
                       ("points.recorded_share", 1.0), ("points.entry_bonus", 0), ("points.reward_cost", 0.75),
                       ("points.open_redeemed", 0.55), ("membership.readiness", 0.9), ("program.reward_pressure", 0.0),
                       ("program.reward_borrowed", 0.0), ("program.rewarded", 0.0), ("program.rewarded_months", 1),
                       ("program.heavy_buyers", 0.0)]


def arguments():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--clientele", default=root / "build/clientele", help="the program (default build/clientele)")
    parser.add_argument("--study", default=root / "scenarios/studies/distributor.toml")
    parser.add_argument("--scenario", action="append", help="default: the first; may stand several times")
    parser.add_argument("--policy", action="append", help="default: the baseline; may stand several times")
    parser.add_argument("--all-arms", action="store_true", help="every policy in every scenario")
    parser.add_argument("--customers", type=int, default=5000, help="of a life that is compared")
    parser.add_argument("--replications", type=int, default=40, help="futures on each side")
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--planted", action="store_true",
                        help="also plant mistakes in NumPy's side of the last arm asked for: each must be refused")
    parser.add_argument("--rounds", type=int, default=5, help="of timing; 0 compares only")
    parser.add_argument("--speed-customers", type=int, default=20000, help="of a life that is timed")
    parser.add_argument("--json", action="store_true")
    return parser.parse_args()


def plant(study, cube, scenario, policy, seed):
    planted = (mistakes_of_program if program.is_used(study) else mistakes_of_everything if study.holds() else mistakes)
    for path, value in planted:
        [verdict] = agreement.verdicts(study, cube, [scenario], [policy], seed, {path: value})
        z = max(verdict.worst_sum.z, verdict.worst_fine.z)
        yield {"path": path, "value": value, "refused": bool(verdict.refused), "z": z}


def compare(asked, engine, text, fields_of_all):
    whole = question.Study(text, fields_of_all)
    scenarios = list(whole.scenarios) if asked.all_arms else asked.scenario or list(whole.scenarios)[:1]
    policies = list(whole.policies) if asked.all_arms else asked.policy or [whole.baseline]
    for name, known in [(s, whole.scenarios) for s in scenarios] + [(p, whole.policies) for p in policies]:
        if name not in known:
            sys.exit(f"the study has no {name} (there are: {', '.join(known)})")
    first = list(whole.scenarios)[:1]  # the warm-up is simulated in it, and under the baseline
    cut = question.cut(text, set(scenarios) | set(first), set(policies) | {whole.baseline}, whole.baseline)
    cut = question.with_customers(cut, asked.customers)
    with engine.cube(cut, "--draws", asked.replications, "--replications", 1, "--seed", asked.seed) as cube:
        study = question.Study(cut, question.effective(cube))
        found = list(agreement.verdicts(study, cube, scenarios, policies, asked.seed))
        draws = agreement.drawn_fairly(study, cube)
        planted = list(plant(study, cube, scenarios[-1], policies[-1], asked.seed)) if asked.planted else []
    return found, draws, planted, (scenarios[0], policies[0])


def main():
    asked = arguments()
    if asked.replications < 4 or asked.customers < 100 or asked.rounds < 0:
        sys.exit("at least 4 replications of 100 customers, please")
    engine, text = Engine(asked.clientele), pathlib.Path(asked.study).read_text()
    with engine.cube(text, "--customers", 10, "--months", 1, "--draws", 1, "--replications", 1) as cube:
        fields = question.effective(cube)
    found, draws, planted, first = compare(asked, engine, text, fields)
    holds = (not any(v.refused for v in found) and all(one["refused"] for one in planted) and
             all(abs(z) <= agreement.bound_of_sums for pair in draws.values() for z in pair))
    lines = [*report.of_agreement(found, draws, asked.customers, asked.replications)]
    lines += report.of_planted(planted) if planted else []
    answer = {"schema_version": 2, "agrees": holds, "z_max": max(v.worst_sum.z for v in found),
              "z_bound": agreement.bound_of_sums, "futures": asked.replications, "customers": asked.customers,
              "arms": [v.as_json() for v in found], "planted": planted,
              "draws": {name: {"z_mean": pair[0], "z_spread": pair[1]} for name, pair in draws.items()}}
    if asked.rounds:
        one_arm = question.cut(text, [first[0]], [first[1]], first[1])
        one = speed.race(engine, one_arm, fields, asked.speed_customers, asked.rounds)
        whole = question.Study(text, fields)  # without the policies that a run joins to them
        stated = question.cut(text, whole.scenarios, whole.policies, whole.baseline)
        every = speed.race(engine, stated, fields, asked.speed_customers, asked.rounds)
        threads = speed.two_threads(engine, text, asked.speed_customers, asked.rounds)
        lines += report.of_speed(one, every, threads)
        answer |= {"speed": {"bar": speed.bar_of_ratio, "one_arm": one, "all_arms": every},
                   "two_threads": {"bar": speed.bar_of_threads} | threads}
    print(json.dumps(answer, indent=2) if asked.json else "\n".join(lines))
    sys.exit(0 if holds else 1)


if __name__ == "__main__":
    main()
