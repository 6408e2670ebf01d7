// A point is the study with options: what they are is the sweep's to say.
#include "scenarios/point_reader.hpp"

#include <algorithm>

#include "scenarios/customers/kept_files.hpp"
#include "scenarios/reader/options.hpp"
#include "scenarios/reader/parsed_study.hpp"
#include "sim/core/check.hpp"
#include "sim/core/printable.hpp"

namespace clientele::scenarios {

using sim::printable;

struct PointReader::Parsed {
  Parsed(const sim::Catalogue& catalogue, Node tree)
      : vocabulary(catalogue), customer_files(catalogue), root(std::move(tree)) {}

  Vocabulary vocabulary;
  CustomerFiles customer_files;
  Node root;
};

PointReader::PointReader(const StudyReading& stated, const sim::Catalogue& catalogue)
    : stated_(stated), catalogue_(catalogue) {
  Mistakes none(stated.source.name, stated.study.text, {});
  parsed_ = std::make_unique<Parsed>(catalogue, parsed_or_thrown(stated.study.text, none));
}

PointReader::~PointReader() = default;

sim::Study PointReader::study(std::size_t point) const {
  std::vector<Override> overrides = stated_.source.overrides;
  std::erase_if(overrides, [](const Override& option) { return parts_of(option.path).front() == "sweep"; });
  const std::vector<Override> own = overrides_of(stated_.sweep, point);
  overrides.insert(overrides.end(), own.begin(), own.end());
  Mistakes mistakes("point " + std::to_string(point + 1), stated_.study.text, options_of(overrides));
  Reading reading{catalogue_, parsed_->vocabulary, mistakes, stated_.source.folder};
  reading.customer_files = &parsed_->customer_files;
  read_tree(parsed_->root, overrides, reading);
  if (!mistakes.none())
    throw sim::UserError("point " + std::to_string(point + 1) + " of the sweep (" +
                         printable(point_in_words(stated_.sweep, point), 400) +
                         "): " + mistakes.mistakes_without_places().front());
  finish_study(stated_.study.text, overrides, reading);
  reading.study.warnings.clear();
  return std::move(reading.study);
}

}  // namespace clientele::scenarios
