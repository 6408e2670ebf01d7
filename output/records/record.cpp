// Little-endian numbers one after the other; a reader looks before each step whether there is so much left.
#include "output/records/record.hpp"

#include <bit>
#include <cstring>
#include <span>
#include <vector>

#include "output/files/hash.hpp"
#include "sim/core/check.hpp"

namespace clientele::output {

using sim::CellOutcome;
using sim::expects;
using sim::OutcomeInfo;

static_assert(std::endian::native == std::endian::little, "numbers are written as they lie in memory");

namespace {

constexpr std::string_view magic = "clrecord";

class Bytes {
 public:
  template <class Number>
  void put(Number number) {
    put_all(&number, sizeof number);
  }
  void put_all(const void* from, std::size_t size) { text_.append(static_cast<const char*>(from), size); }
  std::string& text() { return text_; }

 private:
  std::string text_;
};

class Reading {
 public:
  explicit Reading(std::string_view bytes) : left_(bytes) {}

  template <class Number>
  Number take() {
    Number number{};
    take_all(&number, sizeof number);
    return number;
  }
  void take_all(void* to, std::size_t size) {
    expects(size <= left_.size(), "a record is as long as it says");
    if (size != 0) std::memcpy(to, left_.data(), size);  // `to` of an empty vector is null, which memcpy may not see
    left_.remove_prefix(size);
  }
  bool over() const { return left_.empty(); }

