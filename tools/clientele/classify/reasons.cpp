// What tiers start from is read off the policy; ranks are counted among the customers of the file.
#include "tools/clientele/classify/reasons.hpp"

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdio>
#include <numeric>

#include "sim/core/printable.hpp"
#include "sim/roll_out.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

enum class Climb { from, rank, sales, none };

bool is_number(double value) { return !std::isnan(value); }

Climb climb_of(const sim::Study& study, const sim::Catalogue& catalogue, const ClassifiedUnder& under) {
  const sim::Policy& policy = study.policies[under.policy];
  const auto tiers = sim::own_tiers(policy);
  if (under.deciding() == nullptr || tiers.size() < 2) return Climb::none;
  if (std::ranges::any_of(tiers, [](const sim::Tier& tier) { return tier.from.has_value(); })) return Climb::from;
  if (std::ranges::none_of(tiers, [](const sim::Tier& tier) { return tier.share.has_value(); })) return Climb::none;
  return catalogue.segmentations()[policy.segmentation].from_unit == "sales" ? Climb::sales : Climb::rank;
}

/// "5,310", "74.2", "0.35"
std::string told_number(double value) {
  const double size = std::fabs(value);
  const double rounded = std::round(value * (size < 10 ? 1e3 : 1e2)) / (size < 10 ? 1e3 : 1e2);
  const double whole = std::floor(std::fabs(rounded));
  if (whole < 1000 || whole > 9e15) return sim::number_text(rounded);
  std::string text = (rounded < 0 ? "-" : "") + with_commas(static_cast<std::uint64_t>(whole));
  const std::string part = sim::number_text(std::round((std::fabs(rounded) - whole) * 100) / 100);
  return part.starts_with("0.") ? text + part.substr(1) : text;
}

/// Rows from the one who stands best on, and what of all stands before each: customers, or what they bring.
struct StandingOrder {
  std::vector<std::size_t> rank;  ///< by row, from 1 on; 0: is not told
  std::vector<double> before;     ///< by row, a share
  std::size_t told = 0;
};

StandingOrder order_of(const ClassifiedUnder& under, Climb climb) {
  const std::vector<double>& values = under.deciding()->values;
  std::vector<std::size_t> rows;
  for (std::size_t row = 0; row < values.size(); ++row)
    if (is_number(values[row])) rows.push_back(row);
  std::ranges::sort(rows, [&](std::size_t a, std::size_t b) {
    if (values[a] != values[b]) return values[a] > values[b];
    return under.tiers[a] != under.tiers[b] ? under.tiers[a] < under.tiers[b] : a < b;
  });
  StandingOrder order{std::vector<std::size_t>(values.size()), std::vector<double>(values.size()), rows.size()};
  double all = static_cast<double>(rows.size()), before = 0;
  if (climb == Climb::sales)
    all = std::accumulate(rows.begin(), rows.end(), 0.0,
                          [&](double sum, std::size_t row) { return sum + std::max(0.0, values[row]); });
  for (std::size_t k = 0; k < rows.size(); ++k) {
    order.rank[rows[k]] = k + 1;
    order.before[rows[k]] = all > 0 ? before / all : 0;
    before += climb == Climb::sales ? std::max(0.0, values[rows[k]]) : 1;
  }
  return order;
}

/// Shares of all that tiers 0 to k take together; a tier without one takes what the others leave.
std::vector<double> shares_taken(std::span<const sim::Tier> tiers) {
  double given = 0;
  for (const sim::Tier& tier : tiers) given += tier.share.value_or(0);
  std::vector<double> taken;
  double sum = 0;
  for (const sim::Tier& tier : tiers) taken.push_back(sum += tier.share.value_or(std::max(0.0, 1 - given)));
  return taken;
}

std::string per_cent(double share) { return told_number(std::round(share * 1e4) / 100) + " %"; }

class Reasons {
 public:
  Reasons(const sim::Study& study, const sim::Catalogue& catalogue, const sim::OutcomeInfo& info,
          const ClassifiedUnder& under)
      : policy_(study.policies[under.policy]),
        under_(under),
        tiers_(sim::own_tiers(policy_)),
        climb_(climb_of(study, catalogue, under)),
        has_members_(catalogue.segmentations()[policy_.segmentation].is_of_members()),
        rules_(info.texts.tier_rules[under.policy]),
        taken_(shares_taken(tiers_)),
        baseline_(study.policies[study.baseline].name) {
    if (climb_ == Climb::rank || climb_ == Climb::sales) order_ = order_of(under, climb_);
  }

