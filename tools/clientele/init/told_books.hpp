// What was read of a firm's exports, in plain lines.
#pragma once
#include <string>

#include "scenarios/books/history.hpp"

namespace clientele::tools {

/// Files, how they are written, the window, customers, orders, money, and every rule that left something out. No id.
std::string told_of_books(const scenarios::Books& books, const scenarios::History& history);

}  // namespace clientele::tools
