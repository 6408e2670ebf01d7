// clientele-bench ref1|scale: how fast the program is against plain loops, and whether it still says the same.
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>

#include <boost/program_options.hpp>

#include "sim/core/check.hpp"
#include "tools/bench/race.hpp"

namespace {

namespace bench = clientele::bench;
namespace sim = clientele::sim;
namespace po = boost::program_options;

int start(int argc, char** argv) {
  bench::RaceOptions options;
  std::string what;
  po::options_description shown(
      "clientele-bench ref1   against plain loops of std:: and Boost.Random, on one core\n"
      "clientele-bench scale  over threads, policies and customers, freely and in step\n\n"
      "Speeds are active customer-months per CPU second (ref1) or per second (scale)");
  auto add = shown.add_options();
  add("help", "this text");
  add("policies", po::value(&options.workload.policies)->default_value(2), "policies that share a world");
  add("customers", po::value(&options.workload.customers)->default_value(20480), "customers");
  add("replications", po::value(&options.workload.replications)->default_value(2), "replications of a run");
  add("rounds", po::value(&options.rounds)->default_value(7), "turns of each engine");
  add("json", "one JSON object");
  po::options_description all;
  all.add(shown).add_options()("what", po::value(&what));
  po::variables_map given;
  const auto places = po::positional_options_description().add("what", 1);
  po::store(po::command_line_parser(argc, argv).options(all).positional(places).run(), given);
  po::notify(given);
  if (given.count("help") != 0) {
    std::cout << shown;
    return static_cast<int>(sim::Exit::done);
  }
  if (options.rounds < 1 || options.workload.policies < 1 || options.workload.policies > 64 ||
      options.workload.customers < 1 || options.workload.replications < 1)
    throw po::error("rounds, customers and replications are at least 1, policies 1 to 64");
  options.form = given.count("json") != 0 ? bench::Form::json : bench::Form::lines;
  if (what == "ref1") return static_cast<int>(bench::race(options) ? sim::Exit::done : sim::Exit::differs);
  if (what != "scale") throw po::error("'" + what + "' is not a benchmark (there are ref1 and scale)");
  bench::show_scale(options.form);
  return static_cast<int>(sim::Exit::done);
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return start(argc, argv);
  } catch (const po::error& error) {
    std::cerr << "clientele-bench: " << error.what() << ". Try clientele-bench --help?\n";
    return static_cast<int>(sim::Exit::usage);
  } catch (const sim::UserError& error) {
    std::cerr << "clientele-bench: " << error.what() << '\n';
    return static_cast<int>(error.status());
  } catch (const std::exception& error) {
    std::cerr << "clientele-bench: " << error.what() << '\n';
    return static_cast<int>(sim::Exit::internal_fault);
  }
}
