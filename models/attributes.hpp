// What a firm knows of a customer from the first day and may sort by: a region, a size, a need.
#pragma once
#include <array>
#include <cstdint>
#include <limits>
#include <span>
#include <vector>

#include "sim/behavior.hpp"
#include "sim/core/api.hpp"
#include "sim/core/math.hpp"
#include "sim/random/distributions.hpp"
#include "sim/study.hpp"

namespace clientele::models {

/// Attributes are drawn by words of their own, so many of them.
inline constexpr std::size_t most_attributes = 4;

/// How an attribute is drawn: values stand on a scale x = c T + sqrt(1 - c^2) Z from the first to the last, each with
/// its share, where T is what the customer is worth on a scale of mean 0 and variance 1 (models/prospects.hpp) and Z ~
/// N(0, 1) its own luck. Shares are exact at c = 0; elsewhere as near as T is to normal.
/// Attributes that a study lets go together have correlated scales (a Gaussian copula): what is left beside T, of
/// covariances r_kj - c_k c_j and variances 1 - c_k^2, is a sum of the attributes' own lucks up to their place, by the
/// triangular root of these (Cholesky). Two that no pair names go together by T alone.
struct CLIENTELE_API AttributeLaw {
  std::vector<float> cuts;  ///< below each value but the first
  float correlation = 0, luck = 1;
  std::vector<float> lucks_before = {};  ///< weights of those of the attributes before it; empty: none has one

  explicit AttributeLaw(const sim::Attribute& attribute);

  float scale_of(float truth, float z) const { return correlation * truth + luck * z; }
  std::int32_t value_of(float truth, float z) const { return value_at(scale_of(truth, z)); }
  std::int32_t value_at(float x) const {
    std::int32_t value = 0;
    for (const float cut : cuts) value += static_cast<std::int32_t>(x >= cut);
    return value;
  }
};

/// By the places of the attributes.
CLIENTELE_API std::vector<AttributeLaw> attribute_laws(const sim::Population& population);

/// The attributes of a study, each in a column that is there only where a segmentation reads it. Customers of a file
/// have what it says; who joins them is drawn.
class Attributes {
 public:
  explicit Attributes(sim::Wiring& wiring);

  /// Whether one that is read goes with what customers are worth.
  bool need_truth(const sim::Arm& arm) const;
  /// At birth. `truth` of each customer is asked for where it is needed.
  void give(sim::BlockMonth& month, std::span<const float> truth) const;

 private:
  struct One {
    AttributeLaw law;
    sim::BirthLuck luck;
    sim::Ring<std::int32_t> values;     ///< in one column for all months: a customer keeps what it is
    std::vector<std::int32_t> of_file;  ///< in the order of ids_
  };
  void draw(std::size_t number, sim::BlockMonth& month, std::span<const float> truth,
            std::span<std::int32_t> values) const;
  void read_file(const One& one, const sim::BlockMonth& month, std::span<std::int32_t> values) const;

  sim::ObservedColumns core_;
  std::vector<One> all_;
  std::vector<std::uint64_t> ids_;  ///< of the file's customers, ascending; empty where no attribute is of a file
};

}  // namespace clientele::models
