// What verify finds in a cube, and the forms that it is told in.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace clientele::tools {

/// Cells that were simulated again.
struct Rerun {
  std::uint64_t cells = 0, futures = 0, futures_of_all = 0, variables = 0, numbers = 0;
  std::vector<std::string> differing;  ///< variables whose bits are others
};

struct Findings {
  std::string file, format, model, title, study_digest, data_hash;
  std::uint64_t cells = 0, cells_of_all = 0;
  std::string stranger;                     ///< why the study that it carries does not make it; empty where it does
  std::vector<std::string> ledgers;         ///< that roll forward in every cell, month and group
  std::vector<std::string> broken_ledgers;  ///< with where they first do not
  std::vector<std::string> unseen_ledgers;  ///< whose metrics or months the cube does not hold
  bool integers_looked_at = false;          ///< the cube holds them all
  bool has_other_integers = false;          ///< than those that its fingerprint is of
  std::vector<std::string> other_kpis;      ///< that do not follow from its integers
  std::vector<std::string> parts;        ///< KPIs and sums of tiers and groups that were looked at, by their variables
  std::vector<std::string> other_parts;  ///< of these, those that do not add up to what they are parts of
  std::optional<Rerun> rerun;
};

/// What is wrong, one thing each; nothing where the cube is what it says.
std::vector<std::string> faults_of(const Findings& findings);

std::string text_of(const Findings& findings);
std::string json_of(const Findings& findings);

}  // namespace clientele::tools
