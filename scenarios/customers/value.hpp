// One number of a customer file: what it may be, and what is wrong with it in words.
#pragma once
#include <string>

#include "sim/schema.hpp"

namespace clientele::scenarios {

struct CustomerValue {
  float value = 0;
  std::string problem;  ///< empty where there is none
  double exact = 0;     ///< as it stands there
};

/// A customer's trait as its field's law could give it. `column` starts the problem: column "order_value".
CustomerValue read_customer_value(const std::string& text, const std::string& column, const sim::FieldInfo& field);

}  // namespace clientele::scenarios
