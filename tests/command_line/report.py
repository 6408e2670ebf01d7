# Makes pages of cubes: what they say is what `compare` says, what they draw adds up, and no name of a study does
# anything in them.
import html
import json
import math
import pathlib
import re
import subprocess
import sys
import tempfile
import zipfile

from expectations import end, expect

program, root = sys.argv[1], pathlib.Path(sys.argv[2])
asked = (root / "tests/command_line/three_policies.toml").read_text()
short = ["--months", "13", "--quiet"]


def clientele(*words):
    return subprocess.run([program, *map(str, words)], capture_output=True, text=True, timeout=120)


def cube_of(folder, name, study, *words):
    words = [*words, "--customers", "60" if name == "many" else "400"]
    (folder / f"{name}.toml").write_text(study)
    seen = clientele("run", folder / f"{name}.toml", *short, *words, "-o", folder / f"{name}.nc")
    expect(seen.returncode == 0, f"{name}.nc is made", seen)
    return folder / f"{name}.nc"


def page_of(cube, *words):
    target = cube.with_suffix(".html")
    seen = clientele("report", cube, "-o", target, "--force", *words)
    expect(seen.returncode == 0 and seen.stdout.strip() == str(target), f"a page of {cube.name} {words} is made", seen)
    return target.read_text()


def data_of(page):
    return json.loads(re.search(r'<script type="application/json" id="pictures">(.*?)</script>', page, re.S).group(1))


def pictures_of(page):
    return {picture["id"]: picture for picture in data_of(page)["pictures"]}


def records_of(picture):
    names = [column["name"] for column in picture["columns"]]
    return [dict(zip(names, row)) for row in picture["rows"]]


def text_of(markup):
    return " ".join(html.unescape(re.sub(r"<[^>]*>", "", markup)).split())


def sentences_of(page):
    answer = re.search(r'<div class="answer">(.*?)</div>', page, re.S).group(1)
    return [text_of(p) for p in re.findall(r"<p>(.*?)</p>", answer, re.S)]


def compared(cube, *words):
    return json.loads(clientele("compare", cube, "--json", *words).stdout)


def check_same_as_compare(cube, page):
    answer = compared(cube)
    expect(sentences_of(page) == [sentence["text"] for sentence in answer["answer"]],
           f"the page has the sentences of compare: {sentences_of(page)}")
    arms = {(arm["scenario"], arm["policy"]): arm for arm in answer["kpis"][0]["arms"] if arm["against"]}
    rows = records_of(pictures_of(page)["forest"])
    expect({(row["scenario"], row["policy"]) for row in rows} == set(arms), "the forest has a row for each pair")
    for row in rows:
        against = arms[row["scenario"], row["policy"]]["against"]
        average, future = against["average"], against["one_future"]
        expect(row["mean"] == average["mean"] and row["better"] == against["chance_of_futures"]["share"] and
               row["future_low"] == future["low"] and math.isclose(row["high"] - row["mean"], average["half_width"]),
               f"the forest has the numbers of compare: {row}")
    terminal = clientele("compare", cube).stdout
    table = re.search(r'id="picture-forest">.*?<tbody>(.*?)</tbody>', page, re.S).group(1)
    for line in re.findall(r"<tr>(.*?)</tr>", table, re.S):
        mean = re.findall(r'<td class="n">(.*?)</td>', line)[0]
        expect(mean in terminal, f"the page rounds an average as the terminal does: {mean}")


def check_levels(cube, page):
    for kpi in ("npv", "peak_receivables"):
        arms = compared(cube, "--kpi", kpi)["kpis"][0]["arms"]
        rows = records_of(pictures_of(page)[f"levels-{kpi}"])
        expect([row["mean"] for row in rows] == [arm["mean"] for arm in arms], f"levels of {kpi} are those of compare")
    expect(all(1 <= row["peak_month"] <= 13 for row in rows), "the peak's month counts from 1")


