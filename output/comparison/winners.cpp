// Futures of a class are added up before anything is averaged, so that intervals of sums are of sums.
#include "output/comparison/winners.hpp"

#include <algorithm>
#include <cmath>
#include <span>

#include "output/comparison/by.hpp"
#include "sim/class_names.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

/// Which classes are taken together, and what that is called.
struct Part {
  std::string name;
  std::vector<std::size_t> classes;
};

/// How the classes of a cube lie: of each group, tiers by tenths and three more.
class Lying {
 public:
  explicit Lying(const CubeReader& cube)
      : names_(cube.axes().each_class), groups_(cube.axes().each_group), of_group_(names_.size() / groups_.size()) {
    sim::expects(names_.size() % groups_.size() == 0 && of_group_ > others && (of_group_ - others) % sim::tenths == 0,
                 "classes of each group are tiers by tenths, and three more");
  }
  std::vector<Part> classes() const {
    std::vector<Part> parts;
    for (std::size_t c = 0; c < names_.size(); ++c) parts.push_back({names_[c], {c}});
    return parts;
  }
  std::vector<Part> tiers() const {
    std::vector<Part> parts;
    for (std::size_t first = 0; first < of_group_ - others; first += sim::tenths)
      parts.push_back(all_groups(name_within(first), first, sim::tenths, 1));
    for (std::size_t at = of_group_ - others; at < of_group_; ++at)
      parts.push_back(all_groups(name_within(at), at, 1, 1));
    return parts;
  }
  std::vector<Part> tenths() const {
    std::vector<Part> parts;
    for (std::size_t tenth = 0; tenth < sim::tenths; ++tenth)
      parts.push_back(
          all_groups("tenth " + std::to_string(tenth + 1), tenth, (of_group_ - others) / sim::tenths, sim::tenths));
    return parts;
  }
  std::vector<Part> groups() const {
    std::vector<Part> parts;
    for (std::size_t g = 0; g < groups_.size() && groups_.size() > 1; ++g) {
      Part& part = parts.emplace_back(Part{groups_[g], {}});
      for (std::size_t at = 0; at < of_group_; ++at) part.classes.push_back(g * of_group_ + at);
    }
    return parts;
  }
  Part all() const {
    Part part{"all", {}};
    for (std::size_t c = 0; c < names_.size(); ++c) part.classes.push_back(c);
    return part;
  }

 private:
  static constexpr std::size_t others = 3;
  Part all_groups(const std::string& name, std::size_t first, std::size_t number, std::size_t step) const {
    Part part{name, {}};
    for (std::size_t g = 0; g < groups_.size(); ++g)
      for (std::size_t i = 0; i < number; ++i) part.classes.push_back(g * of_group_ + first + i * step);
    return part;
  }
  /// Without the group, and without the tenth.
  std::string name_within(std::size_t at) const {
    std::string name = names_[at];
    if (groups_.size() > 1) name = name.substr(std::min(name.size(), groups_.front().size() + 3));
    const std::size_t tenth = name.rfind(" / tenth ");
    return tenth == std::string::npos ? name : name.substr(0, tenth);
  }

  const std::vector<std::string>& names_;
  const std::vector<std::string>& groups_;
  std::size_t of_group_;
};

/// Numbers of one arm, [future][class].
class Numbers {
 public:
  Numbers(const ComparisonInput& input, std::vector<double> values, std::size_t classes)
      : input_(&input), values_(std::move(values)), classes_(classes) {}

  Futures of(const Part& part) const {
    Futures sum{input_->draws, input_->replications, input_->people, {}, !input_->drawn.empty()};
    sum.values.assign(values_.size() / classes_, 0);
    for (std::size_t f = 0; f < sum.values.size(); ++f)
      for (const std::size_t c : part.classes) sum.values[f] += values_[f * classes_ + c];
    return sum;
  }

 private:
  const ComparisonInput* input_;
  std::vector<double> values_;
  std::size_t classes_;
};

double mean_of_present(const Futures& futures) {
  double sum = 0, known = 0;
  for (const double value : futures.values)
    if (!std::isnan(value)) sum += value, ++known;
  return known == 0 ? 0 : sum / known;
}

/// One policy against the baseline.
class Pair {
 public:
  Pair(const CubeReader& cube, const ComparisonInput& input, const Question& question, const Winners& winners,
       std::size_t scenario, std::size_t policy)
      : input_(input), question_(question) {
    const auto kpi = [&](const std::string& name, std::size_t of) {
      return Numbers(input, cube.kpi_by(name, ByAxis::customer_class, scenario, of), cube.axes().each_class.size());
    };
    amounts_ = {kpi(winners.kpi.name, policy), kpi(winners.kpi.name, question.baseline)};
    if (!winners.granted.empty()) granted_ = {kpi(winners.granted, policy), kpi(winners.granted, question.baseline)};
    if (cube.has_sum_by_class("customers"))
      customers_.emplace_back(input, cube.sum_by_class("customers", scenario, question.baseline),
                              cube.axes().each_class.size());
  }

