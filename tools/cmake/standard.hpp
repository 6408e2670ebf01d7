// The standard headers that most files read, read once for all files that are compiled alike. Files still include what
// they use: a build with -DCMAKE_DISABLE_PRECOMPILE_HEADERS=ON shows it.
#pragma once
#include <algorithm>
#include <array>
#include <bit>
#include <cmath>
#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstring>
#include <filesystem>
#include <functional>
#include <limits>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <span>
#include <stdexcept>
#include <string>
#include <string_view>
#include <utility>
#include <vector>
