// What a backtest came to, written into the study that it is of.
#pragma once
#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/stated_books.hpp"
#include "tools/clientele/backtest/figures.hpp"
#include "tools/clientele/fitted/base.hpp"

namespace clientele::tools {

/// What was tested: of what the study says of it (StatedBooks::fit_digest), and of the bytes of its customers and
/// draws.
struct DigestOfFit {
  std::string study, files;
};

/// The table [books.backtest].
std::string backtest_table(const std::vector<BacktestAt>& all, const DigestOfFit& fit);

/// The text of a study with the table behind its [books], in place of an older one; all else byte for byte as it was.
std::string with_backtest(std::string_view study, std::string_view table);

/// The digests of what the books of a study give when they are fitted now, whatever its text says.
DigestOfFit digest_of_refit(const scenarios::StatedBooks& stated, const scenarios::Books& books);

/// Replaces the file, whole or not at all. Throws UserError, and leaves it as it was, where the text could not be read
/// again with the table in it.
void write_backtest(const std::filesystem::path& study, const std::vector<BacktestAt>& all, const DigestOfFit& fit);

}  // namespace clientele::tools
