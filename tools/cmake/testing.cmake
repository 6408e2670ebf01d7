# How a test becomes a program and a line of ctest.

# Catch2's runner is compiled once and unoptimized, and its header read once: else building tests is mostly Catch2.
add_library(clientele_test_main OBJECT ${PROJECT_SOURCE_DIR}/tests/support/main.cpp)
target_link_libraries(clientele_test_main PUBLIC Catch2::Catch2)
target_compile_definitions(clientele_test_main PUBLIC
  CLIENTELE_SOURCE_DIR="${PROJECT_SOURCE_DIR}" CLIENTELE_BUILD_DIR="${PROJECT_BINARY_DIR}")
clientele_compile_once(clientele_test_main)
target_compile_options(clientele_test_main PRIVATE -O0)
if(CLIENTELE_SANITIZE)
  target_compile_options(clientele_test_main PRIVATE -fno-sanitize=all)
endif()

# How a test is compiled: for one CPU level (empty: as programs are), and unoptimized unless the test is a kernel, for
# optimizing assertions would be half of building tests. An optimization flag of its own comes behind the build type's.
function(clientele_compile_test target level kernel)
  clientele_compile_for(${target} "${level}")
  if(NOT kernel)
    target_compile_options(${target} PRIVATE -O0)
  endif()
endfunction()

# Gives the headers that tests read once a home, one for each way in which tests are compiled.
file(GENERATE OUTPUT ${CMAKE_CURRENT_BINARY_DIR}/header.cpp CONTENT "// Gives the headers that are read once a home.\n")
function(clientele_test_header level kernel)
  set(target clientele_test_header)
  if(level)
    string(APPEND target _${level})
  endif()
  if(kernel)
    string(APPEND target _kernel)
  endif()
  if(NOT TARGET ${target})
    add_library(${target} OBJECT ${CMAKE_CURRENT_BINARY_DIR}/header.cpp)
    target_link_libraries(${target} PRIVATE clientele_test_main)
    target_precompile_headers(${target} PRIVATE
      ${clientele_standard_header} ${PROJECT_SOURCE_DIR}/tests/support/catch.hpp)
    clientele_compile_test(${target} "${level}" "${kernel}")
  endif()
  set(clientele_test_header ${target} PARENT_SCOPE)
endfunction()

# What the sanitizers look at by day, and by night (what is slow under them, and what the program says, of which much is
# to be compiled), and what compilers have to agree on: `ctest -L small`, `-L late` and `-L bits` need no more.
add_custom_target(small_tests)
add_custom_target(late_tests)
add_custom_target(bits_tests)

