// Studies to begin with: each says its question, what to expect, and which of its numbers are guesses.
#include "tools/clientele/init/starters.hpp"

namespace clientele::tools {

namespace {

constexpr std::string_view b2b =
    R"toml(
# A wholesaler on account: should the best fifth of customers get longer terms and more care, or everybody the same?
#
# What to expect: longer terms tie up money and bring a few orders, those of late payers first; care keeps some
# customers and costs the same for each. Which side wins hangs on guesses: `clientele sensitivity` says on which.
# Replace what is marked as a guess by your own numbers first. `clientele explain KEY` tells what a key means.
title    = "Wholesaler: better terms and care for the best customers?"
question = "Should the best fifth get 45 days and more care, or everybody what all get today?"
seed     = 1
currency = "EUR"

[horizon]
start  = 2027-01-01
months = 36
warmup = 12                      # under the baseline, until invoices and satisfaction have settled

[population]
customers = 2_000                # at month 0; then as many join as in the last year of the warm-up

[purchasing]                     # guesses: your invoices know better
orders_per_month = { dist = "gamma", mean = 2.0, shape = 2.0 }
order_value      = { dist = "lognormal", mean = 2_500, between = 1.1, within = 0.5 }

[payment]
terms_days = 30                  # what everybody gets today

[accounting]
gross_margin  = { dist = "constant", value = 0.25 }      # a guess
discount_rate = 0.008            # a month, a guess: what capital costs

[churn]
base_hazard = 0.016              # a month, a guess

[uncertain]                      # what is not known: each draw is one set of assumptions
churn.base_hazard        = { dist = "lognormal", mean = 0.016, sd_log = 0.3 }
payment.terms_elasticity = { dist = "uniform", low = 0.0, high = 0.1 }
service.care_hazard      = { dist = "uniform", low = -0.3, high = 0.0 }

[[scenario]]
name = "baseline"
[[scenario]]
name  = "recession"
shock = [ { driver = "demand",    times = 0.90, from = 12, months = 12, ramp = 3 },
          { driver = "days_late", times = 1.5,  from = 12, months = 12 } ]

[[policy]]
name         = "today"
segmentation = "everyone"
tier         = [ { name = "all", care = 30 } ]

[[policy]]
name         = "best fifth"
segmentation = { rule = "rank", review_every = 6, look_back = 12 }
tier         = [ { name = "A", share = 0.2, terms_days = 45, care = 100 },
                 { name = "B", care = 30 } ]           # the rest, as today

[experiment]
baseline = "today"
draws    = 100                   # so many futures, each with a set of assumptions of its own
)toml";

constexpr std::string_view retail =
    R"toml(
# A shop whose customers pay at once: does a discount for regulars pay, and what if everybody gets it?
#
# What to expect: most of what a discount brings would have been bought anyhow or is bought earlier, so that at a margin
# of 40 per cent it loses money, least where few get it. Who leaves does not say so: orders stay away.
# Nearly all inputs are guesses: begin with orders, baskets and the margin. `clientele explain KEY` tells what a key is.
title    = "Shop: a discount for regulars?"
question = "Should regulars get three per cent off, or everybody, or nobody?"
seed     = 1
currency = "EUR"

[horizon]
start  = 2027-01-01
months = 24
warmup = 12                      # the year before, which says who is a regular and how many join

[population]
customers = 5_000

[purchasing]                     # guesses: a till or a customer card knows better
orders_per_month    = { dist = "gamma", mean = 1.2, shape = 1.0 }
order_value         = { dist = "lognormal", mean = 60, between = 0.5, within = 0.6 }
season              = [0.85, 0.85, 0.95, 1.0, 1.0, 1.0, 0.95, 0.9, 1.0, 1.05, 1.15, 1.30]
elasticity          = -1.5       # a guess: one per cent cheaper, one and a half per cent more orders

[payment]                        # at the till
terms_days      = 0
reference_terms = 0
late_chance     = 0
late_offset     = 0
early_days      = 0
dispute_chance  = 0

[credit]
default_chance = 0               # nothing is owed

[accounting]
gross_margin = { dist = "constant", value = 0.40 }       # a guess

[logistics]                      # customers carry it home; handling is a guess
shipping = 0
per_km   = 0
handling = 2

[churn]
base_hazard = 0.03               # a month, a guess
notice      = "silent"           # who leaves does not say so

[uncertain]                      # what is not known: each draw is one set of assumptions
purchasing.elasticity = { dist = "uniform", low = -2.5, high = -0.5 }
churn.base_hazard     = { dist = "lognormal", mean = 0.03, sd_log = 0.3 }

[[policy]]
name         = "today"
segmentation = "everyone"

[[policy]]
name         = "regulars"
segmentation = { rule = "spend", review_every = 3, look_back = 12 }
tier         = [ { name = "regular", from = 1_000, discount = 0.03 },     # sales of the last twelve months
                 { name = "others" } ]

[[policy]]
name         = "everybody"
segmentation = "everyone"
tier         = [ { name = "all", discount = 0.03 } ]

[experiment]
baseline = "today"
draws    = 100
)toml";

