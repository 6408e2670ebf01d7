// Table by table, each number with where it comes from.
#include "tools/clientele/totals/written_study.hpp"

#include <array>
#include <charconv>
#include <cmath>

#include "sim/core/printable.hpp"

namespace clientele::tools {

namespace {

using enum scenarios::Total;
using scenarios::Totals;

/// So many significant digits, without an exponent where people would write none.
std::string digits(double value, int significant) {
  if (value == 0) return "0";
  std::array<char, 64> text{};
  const double size = std::floor(std::log10(std::abs(value)));
  const int decimals = std::max(0, significant - 1 - static_cast<int>(size));
  const double unit = std::pow(10.0, size + 1 - significant);
  const double rounded = decimals > 0 ? value : std::round(value / unit) * unit;
  const auto end = std::to_chars(text.data(), text.data() + text.size(), rounded, std::chars_format::fixed, decimals);
  std::string written(text.data(), end.ptr);
  if (written.find('.') != std::string::npos) {
    while (written.back() == '0') written.pop_back();
    if (written.back() == '.') written.pop_back();
  }
  return written;
}

/// Numbers that totals give, and amounts that go with them.
std::string fitted(double value) { return digits(value, 6); }
/// Three decimals of an amount would look like thousands.
std::string fitted_amount(double value) {
  if (value >= 10) return digits(value, 3 + static_cast<int>(std::log10(value)));
  const std::string text = digits(value, 5);
  return text.find('.') == std::string::npos ? text : text + "0";
}
std::string amount(double value) { return digits(value, 2); }

/// 20_000
std::string grouped(double value) {
  std::string text = digits(value, 16);
  if (text.find('.') != std::string::npos) return text;
  for (auto at = static_cast<std::ptrdiff_t>(text.size()) - 3; at > 0; at -= 3)
    text.insert(static_cast<std::size_t>(at), "_");
  return text;
}

class Writer {
 public:
  Writer(const Base& base, const Totals& totals) : base_(base), totals_(totals) {}

  std::string study() {
    begin();
    list_totals();
    people();
    payments();
    costs();
    leaving();
    what_is_asked();
    return std::move(text_);
  }

 private:
  void line(const std::string& text = "") { text_ += text + "\n"; }
  /// A key, its value, and behind it what it follows from.
  void key(const std::string& name, const std::string& value, const std::string& from = "") {
    std::string text = name + " = " + value;
    if (!from.empty()) text += std::string(text.size() < 32 ? 33 - text.size() : 1, ' ') + "# " + from;
    line(text);
  }
  std::string from(scenarios::Total total) const {
    if (!totals_[total]) return "a guess";
    return "from " + std::string(scenarios::total_infos()[static_cast<std::size_t>(total)].key);
  }

  void begin() {
    line(
        "# A firm with the totals of its annual report: should the best fifth of its customers get longer terms and "
        "more");
    line("# care, or everybody the same?");
    line("#");
    line(
        "# Numbers that follow from a total are fitted: simulated, the year before month 0 has that total. `clientele "
        "check`");
    line(
        "# tells both. All others are guesses, amounts in proportion to your orders: replace them first, margin and "
        "costs");
    line(
        "# before all. `clientele explain KEY` tells what a key means, `clientele sensitivity` on which guess it "
        "hangs.");
    line("title    = \"Our customers: better terms and care for the best?\"");
    line("question = \"Should the best fifth get longer terms and more care, or everybody what all get today?\"");
    line("seed     = 1");
    line("currency = \"EUR\"");
    if (base_.quantum != Base{}.quantum)
      line("money_quantum = " + digits(base_.quantum, 1) + "            # what amounts are rounded to");
    line();
  }

