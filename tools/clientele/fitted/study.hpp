// A fitted base as a study that a person reads: every estimate with its method, its number and its interval.
#pragma once
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "scenarios/stated_books.hpp"
#include "tools/clientele/fitted/base.hpp"

namespace clientele::tools {

/// Beside the estimates: files as the study names them, and what the firm's books do not tell.
struct StudyFrame {
  std::string customers_file, draws_file;  ///< beside the study
  scenarios::StatedBooks books;
  std::string currency = "EUR";
  int months = 24;
  std::size_t draws = 200;
  double satisfaction_reference = 74;       ///< at which what satisfaction moves is neutral (neutral_reference)
  std::vector<std::string> laws_told = {};  ///< what the choice of laws came to, a comment of a line each
  std::string scorecard = {};               ///< a policy that is commented out (policy_of)
  bool currency_is_known = true;            ///< else nobody has said it, and the study says so
};

/// Rows that init writes: as many draws as a study may ask for.
inline constexpr std::size_t draws_of_a_fit = 400;

/// Draws of the fitted parameters in the order of the columns of a study's uncertain numbers.
struct DrawsOfBase {
  std::vector<std::string> paths;
  std::vector<std::vector<double>> rows;
  std::string told;  ///< how they were drawn, a line each
};
/// Laws of different fits are drawn independently of each other. Draw d is the same however many are asked for.
DrawsOfBase draws_of(const FittedBase& base, std::size_t draws, std::uint32_t seed);

std::string draws_csv(const DrawsOfBase& draws);
std::string study_text(const FittedBase& base, const StudyFrame& frame);
/// The tables of it that say what was fitted, of when and to whom, to be laid over a study with more in it (Override).
std::string fitted_tables(const FittedBase& base, const StudyFrame& frame);
/// The customers of the base as the study's file: histories in its season's time, money net of what comes back.
std::string customers_csv(const FittedBase& base, const scenarios::Books& books);

/// Mean margin share of the customers of whom it is known; of the others it is taken for it.
std::optional<double> mean_margin(const scenarios::History& history);

/// The group that newcomers of a group of the books are in.
std::string newcomers_of(const std::string& group);

}  // namespace clientele::tools
