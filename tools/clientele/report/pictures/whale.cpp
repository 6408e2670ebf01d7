// How much of a month's contribution the best customers bring: customers from the best down, and what they add up to.
#include <algorithm>
#include <cmath>

#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_whales = 3, most_whale_points = 100;
constexpr double told_share = 0.2;  ///< of customers, in the sentence

struct Bin {
  double customers = 0, value = 0;
};

/// Bins of the last named month in the mean over futures, the highest first.
std::vector<Bin> bins_of(const Material& material, std::size_t scenario, std::size_t policy) {
  const output::CubeReader::Histogram histogram = material.cube.histogram("contribution", scenario, policy);
  const std::size_t bins = histogram.bins.size(), groups = material.cube.axes().groups.size();
  const std::size_t a_month = bins * groups, a_future = a_month * histogram.months.size();
  std::vector<Bin> all(bins);
  for (std::size_t f = 0; f * a_future < histogram.customers.size(); ++f)
    for (std::size_t i = 0; i < a_month; ++i) {
      const std::size_t at = f * a_future + (histogram.months.size() - 1) * a_month + i;
      if (std::isnan(histogram.customers[at])) continue;
      all[i % bins].customers += histogram.customers[at];
      all[i % bins].value += histogram.sum[at];
    }
  std::ranges::reverse(all);
  return all;
}

struct Curve {
  std::vector<std::array<double, 2>> points;
  double at_told = output::not_known;
};

Curve curve_of(const std::vector<Bin>& bins) {
  double customers = 0, value = 0;
  for (const Bin& bin : bins) customers += bin.customers, value += bin.value;
  Curve curve;
  if (customers <= 0 || value <= 0) return curve;
  double so_far = 0, brought = 0;
  curve.points.push_back({0, 0});
  for (const Bin& bin : bins) {
    if (bin.customers <= 0) continue;
    const double before = so_far / customers, level = brought / value;
    so_far += bin.customers, brought += bin.value;
    const double now = so_far / customers, reached = brought / value;
    if (before < told_share && now >= told_share)
      curve.at_told = level + (reached - level) * (told_share - before) / (now - before);
    if (now - curve.points.back()[0] >= 1.0 / most_whale_points || now >= 1) curve.points.push_back({now, reached});
  }
  return curve;
}

}  // namespace

std::vector<Picture> whale_picture(const Material& material) {
  const std::vector<std::string>& known = material.cube.histograms();
  if (std::ranges::find(known, "contribution") == known.end()) return {};
  const std::size_t scenario = scenario_of_answer(material);
  Picture picture{.id = "whale", .drawn = "whale", .title = material.say("whale.title")};
  for (const std::size_t policy : policies_to_draw(material, most_whales)) {
    const Curve curve = curve_of(bins_of(material, scenario, policy));
    const std::size_t step = std::max<std::size_t>(1, curve.points.size() / 10);
    for (std::size_t i = 0; i < curve.points.size(); ++i) {
      if (i % step == 0 || i + 1 == curve.points.size()) picture.listed.push_back(picture.rows.size());
      picture.rows.push_back({policy_name(material, policy), curve.points[i][0], curve.points[i][1]});
    }
    if (picture.sentence.empty() && !std::isnan(curve.at_told))
      picture.sentence = material.say("whale.sentence", {{"policy", policy_name(material, policy)},
                                                         {"share", share_text(material, curve.at_told)}});
  }
  if (picture.rows.empty()) return {};
  picture.columns = {text_column(material, "policy"), share_column(material, "share_customers"),
                     share_column(material, "share_value")};
  picture.caption = material.say("whale.caption", {{"scenario", scenario_name(material, scenario)}});
  picture.alternative = material.say("whale.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", material.say("column.share_customers")}, {"y", material.say("column.share_value")}};
  return {picture};
}

}  // namespace clientele::tools