# clientele_test(folder/name [LABELS nightly] [NOT_SMALL] [SLOW_SMALL] [KERNEL] [BITS] [LEVELS] [LINKS ...]
#                [NEEDS program...] [TIMEOUT seconds])
# compiles tests/folder/name_test.cpp into the program tests/folder/name and names it so in ctest. It links what its
# folder may see: tests of `sim` see sim, tests of `models`, `reference` and `properties` also models, and so on; every
# other folder sees everything.
#   LABELS     what it runs with: fast (default) or nightly
#   NOT_SMALL  too slow under sanitizers, or nothing new for them
#   SLOW_SMALL sanitized by night only
#   KERNEL     its own code takes the time, so it is optimized
#   BITS       other compilers have to give the same results: target `bits_tests`, label `bits`
#   LEVELS     a kernel of BITS that also runs at each CPU level that this machine has, compiled for it and loading its
#              libraries
#   NEEDS      programs that it starts
function(clientele_test name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NOT_SMALL;SLOW_SMALL;KERNEL;BITS;LEVELS" "TIMEOUT" "LABELS;LINKS;NEEDS")
  if(NOT arg_LABELS)
    set(arg_LABELS fast)
  endif()
  if("fast" IN_LIST arg_LABELS AND NOT arg_NOT_SMALL)
    if(arg_SLOW_SMALL OR "clientele::answers" IN_LIST arg_LINKS)
      list(APPEND arg_LABELS late)
    else()
      list(APPEND arg_LABELS small)
    endif()
  endif()
  if(arg_LEVELS)
    set(arg_KERNEL ON)
    set(arg_BITS ON)
  endif()
  if(arg_BITS)
    list(APPEND arg_LABELS bits)
  endif()
  if(NOT arg_TIMEOUT)
    set(arg_TIMEOUT 300)
    if("nightly" IN_LIST arg_LABELS)
      set(arg_TIMEOUT 7200)
    endif()
  endif()

  clientele_test_program(${name} "" "${arg_KERNEL}" "${arg_LINKS}" "${arg_NEEDS}")
  clientele_test_line(${name} ${name} "" "${arg_LABELS}" ${arg_TIMEOUT})
  string(MAKE_C_IDENTIFIER test_${name} target)
  foreach(set IN ITEMS small late bits)
    if(set IN_LIST arg_LABELS)
      add_dependencies(${set}_tests ${target})
    endif()
  endforeach()
  if(arg_LEVELS AND CLIENTELE_CPU_LEVELS)
    list(REMOVE_ITEM arg_LABELS small late)
    clientele_test_line(${name}@x86-64 ${name} -AVX2,-AVX512F "${arg_LABELS}" ${arg_TIMEOUT})
    foreach(level IN ITEMS x86-64-v3 x86-64-v4)
      clientele_cpu_supports(${level} supported)
      if(supported)
        clientele_test_program(${name} ${level} ON "${arg_LINKS}" "${arg_NEEDS}")
        set(mask_x86-64-v3 -AVX512F)
        clientele_test_line(${name}@${level} ${name}@${level} "${mask_${level}}" "${arg_LABELS}" ${arg_TIMEOUT})
      endif()
    endforeach()
  endif()
endfunction()

# gold links the two hundred programs in less than half of the usual linker's time (it warns of what sanitizers export).
set(clientele_test_linker)
if(NOT CLIENTELE_SANITIZE)
  set(CMAKE_REQUIRED_LINK_OPTIONS -fuse-ld=gold)
  check_cxx_source_compiles("int main() {}" CLIENTELE_GOLD_LINKS)
  unset(CMAKE_REQUIRED_LINK_OPTIONS)
  if(CLIENTELE_GOLD_LINKS)
    set(clientele_test_linker -fuse-ld=gold)
  endif()
endif()

# The program of a test, compiled for one CPU level (empty: as programs are).
function(clientele_test_program name level kernel links needs)
  get_filename_component(folder ${name} DIRECTORY)
  set(output ${name})
  if(level)
    string(APPEND output @${level})
  endif()
  string(MAKE_C_IDENTIFIER test_${output} target)
  get_filename_component(program ${output} NAME)
  add_executable(${target} ${PROJECT_SOURCE_DIR}/tests/${name}_test.cpp)
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${program} RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/tests/${folder})
  if(folder MATCHES "^(sim|models|scenarios|output)$")
    set(seen clientele::sim clientele::${folder})
  elseif(folder MATCHES "^(reference|properties)$")
    set(seen clientele::sim clientele::models)
  else()
    set(seen clientele::sim clientele::models clientele::scenarios clientele::output)
  endif()
  list(REMOVE_DUPLICATES seen)
  target_link_libraries(${target} PRIVATE
    clientele_test_main ${seen} ${links} clientele::random123 Boost::headers)
  target_link_options(${target} PRIVATE ${clientele_test_linker})
  clientele_compile_test(${target} "${level}" "${kernel}")
  clientele_test_header("${level}" "${kernel}")
  target_precompile_headers(${target} REUSE_FROM ${clientele_test_header})
  if(needs)
    add_dependencies(${target} ${needs})
  endif()
endfunction()

# A line of ctest: `mask` hides CPU features from the loader, so that it takes the libraries of a lower level.
function(clientele_test_line line name mask labels timeout)
  string(MAKE_C_IDENTIFIER test_${name} target)
  add_test(NAME ${line} COMMAND ${target})
  set_tests_properties(${line} PROPERTIES LABELS "${labels}" TIMEOUT ${timeout})
  if(mask)
    set_tests_properties(${line} PROPERTIES ENVIRONMENT "GLIBC_TUNABLES=glibc.cpu.hwcaps=${mask}")
  endif()
endfunction()

# clientele_check(name [LABELS ...] COMMAND ...) is a test that is a script; label `source`: it only reads the sources,
# `nightly`: it is not fast.
function(clientele_check name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "" "PROCESSORS" "LABELS;COMMAND")
  set(timeout 7200)
  if(NOT "nightly" IN_LIST arg_LABELS)
    list(PREPEND arg_LABELS fast)
    set(timeout 600)
  endif()
  add_test(NAME ${name} COMMAND ${arg_COMMAND} WORKING_DIRECTORY ${PROJECT_SOURCE_DIR})
  set_tests_properties(${name} PROPERTIES LABELS "${arg_LABELS}" TIMEOUT ${timeout} SKIP_RETURN_CODE 77)
  if(arg_PROCESSORS)
    set_tests_properties(${name} PROPERTIES PROCESSORS ${arg_PROCESSORS})
  endif()
endfunction()
