// Ranks that are threads of one process: what ranks put together is tested without anything that joins machines.
#pragma once
#include <algorithm>
#include <barrier>
#include <functional>
#include <thread>
#include <vector>

#include "sim/parallel/ranks.hpp"

namespace clientele::sim {

/// What all threads look at, one call at a time.
class Table {
 public:
  explicit Table(int count) : count_(count), said_(static_cast<std::size_t>(count)), everybody_(count) {}

  std::vector<std::string> gather(int rank, const std::string& said) {
    said_[static_cast<std::size_t>(rank)] = said;
    everybody_.arrive_and_wait();
    std::vector<std::string> all = said_;
    everybody_.arrive_and_wait();
    return all;
  }
  int count() const { return count_; }

 private:
  int count_;
  std::vector<std::string> said_;
  std::barrier<> everybody_;
};

class RankOfThreads final : public Ranks {
 public:
  RankOfThreads(Table& table, int number) : table_(table), number_(number) {}
  int number() const override { return number_; }
  int count() const override { return table_.count(); }
  void sum(std::span<std::int64_t> values) const override {
    put_together(values, [](std::int64_t a, std::int64_t b) { return a + b; });
  }
  void max(std::span<std::int64_t> values) const override {
    put_together(values, [](std::int64_t a, std::int64_t b) { return std::max(a, b); });
  }
  std::vector<std::string> gather(const std::string& said) const override { return table_.gather(number_, said); }

 private:
  template <class Of>
  void put_together(std::span<std::int64_t> values, const Of& of) const {
    const auto all = gather({reinterpret_cast<const char*>(values.data()), values.size_bytes()});
    for (std::size_t rank = 0; rank < all.size(); ++rank)
      for (std::size_t i = 0; i < values.size(); ++i) {
        std::int64_t value = 0;
        std::copy_n(all[rank].data() + i * sizeof value, sizeof value, reinterpret_cast<char*>(&value));
        values[i] = rank == 0 ? value : of(values[i], value);
      }
  }

  Table& table_;
  int number_;
};

/// Runs `work` as each of so many ranks at a time.
inline void on_ranks(int count, const std::function<void(const Ranks&)>& work) {
  Table table(count);
  std::vector<std::jthread> threads;
  for (int number = 0; number < count; ++number)
    threads.emplace_back([&, number] { work(RankOfThreads(table, number)); });
}

}  // namespace clientele::sim
