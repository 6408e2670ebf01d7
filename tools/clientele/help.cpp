// `clientele help`: one screen.
#include <cstdio>

#include "tools/clientele/arguments.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {

sim::Exit help(const Words& words) {
  expect_nothing(words, "help");
  std::fputs(
      R"(clientele answers what a customer base will do under each policy you could adopt.

  clientele run STUDY [-o FILE]     live the study, or go on where it was stopped; print the answer;
                                    write the cube of all outcomes to FILE
  clientele check STUDY             read the study and say how large it is, or all that is wrong with it
  clientele compare CUBE            say which policy is better, how sure that is, and what one firm may live
  clientele info STUDY|CUBE         what a study asks, or what a cube holds
  clientele clean FILE              remove the records (FILE.run) from which a run goes on, and a cube is extended
  clientele version
  clientele help

Options of run and check:
  --set PATH=VALUE                  one value of the study, e.g. payment.terms_days=45 or
                                    policy.ranked.tier.A.share=0.1; may stand several times
  --customers N  --replications N  --draws N  --months N  --seed N
  -q, --quiet                       nothing on stderr but mistakes
Options of run:
  -o, --output FILE                 the cube (HDF5, opens as netCDF-4)
  --dry-run                         memory, time and file sizes; nothing is written
  --force                           replace FILE where it holds other cells than the study asks for
  --threads N                       instead of all that the machine has; the numbers do not depend on it
Options of compare:
  --baseline NAME                   what the others are compared with (default: the study's)
  --policy NAME  --scenario NAME  --kpi NAME
                                    only these; each may stand several times; --kpi all compares all
  --across scenarios                each policy in the scenarios, against the first (or --baseline)
  --json  --csv                     for programs, for spreadsheets
Options of info:
  --json                            for programs

Exit statuses: 0 done, 64 usage, 65 mistakes in the study or its data, 69 does not fit into memory
or in use by another run, 70 internal fault, 73 the output is there already and of another study,
74 input or output, 75 stopped early (the same command goes on), 77 permission.
)",
      stdout);
  return sim::Exit::done;
}

}  // namespace clientele::tools
