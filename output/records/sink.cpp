// What is written survives the end of the process; what is synced survives the end of the machine's power.
#include "output/records/sink.hpp"

#include <string_view>
#include <utility>

#include "sim/core/check.hpp"

namespace clientele::output {

namespace {

constexpr std::uint64_t max_bytes_unsynced = 64 << 20, max_bytes_of_segment = 1 << 30;
constexpr std::chrono::seconds longest_unsynced{2};

}  // namespace

RecordsSink::RecordsSink(std::filesystem::path directory, Records& records, const StudyKeys& keys,
                         const sim::OutcomeInfo& info)
    : directory_(std::move(directory)), records_(records), keys_(keys), info_(info) {}

RecordsSink::~RecordsSink() {
  try {
    sync();
  } catch (const sim::UserError&) {
    // Whoever needs to know has called sync(); here something else is being reported already.
  }
}

void RecordsSink::accept(sim::CellOutcome&& outcome) { keep(key_of(keys_, outcome.cell), outcome); }

void RecordsSink::accept_portion(const sim::Portion& portion, sim::CellOutcome&& outcome) {
  keep(key_of(key_of(keys_, outcome.cell), portion), outcome);
}

void RecordsSink::keep(const CellKey& key, const sim::CellOutcome& outcome) {
  if (!segment_) segment_ = std::make_unique<AppendFile>(new_segment_in(directory_, keys_.model));
  const std::uint64_t at = segment_->size();
  const std::string record = record_of(key, outcome, info_);
  segment_->append(record);
  const auto header = header_of(std::string_view(record).substr(0, record_header_size));
  sim::expects(header.has_value(), "a record that was just made has a header");
  records_.add(segment_->path(), *header, at + record_header_size);
  if (at == 0) written_.segment = segment_->path().filename().string();
  written_.bytes = segment_->size();
  if (segment_->size() - synced_ >= max_bytes_unsynced || Clock::now() - synced_at_ >= longest_unsynced) sync();
  if (segment_->size() < max_bytes_of_segment) return;
  sync();
  segment_.reset();
  synced_ = 0;
}

void RecordsSink::sync() {
  if (segment_ && segment_->size() != synced_) {
    segment_->sync();
    synced_ = segment_->size();
  }
  synced_at_ = Clock::now();
}

}  // namespace clientele::output