def check_sums(cube, page):
    """The waterfall leads from the baseline to the policy, and each bar begins where the one before ends."""
    rows = records_of(pictures_of(page)["waterfall"])
    parts, total = rows[:-1], rows[-1]
    expect(total["kind"] == "total" and {row["kind"] for row in parts} == {"part"}, "one total, the last")
    at = 0
    for row in parts:
        expect(row["begin"] == at and row["end"] == at + row["amount"], f"a bar begins where the last ends: {row}")
        at = row["end"]
    answer = compared(cube, "--kpi", "customer_equity", "--policy", total["step"])
    whole = next(arm for arm in answer["kpis"][0]["arms"] if arm["against"])["against"]["average"]["mean"]
    expect(total["end"] == at and math.isclose(at, whole, rel_tol=1e-9), f"the bars add up to {whole}: {at}")
    expect("other parts of contribution" not in {row["step"] for row in parts}, f"every part has a name: {parts}")
    customers = records_of(pictures_of(page)["tiers"])
    flows = records_of(pictures_of(page)["flows"])
    expect(all(row["from"] != row["to"] and row["low"] <= row["customers"] <= row["high"] for row in flows),
           "moves are between two tiers")
    expect({row["tier"] for row in customers if row["policy"] == "ranked"} == {"A", "B", "C"}, "every tier is there")
    expect(all(row["low"] <= row["amount"] <= row["high"] for row in rows), f"each step has its interval: {rows}")
    money = records_of(pictures_of(page)["money"])
    by = json.loads(clientele("compare", cube, "--by", "tier", "--scenario", "baseline", "--json").stdout)["by"]
    told = {(arm["policy"], part["name"], value["name"]): (value["share"] or {}).get("mean") for arm in by["arms"]
            for part in arm["parts"] for value in part["measures"]}
    for row in money:
        measure = {"spent on levers": "levers"}.get(row["measure"], row["measure"])
        expect(told[row["policy"], row["tier"], measure] == row["amount"], f"money is that of compare --by: {row}")
    for policy in ("bands", "ranked"):
        for measure in {row["measure"] for row in money}:
            shares = sum(row["amount"] for row in money if (row["policy"], row["measure"]) == (policy, measure))
            expect(math.isclose(shares, 1, rel_tol=1e-9), f"shares of {measure} under {policy} add up: {shares}")


def check_course(cube, page):
    """By the end of all months a policy has gained what it is worth in all."""
    rows = records_of(pictures_of(page)["course"])
    months = max(row["month"] for row in rows)
    for policy in ("bands", "ranked"):
        answer = compared(cube, "--kpi", "customer_equity", "--policy", policy)
        whole = next(arm for arm in answer["kpis"][0]["arms"] if arm["against"])["against"]["average"]["mean"]
        last = next(row for row in rows if row["policy"] == policy and row["month"] == months)
        expect(math.isclose(last["mean"], whole, rel_tol=1e-9), f"{policy} ends at {whole}: {last}")


def check_regret(page):
    rows = records_of(pictures_of(page)["regret"])
    for scenario in {row["scenario"] for row in rows}:
        best = [row for row in rows if row["scenario"] == scenario and row["is_best"] == 1]
        expect(len(best) == 1 and best[0]["given_up"] == 0, f"one policy is best in {scenario}")
    largest = {}
    for row in rows:
        largest[row["policy"]] = max(largest.get(row["policy"], 0), row["given_up"])
    expect({row["policy"] for row in rows if row["worst"] == 1} == {min(largest, key=largest.get)},
           f"the star stands where the largest is smallest: {largest}")


def check_self_contained(page):
    expect("default-src 'none'" in page and "Content-Security-Policy" in page, "the page forbids requests")
    expect(not re.search(r'\s(src|href)="(?!#)', page.split("<script", 1)[0]), "nothing is loaded")
    for tag in ("<link", "<iframe", "<img", "@import", "url("):
        expect(tag not in page.split("<script", 1)[0], f"no {tag}")
    for heading in ("The policies", "How it was computed", "Assumptions", "The study", "Where it comes from"):
        expect(f"<h2>{heading}</h2>" in page, f"the page has {heading}")
    for figure in re.findall(r"<figure.*?</figure>", page, re.S):
        expect(all(part in figure for part in ('class="sentence"', "<figcaption>", "<table>")),
               "a picture has a sentence, a caption and a table without any script")
        expect(text_of(re.search(r'class="sentence">(.*?)</p>', figure, re.S).group(1)) != "", "the sentence says much")


def check_languages(cube):
    pages = {language: page_of(cube, "--language", language) for language in ("en", "zh", "es")}
    plain = {language: {i: [[v for v in row if isinstance(v, (int, float))] for row in p["rows"]]
                        for i, p in pictures_of(page).items()} for language, page in pages.items()}
    expect(plain["en"] == plain["zh"] == plain["es"], "no number differs between languages")
    for language, word in {"en": "How far each policy", "zh": "各政策与基准的差距", "es": "Cuánto se aparta"}.items():
        expect(f'<html lang="{language}">' in pages[language] and word in pages[language], f"{language} speaks itself")
    seen = clientele("report", cube, "-o", cube.with_suffix(".html"), "--force", "--language", "sp")
    expect(seen.returncode == 64 and "none of en (English), zh (Chinese)" in seen.stderr, "an unknown language", seen)


