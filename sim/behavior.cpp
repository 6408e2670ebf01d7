// What the seam offers beyond spans: counting, the month's order list, traits from laws or from a file, referrals.
#include "sim/behavior.hpp"

#include <algorithm>
#include <cmath>
#include <string>
#include <utility>

#include "sim/core/printable.hpp"
#include "sim/state/add_by_place.hpp"

namespace clientele::sim {

namespace {

/// The smallest power of ten of which an amount of money is less than 2^30.
double quantum_that_fits(double money) {
  for (double per_unit = 1e6; per_unit > 1; per_unit /= 10)
    if (money * per_unit < 0x1p30) return 1 / per_unit;
  double quantum = 1;
  while (money / quantum >= 0x1p30) quantum *= 10;
  return quantum;
}

double largest_of(std::span<const std::int32_t> tier, std::span<const std::int32_t> values) {
  double largest = 0;
  for (std::size_t i = 0; i < values.size(); ++i)
    if (tier[i] >= 0) largest = std::max(largest, std::abs(static_cast<double>(values[i])));
  return largest;
}

}  // namespace

void OpenColumns::refuse(std::uint32_t use) const {
  throw InternalFault("internal fault: " + layout_->names_of_stages[stage_.row] + " touches '" +
                      layout_->names_of_uses[use] + "', which it was not wired for");
}

void Arm::check_ring(const Layout::RingInfo& ring, int month) const {
  const int depth = static_cast<int>(ring.depth), ahead = month - month_->month_;
  const bool stands = ring.written_ahead_by ? ahead >= 0 && ahead < depth : ahead <= 0 && ahead >= -depth;
  if (depth == 0 || !stands) [[unlikely]]
    throw InternalFault("internal fault: ring '" + ring.name + "' of " + std::to_string(depth) +
                        " months is asked for " + std::to_string(ahead) + " months after the present one");
}

void Arm::refuse(Metric metric, double quanta) const {
  const double quantum = month_->study_->money_quantum;
  throw UserError("metric '" + layout_->metrics[metric.index].name + "' in month " + std::to_string(month_->month_) +
                  ": a customer's amount reaches 2^30 quanta (money_quantum = " + shortest_text(quantum) +
                  "). Set money_quantum = " + shortest_text(quantum_that_fits(std::max(quanta, 0x1p30) * quantum)) +
                  " or more?");
}

struct Arm::Columns {
  TallyColumn of[8];
  std::size_t n = 0;

