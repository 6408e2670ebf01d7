// How far each guess moves the difference, over what one would bet: a tornado of all that nobody has measured.
#include <algorithm>
#include <cmath>

#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/moved_guesses.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

namespace {

constexpr std::size_t most_bars = 15;  ///< of the table all are listed in CSV and workbook

}  // namespace

std::vector<Picture> guesses_picture(const Material& material) {
  if (material.moved == nullptr || material.moved->guesses.empty()) return {};
  const MovedGuesses& moved = *material.moved;
  Picture picture{.id = "guesses", .drawn = "tornado", .title = material.say("guesses.title")};
  for (std::size_t g = 0; g < std::min(most_bars, moved.guesses.size()); ++g) {
    const MovedGuess& guess = moved.guesses[g];
    picture.rows.push_back({field_in_words(guess.called, guess.path, "", material.language), guess.low, guess.high,
                            guess.at_low, guess.at_high, moved.base});
  }
  picture.columns = tornado_columns(material, moved.unit, moved.half_width);
  const std::string policy = shown_name(moved.policy), baseline = shown_name(moved.baseline);
  picture.sentence = material.say("guesses.sentence", {{"turning", count_text(material, double(moved.turning))},
                                                       {"moved", count_text(material, double(moved.moved))},
                                                       {"better", count_text(material, double(moved.better))},
                                                       {"all", count_text(material, double(moved.combinations))},
                                                       {"policy", policy},
                                                       {"baseline", baseline}});
  picture.caption = material.say("guesses.caption", {{"scenario", shown_name(moved.scenario)},
                                                     {"kpi", shown_name(moved.kpi)},
                                                     {"policy", policy},
                                                     {"baseline", baseline},
                                                     {"shown", count_text(material, double(picture.rows.size()))}});
  picture.alternative = material.say("tornado.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", axis_of_difference(material, moved.unit)}, {"base", material.say("column.base")}};
  return {picture};
}

}  // namespace clientele::tools