def check_workbook(folder, cube, page):
    """The workbook has a sheet for each picture, and the numbers of the page with all their digits."""
    target = folder / "draws.xlsx"
    seen = clientele("report", cube, "--xlsx", target)
    if "built without libxlsxwriter" in seen.stderr:
        print("no libxlsxwriter: the workbook is not looked at")
        return
    expect(seen.returncode == 0 and seen.stdout.strip() == str(target), "a workbook is made", seen)
    with zipfile.ZipFile(target) as book:
        sheets = [name for name in book.namelist() if name.startswith("xl/worksheets/sheet")]
        numbers = {float(v) for name in sheets for v in re.findall(r"<v>([-0-9.eE+]+)</v>", book.read(name).decode())}
        texts = book.read("xl/sharedStrings.xml").decode()
    expect(len(sheets) == 3 + len(pictures_of(page)), f"a sheet a table: {len(sheets)}")
    for picture in pictures_of(page).values():
        for row in picture["rows"]:
            missing = [v for v in row if isinstance(v, (int, float)) and
                       not any(math.isclose(v, n, rel_tol=1e-14) for n in (float(f"{v:.16g}"),) if n in numbers)]
            expect(missing == [], f"{picture['id']} has its numbers in the workbook: {missing}")
    for sentence in sentences_of(page):
        expect(sentence in html.unescape(texts), f"the workbook has {sentence!r}")


def check_guesses(folder, cube):
    """What sensitivity found of the same study is a picture; of another one it is refused."""
    facts = json.loads(clientele("info", cube, "--json").stdout)
    number = {"path": "churn.base_hazard", "called": "", "mark": "guess", "uncertain": False, "low": 0.01, "high": 0.02,
              "stated": 0.016, "at_low": -3.0, "at_high": 4.0, "half_width_low": 1.0, "half_width_high": 1.0,
              "change": 7.0, "half_width_change": 1.0, "turns_sign": True,
              "turns": [{"value": 0.014, "low": 0.013, "high": None, "positive_above": True}]}
    still = {**number, "path": "payment.late_offset", "at_low": 1.0, "at_high": 1.0, "turns": []}
    found = {"schema_version": 1, "what": "sensitivity", "title": "", "study_digest": facts["study_digest"],
             "model_version": facts["model_version"], "seed": 1, "customers": 60, "customers_of_study": 60,
             "scale": 1.0, "replications": 5, "scenario": "baseline", "policy": "bands", "baseline": "today",
             "rivals": 1, "kpi": "npv", "unit": "EUR", "direction": "higher is better",
             "base": {"mean": 1.0, "half_width": None, "caution": "", "why_missing": "few"}, "numbers": [number, still],
             "left_as_stated": [], "all_at_once": {"combinations": 200, "better": 90, "low": 0.4, "high": 0.5,
                                                   "clearly_better": 3, "clearly_worse": 4, "split": None}}
    file = folder / "s.json"
    file.write_text(json.dumps(found))
    page = page_of(cube, "--sensitivity", file)
    expect([list(row.values())[1:] for row in records_of(pictures_of(page)["guesses"])] == [[0.01, 0.02, -3, 4, 1]],
           "a guess that moves nothing is no bar")
    expect("1 of 2 numbers turn" in text_of(page) and "better than today in 90 of 200" in text_of(page), "in words")
    beside = pathlib.Path(f"{cube}.sensitivity.json")
    file.rename(beside)
    expect("guesses" in pictures_of(page_of(cube)), "the file beside the cube need not be named")
    beside.write_text(json.dumps({**found, "study_digest": "0" * 32}))
    seen = clientele("report", cube, "-o", folder / "beside.html")
    expect(seen.returncode == 0 and "warning: not told" in seen.stderr, "one that does not belong is left out", seen)
    beside.unlink()
    for key, value, text in (("study_digest", "0" * 32, "is of another study"), ("model_version", "x", "by model x"),
                             ("what", "else", "is not what clientele sensitivity"), ("numbers", 3, "is not what")):
        file.write_text(json.dumps({**found, key: value}))
        seen = clientele("report", cube, "-o", folder / "s.html", "--sensitivity", file)
        expect(seen.returncode == 65 and text in seen.stderr and not (folder / "s.html").exists(), f"{key}", seen)


