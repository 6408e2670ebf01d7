// The toy catalogue of tests/support/toys.hpp, lived one customer at a time.
#pragma once
#include <vector>

#include "tests/reference/cell.hpp"
#include "tests/support/toys.hpp"

namespace clientele::tests {

struct ToyCustomer : Customer {
  struct Due {
    int settles = 0;  ///< month
    std::int32_t amount = 0;
  };
  float rate = 0;
  std::vector<float> bought;  ///< by month since birth
  std::vector<Due> due;
  std::int32_t open = 0;
  int orders = 0;  ///< of this month
};

class ToyCell final : public Cell<ToyCustomer> {
 public:
  using Cell::Cell;

 private:
  void be_born(const Scene& scene, ToyCustomer& who) const override;
  double mean_arrivals(const Scene& scene, std::uint32_t group) const override;
  void live_month(const Scene& scene) override;
  void review(const Scene& scene);
  void order(const Scene& scene, ToyCustomer& who) const;
  void deliver(const Scene& scene, ToyCustomer& who, std::int64_t load) const;
  void leave(const Scene& scene, ToyCustomer& who);
};

}  // namespace clientele::tests
