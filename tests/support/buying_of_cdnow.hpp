// The orders of the CDNOW sample as (x, t_x, T) in weeks, orders of one day as one.
#pragma once
#include <filesystem>
#include <fstream>
#include <map>
#include <sstream>
#include <string>

#include "models/fit/buying.hpp"

namespace clientele::tests {

struct CdnowBase {
  models::BuyingHistory history;            ///< to 1997-09-30
  std::vector<double> later;                ///< orders in the 39 weeks after that
  std::vector<std::vector<double>> values;  ///< of each customer's orders after the first, to 1997-09-30 [USD]
};

/// Days since 1997-01-01 of YYYYMMDD in 1997 and 1998.
inline int cdnow_day(int date) {
  constexpr int before[13] = {0, 0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334};
  return (date / 10000 - 1997) * 365 + before[date / 100 % 100] + date % 100 - 1;
}

inline CdnowBase read_cdnow(const std::filesystem::path& path) {
  std::map<int, std::map<int, double>> customers;
  std::ifstream file(path);
  std::string line;
  while (std::getline(file, line)) {
    std::istringstream row(line);
    int master = 0, id = 0, date = 0, disks = 0;
    double amount = 0;
    row >> master >> id >> date >> disks >> amount;
    if (row) customers[id][cdnow_day(date)] += amount;
  }
  const int end = cdnow_day(19970930);
  CdnowBase base;
  for (const auto& [id, days] : customers) {
    const int first = days.begin()->first;
    double repeat = 0, last = 0, later = 0;
    std::vector<double> values;
    for (const auto& [day, amount] : days) {
      if (day > first && day <= end) repeat += 1, last = day - first, values.push_back(amount);
      if (day > end && day <= end + 7 * 39) later += 1;
    }
    base.history.repeat.push_back(repeat);
    base.history.last.push_back(last / 7);
    base.history.seen.push_back((end - first) / 7.0);
    base.later.push_back(later);
    base.values.push_back(values);
  }
  return base;
}

}  // namespace clientele::tests
