# Adds up what several runs of ctest (JUnit) or of Node.js (TAP) reported: count_tests.py BROKEN_BUILDS FILE...
import collections
import pathlib
import re
import sys
import xml.etree.ElementTree

# ctest's word for a case: run, fail, disabled, notrun. A case was skipped on its own request, or could not be started.
def verdict(case):
    if case.get("status") == "run":
        return "passed"
    message = " ".join(s.get("message", "") for s in case.iter("skipped"))
    return "skipped" if case.get("status") == "disabled" or "SKIP_" in message else "failed"


# Node.js says its counts last; a test that was cut short counts as failed.
def counts_of_tap(text):
    found = re.findall(r"^# (pass|fail|cancelled|skipped) (\d+)$", text, re.MULTILINE)
    said = {word: int(number) for word, number in found}
    return {"passed": said.get("pass", 0), "failed": said.get("fail", 1) + said.get("cancelled", 0),
            "skipped": said.get("skipped", 0)}


if __name__ == "__main__":
    count = collections.Counter({"failed": int(sys.argv[1])})
    there = [name for name in sys.argv[2:] if pathlib.Path(name).is_file()]
    for name in filter(lambda n: n.endswith(".tap"), there):
        count.update(counts_of_tap(pathlib.Path(name).read_text()))
    for name in filter(lambda n: n.endswith(".xml"), there):
        for case in xml.etree.ElementTree.parse(name).getroot().iter("testcase"):
            count[verdict(case)] += 1
            if verdict(case) != "passed":
                print(f"{verdict(case)}: {case.get('name')}")
    print(f"\n{count['passed']} passed, {count['failed']} failed")
    sys.exit(1 if count["failed"] or not count["passed"] else 0)
