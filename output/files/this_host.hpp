// What the machine that this process runs on is called, for messages and for the names of temporary files.
#pragma once
#include <string>

namespace clientele::output {

/// Cut after 64 characters; "unknown" where it has no name. Without blanks and slashes.
std::string this_host();

}  // namespace clientele::output