constexpr std::string_view subscription =
    R"toml(
# A subscription, billed once a month: does it pay to spend on keeping customers, and is a lower price better?
#
# What to expect: a lower price costs its share of every bill, and brings no second subscription; care costs money each
# month and keeps customers whose bills are still to come, the better the longer one looks. What care prevents is a
# guess that the answer hangs on. `clientele explain KEY` tells what a key means.
title    = "Subscription: keep customers by care or by price?"
question = "Should we spend 2 EUR a month on keeping each customer, or take 5 per cent off the price?"
seed     = 1
currency = "EUR"

[horizon]
start  = 2027-01-01
months = 36
warmup = 12

[population]
customers = 5_000

[purchasing]
orders_per_month  = { dist = "constant", value = 1 }        # bills; how many come in one month is luck
order_value       = { dist = "lognormal", mean = 40, between = 0.3, within = 0 }   # a guess
elasticity        = -0.3         # a guess: a lower price sells a few bills more
elasticity_spread = 0

[payment]                        # by direct debit
terms_days      = 0
reference_terms = 0
late_chance     = 0
late_offset     = 0
early_days      = 0
dispute_chance  = 0

[credit]
default_chance = 0

[accounting]
gross_margin = { dist = "constant", value = 0.60 }       # a guess

[logistics]                      # nothing is delivered; handling is what a bill costs
shipping = 0
per_km   = 0
handling = 1

[service]
care_reference = 2               # money a month at which care does what is said below
care_hazard    = -0.25           # a guess: see [uncertain]
care_points    = 2               # a guess

[churn]
leaving     = "month end"        # who cancels has paid the month
base_hazard = 0.025              # a month, a guess

[uncertain]                      # what is not known: each draw is one set of assumptions
service.care_hazard = { dist = "uniform", low = -0.5, high = 0.0 }
churn.base_hazard   = { dist = "lognormal", mean = 0.025, sd_log = 0.3 }

[[policy]]
name         = "today"
segmentation = "everyone"

[[policy]]
name         = "care"
segmentation = "everyone"
tier         = [ { name = "all", care = 2 } ]

[[policy]]
name         = "lower price"
segmentation = "everyone"
tier         = [ { name = "all", discount = 0.05 } ]

[experiment]
baseline = "today"
draws    = 100
)toml";

constexpr std::string_view minimal =
    R"toml(
# The least that can be asked: everybody as today, or one per cent off for all.
#
# What to expect: at a gross margin of a quarter a discount needs many more orders to pay; at the defaults it does not.
# What is not said here has a default, and most defaults are guesses: `clientele explain` lists them with their sources.
question = "Does a discount of one per cent pay?"

[horizon]
warmup = 12                      # the year before: as many join later as in it

[population]
customers = 2_000

[[policy]]
name         = "today"
segmentation = "everyone"

[[policy]]
name         = "discount"
segmentation = "everyone"
tier         = [ { name = "all", discount = 0.01 } ]
)toml";

}  // namespace

const std::vector<Starter>& starters() {
  // A text begins behind the end of the line that opens it.
  static const std::vector<Starter> all{
      {"b2b", "a wholesaler on account: longer terms and care for the best fifth", b2b.substr(1)},
      {"retail", "a shop: a discount for regulars or for everybody", retail.substr(1)},
      {"subscription", "a subscription: keep customers by care, or by a lower price", subscription.substr(1)},
      {"minimal", "the least that can be asked: a discount for all", minimal.substr(1)}};
  return all;
}

}  // namespace clientele::tools
