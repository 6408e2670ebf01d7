# Adds up what several runs of ctest reported: count_tests.py BROKEN_BUILDS JUNIT_FILE...
import collections
import pathlib
import sys
import xml.etree.ElementTree

# ctest's word for a case: run, fail, disabled, notrun. A case was skipped on its own request, or could not be started.
def verdict(case):
    if case.get("status") == "run":
        return "passed"
    message = " ".join(s.get("message", "") for s in case.iter("skipped"))
    return "skipped" if case.get("status") == "disabled" or "SKIP_" in message else "failed"


if __name__ == "__main__":
    count = collections.Counter({"failed": int(sys.argv[1])})
    for name in filter(lambda n: pathlib.Path(n).is_file(), sys.argv[2:]):
        for case in xml.etree.ElementTree.parse(name).getroot().iter("testcase"):
            count[verdict(case)] += 1
            if verdict(case) != "passed":
                print(f"{verdict(case)}: {case.get('name')}")
    print(f"\n{count['passed']} passed, {count['failed']} failed")
    sys.exit(1 if count["failed"] or not count["passed"] else 0)
