# How everything of ours is compiled: one set of flags, libraries per CPU level, programs that find them.
include(GNUInstallDirs)
include(CheckCXXCompilerFlag)
include(CheckCXXSourceCompiles)
include(CheckCXXSourceRuns)
include(CheckPIESupported)

set(CLIENTELE_SANITIZE "" CACHE STRING "Sanitizers to compile with: address;undefined or thread")
option(CLIENTELE_FUZZ "Also build the fuzzers of tests/fuzz (clang, best with CLIENTELE_SANITIZE)" OFF)
set(CLIENTELE_MARCH "" CACHE STRING "-march= of a build without CPU levels (empty: x86-64-v3 if this CPU has it)")
set(CLIENTELE_LANES "" CACHE STRING "Float lanes, forced to test a width that this CPU lacks (empty: the CPU's)")
option(CLIENTELE_WERROR "Warnings are errors (g++ 12 gives false ones: for clang)" OFF)
option(CLIENTELE_CCACHE "Compile through ccache" OFF)

if(NOT CMAKE_BUILD_TYPE AND NOT CMAKE_CONFIGURATION_TYPES)
  set(CMAKE_BUILD_TYPE Release CACHE STRING "Debug, Release or RelWithDebInfo" FORCE)
endif()
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
set(CMAKE_INSTALL_RPATH_USE_LINK_PATH ON)  # libraries of modules of a cluster are found where they were when building
set(clientele_install_libdir ${CMAKE_INSTALL_LIBDIR}/clientele)  # nobody else links to these
set(CMAKE_BUILD_RPATH_USE_ORIGIN ON)  # a build tree may be moved, and the loader still finds lib/glibc-hwcaps
if(CLIENTELE_CCACHE)
  find_program(CLIENTELE_CCACHE_PROGRAM ccache REQUIRED)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CLIENTELE_CCACHE_PROGRAM})
endif()

# Results are the same bits on every machine only while nobody lets the compiler rearrange arithmetic.
string(TOUPPER "${CMAKE_BUILD_TYPE}" build_type)
string(REGEX MATCH "-(Ofast|ffast-math|funsafe-math-optimizations|fassociative-math|freciprocal-math|ffinite-math-only|\
fno-signed-zeros|ffp-contract=fast|ffp-contract=on|ffp-model=fast|mrecip)" loose_arithmetic
       "${CMAKE_CXX_FLAGS} ${CMAKE_CXX_FLAGS_${build_type}}")
if(loose_arithmetic)
  message(FATAL_ERROR "${loose_arithmetic} is refused (results would no longer be the same bits everywhere). "
                      "Remove it from CMAKE_CXX_FLAGS or CXXFLAGS.")
endif()

# Sets `result` to whether this machine's CPU runs code of a level: x86-64, x86-64-v3 or x86-64-v4.
function(clientele_cpu_supports level result)
  set(features_x86-64 1)
  set(features_x86-64-v3 "b(\"avx2\") && b(\"fma\") && b(\"bmi\") && b(\"bmi2\")")
  set(features_x86-64-v4 "${features_x86-64-v3} && b(\"avx512f\") && b(\"avx512bw\") && b(\"avx512cd\") && \
b(\"avx512dq\") && b(\"avx512vl\")")
  if(NOT CMAKE_CROSSCOMPILING AND DEFINED features_${level})
    string(MAKE_C_IDENTIFIER CPU_HAS_${level} variable)
    set(CMAKE_REQUIRED_QUIET ON)
    string(REPLACE "b(" "__builtin_cpu_supports(" condition "${features_${level}}")
    check_cxx_source_runs("int main() { return (${condition}) ? 0 : 1; }" ${variable})
  endif()
  set(${result} "${${variable}}" PARENT_SCOPE)
endfunction()