  std::string of(std::size_t row) const {
    const std::int32_t tier = under_.tiers[row];
    if (tier < 0) return "has left in every future before the first review";
    const auto place = static_cast<std::size_t>(tier);
    if (place >= tiers_.size())
      return "not reached by " + sim::printable(policy_.name) + " in month 0: as under " + sim::printable(baseline_);
    if (!policy_.kept_by_hand.empty() && policy_.kept_by_hand[row] == tier)
      return "kept in " + name(place) + " by hand";
    const std::string number = number_of(row);
    if (number.empty() && under_.deciding() != nullptr)
      return (has_members_ ? "no member: " : "not on the books in month 0, silent for too long: ") + name(place);
    if (number.empty()) return tiers_.size() == 1 ? "all customers are in it" : name(place) + ": " + rules_[place];
    switch (climb_) {
      case Climb::from:
        return number + ": " + by_from(row, place);
      case Climb::rank:
      case Climb::sales:
        return number + ": " + by_rank(row, place);
      case Climb::none:
        break;
    }
    return number + ": " + name(place);
  }

 private:
  std::string name(std::size_t tier) const { return sim::printable(tiers_[tier].name); }

  /// "sales of 12 months 5,310"
  std::string number_of(std::size_t row) const {
    const StandingPart* deciding = under_.deciding();
    if (deciding == nullptr || !is_number(deciding->values[row])) return "";
    return deciding->name + " " + told_number(deciding->values[row]) +
           (deciding->varies ? " on average of the futures" : "");
  }

  std::string by_from(std::size_t row, std::size_t tier) const {
    const double value = under_.deciding()->values[row];
    std::size_t by_value = 0;  // the tier that the number alone gives
    while (by_value < tiers_.size() && tiers_[by_value].from && value < *tiers_[by_value].from) ++by_value;
    if (by_value != tier && !under_.deciding()->varies)
      return name(tier) + ", and not " + (by_value < tiers_.size() ? name(by_value) : std::string("another")) +
             " (tiers that are held count, or a customer's years)";
    const auto& from = tiers_[tier].from;
    if (from) return name(tier) + " from " + told_number(*from);
    const auto above = tier > 0 ? tiers_[tier - 1].from : std::nullopt;
    return above ? name(tier) + ", below " + told_number(*above) : name(tier);
  }

  std::string by_rank(std::size_t row, std::size_t tier) const {
    const bool sales = climb_ == Climb::sales;
    const std::string stands = "number " + with_commas(order_->rank[row]) + " of " + with_commas(order_->told);
    if (tier + 1 < tiers_.size())
      return stands + ", " + name(tier) + " to " + per_cent(taken_[tier]) + " of " + (sales ? "sales" : "customers");
    return stands + ", " + name(tier) + " behind " + per_cent(taken_[tier - 1]) + " of " +
           (sales ? "sales" : "customers");
  }

  const sim::Policy& policy_;
  const ClassifiedUnder& under_;
  std::span<const sim::Tier> tiers_;
  Climb climb_;
  bool has_members_;
  const std::vector<std::string>& rules_;
  std::vector<double> taken_;
  std::string baseline_;
  std::optional<StandingOrder> order_;
};

}  // namespace

std::string unit_of_distance(const sim::Study& study, const sim::Catalogue& catalogue, const ClassifiedUnder& under) {
  const sim::Policy& policy = study.policies[under.policy];
  const auto& rule = catalogue.segmentations()[policy.segmentation];
  switch (climb_of(study, catalogue, under)) {
    case Climb::from: {
      const std::string_view unit = rule.unit_of_from(policy.values);
      return unit == "money" ? study.currency : std::string(unit);
    }
    case Climb::rank:
      return "share of customers";
    case Climb::sales:
      return "share of sales";
    case Climb::none:
      break;
  }
  return "";
}

std::vector<std::optional<double>> distances_to_next(const sim::Study& study, const sim::Catalogue& catalogue,
                                                     const ClassifiedUnder& under) {
  std::vector<std::optional<double>> distances(under.tiers.size());
  const Climb climb = climb_of(study, catalogue, under);
  if (climb == Climb::none) return distances;
  const auto tiers = sim::own_tiers(study.policies[under.policy]);
  const std::vector<double>& values = under.deciding()->values;
  const std::vector<double> taken = shares_taken(tiers);
  const std::optional<StandingOrder> order =
      climb == Climb::from ? std::nullopt : std::optional(order_of(under, climb));
  for (std::size_t row = 0; row < distances.size(); ++row) {
    const std::int32_t tier = under.tiers[row];
    if (tier < 1 || static_cast<std::size_t>(tier) >= tiers.size() || !is_number(values[row])) continue;
    const auto better = static_cast<std::size_t>(tier) - 1;
    double distance = 0;
    if (order)
      distance = (climb == Climb::rank ? static_cast<double>(order->rank[row]) / static_cast<double>(order->told)
                                       : order->before[row]) -
                 taken[better];
    else if (tiers[better].from)
      distance = *tiers[better].from - values[row];
    if (distance > 0) distances[row] = std::round(distance * 1e6) / 1e6;
  }
  return distances;
}

std::vector<std::string> reasons(const sim::Study& study, const sim::Catalogue& catalogue, const sim::OutcomeInfo& info,
                                 const ClassifiedUnder& under) {
  const Reasons all(study, catalogue, info, under);
  std::vector<std::string> texts;
  for (std::size_t row = 0; row < under.tiers.size(); ++row) texts.push_back(all.of(row));
  return texts;
}

}  // namespace clientele::tools
