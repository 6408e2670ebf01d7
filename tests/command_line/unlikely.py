# Numbers that are legal and still unlikely to be meant are warned of, and others are not.
#
# unlikely.py PROGRAM ROOT
import pathlib
import subprocess
import sys
import tempfile

from expectations import end, expect

program = str(pathlib.Path(sys.argv[1]).resolve())
study = """
[horizon]
months = 12
[population]
customers = 50
arrivals = 1
[[policy]]
name = "today"
segmentation = "everyone"
tier = [ { name = "all", care = 30 } ]
[[policy]]
name = "ranked"
segmentation = { rule = "rank", look_back = 12 }
tier = [ { name = "A", share = 0.5 }, { name = "B", care = 30 } ]
"""


def warnings_of(*numbers, text=study):
    path = folder / "study.toml"
    path.write_text(text)
    words = [word for number in numbers for word in ("--set", number)]
    seen = subprocess.run([program, "check", path, *words], capture_output=True, text=True, timeout=120)
    expect(seen.returncode == 0, f"{numbers} is legal", seen)
    return seen.stderr


def is_warned_of(numbers, others, meant, text=study):
    said = warnings_of(*numbers, text=text)
    expect(all(words in said for words in meant), f"{numbers} is warned of: {said}")
    unlike = warnings_of(*others, text=text)
    expect(not any(words in unlike for words in meant), f"{others} is not: {unlike}")


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    is_warned_of(["churn.base_hazard=0.12"], ["churn.base_hazard=0.05"],
                 ["churn.base_hazard = 0.12 a month is 78 % in a year", "of a year it would be 0.0106"])
    is_warned_of(["credit.default_chance.mean=0.03"], ["credit.default_chance.mean=0.004"], ["is 31 % in a year"])
    is_warned_of(["accounting.discount_rate=0.08"], ["accounting.discount_rate=0.01"],
                 ["accounting.discount_rate = 0.08 a month is 152 % in a year", "of a year it would be 0.00643"])
    groups = "".join(f'[[population.group]]\nname = "{name}"\nshare = 0.5\n' for name in "ab")
    of_all = warnings_of("accounting.discount_rate=0.08", text=study + groups)
    expect(of_all.count("a month is 152 %") == 1, f"what holds for all groups is said once: {of_all}")
    is_warned_of(["policy.today.tier.all.care=1000"], ["policy.today.tier.all.care=300"],
                 ["care of 1000 a month in tier all of policy today is more than the average customer brings"])
    is_warned_of(["payment.terms_days=120", "accounting.discount_rate=0.04"],
                 ["payment.terms_days=90", "accounting.discount_rate=0.01"],
                 ["terms of 120 days in tier all of policy today cost 16 % of an order"])
    is_warned_of(["points.earn=1", "points.value=0.3"], ["points.earn=1", "points.value=0.01"],
                 ["tier all gives back 30 % of sales", "earns 25 % with them"])
    is_warned_of(["points.earn=0.001"], ["points.earn=0.1"],
                 ["an average customer needs 100 months for a reward of 500 points, which end after 24 months"])
    exists = ["points.earn=1", "horizon.warmup=6"]
    is_warned_of(exists + ['points.opening={ issued = ["2026-12"], points = [9000000] }'],
                 exists + ['points.opening={ issued = ["2026-12"], points = [100] }'],
                 ["points.opening states 9000000 points, and all customers", "the table of more customers"])
    is_warned_of(["points.earn=1", "membership.join=0"], ["points.earn=1", "membership.join=0.2"],
                 ["policy today grants points, and nobody joins its program: join is 0 in all of its tiers"])
    notice = study.replace('"today"\n', '"today"\nsettings = { points.value = { value = 0.008, from = 6 } }\n')
    is_warned_of(["points.earn=1", "program.announced=20"], ["points.earn=1", "program.announced=3"],
                 ["policy today announces 20 months before"], text=notice)
    is_warned_of(["purchasing.orders_per_month.mean=0.05"], ["purchasing.orders_per_month.mean=0.2"],
                 ["policy ranked, tier A: its cut at 50 % falls among customers who order nothing in 12 months"])
    by_orders = study.replace("look_back = 12", 'look_back = 3, by = "orders"')
    is_warned_of(["purchasing.orders_per_month.mean=0.8"], ["purchasing.orders_per_month.mean=40"],
                 ["falls among customers with 2 orders in 3 months"], text=by_orders)
    (folder / "own.csv").write_text("id,tenure\n" + "".join(f"c{n},12\n" for n in range(50)))
    own = study.replace("customers = 50\narrivals = 1", 'file = "own.csv"\narrivals = 1')
    costless = ["logistics.shipping=0", "logistics.handling=0", "logistics.per_km=0", "acquisition.cost_per_customer=0"]
    is_warned_of(costless, costless[:2] + ["acquisition.cost_per_customer=9"],
                 ["it costs nothing to deliver an order (logistics.shipping, handling and per_km) and to acquire"],
                 text=own)
    is_warned_of(costless[3:], ["acquisition.cost_per_customer=9"], ["it costs nothing to acquire a customer"],
                 text=own)
    is_warned_of(["credit.default_chance=0"], ["credit.default_chance=0", "payment.terms_days=0"],
                 ["it costs nothing to give credit that is never paid back (credit.default_chance)"], text=own)
    expect("costs nothing" not in warnings_of(*costless), "a base that is invented may do without these costs")
end()