set(levels_possible OFF)
if(CMAKE_SYSTEM_NAME STREQUAL Linux AND CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
  # The loader has known glibc-hwcaps folders since 2.33; an older one would silently stay with the slow baseline.
  check_cxx_source_compiles("#include <features.h>\n#if !__GLIBC_PREREQ(2, 33)\n#error\n#endif\nint main() {}"
                            CLIENTELE_LOADER_KNOWS_LEVELS)
  check_cxx_compiler_flag(-march=x86-64-v4 CLIENTELE_COMPILER_KNOWS_LEVELS)
  if(CLIENTELE_LOADER_KNOWS_LEVELS AND CLIENTELE_COMPILER_KNOWS_LEVELS
     AND NOT CLIENTELE_SANITIZE AND NOT CLIENTELE_LANES)
    set(levels_possible ON)
  endif()
endif()
option(CLIENTELE_CPU_LEVELS "Build sim and models for x86-64, -v3 and -v4; the loader picks" ${levels_possible})
if(CLIENTELE_CPU_LEVELS AND CLIENTELE_SANITIZE)
  message(FATAL_ERROR "CLIENTELE_CPU_LEVELS does not go with CLIENTELE_SANITIZE (one build per level is wasted). "
                      "Set -DCLIENTELE_CPU_LEVELS=OFF.")
endif()

set(clientele_flags_x86-64 -march=x86-64)
set(clientele_flags_x86-64-v3 -march=x86-64-v3)
set(clientele_flags_x86-64-v4 -march=x86-64-v4 -mprefer-vector-width=512)
if(CLIENTELE_CPU_LEVELS)
  set(clientele_march x86-64)
  message(STATUS "CPU levels: x86-64, x86-64-v3, x86-64-v4; the loader picks")
else()
  set(clientele_march "${CLIENTELE_MARCH}")
  if(NOT clientele_march AND CMAKE_SYSTEM_PROCESSOR MATCHES "^(x86_64|AMD64)$")
    clientele_cpu_supports(x86-64-v3 has_v3)
    set(clientele_march x86-64)
    if(has_v3)
      set(clientele_march x86-64-v3)
    endif()
  endif()
  message(STATUS "One CPU level: ${clientele_march}")
endif()

# OpenMP owns lanes only, so -fopenmp-simd and no runtime. Own calls between exported functions may be inlined.
set(clientele_arithmetic -ffp-contract=off -fno-math-errno -fno-trapping-math -fopenmp-simd)
add_library(clientele_flags INTERFACE)
target_compile_features(clientele_flags INTERFACE cxx_std_20)
target_include_directories(clientele_flags INTERFACE ${PROJECT_SOURCE_DIR})
target_compile_options(clientele_flags INTERFACE
  ${clientele_arithmetic} -fvisibility=hidden -fvisibility-inlines-hidden -fno-semantic-interposition
  -Wall -Wextra -Wshadow -Wnon-virtual-dtor -Woverloaded-virtual -Wundef
  -Wno-psabi  # wide vectors never cross a library
  -Wno-missing-field-initializers  # {.seed = 1} leaves the rest at its defaults, on purpose
  $<$<CXX_COMPILER_ID:Clang>:-Wno-pass-failed>  # hygiene/vectorization judges loops, at the level where it matters
  $<$<CXX_COMPILER_ID:Clang>:-Wno-bitwise-instead-of-logical>  # kernels join conditions without a branch
  # g++ 12 sees overlaps and overflows in "text" + std::string that are none (its bugs 105651, 105329).
  $<$<CXX_COMPILER_ID:GNU>:-Wno-restrict -Wno-stringop-overflow -Wno-stringop-overread -Wno-array-bounds>
  $<$<CXX_COMPILER_ID:Clang>:-Wno-deprecated-declarations>  # libstdc++ 12 uses a function that it deprecates
  $<$<BOOL:${CLIENTELE_WERROR}>:-Werror>)
target_link_options(clientele_flags INTERFACE -Wl,--enable-new-dtags -Wl,--as-needed -Wl,-z,relro -Wl,-z,now)
if(CLIENTELE_LANES)
  target_compile_definitions(clientele_flags INTERFACE CLIENTELE_LANES=${CLIENTELE_LANES})
endif()
if(CLIENTELE_SANITIZE)
  list(JOIN CLIENTELE_SANITIZE "," sanitizers)
  set(sanitize -fsanitize=${sanitizers} -fno-sanitize-recover=all -fno-omit-frame-pointer)
  target_compile_options(clientele_flags INTERFACE ${sanitize} -g1)
  target_link_options(clientele_flags INTERFACE ${sanitize})
else()
  target_link_options(clientele_flags INTERFACE -Wl,--no-undefined)
endif()

if(CLIENTELE_FUZZ)
  if(NOT CMAKE_CXX_COMPILER_ID MATCHES Clang)
    message(FATAL_ERROR "CLIENTELE_FUZZ needs clang (libFuzzer is a part of it). Set -DCMAKE_CXX_COMPILER=clang++-19.")
  endif()
  target_compile_options(clientele_flags INTERFACE -fsanitize=fuzzer-no-link)  # all code tells where it has been
endif()

# What files of strangers might still bring about ends the program instead: copies that know the size of what they fill
# (the C library takes 3 for 2 where it does not know 3, and checks nothing unoptimized), a guard on the stack, and
# programs at another address each time. Sanitizers see more than all of these. Not in kernels: they see numbers only.
check_pie_supported(LANGUAGES CXX)
add_library(clientele_hardened INTERFACE)
if(NOT CLIENTELE_SANITIZE)
  check_cxx_compiler_flag(-fstack-protector-strong CLIENTELE_COMPILER_GUARDS_STACK)
  set(fortify -U_FORTIFY_SOURCE -D_FORTIFY_SOURCE=3)
  list(JOIN fortify " " CMAKE_REQUIRED_FLAGS)
  string(APPEND CMAKE_REQUIRED_FLAGS " ${CMAKE_CXX_FLAGS_${build_type}}")
  check_cxx_source_compiles("#include <features.h>\n#if __USE_FORTIFY_LEVEL < 2\n#error\n#endif\nint main() {}"
                            CLIENTELE_LIBC_FORTIFIES)
  unset(CMAKE_REQUIRED_FLAGS)
  target_compile_options(clientele_hardened INTERFACE
    $<$<BOOL:${CLIENTELE_LIBC_FORTIFIES}>:${fortify}>
    $<$<BOOL:${CLIENTELE_COMPILER_GUARDS_STACK}>:-fstack-protector-strong>)
endif()

# Standard headers are read once a target: parsing them anew for each file would be half of a build.
set(clientele_standard_header ${PROJECT_SOURCE_DIR}/tools/cmake/standard.hpp)

# Code that exists once: programs, tests, libraries without levels.
function(clientele_compile_once target)
  target_link_libraries(${target} PRIVATE clientele_flags)
  if(clientele_march)
    target_compile_options(${target} PRIVATE ${clientele_flags_${clientele_march}})
    if(NOT clientele_flags_${clientele_march})
      target_compile_options(${target} PRIVATE -march=${clientele_march})
    endif()
  endif()
endfunction()

# Compilers fall back to scalar loops silently, so where loops matter they leave a report, which a test reads.
set(clientele_loop_reports -fsave-optimization-record)
if(CMAKE_CXX_COMPILER_ID MATCHES Clang)
  set(clientele_loop_reports
    -fsave-optimization-record=yaml "-foptimization-record-passes=loop-vectorize|transform-warning")
endif()

# Kernels are long chains of arithmetic: two registers of customers at once keep the chip busy (a twentieth faster).
set(clientele_loops "$<$<CXX_COMPILER_ID:Clang>:SHELL:-mllvm -force-vector-interleave=2>")

# Code for one CPU level; empty: as code that exists once.
function(clientele_compile_for target level)
  if(level)
    target_link_libraries(${target} PRIVATE clientele_flags)
    target_compile_options(${target} PRIVATE ${clientele_flags_${level}})
  else()
    clientele_compile_once(${target})
  endif()
endfunction()

# Headers are most of what is compiled: ten files at a time make a whole build shorter, and an edit's longer. For builds
# that are made once, of libraries whose sources give no name twice (TOGETHER), or no folder of whose does
# (FOLDERS_TOGETHER). Kernels of several CPU levels stay apart, for a test reads what became of their loops.
option(CLIENTELE_UNITY "Compile several sources of a library together" OFF)
function(clientele_compile_together target)
  if(CLIENTELE_UNITY)
    set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_BATCH_SIZE 10)
  endif()
