// Who reads which random word. The book only grows: a word that changed its reader would change everybody's luck.
#pragma once
#include "sim/random/address_book.hpp"

namespace clientele::models {

/// The tag of an address is the place in this list. Tags below 16 are the cheapest: the order entry stands first.
inline constexpr sim::AddressBook<27> addresses{{{
    {"order", sim::Per::order, {"order value", "+", "payment delay", "issue day"}},
    {"customer month", sim::Per::two_months, {"order count", "leaving", "", ""}},
    {"order rate", sim::Per::birth, {"order rate", "+", "+", "+"}},
    {"order value level", sim::Per::birth, {"order value level", "+", "+", "+"}},
    {"gross margin", sim::Per::birth, {"gross margin", "+", "+", "+"}},
    {"late chance", sim::Per::birth, {"late chance", "+", "+", "+"}},
    {"frailty", sim::Per::birth, {"frailty", "+", "+", "+"}},
    {"order care", sim::Per::order, {"late delivery", "defect", "dispute", "payment reason"}},
    {"mood", sim::Per::two_months, {"perceived performance", "liquidity", "", ""}},
    {"first states",
     sim::Per::birth,
     {"first satisfaction", "first liquidity", "use of the category", "first holding"}},
    {"distance", sim::Per::birth, {"distance", "+", "+", "+"}},
    {"small amounts", sim::Per::two_months, {"rounding", "default", "", ""}},
    {"age", sim::Per::birth, {"age", "", "", ""}},
    {"default chance", sim::Per::birth, {"default chance", "+", "+", "+"}},
    {"credit climate", sim::Per::month, {"credit climate", "", "", ""}},
    {"opening invoices", sim::Per::birth, {"opening due day", "opening delay", "opening reason", "opening rounding"}},
    {"opening arrears", sim::Per::birth, {"opening age", "opening further delay", "", ""}},
    {"response to price", sim::Per::birth, {"response to price", "joins for terms", "", ""}},
    {"further category", sim::Per::two_months, {"offer", "holding", "", ""}},
    {"prospects", sim::Per::birth, {"prospects", "", "", ""}},
    {"survey", sim::Per::month, {"survey answer", "survey error", "", ""}},
    {"attributes", sim::Per::birth, {"first attribute", "second attribute", "third attribute", "fourth attribute"}},
    {"program", sim::Per::two_months, {"joining", "redeeming", "", ""}},
    {"member", sim::Per::birth, {"redemption chance", "", "", ""}},
    {"returns", sim::Per::order, {"return", "card shown", "", ""}},
    {"given the past",
     sim::Per::birth,
     {"rate given the past", "frailty given the past", "still there", "value given the past"}},
    {"paying given the past", sim::Per::birth, {"late chance given the past", "moment of joining", "", ""}},
}}};

}  // namespace clientele::models
