// Files of customers that were read already: the points of a sweep have the same customers.
#pragma once
#include <filesystem>
#include <mutex>
#include <string>
#include <vector>

#include "scenarios/customers/file.hpp"
#include "scenarios/customers/sample_file.hpp"

namespace clientele::scenarios {

class CustomerFiles {
 public:
  explicit CustomerFiles(const sim::Catalogue& catalogue) : catalogue_(catalogue) {}

  /// As read_customer_file reads it, from any thread; a file that was asked for like this before is not read again.
  CustomerFileReading read(const std::filesystem::path& path, const std::string& name,
                           const std::vector<Column>& columns, const std::vector<std::string>& groups,
                           const std::vector<FileAttribute>& attributes, double money_quantum);
  /// Columns of other files that are samples of what customers are.
  SampleFiles& samples() { return samples_; }

 private:
  struct Kept {
    std::filesystem::path path;
    std::string name;
    std::vector<Column> columns;
    std::vector<std::string> groups;
    std::vector<FileAttribute> attributes;
    double money_quantum;
    CustomerFileReading reading;
  };

  const sim::Catalogue& catalogue_;
  std::vector<Kept> kept_;
  SampleFiles samples_;
  std::mutex guard_;
};

}  // namespace clientele::scenarios
