// The exports that a study says it was fitted to, read again.
#pragma once
#include <filesystem>

#include "scenarios/books/read_books.hpp"
#include "scenarios/stated_books.hpp"
#include "tools/clientele/fitted/base.hpp"

namespace clientele::tools {

/// Throws UserError with all mistakes of the files, and where one has changed since the study was fitted.
enum class Changed { refused, allowed };
scenarios::Books books_of_study(const scenarios::StatedBooks& stated, const std::filesystem::path& folder,
                                Changed changed);

/// What a fit of these books is asked for.
FitAsked fit_asked(const scenarios::StatedBooks& stated);
/// What the study says of columns, dates, decimals and currency; no files.
scenarios::BookFiles book_files_of(const scenarios::StatedBooks& stated);

scenarios::Day day_in_books(const std::array<int, 3>& day);
std::array<int, 3> parts_of(scenarios::Day day);

}  // namespace clientele::tools
