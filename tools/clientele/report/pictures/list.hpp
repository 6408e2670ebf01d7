// Each picture that a report may have: none where the cube cannot answer, several where there are several KPIs.
#pragma once
#include "tools/clientele/report/picture.hpp"

namespace clientele::tools {

std::vector<Picture> lift_picture(const Material& material);       ///< how much more members buy, and must to pay
std::vector<Picture> curve_picture(const Material& material);      ///< differences over a number that a sweep asks
std::vector<Picture> course_picture(const Material& material);     ///< what policies have gained by each month
std::vector<Picture> forest_picture(const Material& material);     ///< paired differences to the baseline
std::vector<Picture> why_picture(const Material& material);        ///< differences by their causes
std::vector<Picture> waterfall_picture(const Material& material);  ///< of what the difference is made
std::vector<Picture> hangs_on_picture(const Material& material);   ///< which drawn numbers move it
std::vector<Picture> guesses_picture(const Material& material);    ///< which guesses move it, as sensitivity found
std::vector<Picture> chance_picture(const Material& material);     ///< how many futures lie below any difference
std::vector<Picture> regret_picture(const Material& material);     ///< what is given up against the best in hindsight
std::vector<Picture> levels_picture(const Material& material);     ///< each policy alone, and months of peaks
std::vector<Picture> frontier_picture(const Material& material);   ///< two KPIs against each other
std::vector<Picture> tiers_picture(const Material& material);      ///< how many customers are in each tier
std::vector<Picture> triangle_picture(const Material& material);   ///< when points are redeemed
std::vector<Picture> flows_picture(const Material& material);      ///< who moves between tiers
std::vector<Picture> money_picture(const Material& material);      ///< what tiers bring and cost
std::vector<Picture> groups_picture(const Material& material);     ///< which groups gain and lose
std::vector<Picture> winners_picture(const Material& material);    ///< which customers of the fork gain and lose
std::vector<Picture> liability_picture(const Material& material);  ///< what programs owe their members
std::vector<Picture> points_picture(const Material& material);     ///< what became of points
std::vector<Picture> whale_picture(const Material& material);      ///< how much the best customers bring

}  // namespace clientele::tools