def check_refusals(folder, cube):
    target = folder / "kept.html"
    target.write_text("mine")

    def refused(status, text, *words):
        seen = clientele("report", *words)
        expect(seen.returncode == status and text in seen.stderr and seen.stdout == "", f"{words}: {status}", seen)

    refused(73, "kept.html", cube, "-o", target)
    expect(target.read_text() == "mine", "a file that is there is kept")
    refused(73, "is the cube that the report is of", cube, "-o", cube, "--force")
    refused(73, "", cube, "-o", folder, "--force")
    refused(74, "", cube, "-o", folder / "nowhere" / "a.html")
    refused(64, "CUBE", "-o", folder / "b.html")
    refused(64, "-o report.html", cube)
    refused(64, "the same file", cube, "-o", folder / "b.html", "--xlsx", folder / "b.html")
    refused(73, "kept.html", cube, "-o", folder / "b.html", "--xlsx", target)
    refused(65, "", folder / "draws.toml", "-o", folder / "b.html")
    refused(64, "Did you mean", cube, "-o", folder / "b.html", "--kpi", "npw")
    expect(not (folder / "b.html").exists(), "nothing is written")
    again = clientele("report", cube, "-o", target, "--force")
    first = target.read_bytes()
    clientele("report", cube, "-o", target, "--force")
    expect(again.returncode == 0 and target.read_bytes() == first, "the same cube gives the same bytes", again)


hostile = ["<script>alert(1)</script>", "\"><img src=x onerror=alert(1)>", "&amp; & &lt;", "=1+1", "a" * 200, "日本 🦆",
           "שלום", "{policy}", "</script><b>", "x'y\"z", "{{x}}", "%s%n"]


def hostile_study(names):
    study = asked.split("[[policy]]")[0].replace("Regional distributor: which review of customers pays?",
                                                 "<b>&quot;</b> {title}")
    study += '[[policy]]\nname = "today"\nsegmentation = "everyone"\ntier = [ { name = "all" } ]\n'
    for name in names:
        study += (f"[[policy]]\nname = {json.dumps(name, ensure_ascii=False)}\nsegmentation = {{ rule = \"spend\", "
                  f"review_every = 3, look_back = 12 }}\ntier = [ {{ name = {json.dumps(name, ensure_ascii=False)}, "
                  "from = 40_000, discount = 0.01 }, { name = \"rest\" } ]\n")
    return study + '[experiment]\nbaseline = "today"\nreplications = 2\n'


def check_hostile(folder):
    page = page_of(cube_of(folder, "hostile", hostile_study(hostile)))
    before_script = page.split('<script type="application/json"')[0]
    expect("<script>alert" not in page and "<img" not in before_script, "a name is text")
    told = text_of(page.split("<footer>")[0])
    for name in hostile:
        expect(" ".join(name.split()) in told, f"{name!r} can be read")
    course = records_of(pictures_of(page)["course"])
    expect(all(row["middle"] is not None and row["low"] is None for row in course), "two futures: a middle, no band")
    expect(all(name in {row["policy"] for row in records_of(pictures_of(page)["forest"])} for name in hostile),
           "pictures have the names as they are")


def check_extremes(folder):
    """One policy, one future, many policies of many tiers, months summed: what cannot be answered is left out."""
    only = asked.split('[[policy]]\nname         = "bands"')[0] + '[experiment]\nbaseline = "today"\nreplications = 1\n'
    page = page_of(cube_of(folder, "only", only))
    expect("forest" not in pictures_of(page) and "levels-npv" in pictures_of(page), "one policy has levels alone")
    expect("There is one policy only" in page, "and the page says why")
    tiers = ", ".join(f'{{ name = "t{t}", from = {(12 - t) * 20_000} }}' for t in range(11)) + ', { name = "rest" }'
    many = asked.split("[[policy]]")[0]
    many += '[[policy]]\nname = "today"\nsegmentation = "everyone"\ntier = [ { name = "all" } ]\n'
    for p in range(63):
        many += (f'[[policy]]\nname = "p{p}"\nsegmentation = {{ rule = "spend", look_back = 12, '
                 f"review_every = {1 + p % 12} }}\ntier = [ {tiers} ]\n")
    many += '[experiment]\nbaseline = "today"\nreplications = 2\n'
    page = page_of(cube_of(folder, "many", many))
    expect(len(page) < 1_500_000, f"64 policies of 12 tiers are a page: {len(page)} bytes")
    drawn = {row["policy"] for row in records_of(pictures_of(page)["tiers"])}
    listed = records_of(pictures_of(page)["forest"])
    expect(len(drawn) <= 6 and len(listed) == 126, f"few are drawn, all are listed: {drawn}")
    few = asked.replace("replications = 20", "replications = 2")
    whole = pictures_of(page_of(cube_of(folder, "few", few)))
    page = page_of(cube_of(folder, "summed", few + '\n[output]\nby = []\nmonths = "total"\n'))
    for name in ("money", "groups", "flows"):
        expect(records_of(pictures_of(page)[name]) == records_of(whole[name]) != [], f"{name} is that of all months")
    expect("course" not in pictures_of(page) and "tiers" not in pictures_of(page), "pictures by month are left out")
    expect("Pictures by month are left out (this cube sums months)." in page, "and the page says so")


