// MPI counts elements in an int, so that what is longer goes in parts.
#include "sim/parallel/ranks_mpi.hpp"

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdlib>
#include <thread>
#include <utility>

#include <mpi.h>

namespace clientele::sim {

struct MpiRanks::Inside {
  MPI_Comm ranks = MPI_COMM_WORLD;
  bool is_all = true;  ///< and not a group of them
};

namespace {

constexpr std::size_t most_at_once = std::size_t{1} << 28;  ///< elements of a call

/// Ends when all have come. The first looks follow each other; then each waits longer, up to 5 ms.
void wait_asleep(MPI_Request& request) {
  std::chrono::microseconds pause{0};
  for (int looks = 0, here = 0;; ++looks) {
    MPI_Test(&request, &here, MPI_STATUS_IGNORE);
    if (here != 0) return;
    if (looks < 1000) continue;
    pause = std::min(pause + std::chrono::microseconds(50), std::chrono::microseconds(5000));
    std::this_thread::sleep_for(pause);
  }
}

void put_together(std::span<std::int64_t> values, MPI_Op how, MPI_Comm ranks) {
  for (std::size_t at = 0; at < values.size(); at += most_at_once) {
    const auto part = values.subspan(at, std::min(most_at_once, values.size() - at));
    MPI_Allreduce(MPI_IN_PLACE, part.data(), static_cast<int>(part.size()), MPI_INT64_T, how, ranks);
  }
}

/// What one rank says, to all.
void tell_all(std::string& text, int rank, MPI_Comm ranks) {
  for (std::size_t at = 0; at < text.size(); at += most_at_once) {
    MPI_Request request = MPI_REQUEST_NULL;
    MPI_Ibcast(text.data() + at, static_cast<int>(std::min(most_at_once, text.size() - at)), MPI_CHAR, rank, ranks,
               &request);
    wait_asleep(request);
  }
}

}  // namespace

MpiRanks::MpiRanks() : inside_(std::make_unique<Inside>()) {
  int given = 0;
  MPI_Init_thread(nullptr, nullptr, MPI_THREAD_FUNNELED, &given);
}

MpiRanks::MpiRanks(std::unique_ptr<Inside> inside) : inside_(std::move(inside)) {}

MpiRanks::~MpiRanks() {
  if (!inside_->is_all) {
    MPI_Comm_free(&inside_->ranks);
    return;
  }
  gather("");
  MPI_Finalize();
}

int MpiRanks::number() const {
  int number = 0;
  MPI_Comm_rank(inside_->ranks, &number);
  return number;
}

int MpiRanks::count() const {
  int count = 1;
  MPI_Comm_size(inside_->ranks, &count);
  return count;
}

void MpiRanks::sum(std::span<std::int64_t> values) const { put_together(values, MPI_SUM, inside_->ranks); }

void MpiRanks::max(std::span<std::int64_t> values) const { put_together(values, MPI_MAX, inside_->ranks); }

std::vector<std::string> MpiRanks::gather(const std::string& said) const {
  const std::uint64_t own = said.size();
  std::vector<std::uint64_t> sizes(static_cast<std::size_t>(count()));
  MPI_Request request = MPI_REQUEST_NULL;
  MPI_Iallgather(&own, 1, MPI_UINT64_T, sizes.data(), 1, MPI_UINT64_T, inside_->ranks, &request);
  wait_asleep(request);
  std::vector<std::string> all(sizes.size());
  for (std::size_t rank = 0; rank < all.size(); ++rank) {
    if (std::cmp_equal(rank, number()))
      all[rank] = said;
    else
      all[rank].resize(sizes[rank]);
    tell_all(all[rank], static_cast<int>(rank), inside_->ranks);
  }
  return all;
}

std::unique_ptr<Ranks> MpiRanks::group(int size) const {
  auto inside = std::make_unique<Inside>();
  inside->is_all = false;
  MPI_Comm_split(inside_->ranks, number() / size, number(), &inside->ranks);
  return std::unique_ptr<Ranks>(new MpiRanks(std::move(inside)));
}

void MpiRanks::end_all(int status) const {
  MPI_Abort(inside_->ranks, status);
  std::_Exit(status);
}

std::string MpiRanks::library() {
  std::array<char, MPI_MAX_LIBRARY_VERSION_STRING> text{};
  int length = 0;
  MPI_Get_library_version(text.data(), &length);
  std::string name(text.data(), static_cast<std::size_t>(length));
  name = name.substr(0, name.find_first_of(",\n"));
  if (const std::size_t version = name.find(" v"); version != std::string::npos) name.erase(version + 1, 1);
  return name;
}

}  // namespace clientele::sim
