# One step of web.cmake, while the build runs: `packages` fetches what npm's lock file names, `script` bundles.
#
# Where it is only AUTO, a step that fails leaves reports without pictures, and says so.
math(EXPR last "${CMAKE_ARGC} - 1")
set(step ${CMAKE_ARGV${last}})

function(failed reason)
  if(WANTED STREQUAL "AUTO")
    message(WARNING "Reports will have no pictures: ${reason}. Set -DCLIENTELE_WEB=OFF, or configure again to retry.")
  else()
    message(FATAL_ERROR "The script of reports could not be made: ${reason}")
  endif()
endfunction()

# Runs a command in the build's folder of the script; `problem` is empty if it went well.
function(run problem)
  execute_process(COMMAND ${ARGN} WORKING_DIRECTORY ${BUILD} RESULT_VARIABLE status OUTPUT_VARIABLE said
    ERROR_VARIABLE said)
  if(status EQUAL 0)
    set(${problem} "" PARENT_SCOPE)
  else()
    string(STRIP "${said}" said)
    set(${problem} "${said}" PARENT_SCOPE)
  endif()
endfunction()

if(step STREQUAL "packages")
  file(COPY ${SOURCE}/package.json ${SOURCE}/package-lock.json DESTINATION ${BUILD})
  run(problem ${NPM} ci --ignore-scripts --no-audit --no-fund --prefer-offline --fetch-retries=1)
  if(problem)
    failed("npm ci failed:\n${problem}\n")
    file(WRITE ${BUILD}/packages "missing")
  else()
    file(WRITE ${BUILD}/packages "fetched")
  endif()
else()
  set(output ${BUILD}/report_script.cpp)
  file(READ ${BUILD}/packages state)
  if(state STREQUAL "fetched")
    file(COPY ${SOURCE}/ DESTINATION ${BUILD}/source PATTERN node_modules EXCLUDE)
    run(problem ${NODE} source/build.mjs report.js ${output})
    if(problem)  # what is ours must bundle, whatever was wished for
      file(REMOVE ${output})
      message(FATAL_ERROR "The script of reports does not bundle:\n${problem}")
    endif()
  else()
    file(WRITE ${output} "#include \"tools/clientele/report/script.hpp\"\n\n"
      "std::string_view clientele::tools::report_script() { return {}; }\n"
      "std::string_view clientele::tools::report_script_hash() { return {}; }\n")
  endif()
endif()
