// What this program was built with: known when the build is configured.
#pragma once

namespace clientele::tools {

struct BuiltWith {
  const char* build_type;
  const char* compiler;    ///< "Clang 19.1.7"
  const char* flags;       ///< of all code, as they were given
  const char* arithmetic;  ///< flags that the bits of outcomes rest on
  const char* levels;      ///< CPU levels of sim and models, with spaces between them
  const char* hdf5;        ///< versions of libraries
  const char* tbb;         ///< empty where plain threads stand in for it
  bool has_workbooks;      ///< report --xlsx
};

extern const BuiltWith built_with;

}  // namespace clientele::tools