  WinnersRow row(const Part& part) const {
    WinnersRow row{part.name, customers(part), difference_in(amounts_, part)};
    row.of_customer = row.difference;
    if (row.customers > 0) row.of_customer.mean /= row.customers, row.of_customer.half_width /= row.customers;
    if (!(row.customers > 0)) row.of_customer.mean = row.of_customer.half_width = not_known;
    if (!granted_.empty()) row.granted = difference_in(granted_, part);
    return row;
  }
  std::vector<WinnersRow> rows(const std::vector<Part>& parts) const {
    std::vector<WinnersRow> rows;
    for (const Part& part : parts) rows.push_back(row(part));
    return rows;
  }

 private:
  double customers(const Part& part) const {
    return customers_.empty() ? 0 : mean_of_present(customers_.front().of(part)) / static_cast<double>(input_.months);
  }
  Interval difference_in(const std::vector<Numbers>& of, const Part& part) const {
    return interval_over(difference(of[0].of(part), of[1].of(part)), question_.confidence, input_.share_of_ten_largest);
  }

  const ComparisonInput& input_;
  const Question& question_;
  std::vector<Numbers> amounts_, granted_, customers_;
};

/// Nobody is in them, and nothing differs.
void leave_out_the_empty(std::vector<WinnersRow>& rows) {
  std::erase_if(rows, [](const WinnersRow& row) {
    return row.customers == 0 && row.difference.mean == 0 && (!row.granted || row.granted->mean == 0);
  });
}

/// Of customers who exist, nobody is told of where fewer than ten are; sums by tier and by tenth tell nothing of a
/// class, where no class is told.
void leave_out_the_few(WinnersArm& arm) {
  const auto few = [](const std::vector<WinnersRow>& rows) {
    std::vector<double> sizes;
    for (const WinnersRow& row : rows) sizes.push_back(row.customers);
    return too_few_to_tell(sizes);
  };
  arm.are_classes_left_out = std::ranges::count(few(arm.classes), true) > 0;
  if (arm.are_classes_left_out) arm.classes.clear();
  for (std::vector<WinnersRow>* rows : {&arm.tiers, &arm.tenths, &arm.groups}) {
    const std::vector<bool> small = few(*rows);
    std::vector<WinnersRow> shown;
    for (std::size_t i = 0; i < rows->size(); ++i)
      if (small[i])
        arm.left_out.push_back((*rows)[i].name);
      else
        shown.push_back((*rows)[i]);
    *rows = std::move(shown);
  }
}

}  // namespace

bool has_classes(const CubeReader& cube) { return !cube.axes().each_class.empty(); }

bool is_told_by_class(const CubeReader& cube, const std::string& kpi) {
  return cube.has_kpi_by(kpi, ByAxis::customer_class);
}

Winners winners_of(const CubeReader& cube, const ComparisonInput& input, const Question& question) {
  sim::expects(question.is_across_policies(), "classes are of the customers that policies share");
  const KpiTexts* kpi = input.kpi(question.kpis.front());
  const KpiTexts* spending = input.kpi(sim::KpiPart::spending);
  sim::expects(kpi != nullptr && is_told_by_class(cube, kpi->name), "a KPI by class is one that the cube tells");
  Winners winners{*kpi, {}, {}};
  if (spending != nullptr && is_told_by_class(cube, spending->name)) winners.granted = spending->name;
  const Lying lying(cube);
  for (const std::size_t scenario : question.scenarios)
    for (const std::size_t policy : question.policies) {
      if (policy == question.baseline) continue;
      const Pair pair(cube, input, question, winners, scenario, policy);
      WinnersArm& arm = winners.arms.emplace_back(WinnersArm{scenario, policy, pair.row(lying.all()),
                                                             pair.rows(lying.classes()), pair.rows(lying.tiers()),
                                                             pair.rows(lying.tenths()), pair.rows(lying.groups())});
      for (auto* rows : {&arm.classes, &arm.tiers, &arm.tenths, &arm.groups}) leave_out_the_empty(*rows);
      if (!input.customer_file.empty()) leave_out_the_few(arm);
      const double better = kpi->direction == sim::Direction::lower_is_better ? -1 : 1;
      std::ranges::stable_sort(arm.classes, std::greater{}, [&](const WinnersRow& row) {
        return std::isnan(row.difference.mean) ? 0 : better * row.difference.mean;
      });
    }
  return winners;
}

}  // namespace clientele::output
