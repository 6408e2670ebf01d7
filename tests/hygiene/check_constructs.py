# What no file may contain, because it changes bits, hides a dependency or is left over.
import re

import sources

# libm's last bits differ between libraries and CPUs; correctly rounded and exact functions do not.
transcendental = ("exp exp2 exp10 expm1 log log2 log10 log1p pow cbrt hypot sin cos tan asin acos atan atan2 "
                  "sinh cosh tanh asinh acosh atanh erf erfc lgamma tgamma beta").replace(" ", "|")
kernels = ("sim/", "models/")
closed_forms = ("models/theory/", "models/fit/")  # no outcome hangs on their last digits
everywhere = ("",)
nowhere = ()
own_words = "random words have addresses: sim/random"
own_math = "libm changes bits: sim/core/math.hpp"

# (pattern, in files that start so, but not in those that start so, why)
banned_code = (
    (r"-ffast-math|-Ofast", everywhere, ("tests/hygiene/", "tools/cmake/"), "rearranged arithmetic changes bits"),
    (r"\bstd::\w+_distribution\b", everywhere, ("tools/bench/", "tests/"), "std distributions differ by library"),
    (r"\bstd::(mt19937\w*|random_device|default_random_engine|minstd_rand0?|ranlux\w+|knuth_b|generate_canonical)\b",
     everywhere, ("tools/bench/", "tests/"), own_words),
    (r"(?<![\w:.>])(std::|::)?s?rand(om)?\s*\(\s*\)", everywhere, ("tools/bench/",), own_words),
    (rf"(\bstd::|(?<![\w:])::)({transcendental})[fl]?\s*\(", kernels, closed_forms, own_math),
    (rf"(?<![\w:.>])({transcendental})[fl]\s*\(", kernels, closed_forms, own_math),
    (rf"\b__builtin_({transcendental})[fl]?\b", kernels, closed_forms, own_math),
    (r"#\s*pragma\s+omp\s+(?!simd\b|declare\s+simd\b)", everywhere, ("tools/bench/",),
     "OpenMP owns lanes only; TBB owns threads"),
    (r"#\s*pragma\s+(STDC|GCC\s+optimize|clang\s+fp|float_control)", everywhere, nowhere,
     "one set of floating-point rules"),
    (r"\bstd::(reduce|transform_reduce|execution)\b", kernels, nowhere, "the order of a sum is ours"),
    (r"\busing\s+namespace\b", everywhere, nowhere, "names say where they come from"),
    (r"\bnamespace\s+clientele::\w+::\w+", everywhere, nowhere, "namespaces are never deeper"),
    (r"\bnamespace\s+(detail|internal|impl)\b", everywhere, nowhere, "insides live in anonymous namespaces"),
)
banned_text = (
    (r"\b(TODO|FIXME|XXX)\b", everywhere, ("tests/hygiene/",), "do it or drop it"),
    (r"\t", everywhere, nowhere, "spaces only"),
    (r"[ \t]+$", everywhere, nowhere, "trailing space"),
)
text_suffixes = (".hpp", ".cpp", ".py", ".cmake", ".txt", ".sh", ".toml", ".js", ".R")
first_sentence = re.compile(r"(?:(?://|#) ?\S[^\n]*\n)*?(?://|#) ?\S[^\n]*[.:?!)]$", re.MULTILINE)


def applies(name, inside, outside):
    return name.startswith(inside) and not (outside and name.startswith(outside))


def breaches_of(name, text, banned):
    for pattern, inside, outside, why in banned:
        if applies(name, inside, outside):
            for match in re.finditer(pattern, text, re.MULTILINE):
                line = text.count("\n", 0, match.start()) + 1
                yield f"{name}:{line}: {match.group(0).strip() or repr(match.group(0))} ({why})"


def layout_breaches(name, text):
    """The file opens with a comment sentence that says its heart. No line is wider than 120 columns."""
    lines = text.split("\n")
    opening = text[text.index("\n") + 1:] if text.startswith("#!") else text
    if name.endswith((".hpp", ".cpp", ".py", ".cmake", ".sh", "CMakeLists.txt")) and not first_sentence.match(opening):
        yield f"{name}:1: the first line is not a comment sentence that says the file's heart"
    if name.endswith((".hpp", ".cpp", ".py", ".cmake", ".sh", "CMakeLists.txt")):
        for number, line in enumerate(lines, 1):
            if len(line) > 120:
                yield f"{name}:{number}: {len(line)} columns (120 are the limit)"
    if name.endswith(".hpp") and "#pragma once" not in text:
        yield f"{name}:1: #pragma once is missing"


def text_files(root):
    yield root / "CMakeLists.txt"
    for folder in sources.folders:
        yield from (p for p in sorted((root / folder).rglob("*"))
                    if p.is_file() and p.suffix in text_suffixes and "__pycache__" not in p.parts)


if __name__ == "__main__":
    root = sources.root_from_arguments()
    found = []
    for path in text_files(root):
        name = path.relative_to(root).as_posix()
        text = path.read_text()
        found += breaches_of(name, text, banned_text)
        found += layout_breaches(name, text)
        if path.suffix in sources.cpp_suffixes:
            found += breaches_of(name, sources.code_only(text), banned_code)
        elif path.suffix in (".txt", ".cmake"):
            found += breaches_of(name, text, banned_code[:1])
    sources.report(found, "banned constructs")
