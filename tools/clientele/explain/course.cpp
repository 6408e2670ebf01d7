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
    if (seen.step == "birth") {
      for (const sim::Change& change : seen.changes) courses.born[std::string(change.name)] = change.after;
      is_there = true;
      return;
    }
    if (seen.month < 0 || (seen.month == 0 && seen.step == "start")) return;  // both begin with the baseline's past
    add(seen, seen.cell.policy == policy_ ? courses.one : courses.other, numbers_[seen.cell.policy == policy_ ? 0 : 1]);
  }

  Courses courses;
  bool is_there = false;

 private:
  void add(const sim::StepSeen& seen, Course& course, std::map<std::string, double>& numbers) {
    const bool is_gone = numbers["status"] >= 2 && numbers["on the books"] == 0;
    if (is_gone && seen.step == "review") return;  // a tier for whom no firm has a place in it
    Course::Month& month = course.months[seen.month];
    Course::Step& step = month.steps.emplace_back(Course::Step{std::string(seen.step), {}});
    for (const sim::Change& change : seen.changes) {
      step.changes.push_back({std::string(change.name), change.before, change.after});
      numbers[std::string(change.name)] = change.after;
    }
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
