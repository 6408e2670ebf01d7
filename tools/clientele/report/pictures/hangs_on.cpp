// Which of the numbers that draws vary move the difference most: a tornado over eight tenths of their draws.
#include <algorithm>
#include <cmath>

#include "tools/clientele/compare/condition.hpp"
#include "tools/clientele/compare/words.hpp"
#include "tools/clientele/report/arms.hpp"
#include "tools/clientele/report/columns.hpp"
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

std::vector<Picture> hangs_on_picture(const Material& material) {
  const auto& answer = material.comparison.answer;
  if (!answer || answer->conditions.empty() || answer->conditions.front().hangs_on.strongest.empty()) return {};
  const output::Condition& condition = answer->conditions.front();
  const output::Interval& average = answer->headline.statements.average;
  Picture picture{.id = "tornado", .drawn = "tornado", .title = material.say("tornado.title")};
  for (const output::Moved& moved : condition.hangs_on.strongest) {
    const sim::DrawnField& field = material.input.drawn[moved.number].field;
    const std::string name = field_in_words(field.called, field.path, "", material.language);
    picture.rows.push_back({name, moved.low, moved.high, moved.at_low, moved.at_high, average.mean});
  }
  picture.columns = tornado_columns(material, condition.kpi.unit, average.half_width);
  picture.sentence = condition_in_words(material.comparison, condition, material.language);
  picture.caption = material.say("tornado.caption", {{"kpi", kpi_first(material, condition.kpi)},
                                                     {"policy", policy_name(material, answer->policy)},
                                                     {"baseline", baseline_name(material)}});
  picture.alternative = material.say("tornado.alternative", {{"sentence", picture.sentence}});
  picture.labels = {{"x", axis_of_difference(material, condition.kpi.unit)}, {"base", material.say("column.base")}};
  return {picture};
}

}  // namespace clientele::tools