  void list_totals() {
    line("[totals]                         # of a year, as the annual report has them; `check` holds the base to them");
    for (const scenarios::TotalInfo& total : scenarios::total_infos())
      if (totals_[total.total]) {
        const double value = *totals_[total.total];
        key(std::string(total.key), value >= 10'000 ? grouped(value) : digits(value, 12), std::string(total.unit));
      }
    line();
  }

  void people() {
    line("[horizon]");
    line("start  = 2027-01-01");
    line("months = 36");
    key("warmup", std::to_string(warmup_of_base), "the second of these years is the one of the totals");
    line();
    line("[population]");
    key("customers", grouped(base_.customers), from(customers));
    line();
    line("[purchasing]");
    line("orders_per_month = { dist = \"gamma\", mean = " + fitted(base_.orders_a_month) +
         ", shape = " + fitted(base_.shape) + " }   # mean " + from(orders));
    const std::string values = totals_[orders] ? "from sales and orders" : "from sales";
    line("order_value      = { dist = \"lognormal\", mean = " + fitted_amount(base_.value) +
         ", between = " + fitted(base_.between) + ", within = " + fitted(base_.within) + " }");
    line("# mean " + values + "; between customers: " + from(top_tenth) + "; within one's orders: a guess");
    line();
  }

  void payments() {
    line("[payment]");
    key("terms_days", digits(base_.terms, 4), totals_[dso] ? "usual ones that go with dso: yours?" : "a guess");
    key("reference_terms", digits(base_.terms, 4), "the same: terms at which customers order as they do");
    if (base_.late_chance > 0)
      line("late_chance = { dist = \"beta\", mean = " + fitted(base_.late_chance) + ", a = 0.48 }   # mean " +
           from(late));
    else
      key("late_chance", "0", from(late));
    const bool by_days = totals_[dso] && base_.late_chance >= 0.2, by_early = totals_[dso] && !by_days;
    line("days_late = { dist = \"weibull\", mean = " + fitted(base_.days_late) + ", shape = 1.7 }   # mean " +
         (by_days ? "from dso" : "a guess"));
    key("early_days", fitted(base_.early_days), by_early ? "from dso" : "a guess");
    if (base_.late_chance == 0) key("dispute_chance", "0", "nobody pays late");
    line();
    line("[credit]");
    if (base_.default_chance > 0)
      line("default_chance = { dist = \"gamma\", mean = " + fitted(base_.default_chance) +
           ", shape = 1 }   # a month, " + from(bad_debt));
    else
      key("default_chance", "0", from(bad_debt));
    if (base_.loss != Base{}.loss) key("loss_given_default", fitted(base_.loss), "from bad_debt, with default_chance");
    line();
  }

  void costs() {
    const std::string in_proportion = "a guess, in proportion to your ";
    line("[accounting]");
    line("gross_margin  = { dist = \"constant\", value = 0.25 }      # a guess");
    key("discount_rate", "0.008", "a month, a guess: what capital costs");
    line();
    line("[logistics]");
    key("shipping", amount(60 * base_.scale_of_orders), in_proportion + "orders");
    key("per_km", amount(0.9 * base_.scale_of_orders), in_proportion + "orders");
    key("handling", amount(18 * base_.scale_of_orders), in_proportion + "orders");
    line();
    line("[acquisition]");
    key("cost_per_customer", amount(900 * base_.scale_of_accounts), in_proportion + "sales a customer");
    line();
    line("[service]");
    key("care_reference", amount(50 * base_.scale_of_accounts), in_proportion + "sales a customer");
    key("expedite_cost", amount(25 * base_.scale_of_orders), in_proportion + "orders");
    line();
  }

  void leaving() {
    line("[churn]");
    key("base_hazard", fitted(base_.base_hazard), "a month, of a new customer; " + from(leavers));
    line();
    line("[uncertain]                      # what is not known: each draw is one set of assumptions");
    if (!totals_[leavers])
      line("churn.base_hazard        = { dist = \"lognormal\", mean = " + fitted(base_.base_hazard) +
           ", sd_log = 0.3 }");
    line("payment.terms_elasticity = { dist = \"uniform\", low = 0.0, high = 0.1 }");
    line("service.care_hazard      = { dist = \"uniform\", low = -0.3, high = 0.0 }");
    line();
  }

  void what_is_asked() {
    line("[[scenario]]");
    line("name = \"baseline\"");
    line("[[scenario]]");
    line("name  = \"recession\"");
    line("shock = [ { driver = \"demand\",    times = 0.90, from = 12, months = 12, ramp = 3 },");
    line("          { driver = \"days_late\", times = 1.5,  from = 12, months = 12 } ]");
    line();
    line("[[policy]]");
    line("name         = \"today\"");
    line("segmentation = \"everyone\"");
    line("tier         = [ { name = \"all\", care = " + amount(base_.care) + " } ]     # care: money a month, a guess");
    line();
    line("[[policy]]");
    line("name         = \"best fifth\"");
    line("segmentation = { rule = \"rank\", review_every = 6, look_back = 12 }");
    line("tier         = [ { name = \"A\", share = 0.2, terms_days = " + digits(base_.terms + 15, 4) +
         ", care = " + amount(base_.care * 100 / 30) + " },");
    line("                 { name = \"B\", care = " + amount(base_.care) + " } ]           # the rest, as today");
    line();
    line("[experiment]");
    line("baseline = \"today\"");
    line("draws    = 100                   # so many futures, each with a set of assumptions of its own");
    line("why      = true                  # beside them two policies that tell what sorting is worth: compare --why");
  }

  const Base& base_;
  const Totals& totals_;
  std::string text_;
};

}  // namespace

std::string written_study(const Base& base, const scenarios::Totals& totals) { return Writer(base, totals).study(); }

}  // namespace clientele::tools
