// Satisfaction at which what it moves is as it was fitted.
#pragma once
#include <string>

namespace clientele::tools {

/// Mean satisfaction that customers settle at under the default service, in points: where a study has its reference
/// there, orders and leaving are neither raised nor lowered by it in the mean. Found by simulating the default service
/// of 1,000 customers who order as in the field's default for two years, once.
double neutral_reference();
/// The same where so large a share of deliveries is late.
double neutral_reference(double late_deliveries);
/// The same under a service that tables of a study state, such as "[service]\nlate_chance = 0.1\n".
double satisfaction_under(const std::string& service);
/// satisfaction.performance by default, in points: a shift of it moves where customers settle by as much.
double default_performance();

}  // namespace clientele::tools
