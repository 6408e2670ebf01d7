// A world at a time is open; its last pieces may still be simulated when the next one is opened.
#include "sim/engine/world_queue.hpp"

#include <algorithm>
#include <utility>

#include "sim/engine/firm_months.hpp"

namespace clientele::sim {

namespace {

/// Blocks are dealt to the ranks in turn.
void keep_slice(std::vector<Start>& starts, const Ranks& slice) {
  const auto ranks = static_cast<std::size_t>(slice.count());
  std::vector<Start> ours;
  for (auto i = static_cast<std::size_t>(slice.number()); i < starts.size(); i += ranks)
    ours.push_back(std::move(starts[i]));
  starts = std::move(ours);
}

}  // namespace

WorldQueue::WorldQueue(const Program& program, const RunOptions& options, const Starts& starts, unsigned workers,
                       Delivery& delivery)
    : program_(program),
      options_(options),
      starts_(starts),
      workers_(workers),
      delivery_(delivery),
      portions_(portions_of(program.study(), options.customers_of_portion)) {}

/// The pieces of a portion become smaller, so that all end at about the same time.
Piece WorldQueue::take() {
  const std::lock_guard lock(guard_);
  while (!open_ || portion_ == open_->portions.size()) {
    open_ = nullptr;
    if (waiting_.empty()) return {};
    open_ = open(waiting_.front());
    waiting_ = waiting_.subspan(1);
    portion_ = handed_out_ = 0;
  }
  PortionInWork& portion = open_->portions[portion_];
  const std::size_t begin = handed_out_, left = portion.blocks - begin;
  if (begin == 0) portion.tally = Tally(program_.tally_shape(open_->lineup.counted()));
  const std::size_t some = std::max<std::size_t>(4, left / (2 * std::size_t{workers_}));
  handed_out_ += open_->meets() ? left : std::min(left, some);
  const Piece piece{open_, &portion, begin, handed_out_};
  if (handed_out_ == portion.blocks) ++portion_, handed_out_ = 0;
  return piece;
}

std::shared_ptr<World> WorldQueue::open(const CellsTogether& together) {
  auto world = std::make_shared<World>();
  world->lineup = make_lineup(program_, together.cells);
  world->phases = cut(program_, world->lineup, options_.in_step);
  world->has_one = portions_.size() == 1 || world->meets();
  if (!world->has_one) {
    fill(*world, together.number);
    return world;
  }
  PortionInWork& all = world->portions.emplace_back();
  all.starts = starts_.of(world->lineup);
  if (world->meets()) keep_slice(all.starts, *options_.slice);
  all.blocks = all.starts.size();
  return world;
}

/// With the portions that are to be simulated here. Where all are kept already, the world is whole.
void WorldQueue::fill(World& world, std::uint64_t number) {
  world.tally = Tally(program_.tally_shape(world.lineup.counted()));
  auto starts = starts_.of(world.lineup, portions_);
  const std::lock_guard lock(delivering_);
  for (std::size_t p = 0; p < portions_.size(); ++p) {
    if (starts[p].empty()) continue;
    if (!options_.share.has(number + p)) {
      world.is_partial = true;
      continue;
    }
    if (delivery_.add_kept(world.lineup, portions_[p], world.tally)) continue;
    PortionInWork& portion = world.portions.emplace_back();
    portion.which = portions_[p];
    portion.blocks = starts[p].size();
    portion.starts = std::move(starts[p]);
  }
  if (world.portions.empty()) end(world, world.tally);
}

void WorldQueue::finish(const Piece& piece, const Tally* counted) {
  World& world = *piece.world;
  PortionInWork& portion = *piece.portion;
  const std::lock_guard lock(world.guard);
  if (counted != nullptr) portion.tally += *counted;
  portion.done += piece.end - piece.begin;
  if (portion.done < portion.blocks) return;
  customer_months_ += static_cast<std::uint64_t>(portion.tally.total(metric_of_customers, world.lineup.delivered));
  const std::lock_guard delivering(delivering_);
  if (world.has_one) return end(world, portion.tally);
  delivery_.portion(world.lineup, portion.which, portion.tally);
  world.tally += portion.tally;
  portion = {};
  if (++world.done == world.portions.size()) end(world, world.tally);
}

/// Of a world that lives on several ranks, the first delivers what all have counted.
void WorldQueue::end(World& world, Tally& tally) {
  ++finished_;
  if (world.is_partial || (world.meets() && options_.slice->number() > 0)) return;
  book_for_firm(program_, world.lineup, tally);
  delivery_.complete(world.lineup, tally);
}

}  // namespace clientele::sim
