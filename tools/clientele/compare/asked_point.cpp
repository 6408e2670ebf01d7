// Each thing that is asked leaves fewer points; one has to be left.
#include "tools/clientele/compare/asked_point.hpp"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <optional>

#include "sim/core/check.hpp"
#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/numbers.hpp"

namespace clientele::tools {

namespace {

std::optional<double> number_in(const std::string& text) {
  double value = 0;
  const auto [end, problem] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (text.empty() || problem != std::errc() || end != text.data() + text.size()) return std::nullopt;
  return value;
}

[[noreturn]] void refuse(const std::string& asked, const std::string& why) {
  throw sim::UserError("--point " + sim::printable(asked, 200) + " " + why, sim::Exit::usage);
}

/// Keeps the points that are asked for by a number, or by a value of a path.
void keep_asked(const output::CubePoints& points, const std::string& asked, std::vector<std::size_t>& kept) {
  const std::size_t equals = asked.find('=');
  if (equals == std::string::npos) {
    const auto place = number_in(asked);
    if (!place || *place != std::floor(*place) || *place < 0 || *place >= static_cast<double>(points.places()))
      refuse(asked, "is no point of the cube. Expected: a number from 0 to " + std::to_string(points.places() - 1) +
                        ", or a value such as " + points.paths.front() + "=" +
                        sim::shortest_text(points.values.front().front()) + ".");
    std::erase_if(kept, [&](std::size_t point) { return static_cast<double>(point) != *place; });
    return;
  }
  const std::string path = asked.substr(0, equals);
  const auto number = number_in(asked.substr(equals + 1));
  const auto at = static_cast<std::size_t>(std::ranges::find(points.paths, path) - points.paths.begin());
  if (at == points.paths.size()) {
    const std::string guess = sim::nearest(path, points.paths);
    refuse(asked, "names no number that points set." +
                      (guess.empty() ? "" : " Did you mean " + guess + "=" + asked.substr(equals + 1) + "?"));
  }
  if (!number) refuse(asked, "has no number behind the equals sign.");
  std::erase_if(kept, [&](std::size_t point) { return points.values[point][at] != *number; });
}

}  // namespace

std::size_t point_of(const output::CubePoints& points, const std::vector<std::string>& asked) {
  std::vector<std::size_t> kept(points.places());
  for (std::size_t point = 0; point < kept.size(); ++point) kept[point] = point;
  for (const std::string& one : asked) keep_asked(points, one, kept);
  if (kept.size() == 1) return kept.front();
  if (kept.empty()) refuse(asked.back(), "leaves no point of the cube (info CUBE says which values there are).");
  refuse(asked.back(), "leaves " + with_commas(kept.size()) + " points, such as " +
                           point_in_words(points, kept.front()) + " and " + point_in_words(points, kept[1]) +
                           ". Which one?");
}

std::string point_in_words(const output::CubePoints& points, std::size_t point) {
  std::string text;
  for (std::size_t p = 0; p < points.paths.size(); ++p)
    text +=
        (p == 0 ? "" : ", ") + sim::printable(points.paths[p]) + " = " + sim::shortest_text(points.values[point][p]);
  return text;
}

}  // namespace clientele::tools