endfunction()
function(clientele_compile_folders_together target sources)
  if(NOT CLIENTELE_UNITY)
    return()
  endif()
  set_target_properties(${target} PROPERTIES UNITY_BUILD ON UNITY_BUILD_MODE GROUP)
  foreach(source IN LISTS sources)
    cmake_path(GET source PARENT_PATH folder)
    if(folder AND NOT IS_ABSOLUTE "${source}")
      string(MAKE_C_IDENTIFIER "${folder}" folder)
      set_property(SOURCE ${source} PROPERTY UNITY_GROUP ${folder})
    endif()
  endforeach()
endfunction()

# clientele_library(name [LEVELS] [TOGETHER|FOLDERS_TOGETHER] [NO_INSTALL] SOURCES a.cpp ... [LINKS public...]
# [USES private...]) makes
# clientele::name. With LEVELS it is a shared library, built once per CPU level under one file name; without, a static
# one; without sources, headers only.
function(clientele_library name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "LEVELS;TOGETHER;FOLDERS_TOGETHER;NO_INSTALL" "" "SOURCES;LINKS;USES")
  set(target clientele_${name})
  if(NOT arg_SOURCES)
    add_library(${target} INTERFACE)
    target_link_libraries(${target} INTERFACE ${arg_LINKS})
  elseif(arg_LEVELS)
    clientele_shared_library(${target} "" "${arg_NO_INSTALL}" "${arg_SOURCES}" "${arg_LINKS}" "${arg_USES}")
    if(CLIENTELE_CPU_LEVELS)
      foreach(level IN ITEMS x86-64-v3 x86-64-v4)
        clientele_shared_library(${target} ${level} "${arg_NO_INSTALL}" "${arg_SOURCES}" "${arg_LINKS}" "${arg_USES}")
      endforeach()
    endif()
  else()
    add_library(${target} STATIC ${arg_SOURCES})
    set_target_properties(${target} PROPERTIES POSITION_INDEPENDENT_CODE ON)
    target_link_libraries(${target} PUBLIC ${arg_LINKS} PRIVATE ${arg_USES} clientele_hardened)
    target_precompile_headers(${target} PRIVATE ${clientele_standard_header})
    clientele_compile_once(${target})
  endif()
  if(arg_TOGETHER AND NOT (arg_LEVELS AND CLIENTELE_CPU_LEVELS))
    clientele_compile_together(${target})
  elseif(arg_FOLDERS_TOGETHER)
    clientele_compile_folders_together(${target} "${arg_SOURCES}")
  endif()
  if(arg_SOURCES AND arg_LEVELS)
    set_property(GLOBAL APPEND PROPERTY clientele_level_libraries ${name})
  endif()
  add_library(clientele::${name} ALIAS ${target})