def check_winners(folder):
    """Parts of customers are those of `compare --by class`, and either list of them has the whole in it."""
    cube = cube_of(folder, "classes", asked + "\n[count]\nclasses = true\n")
    page = page_of(cube)
    picture = pictures_of(page)["winners"]
    rows = {row["part"]: row for row in records_of(picture)}
    arms = json.loads(clientele("compare", cube, "--by", "class", "--json").stdout)["by_class"]["arms"]
    shown = text_of(page)
    sentence = re.search(r"Under [^.]*, clearly more [^.]* than under today comes from: .*?\.", shown).group(0)
    told = [arm for arm in arms if f"Under {arm['policy']}, " in sentence and
            f"Scenario {arm['scenario']}. Difference of" in shown]
    expect(len(told) == 1, f"one policy and scenario is shown: {sentence}")
    told = told[0]
    expect([row["name"] for row in told["tenths"]] == list(rows)[:len(told["tenths"])], f"the tenths are there: {rows}")
    for row in told["tenths"] + told["tiers"]:
        drawn = rows[row["name"].removeprefix("today's ").replace("earlier leavers", "who had left before")
                     .replace("newcomers", "who came later")]
        expect(drawn["mean"] == row["difference"]["mean"] and drawn["customers"] == row["customers"],
               f"{row['name']} is as compared: {drawn} {row}")
    for language, word in (("zh", "十分位"), ("es", "décimo")):
        translated = pictures_of(page_of(cube, "--language", language))["winners"]
        expect(word in translated["rows"][0][1] and len(translated["rows"]) == len(picture["rows"]), f"in {language}")


def check_unchanged(folder):
    """A policy of the baseline's levers, and one whose tier nobody reaches, change nothing, for a reason."""
    study = asked.split('[[policy]]\nname         = "bands"')[0]
    study += ('[[policy]]\nname = "twin"\nsegmentation = "everyone"\ntier = [ { name = "all" } ]\n'
              '[[policy]]\nname = "dream"\nsegmentation = { rule = "spend", review_every = 3, look_back = 12 }\n'
              'tier = [ { name = "moon", from = 900_000_000, discount = 0.1 }, { name = "rest" } ]\n'
              '[experiment]\nbaseline = "today"\nreplications = 2\n')
    page = text_of(page_of(cube_of(folder, "unchanged", study)))
    expect("twin is today in every simulated future and month: its tiers grant what today grants." in page, "a twin")
    expect("dream is today in every simulated future and month: no customer is ever in moon." in page, "empty tier")


with tempfile.TemporaryDirectory() as name:
    place = pathlib.Path(name)
    drawn = asked.replace("between = 1.1", "between = 0.4").replace("replications = 20", "replications = 1\ndraws = 40")
    drawn += '\n[uncertain]\npurchasing.elasticity = { dist = "normal", mean = -2.6, sd = 0.5 }\n'
    cube = cube_of(place, "draws", drawn)
    page = page_of(cube)
    check_same_as_compare(cube, page)
    check_levels(cube, page)
    check_sums(cube, page)
    check_course(cube, page)
    check_regret(page)
    check_self_contained(page)
    every = ("course forest waterfall tornado chance regret levels-npv levels-peak_receivables frontier tiers flows "
             "money groups whale")
    expect(set(every.split()) == set(pictures_of(page)), "every picture is there")
    check_languages(cube)
    check_workbook(place, cube, page)
    check_guesses(place, cube)
    check_refusals(place, cube)
    check_hostile(place)
    check_extremes(place)
    check_unchanged(place)
    check_winners(place)
end()
