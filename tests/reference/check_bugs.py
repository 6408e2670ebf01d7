# Every bug that is planted at night still has its place, exactly one, in a file that is there; so have its tests.
#
#   check_bugs.py SOURCES
import pathlib
import sys

from bugs import bugs


def main(sources):
    lost = []
    for bug in bugs:
        path = sources / bug.file
        places = path.read_text().count(bug.old) if path.is_file() else 0
        if places != 1:
            lost.append(f"{bug.name}: {bug.file} has {places} times instead of once:\n{bug.old}")
        for test in bug.found_by:
            if not any((sources / "tests" / f"{test}{end}").is_file() for end in ("_test.cpp", ".py")):
                lost.append(f"{bug.name}: there is no test {test}")
    names = [bug.name for bug in bugs]
    lost += [f"two bugs are called: {name}" for name in sorted(set(names)) if names.count(name) > 1]
    print("\n".join(lost) or f"{len(bugs)} bugs have their places")
    return 1 if lost else 0


if __name__ == "__main__":
    sys.exit(main(pathlib.Path(sys.argv[1]).resolve()))
