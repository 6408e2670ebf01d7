# Tiers go out as a table and come in again: the same study, the same bits, and a cube that needs no table.
#
# tiers.py PROGRAM ROOT
import json
import pathlib
import subprocess
import sys
import tempfile

from expectations import end, expect

program, root = str(pathlib.Path(sys.argv[1]).resolve()), pathlib.Path(sys.argv[2])
head = """
[horizon]
months = 6
warmup = 12
[population]
customers = 200
[[policy]]
name = "today"
segmentation = "everyone"
[[policy]]
name = "ranked"
segmentation = "rank"
"""
stated = head + """
[[policy.tier]]
name = "gold \\"A\\""
share = 0.2
terms_days = 45
service.care = 100.5
[[policy.tier]]
name = "金"
share = 0.3
visible = 1
[[policy.tier]]
name = "rest"
"""


def clientele(*words):
    return subprocess.run([program, *map(str, words)], cwd=folder, capture_output=True, text=True, timeout=120)


def write(name, text):
    (folder / name).write_text(text)


def digest_of(study, *words):
    return json.loads(clientele("info", study, "--json", *words).stdout)["study_digest"]


def out_and_in():
    write("stated.toml", stated)
    seen = clientele("tiers", "stated.toml")
    expect(seen.returncode == 0 and seen.stdout.splitlines()[0] == "name,share,care,terms_days,visible",
           "the policy with several tiers is told, with the levers that somebody gets", seen)
    expect(seen.stdout == clientele("tiers", "stated.toml", "--policy", "ranked").stdout, "or the one that is named")
    expect("name" in clientele("tiers", "stated.toml", "--policy", "today").stdout, "a policy of one tier has a table")
    (folder / "tiers.csv").write_bytes(seen.stdout.encode())
    write("table.toml", head + 'tiers = "tiers.csv" # a table\n')
    expect(clientele("check", "table.toml").returncode == 0, "a study with a table is sound")
    expect(digest_of("stated.toml") == digest_of("table.toml"), "it is the same study")
    expect(clientele("tiers", "table.toml").stdout == seen.stdout, "and its table is the same")
    write("excel.csv", "\ufeffname;share;payment.terms_days;care;visible\r\n\"gold \"\"A\"\"\";0.2;45;100.5;\r\n"
          "金;0.3;;;1\r\nrest;;;;\r\n")
    write("excel.toml", head + "tiers = 'excel.csv'\n")
    expect(digest_of("excel.toml") == digest_of("stated.toml"), "as a spreadsheet writes it, too",
           clientele("check", "excel.toml"))
    write("tiers.csv", seen.stdout.replace("0.3", "0.4"))
    expect(digest_of("stated.toml") != digest_of("table.toml"), "another content is another study")
    words = ("--set", "policy.ranked.tier.rest.care=7")
    expect("rest,,7," in clientele("tiers", "excel.toml", *words).stdout, "options reach a tier of a table")
    top = "name,top\na,0.1\nb,0.5\nc,\n"
    write("top.csv", top)
    write("top.toml", head + 'tiers = "top.csv"\n')
    expect("b,0.4\n" in clientele("tiers", "top.toml").stdout, "tops become shares", clientele("tiers", "top.toml"))


def a_cube_needs_no_table():
    for study, cube in (("stated.toml", "stated.nc"), ("excel.toml", "excel.nc")):
        seen = clientele("run", study, "-o", cube, "-q", "--replications", "4")
        expect(seen.returncode == 0, f"{study} runs", seen)
    (folder / "excel.csv").unlink()
    hashes = [json.loads(clientele("info", cube, "--json").stdout)["data_hash"] for cube in ("stated.nc", "excel.nc")]
    expect(hashes[0] == hashes[1], "the same bits come out")
    seen = clientele("verify", "excel.nc", "--rerun", "100%")
    expect(seen.returncode == 0, "a cube is simulated again without the table", seen)


def points_have_the_table():
    write("excel.csv", "name,share,care\nA,0.2,10\nB,,\n")
    write("sweep.toml", '[sweep.grid]\npolicy.ranked.tier.A.care = [10, 20]\n' + head + 'tiers = "excel.csv"\n')
    seen = clientele("run", "sweep.toml", "-o", "sweep.nc", "-q", "--replications", "2")
    expect(seen.returncode == 0, "a sweep moves a number of a table", seen)


def mistakes_have_their_places():
    write("wrong.csv", "name,share,cares,terms_days,share\nA,0.2,1,400,\nB,abc,1,30,\n,1.5,,,\nC,1,2\n")
    write("wrong.toml", head + 'tiers = "wrong.csv"\n')
    seen = clientele("check", "wrong.toml")
    for words in ('wrong.csv:1:12: column "cares" is nothing that a tier can have', "Did you mean care?",
                  'wrong.csv:1:29: column "share" is there twice', "wrong.csv:2:9: ", "terms_days = 400 is outside",
                  'wrong.csv:3:3: share = "abc" is no number', "wrong.csv:4:1: ", "a tier has no name",
                  "wrong.csv:5:1: has 3 fields, and the header has 5", "  2 | A,0.2,1,400,"):
        expect(seen.returncode == 65 and words in seen.stderr, f"{words} is told", seen)
    for text, meant in (("", "is empty"), ("name,share\n", "has a header and no rows"), ("name,share\nA,0.6\nB,0.6\n",
                        "add up to 1.2"), ('name,share\n"A,0.6\n', "wrong.csv:2:1")):
        write("wrong.csv", text)
        seen = clientele("check", "wrong.toml")
        expect(seen.returncode == 65 and meant in seen.stderr, f"{meant} is told", seen)
    for line, meant in (('tiers = "no.csv"', "Is it beside the study?"), ('tiers = "../a.csv"', "leads away"),
                        ("tiers = 3", "is no path"), ('tiers = "top.csv"\ntier = [ { name = "A" } ]', "Which ones?")):
        write("wrong.toml", head + line + "\n")
        seen = clientele("check", "wrong.toml")
        expect(seen.returncode == 65 and meant in seen.stderr, f"{line} is refused", seen)
    for words, meant in ((("--policy", "rankd"), 'Did you mean "ranked"?'), (("--polcy", "a"), "--policy")):
        seen = clientele("tiers", "stated.toml", *words)
        expect(seen.returncode == 64 and meant in seen.stderr, f"{words} is refused", seen)
    write("one.toml", "[population]\ncustomers = 10\n[[policy]]\nname = \"a\"\nsegmentation = \"everyone\"\n")
    expect("which policy's tiers" in clientele("tiers", "one.toml").stderr, "a study without tiers has none to tell")


with tempfile.TemporaryDirectory() as name:
    folder = pathlib.Path(name)
    out_and_in()
    a_cube_needs_no_table()
    points_have_the_table()
    mistakes_have_their_places()
end()
