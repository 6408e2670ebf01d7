// All digits of every row: the script draws them, and saves them as CSV.
#include <cmath>

#include <nlohmann/json.hpp>

#include "tools/clientele/report/page.hpp"

namespace clientele::tools {

using Json = nlohmann::ordered_json;

namespace {

std::string holds_of(Column::Holds holds) {
  switch (holds) {
    case Column::Holds::number:
      return "number";
    case Column::Holds::share:
      return "share";
    case Column::Holds::flag:
    case Column::Holds::count:
      return "count";
    case Column::Holds::month:
      return "month";
    default:
      return "text";
  }
}

/// English inside another language is marked for HTML only.
std::string plain(std::string text) {
  for (const std::string mark : {"\u2068", "\u2069"})
    for (std::size_t at = text.find(mark); at != std::string::npos; at = text.find(mark)) text.erase(at, mark.size());
  return text;
}

Json value_of(const Value& value) {
  if (const auto* text = std::get_if<std::string>(&value)) return plain(*text);
  const double number = std::get<double>(value);
  return std::isfinite(number) ? Json(number) : Json(nullptr);
}

Json picture_of(const Picture& picture) {
  Json columns = Json::array(), rows = Json::array(), labels = Json::object();
  for (const Column& column : picture.columns)
    columns.push_back(
        {{"name", column.name}, {"label", column.label}, {"holds", holds_of(column.holds)}, {"unit", column.unit}});
  for (const Row& row : picture.rows) {
    Json& line = rows.emplace_back(Json::array());
    for (const Value& value : row) line.push_back(value_of(value));
  }
  for (const auto& [name, label] : picture.labels) labels[name] = plain(label);
  return {{"id", picture.id},
          {"drawn", picture.drawn},
          {"title", plain(picture.title)},
          {"alternative", plain(picture.alternative)},
          {"columns", columns},
          {"rows", rows},
          {"labels", labels}};
}

}  // namespace

std::string picture_data_of(const Report& report) {
  Json pictures = Json::array();
  for (const Picture& picture : report.pictures) pictures.push_back(picture_of(picture));
  const Json all{{"language", code_of(report.language)},
                 {"words", {{"csv", say(report.language, "page.csv")}, {"svg", say(report.language, "page.svg")}}},
                 {"pictures", pictures}};
  std::string text = all.dump(-1, ' ', false, Json::error_handler_t::replace);
  for (std::size_t at = text.find('<'); at != std::string::npos; at = text.find('<', at))
    text.replace(at, 1, "\\u003c");
  return text;
}

}  // namespace clientele::tools