  Columns(std::initializer_list<Counted> columns, std::int64_t* cells) {
    expects(columns.size() <= std::size(of), "at most eight columns are counted in one call");
    for (const Counted& column : columns) of[n++] = {column.values.data(), cells + column.metric.index};
  }
  std::span<const TallyColumn> all() const { return {of, n}; }
};

std::span<const std::int32_t> Arm::held(Tiers tiers) const {
  return tiers == Tiers::standing ? (*this)[core_->standing] : (*this)[core_->tier];
}

void Arm::count_by(Tiers tiers, std::initializer_list<Counted> columns) const {
  if (tally_ == nullptr) return;
  const auto tier = held(tiers);
  const Columns all(columns, cells_);
  const std::size_t added =
      classes_ == 1
          ? add_small_by_tier(tier, all.all(), tiers_, tier_stride_)
          : add_by_place({tier, class_, tiers_, classes_, tier_stride_, layout_->metrics.size()}, all.all(), 1 << 24);
  if (added != columns.size())
    throw UserError("metric '" + layout_->metrics[columns.begin()[added].metric.index].name + "' in month " +
                    std::to_string(month_->month_) + ": a customer counts 2^24 or more");
  for (BlendSide& side : sides_) {
    const Columns in_blend(columns, side.sums.data());
    if (classes_ == 1)
      add_small_by_tier(channels_of(side, tiers), in_blend.all(), channels, stride_of_channels());
    else
      book_in_blend(side, tiers, columns, side.sums.data());
  }
}

void Arm::book_by(Tiers tiers, std::initializer_list<Counted> columns, std::int64_t* cells) const {
  const auto tier = held(tiers);
  const Columns all(columns, cells);
  const std::size_t added =
      classes_ == 1
          ? add_by_tier(tier, all.all(), tiers_, tier_stride_)
          : add_by_place({tier, class_, tiers_, classes_, tier_stride_, layout_->metrics.size()}, all.all(), 1 << 30);
  if (added == columns.size()) return;
  const Counted& full = columns.begin()[added];
  refuse(full.metric, largest_of(tier, full.values));
}

std::span<const std::int32_t> Arm::channels_of(const BlendSide& side, Tiers tiers) const {
  return std::span(tiers == Tiers::standing ? side.standing : side.all).first(width_);
}

std::size_t Arm::stride_of_channels() const { return classes_ * layout_->metrics.size(); }

/// Values are within bounds: the arm's own cell has counted them.
void Arm::book_in_blend(BlendSide& side, Tiers tiers, std::initializer_list<Counted> columns,
                        std::int64_t* sums) const {
  const Columns all(columns, sums);
  const auto channel = channels_of(side, tiers);
  const std::size_t stride = stride_of_channels();
  if (classes_ == 1)
    add_by_tier(channel, all.all(), channels, stride);
  else
    add_by_place({channel, class_, channels, classes_, stride, layout_->metrics.size()}, all.all(), 1 << 30);
}

void Arm::count(std::initializer_list<Counted> columns) const { count_by(Tiers::standing, columns); }
void Arm::count_all(std::initializer_list<Counted> columns) const { count_by(Tiers::last, columns); }

void Arm::book(std::initializer_list<Counted> columns) const {
  book_by(Tiers::standing, columns, cells_);
  for (BlendSide& side : sides_) book_in_blend(side, Tiers::standing, columns, side.sums.data());
}

void Arm::book_all(std::initializer_list<Counted> columns) const {
  book_by(Tiers::last, columns, cells_);
  for (BlendSide& side : sides_) book_in_blend(side, Tiers::last, columns, side.sums.data());
}

void Arm::book_all_of(std::span<const std::uint32_t> customers, std::initializer_list<Counted> columns) const {
  const auto tier = (*this)[core_->tier];
  const std::size_t class_stride = classes_ == 1 ? 0 : layout_->metrics.size();
  for (const Counted& column : columns)
    for (const std::uint32_t i : customers) {
      const std::int32_t value = column.values[i];
      if (tier[i] < 0) continue;
      if (value >= 1 << 30 || value < -(1 << 30)) refuse(column.metric, std::abs(static_cast<double>(value)));
      const std::size_t of_class = class_stride == 0 ? 0 : static_cast<std::size_t>(class_[i]) * class_stride;
      cells_[static_cast<std::size_t>(tier[i]) * tier_stride_ + of_class + column.metric.index] += value;
      for (BlendSide& side : sides_)
        side.sums[static_cast<std::size_t>(side.all[i]) * stride_of_channels() + of_class + column.metric.index] +=
            value;
    }
}

void Arm::book_rest(Metric rest, Metric whole, std::span<const Metric> parts) const {
  const auto put_rest = [&](std::int64_t* at) {
    at[rest.index] = at[whole.index];
    for (const Metric part : parts) at[rest.index] -= at[part.index];
  };
  for (std::size_t of = 0; of < classes_; ++of) {
    const std::size_t of_class = of * layout_->metrics.size();
    for (std::size_t tier = 0; tier < tiers_; ++tier) put_rest(cells_ + tier * tier_stride_ + of_class);
    for (BlendSide& side : sides_)
      for (std::size_t channel = 0; channel < channels; ++channel)
        put_rest(side.sums.data() + channel * stride_of_channels() + of_class);
  }
}

void Arm::book_ahead(Metric metric, int ahead, std::span<const std::int32_t> values) const {
  expects(ahead >= 1 && ahead < months_to_settle, "an amount that is known ahead belongs to a month to come");
  expects(month_->last_of_horizon() || month_->last_of_all(), "amounts are booked ahead where months end");
  if (tally_ == nullptr) return;
  const auto month = static_cast<std::size_t>(month_->month_ + ahead - month_->study_->horizon.months);
  book_by(Tiers::last, {{metric, values}}, tally_->cells_beyond(index_, month, group_ * classes_));
  for (BlendSide& side : sides_) book_ahead_in_blend(side, metric, month, values);
}

void Arm::book_ahead_in_blend(BlendSide& side, Metric metric, std::size_t month,
                              std::span<const std::int32_t> values) const {
  book_in_blend(side, Tiers::last, {{metric, values}}, side.ahead.data());
  for (std::size_t of = 0; of < classes_; ++of)
    for (std::size_t channel = 0; channel < channels; ++channel) {
      const std::size_t at = of * layout_->metrics.size() + metric.index;
      const std::int64_t sum = std::exchange(side.ahead[channel * stride_of_channels() + at], 0);
      for (const BlendSide::Into& cell : side.into)
        if (cell.takes[channel]) tally_->cells_beyond(cell.place, month, group_ * classes_)[at] += sum;
    }
}

void Arm::turn_away(std::span<const std::int32_t> marked) const {
  const auto born = (*month_)[core_->born];
  const auto status = (*this)[writable(core_->status)], on_books = (*this)[writable(core_->on_books)];
  const auto standing = (*this)[writable(core_->standing)];
  for (std::size_t i = 0; i < marked.size(); ++i) {
    if (marked[i] == 0) continue;
    expects(born[i] == month_->month_ && month_->month_ >= month_->first_arrivals(),
            "only who would join now is turned away");
    status[i] = on_books[i] = 0;
    standing[i] = -1;
  }
}

void Arm::bin(Histogram histogram, std::span<const std::int32_t> values) const {
  if (tally_ == nullptr || month_->kind_ == MonthKind::closed) return;
  const auto& months = layout_->histograms[histogram.index].months;
  const auto status = (*this)[core_->status];
  for (std::size_t m = 0; m < months.size(); ++m) {
    const int named = months[m] < 0 ? months[m] + month_->study_->horizon.months : months[m];
    if (named != month_->month_) continue;
    const auto of_class = [&](std::size_t i) { return classes_ == 1 ? 0 : class_[i]; };
    BinnedCount* const bins = &tally_->bins(index_, histogram.index, m, group_ * classes_);  // those of classes follow
    for (std::size_t i = 0; i < values.size(); ++i)
      if (status[i] == 1) bins[of_class(i)].add(values[i]);
    for (const BlendSide& side : sides_)
      for (const BlendSide::Into& cell : side.into) {
        BinnedCount* const blended = &tally_->bins(cell.place, histogram.index, m, group_ * classes_);
        for (std::size_t i = 0; i < values.size(); ++i)
          if (status[i] == 1 && side.takes(cell, side.all[i])) blended[of_class(i)].add(values[i]);
      }
  }
}

void Arm::count_by_age(AgedMetric metric, std::span<const std::int64_t> amounts) const {
  if (tally_ == nullptr) return;
  const TallyShape& shape = tally_->shape();
  expects(metric.index < shape.aged && amounts.size() <= shape.ages, "ages are those that a study counts");
  const bool is_closed = month_->kind_ == MonthKind::closed;
  const auto month = static_cast<std::size_t>(month_->month_ - (is_closed ? month_->study_->horizon.months : 0)) +
                     (is_closed ? shape.months : 0);
  std::int64_t* const at = tally_->by_age(index_, month, metric.index);
  for (std::size_t age = 0; age < amounts.size(); ++age) at[age] += amounts[age];
}

BlockMonth::BlockMonth(const Layout& layout, const CoreColumns& core)
    : layout_(&layout), core_(&core), variates_(layout), orders_(layout) {}

int BlockMonth::calendar_month() const {
  const int months = study_->horizon.start_month - 1 + month_;
  return (months % 12 + 12) % 12 + 1;
}

const Orders& BlockMonth::orders() {
  if (orders_listed_) return orders_;
  const std::span<std::int32_t> most(max_orders_.data(), width_);
  std::ranges::copy(arms_[0][core_->orders], most.begin());
  for (const Arm& arm : arms().subspan(1)) {
    const auto placed = arm[core_->orders];
#pragma omp simd
    for (std::size_t i = 0; i < most.size(); ++i) most[i] = std::max(most[i], placed[i]);
  }
  orders_.list(most, (*this)[core_->id_low], (*this)[core_->id_high], month_);
  variates_.enter_orders(orders_.id_low(), orders_.id_high(), orders_.slots());
  orders_listed_ = true;
  return orders_;
}

void BlockMonth::draw(Trait<float> trait, const Law& law, BirthLuck luck) {
  const auto values = at_birth(trait);
  for (const Layout::KnownTrait& known : layout_->known) {
    if (known.trait != trait.column || !study_->population.file) continue;
    for (const auto& column : study_->population.file->traits) {
      if (!(column.field == known.field) || rows_.empty()) continue;
      for (std::size_t i = 0; i < values.size(); ++i) values[i] = column.values[rows_[std::min(i, rows_.size() - 1)]];
      return;
    }
  }
  variates_.draw(law, luck, values);
}

std::span<const std::int32_t> BlockMonth::stated_tenures() {
  tenures_.clear();
  if (rows_.empty() || study_->population.file->tenures.empty()) return tenures_;
  for (std::size_t i = 0; i < width_; ++i)
    tenures_.push_back(study_->population.file->tenures[rows_[std::min(i, rows_.size() - 1)]]);
  return tenures_;
}

void BlockMonth::refer(std::size_t arm, std::span<const std::int32_t> referrals) {
  auto& asked = referrals_[arm];
  asked.resize(width_, 0);
  const auto status = arms_[arm][core_->status];
  for (std::size_t i = 0; i < width_; ++i) asked[i] += status[i] == 1 ? referrals[i] : 0;
}

}  // namespace clientele::sim
