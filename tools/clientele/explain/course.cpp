// Both policies live side by side in one run, so that what differs is theirs.
#include "tools/clientele/explain/course.hpp"

#include <algorithm>

#include "sim/plan.hpp"
#include "sim/run.hpp"

namespace clientele::tools {

namespace {

class Recorder final : public sim::Watcher {
 public:
  explicit Recorder(std::uint32_t policy) : policy_(policy) {}

  void saw(const sim::StepSeen& seen) override {
    if (seen.kind != sim::MonthKind::usual) return;
    courses.group = seen.group;
    const bool begins = seen.step == "birth" || seen.step == "fork";
    if (begins) is_there = true;
    for (const sim::Change& change : seen.changes)
      if (begins && change.is_for_life) courses.born[std::string(change.name)] = change.after;
    const bool is_other = seen.cell.policy != policy_;
    if (seen.month < 0) return keep(seen, numbers_[0]), keep(seen, numbers_[1]);  // both have the baseline's past
    if (begins) return keep(seen, numbers_[is_other ? 1 : 0]);
    add(seen, is_other ? courses.other : courses.one, numbers_[is_other ? 1 : 0]);
  }

  Courses courses;
  bool is_there = false;

 private:
  static void keep(const sim::StepSeen& seen, std::map<std::string, double>& numbers) {
    for (const sim::Change& change : seen.changes) numbers[std::string(change.name)] = change.after;
  }

  void add(const sim::StepSeen& seen, Course& course, std::map<std::string, double>& numbers) {
    const bool is_gone = numbers["status"] >= 2 && numbers["on the books"] == 0;
    if (is_gone && seen.step == "review") return;  // a tier for whom no firm has a place in it
    Course::Month& month = course.months[seen.month];
    Course::Step& step = month.steps.emplace_back(Course::Step{std::string(seen.step), {}});
    for (const sim::Change& change : seen.changes)
      step.changes.push_back({std::string(change.name), change.before, change.after});
    keep(seen, numbers);
    month.numbers = numbers;
  }

  std::uint32_t policy_;
  std::map<std::string, double> numbers_[2];
};

class Nowhere final : public sim::Sink {
 public:
  void accept(sim::CellOutcome&&) override {}
};

bool is_equal(const Course::Month& one, const Course::Month& other) {
  return std::ranges::equal(one.steps, other.steps, [](const Course::Step& a, const Course::Step& b) {
    return a.name == b.name && std::ranges::equal(a.changes, b.changes, [](const auto& x, const auto& y) {
             return x.name == y.name && x.after == y.after;
           });
  });
}

}  // namespace

std::optional<Courses> simulate_courses(const sim::Study& study, const sim::Catalogue& catalogue,
                                        const CourseAsked& asked) {
  const sim::Plan plan(study, catalogue);
  Recorder recorder(asked.policies.first);
  Nowhere sink;
  sim::RunOptions options;
  options.threads = 1;
  options.engine = sim::Engine::threads;
  options.scratch = sim::Scratch::spoiled;
  options.watch = {&recorder, asked.customer};
  std::vector<sim::Cell> cells;
  for (const std::uint32_t policy : {asked.policies.first, asked.policies.second})
    cells.push_back({asked.scenario, policy, asked.draw, asked.replication});
  if (cells[0] == cells[1]) cells.pop_back();
  plan.run(cells, sink, options);
  if (!recorder.is_there) return std::nullopt;
  recorder.courses.steps = {"start"};
  for (const sim::Catalogue::Step& step : catalogue.steps()) recorder.courses.steps.push_back(step.name);
  return std::move(recorder.courses);
}

std::optional<int> first_difference(const Courses& courses) {
  for (const auto& [month, one] : courses.one.months) {
    const auto other = courses.other.months.find(month);
    if (other == courses.other.months.end() || !is_equal(one, other->second)) return month;
  }
  return std::nullopt;
}

}  // namespace clientele::tools
