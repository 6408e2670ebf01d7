// Whatever a host is called, its name is one word and part of a file's name.
#include "output/files/this_host.hpp"

#include <algorithm>
#include <array>

#include <unistd.h>

namespace clientele::output {

std::string this_host() {
  std::array<char, 65> host{};
  ::gethostname(host.data(), host.size() - 1);
  std::string name(host.data());
  std::ranges::replace_if(
      name, [](char c) { return static_cast<unsigned char>(c) <= ' ' || c == '/'; }, '_');
  return name.empty() ? "unknown" : name;
}

}  // namespace clientele::output
