# The script of a report: tools/web, bundled by npm's packages in the build folder, as a function of C++.
#
# Packages are fetched anew only where the lock file changed; nothing is written to the source tree.
set(CLIENTELE_WEB AUTO CACHE STRING "Bundle the script of reports with npm: AUTO (if it can be), ON, OFF")
set_property(CACHE CLIENTELE_WEB PROPERTY STRINGS AUTO ON OFF)

set(web_source ${PROJECT_SOURCE_DIR}/tools/web)
set(web_build ${PROJECT_BINARY_DIR}/web)
set(web_script ${web_build}/report_script.cpp)
set(web_with OFF)
if(CLIENTELE_WEB)
  find_program(CLIENTELE_NODE NAMES node nodejs DOC "Node.js, which bundles the script of reports")
  find_program(CLIENTELE_NPM npm DOC "npm, which fetches what the script of reports is made of")
  if(CLIENTELE_NODE AND CLIENTELE_NPM)
    set(web_with ON)
  elseif(CLIENTELE_WEB STREQUAL "AUTO")
    message(STATUS "Reports: without pictures (no node and npm: install them, or set -DCLIENTELE_WEB=OFF)")
  else()
    message(FATAL_ERROR "CLIENTELE_WEB is ON, but node or npm is missing. Install them or set -DCLIENTELE_WEB=OFF.")
  endif()
else()
  message(STATUS "Reports: without pictures (CLIENTELE_WEB is OFF)")
endif()

if(web_with)
  set(step ${CMAKE_COMMAND} -DSOURCE=${web_source} -DBUILD=${web_build} -DNODE=${CLIENTELE_NODE} -DNPM=${CLIENTELE_NPM}
    -DWANTED=${CLIENTELE_WEB} -P ${PROJECT_SOURCE_DIR}/tools/cmake/web_step.cmake)
  file(GLOB_RECURSE web_files CONFIGURE_DEPENDS ${web_source}/*.js ${web_source}/*.mjs)
  list(FILTER web_files EXCLUDE REGEX "/node_modules/")
  set(packages ${web_build}/packages)
  if(EXISTS ${packages})  # what could not be fetched is asked for again after each configuration
    file(READ ${packages} state)
    if(NOT state STREQUAL "fetched")
      file(REMOVE ${packages})
    endif()
  endif()
  add_custom_command(OUTPUT ${packages} COMMAND ${step} packages VERBATIM
    DEPENDS ${web_source}/package.json ${web_source}/package-lock.json COMMENT "Fetching what reports are drawn with")
  add_custom_command(OUTPUT ${web_script} COMMAND ${step} script VERBATIM
    DEPENDS ${packages} ${web_files} COMMENT "Bundling the script of reports")
else()
  string(CONCAT web_empty
    "#include \"tools/clientele/report/script.hpp\"\n\n"
    "std::string_view clientele::tools::report_script() { return {}; }\n"
    "std::string_view clientele::tools::report_script_hash() { return {}; }\n")
  file(CONFIGURE OUTPUT ${web_script} CONTENT "${web_empty}" @ONLY)
endif()

# A header of its own and one function: no precompiled header, nothing to optimize.
add_library(clientele_report_script STATIC ${web_script})
set_target_properties(clientele_report_script PROPERTIES POSITION_INDEPENDENT_CODE ON)
clientele_compile_once(clientele_report_script)
add_library(clientele::report_script ALIAS clientele_report_script)
