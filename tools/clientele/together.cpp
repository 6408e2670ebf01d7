// Each says whether it has failed, all hear it, and the first one speaks.
#include "tools/clientele/together.hpp"

#include <algorithm>
#include <cstdio>
#include <exception>
#include <optional>
#include <utility>

#include "output/files/this_host.hpp"
#include "tools/clientele/failure.hpp"

namespace clientele::tools {
namespace {

/// A process' name, its status and its text as one line of `gather`.
std::string said(const std::string& name, const std::optional<Failure>& failure) {
  if (!failure) return "";
  return std::to_string(static_cast<int>(failure->status)) + '\0' + name + '\0' + failure->text;
}

struct Heard {
  sim::Exit status;
  std::string name, text;
};

std::vector<Heard> failures_in(const std::vector<std::string>& all) {
  std::vector<Heard> heard;
  for (const std::string& one : all) {
    if (one.empty()) continue;
    const std::size_t first = one.find('\0'), second = one.find('\0', first + 1);
    heard.push_back({static_cast<sim::Exit>(std::stoi(one.substr(0, first))), one.substr(first + 1, second - first - 1),
                     one.substr(second + 1)});
  }
  return heard;
}

/// What all see is told as it is; else each text with those who see it.
std::string in_one(const std::vector<Heard>& heard, std::size_t ranks) {
  const bool is_same = std::ranges::all_of(heard, [&](const Heard& one) { return one.text == heard.front().text; });
  if (is_same && heard.size() == ranks) return heard.front().text;
  std::string text;
  for (std::size_t h = 0; h < heard.size(); ++h) {
    if (h == 4) return text + "\nand " + std::to_string(heard.size() - h) + " more.";
    text += (h == 0 ? "" : "\n") + heard[h].name + ": " + heard[h].text;
  }
  return text;
}

}  // namespace

std::string name_of(const sim::Ranks& ranks) {
  return "rank " + std::to_string(ranks.number()) + " on " + output::this_host();
}

Together::Together(std::unique_ptr<Processes> processes) : processes_(std::move(processes)) {}

sim::Exit Together::run(const std::function<sim::Exit()>& work) const {
  if (count() == 1) return work();
  try {
    return work();
  } catch (const SaidByFirst& one) {
    return one.status;
  } catch (const std::exception& thrown) {
    const Failure failure = failure_of(thrown);
    if (agreed_) {  // mpirun kills what is left as soon as one ends with a failure
      std::fprintf(stderr, "%s\n", failure.text.c_str());
      return failure.status;
    }
    std::fprintf(stderr, "%s: %s\n", name_of(ranks()).c_str(), failure.text.c_str());
    processes_->end_all(failure.status);
  }
}

void Together::agree(const std::function<void()>& work) const {
  if (count() == 1) return work();
  std::exception_ptr own;
  std::optional<Failure> failure;
  try {
    work();
  } catch (const std::exception& thrown) {
    own = std::current_exception();
    failure = failure_of(thrown);
  }
  const std::vector<Heard> heard = failures_in(ranks().gather(said(name_of(ranks()), failure)));
  if (heard.empty()) return;
  agreed_ = true;
  if (!leads()) throw SaidByFirst{heard.front().status};
  const std::string text = in_one(heard, static_cast<std::size_t>(count()));
  if (failure && text == failure->text) std::rethrow_exception(own);
  throw sim::UserError(text, heard.front().status);
}

std::string Together::by_first(const std::function<std::string()>& work) const {
  std::string result;
  agree([&] {
    if (leads()) result = work();
  });
  return count() == 1 ? result : ranks().gather(result).front();
}

const Together& one_process() {
  static const Together one;
  return one;
}

}  // namespace clientele::tools
