// What a launcher (mpirun, srun, ...) says in the environment of how many copies of the program it has started.
#pragma once
#include <functional>
#include <optional>
#include <string>

namespace clientele::tools {

struct Launched {
  std::string by;        ///< "mpirun", "srun"
  std::string variable;  ///< that says so
  int count = 1, number = 0;
};

/// Nothing where no launcher is known, or it has started one copy. `value` is that of a variable, or nullptr.
std::optional<Launched> launched(const std::function<const char*(const char* variable)>& value);
/// In this process' environment.
std::optional<Launched> launched();

/// Throws UserError (usage) where a launcher has started several copies that do not know each other, each of which
/// would do all the work. `joined` are the ranks that found each other by `library`.
void expect_joined(const std::optional<Launched>& launched, int joined, const std::string& library);

/// Tells, from the first copy only, that copies of a program that joins nobody do the same work each.
void warn_of_copies(const std::optional<Launched>& launched);

}  // namespace clientele::tools
