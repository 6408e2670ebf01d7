// What people can ask for, one file each; the exit status comes back, mistakes are thrown as sim::UserError.
#pragma once
#include <string>
#include <vector>

#include "sim/core/check.hpp"

namespace clientele::tools {

/// The words behind the verb.
using Words = std::vector<std::string>;

sim::Exit run(const Words& words);
sim::Exit check(const Words& words);
sim::Exit verify(const Words& words);
sim::Exit clean(const Words& words);
sim::Exit merge(const Words& words);
sim::Exit status(const Words& words);
sim::Exit compare(const Words& words);
sim::Exit diff(const Words& words);
sim::Exit report(const Words& words);
sim::Exit info(const Words& words);
sim::Exit explain(const Words& words);
sim::Exit schema(const Words& words);
sim::Exit tiers(const Words& words);
sim::Exit init(const Words& words);
sim::Exit backtest(const Words& words);
sim::Exit classify(const Words& words);
sim::Exit track(const Words& words);
sim::Exit doctor(const Words& words);
sim::Exit sensitivity(const Words& words);
sim::Exit slurm(const Words& words);
sim::Exit version(const Words& words);
sim::Exit help(const Words& words);

}  // namespace clientele::tools
