// The pictures of a report, in the order in which a page shows them.
#include "tools/clientele/report/pictures/list.hpp"

namespace clientele::tools {

std::vector<Picture> pictures_of(const Material& material) {
  constexpr std::vector<Picture> (*all[])(const Material&) = {
      lift_picture,     curve_picture,    course_picture, forest_picture, why_picture,     waterfall_picture,
      hangs_on_picture, guesses_picture,  chance_picture, regret_picture, levels_picture,  frontier_picture,
      tiers_picture,    flows_picture,    money_picture,  groups_picture, winners_picture, liability_picture,
      points_picture,   triangle_picture, whale_picture};
  std::vector<Picture> pictures;
  for (const auto& made : all)
    for (Picture& picture : made(material)) pictures.push_back(std::move(picture));
  return pictures;
}

}  // namespace clientele::tools
