// Every use of luck in the workload, one reader a word.
#pragma once
#include "sim/random/address_book.hpp"

namespace clientele::bench {

inline constexpr sim::AddressBook<4> addresses{{{
    {"order", sim::Per::order, {"order value", "payment delay", "on time", ""}},
    {"month", sim::Per::two_months, {"order count", "leaving", "", ""}},
    {"buyer", sim::Per::birth, {"order rate", "+", "order value level", "+"}},
    {"payer", sim::Per::birth, {"first satisfaction", "+", "payment habit", "+"}},
}}};

}  // namespace clientele::bench