 private:
  std::string_view left_;
};

/// Counts by month: of a cell within the horizon, or beyond it.
struct Shape {
  std::size_t months, groups, metrics, tiers;
  std::size_t stride() const { return tiers * groups * metrics; }
};
Shape shape_within(const OutcomeInfo& info) { return {info.months, info.groups, info.metrics.size(), info.tiers}; }
Shape shape_beyond(const OutcomeInfo& info) {
  return {info.months_beyond, info.groups, info.metrics_beyond().size(), info.tiers};
}

/// Counts lie [month][tier][group][metric]: a column is every stride-th number. Those that hold anything, in the order
/// of their place.
std::vector<std::size_t> used_columns(std::span<const std::int64_t> counts, const Shape& shape) {
  const std::size_t stride = shape.stride();
  std::vector<std::int64_t> any(stride);
  for (std::size_t t = 0; t < shape.months; ++t)
    for (std::size_t c = 0; c < stride; ++c) any[c] |= counts[t * stride + c];
  std::vector<std::size_t> used;
  for (std::size_t c = 0; c < stride; ++c)
    if (any[c] != 0) used.push_back(c);
  return used;
}

/// Tier first, so that a column's place is the same however many tiers there are.
void put_counts(Bytes& bytes, std::span<const std::int64_t> counts, const Shape& shape) {
  const std::vector<std::size_t> used = used_columns(counts, shape);
  for (const std::size_t size : {shape.months, shape.groups, shape.metrics, used.size()})
    bytes.put(static_cast<std::uint32_t>(size));
  std::vector<std::int64_t> column(shape.months);
  for (const std::size_t c : used) {
    for (std::size_t t = 0; t < shape.months; ++t) column[t] = counts[t * shape.stride() + c];
    bytes.put(static_cast<std::uint32_t>(c));
    bytes.put_all(column.data(), column.size() * sizeof(std::int64_t));
  }
}

void put_histograms(Bytes& bytes, const CellOutcome& outcome) {
  bytes.put(static_cast<std::uint32_t>(outcome.histograms.size()));
  for (const auto& histogram : outcome.histograms) {
    bytes.put(static_cast<std::uint32_t>(histogram.size()));
    for (const auto& bins : histogram) {
      bytes.put(static_cast<std::uint32_t>(bins.size()));
      for (const sim::HistogramBin& bin : bins) {
        bytes.put(bin.bin);
        bytes.put(bin.customers);
        bytes.put(bin.sum);
      }
    }
  }
}

/// A move's place is three numbers, so that it is the same however many tiers there are.
void put_flows(Bytes& bytes, const CellOutcome& outcome, const OutcomeInfo& info) {
  const std::size_t stride = info.tiers * info.tiers * info.groups;
  std::vector<std::size_t> used;
  for (std::size_t c = 0; c < stride; ++c)
    for (std::size_t t = 0; t < info.months; ++t)
      if (outcome.flows[t * stride + c] != 0) {
        used.push_back(c);
        break;
      }
  bytes.put(static_cast<std::uint32_t>(used.size()));
  for (const std::size_t c : used) {
    for (const std::size_t place : {c / info.groups / info.tiers, c / info.groups % info.tiers, c % info.groups})
      bytes.put(static_cast<std::uint32_t>(place));
    for (std::size_t t = 0; t < info.months; ++t) bytes.put(outcome.flows[t * stride + c]);
  }
}

/// Nothing where no study asks for it, so that records of other studies are as they were.
void put_by_age(Bytes& bytes, const CellOutcome& outcome) {
  bytes.put_all(outcome.by_age.data(), outcome.by_age.size() * sizeof(std::int64_t));
}

std::vector<std::int64_t> take_counts(Reading& bytes, const Shape& shape) {
  std::vector<std::int64_t> counts(shape.months * shape.stride());
  for (const std::size_t size : {shape.months, shape.groups, shape.metrics})
    expects(bytes.take<std::uint32_t>() == size, "a record has the size that its study implies");
  const auto columns = bytes.take<std::uint32_t>();
  std::vector<std::int64_t> column(shape.months);
  for (std::uint32_t c = 0; c < columns; ++c) {
    const auto place = bytes.take<std::uint32_t>();
    expects(place < shape.stride(), "a record's columns are columns of its study");
    bytes.take_all(column.data(), column.size() * sizeof(std::int64_t));
    for (std::size_t t = 0; t < shape.months; ++t) counts[t * shape.stride() + place] = column[t];
  }
  return counts;
}

void take_histograms(Reading& bytes, CellOutcome& outcome, const OutcomeInfo& info) {
  expects(bytes.take<std::uint32_t>() == info.histograms.size(), "a record has the histograms that its study implies");
  for (const sim::HistogramInfo& described : info.histograms) {
    auto& histogram = outcome.histograms.emplace_back();
    const auto places = bytes.take<std::uint32_t>();
    expects(places == described.months.size() * info.groups, "a histogram has bins by named month and group");
    for (std::uint32_t place = 0; place < places; ++place) {
      auto& bins = histogram.emplace_back();
      for (auto left = bytes.take<std::uint32_t>(); left > 0; --left) {
        sim::HistogramBin& bin = bins.emplace_back();
        bin.bin = bytes.take<std::int32_t>();
        bin.customers = bytes.take<std::int64_t>();
        bin.sum = bytes.take<std::int64_t>();
      }
    }
  }
}

void take_flows(Reading& bytes, CellOutcome& outcome, const OutcomeInfo& info) {
  outcome.flows.resize(info.flows());
  for (auto left = bytes.take<std::uint32_t>(); left > 0; --left) {
    const auto tier = bytes.take<std::uint32_t>(), tier_to = bytes.take<std::uint32_t>();
    const auto group = bytes.take<std::uint32_t>();
    expects(tier < info.tiers && tier_to < info.tiers && group < info.groups,
            "a record's moves are between tiers of its study");
    for (std::size_t t = 0; t < info.months; ++t)
      outcome.flows[((t * info.tiers + tier) * info.tiers + tier_to) * info.groups + group] =
          bytes.take<std::int64_t>();
  }
}

void take_by_age(Reading& bytes, CellOutcome& outcome, const OutcomeInfo& info) {
  outcome.by_age.resize(info.by_age());
  bytes.take_all(outcome.by_age.data(), outcome.by_age.size() * sizeof(std::int64_t));
}

}  // namespace

std::string record_of(const CellKey& key, const CellOutcome& outcome, const OutcomeInfo& info) {
  expects(outcome.counts.size() == info.counts() && outcome.beyond.size() == info.counts_beyond() &&
              outcome.flows.size() == info.flows() && outcome.by_age.size() == info.by_age(),
          "an outcome has the size that its study implies");
  Bytes payload;
  put_counts(payload, outcome.counts, shape_within(info));
  put_counts(payload, outcome.beyond, shape_beyond(info));
  put_histograms(payload, outcome);
  put_flows(payload, outcome, info);
  put_by_age(payload, outcome);
  Bytes record;
  record.text().reserve(record_header_size + payload.text().size());
  record.put_all(magic.data(), magic.size());
  record.put(record_format);
  record.put(std::uint32_t{0});
  record.put(key.words[0]);
  record.put(key.words[1]);
  record.put(static_cast<std::uint64_t>(payload.text().size()));
  record.put(checksum_of(payload.text()));
  record.put(checksum_of(record.text()));
  return std::move(record.text()) + payload.text();
}

std::optional<RecordHeader> header_of(std::string_view bytes) {
  expects(bytes.size() == record_header_size, "a header has its size");
  Reading reading(bytes);
  std::string start(magic.size(), ' ');
  reading.take_all(start.data(), start.size());
  RecordHeader header;
  header.format = reading.take<std::uint32_t>();
  const auto reserved = reading.take<std::uint32_t>();
  header.key.words[0] = reading.take<std::uint64_t>();
  header.key.words[1] = reading.take<std::uint64_t>();
  header.payload_size = reading.take<std::uint64_t>();
  header.payload_checksum = reading.take<std::uint64_t>();
  const auto checksum = reading.take<std::uint64_t>();
  if (start != magic || reserved != 0 || checksum != checksum_of(bytes.substr(0, record_header_size - sizeof checksum)))
    return std::nullopt;
  return header;
}

CellOutcome outcome_of(std::string_view payload, const sim::Cell& cell, const OutcomeInfo& info) {
  CellOutcome outcome;
  outcome.cell = cell;
  Reading reading(payload);
  outcome.counts = take_counts(reading, shape_within(info));
  outcome.beyond = take_counts(reading, shape_beyond(info));
  take_histograms(reading, outcome, info);
  take_flows(reading, outcome, info);
  take_by_age(reading, outcome, info);
  expects(reading.over(), "a record ends where its numbers end");
  return outcome;
}

}  // namespace clientele::output
