# What comes from outside, all of it packaged by Debian; nothing is downloaded.
find_package(Threads REQUIRED)
find_package(TBB REQUIRED)                                 # sim/parallel only
find_package(HDF5 REQUIRED COMPONENTS C HL)                # output/hdf5 only
find_package(tomlplusplus REQUIRED)                        # one file of scenarios only: 3.7 s per file that includes it
find_package(nlohmann_json REQUIRED)
find_package(fmt REQUIRED)
find_package(Eigen3 3.3 REQUIRED NO_MODULE)                # output/statistics/hangs_on and models/fit only
find_package(ZLIB REQUIRED)                                # scenarios/books/text_source only: files ending .gz
find_package(NLopt 2.6 REQUIRED CONFIG)                    # models/fit only: maximum likelihood
find_package(Boost 1.74 REQUIRED COMPONENTS program_options)

# Header libraries without a CMake package: clientele::NAME for `#include <HEADER>`.
function(clientele_header_library name header package)
  string(TOUPPER CLIENTELE_${name}_INCLUDE variable)
  find_path(${variable} ${header} DOC "Folder that holds ${header}")
  if(NOT ${variable})
    message(FATAL_ERROR "${header} is missing (package ${package}). Install it or set -D${variable}=FOLDER.")
  endif()
  add_library(clientele_${name} INTERFACE)
  target_include_directories(clientele_${name} SYSTEM INTERFACE ${${variable}})
  add_library(clientele::${name} ALIAS clientele_${name})
endfunction()

clientele_header_library(xxhash xxhash.h libxxhash-dev)
find_library(CLIENTELE_XXHASH_LIBRARY xxhash REQUIRED)
target_link_libraries(clientele_xxhash INTERFACE ${CLIENTELE_XXHASH_LIBRARY})

clientele_header_library(utf8proc utf8proc.h libutf8proc-dev)     # scenarios/customers/canonical_id only
find_library(CLIENTELE_UTF8PROC_LIBRARY utf8proc REQUIRED)
target_link_libraries(clientele_utf8proc INTERFACE ${CLIENTELE_UTF8PROC_LIBRARY})

clientele_header_library(libdeflate libdeflate.h libdeflate-dev)  # output/hdf5/filters only
find_library(CLIENTELE_LIBDEFLATE_LIBRARY deflate REQUIRED)
target_link_libraries(clientele_libdeflate INTERFACE ${CLIENTELE_LIBDEFLATE_LIBRARY})

# tools/clientele/report/workbook only. Without it (libxlsxwriter-dev) the program writes no workbooks, and says so.
find_path(CLIENTELE_XLSXWRITER_INCLUDE xlsxwriter.h DOC "Folder that holds xlsxwriter.h (optional)")
find_library(CLIENTELE_XLSXWRITER_LIBRARY xlsxwriter DOC "libxlsxwriter (optional)")
if(CLIENTELE_XLSXWRITER_INCLUDE AND CLIENTELE_XLSXWRITER_LIBRARY)
  add_library(clientele_xlsxwriter INTERFACE)
  target_include_directories(clientele_xlsxwriter SYSTEM INTERFACE ${CLIENTELE_XLSXWRITER_INCLUDE})
  target_link_libraries(clientele_xlsxwriter INTERFACE ${CLIENTELE_XLSXWRITER_LIBRARY})
  add_library(clientele::xlsxwriter ALIAS clientele_xlsxwriter)
endif()

# sim/parallel/ranks_mpi only. Without it one program is missing, clientele-mpi, and nothing else.
set(CLIENTELE_MPI AUTO CACHE STRING "Build clientele-mpi, which joins processes: ON, OFF, or AUTO where MPI is there")
if(CLIENTELE_MPI AND NOT CLIENTELE_SANITIZE)
  find_package(MPI COMPONENTS C QUIET)
  if(NOT MPI_C_FOUND AND NOT CLIENTELE_MPI STREQUAL AUTO)
    message(FATAL_ERROR "No MPI was found (packages libopenmpi-dev openmpi-bin, or a module of the cluster). "
                        "Install it or set -DCLIENTELE_MPI=OFF.")
  elseif(NOT MPI_C_FOUND)
    message(STATUS "No MPI: clientele-mpi is not built (packages libopenmpi-dev openmpi-bin)")
  endif()
endif()

if(CLIENTELE_TESTS)
  find_package(Catch2 REQUIRED)                            # 2 or 3: tests/support/catch.hpp
  clientele_header_library(random123 Random123/philox.h librandom123-dev)
  # Debian's own interpreter sees Debian's Python packages; another one in PATH may not.
  find_program(CLIENTELE_PYTHON python3 PATHS /usr/bin NO_DEFAULT_PATH DOC "Python for the tests that are scripts")
  find_program(CLIENTELE_PYTHON python3 REQUIRED)
endif()