endfunction()

# One level of a shared library; `level` is empty for the one in lib/ itself, which others link to.
function(clientele_shared_library base level no_install sources links uses)
  set(target ${base})
  set(folder lib)
  set(installed ${clientele_install_libdir})
  set(to_lib $ORIGIN)
  if(level)
    string(APPEND target _${level})
    string(APPEND folder /glibc-hwcaps/${level})
    string(APPEND installed /glibc-hwcaps/${level})
    set(to_lib $ORIGIN/../..)
  endif()
  add_library(${target} SHARED ${sources})
  set_target_properties(${target} PROPERTIES
    OUTPUT_NAME ${base} LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR}/${folder} INSTALL_RPATH ${to_lib})
  target_link_libraries(${target} PUBLIC ${links} PRIVATE ${uses})
  target_link_options(${target} PRIVATE -Wl,--version-script=${PROJECT_SOURCE_DIR}/tools/cmake/exports.map)
  target_precompile_headers(${target} PRIVATE ${clientele_standard_header})
  set_property(TARGET ${target} APPEND PROPERTY LINK_DEPENDS ${PROJECT_SOURCE_DIR}/tools/cmake/exports.map)
  clientele_compile_for(${target} "${level}")
  target_compile_options(${target} PRIVATE ${clientele_loops})
  if(level STREQUAL x86-64-v3)
    target_compile_options(${target} PRIVATE ${clientele_loop_reports})
    file(RELATIVE_PATH folder ${PROJECT_SOURCE_DIR} ${CMAKE_CURRENT_SOURCE_DIR})
    set_property(GLOBAL APPEND PROPERTY
      clientele_loop_reports ${folder}=${CMAKE_CURRENT_BINARY_DIR}/CMakeFiles/${target}.dir)
  endif()
  if(level)
    add_dependencies(${base} ${target})  # who asks for the library gets every level of it
  endif()
  if(NOT no_install)
    install(TARGETS ${target} LIBRARY DESTINATION ${installed})
  endif()
endfunction()

# clientele_program(name [NO_INSTALL] SOURCES main.cpp ... LINKS ...) makes the executable `name` at the build's root.
function(clientele_program name)
  cmake_parse_arguments(PARSE_ARGV 1 arg "NO_INSTALL" "" "SOURCES;LINKS")
  file(RELATIVE_PATH to_lib ${CMAKE_INSTALL_FULL_BINDIR} ${CMAKE_INSTALL_PREFIX}/${clientele_install_libdir})
  add_executable(${name} ${arg_SOURCES})
  set_target_properties(${name} PROPERTIES
    RUNTIME_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR} INSTALL_RPATH $ORIGIN/${to_lib} POSITION_INDEPENDENT_CODE ON)
  target_link_libraries(${name} PRIVATE ${arg_LINKS} clientele_hardened)
  target_precompile_headers(${name} PRIVATE ${clientele_standard_header})
  clientele_compile_once(${name})
  if(NOT arg_NO_INSTALL)
    install(TARGETS ${name} RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
  endif()
endfunction()
