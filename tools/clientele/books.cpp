// A warm-up of a few customers fills the books as the whole one does, in milliseconds.
#include "tools/clientele/books.hpp"

#include <algorithm>
#include <cmath>

#include "models/churn.hpp"
#include "tools/clientele/beginning.hpp"
#include "tools/clientele/numbers.hpp"
#include "tools/clientele/small_base.hpp"
#include "tools/clientele/stated.hpp"

namespace clientele::tools {

namespace {

constexpr std::uint64_t max_customers = 2'000;

/// The longest time without an order after which a group's customers go off the books, of the groups whose exits are
/// silent; 0 where all are seen.
int longest_silence(const sim::Study& study, const sim::Catalogue& catalogue) {
  int longest = 0;
  for (const sim::Group& group : study.population.groups) {
    const models::ChurnParameters churn = Stated(study, catalogue, group).churn();
    if (churn.notice == models::Notice::silent) longest = std::max(longest, churn.inactive_after);
  }
  return longest;
}

}  // namespace

std::string books_of(const sim::Study& study, const sim::Catalogue& catalogue) {
  const int silence = longest_silence(study, catalogue);
  if (silence == 0) return "";
  const SmallBase few(study, catalogue, max_customers, 1, study.baseline);
  const double more = 100 * (few.kpi("on_books_at_end") / std::max(1.0, few.kpi("customers_at_end")) - 1);
  std::string text =
      "about " + std::to_string(std::lround(std::abs(more))) +
      (more < 0 ? " % fewer on them at month 0 than are active: who orders rarely goes off them for a while"
                : " % more on them at month 0 than are active: who has left stays on them for a while") +
      " (as in a base of " + with_commas(few.customers()) + " that is simulated so far)";
  if (study.horizon.warmup < silence)
    text += "; the warm-up is shorter than inactive_after, so that nobody is off them for silence before month " +
            std::to_string(silence - study.horizon.warmup);
  return text;
}

std::string beginning_and_books_of(const sim::Study& study, const sim::Catalogue& catalogue) {
  const std::string books = books_of(study, catalogue);
  return beginning_of(study, catalogue) +
         (books.empty() ? "" : ". The firm does not see who leaves. Its books: " + books);
}

}  // namespace clientele::tools
