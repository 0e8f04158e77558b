# lockstep_folder(NAME [HOT] [PLAIN sources...] [COROUTINES sources...] [DEPENDS targets...] [PACKAGES targets...])
#   The library of a folder. PLAIN sources hold no coroutine and are all that a coroutine-free build compiles.
#   HOT: what every call of the program goes through, too slow under sanitizers where it is not optimised.
# lockstep_tests(NAME [OPTIMISED] [PLAIN ...] [COROUTINES ...] [DEPENDS ...] [SHARDS count])
#   The folder's test program, NAME_test, registered with CTest; with SHARDS as so many tests that share its cases. Those begin
#   first, so that no long one is alone at the end. What is tested is optimised, what tests it is not, which compiles in about
#   half the time, unless OPTIMISED is given: for programs that run for long in what headers define, of which the linker
#   keeps the test's copy.
# lockstep_fuzzer(NAME [SOURCES ...] [DEPENDS ...])
#   The libFuzzer program NAME_fuzz, part of the target `fuzzers`; beside its sources lie its seeds in NAME/ and its
#   dictionary NAME.dict.

add_library(lockstep_options INTERFACE)
target_include_directories(lockstep_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(lockstep_options INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE
                           BOOST_BEAST_SEPARATE_COMPILATION)
if(LOCKSTEP_SANITIZE OR LOCKSTEP_THREAD_SANITIZE)
  # Read by base/sanitized.h.
  target_compile_definitions(lockstep_options INTERFACE LOCKSTEP_SANITIZED)
endif()

# Sources are compiled some at a time, which reads what they share once: half the time of a clean build. What a target's
# sources keep to themselves, in anonymous namespaces, therefore has names that are unique in the target.
function(lockstep_batches name)
  set_target_properties(${name} PROPERTIES UNITY_BUILD ${LOCKSTEP_BATCHES} UNITY_BUILD_BATCH_SIZE 8)
endfunction()

function(lockstep_folder name)
  cmake_parse_arguments(arg "HOT" "" "PLAIN;COROUTINES;DEPENDS;PACKAGES" ${ARGN})
  set(sources ${arg_PLAIN})
  if(NOT LOCKSTEP_COROUTINE_FREE)
    list(APPEND sources ${arg_COROUTINES})
  endif()
  add_library(${name} STATIC ${sources})
  lockstep_batches(${name})
  target_link_libraries(${name} PUBLIC lockstep_options fmt::fmt ${arg_DEPENDS} PRIVATE ${arg_PACKAGES})
  if(arg_HOT AND LOCKSTEP_SANITIZE)
    target_compile_options(${name} PRIVATE -O1)
    lockstep_precompile(${name} ${name} precompiled.h)
  else()
    lockstep_precompile(${name} base precompiled.h)
  endif()
endfunction()

# Heavy headers are read once: the target `owner` has the precompiled header and the others of its kind reuse it.
function(lockstep_precompile name owner header)
  if(LOCKSTEP_COROUTINE_FREE)
    return()
  endif()
  if(name STREQUAL owner)
    target_precompile_headers(${name} PRIVATE ${CMAKE_SOURCE_DIR}/base/${header})
  else()
    target_precompile_headers(${name} REUSE_FROM ${owner})
  endif()
endfunction()

function(lockstep_tests name)
  if(NOT LOCKSTEP_TESTS)
    return()
  endif()
  cmake_parse_arguments(arg "OPTIMISED" "SHARDS" "PLAIN;COROUTINES;DEPENDS;PACKAGES" ${ARGN})
  set(sources ${arg_PLAIN})
  if(NOT LOCKSTEP_COROUTINE_FREE)
    list(APPEND sources ${arg_COROUTINES})
  endif()
  add_executable(${name}_test ${sources})
  lockstep_batches(${name}_test)
  target_link_libraries(${name}_test PRIVATE lockstep_options ${arg_DEPENDS} ${arg_PACKAGES} rapidcheck
                        GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name}_test PRIVATE LOCKSTEP_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  if(arg_OPTIMISED)
    lockstep_precompile(${name}_test base precompiled.h)
  else()
    target_compile_options(${name}_test PRIVATE -O0)
    if(LOCKSTEP_SANITIZE)
      # What is tested is checked for undefined behaviour; the checks in what tests it cost minutes of each build.
      target_compile_options(${name}_test PRIVATE -fno-sanitize=undefined)
    endif()
    lockstep_precompile(${name}_test base_test precompiled_tests.h)
  endif()
  if(NOT arg_SHARDS)
    add_test(NAME ${name} COMMAND ${name}_test --gtest_brief=1)
    return()
  endif()
  math(EXPR last "${arg_SHARDS} - 1")
  foreach(shard RANGE ${last})
    add_test(NAME ${name}_${shard} COMMAND ${name}_test --gtest_brief=1)
    set_tests_properties(${name}_${shard} PROPERTIES
                         ENVIRONMENT "GTEST_TOTAL_SHARDS=${arg_SHARDS};GTEST_SHARD_INDEX=${shard}" COST 1)
  endforeach()
endfunction()

if(LOCKSTEP_FUZZERS)
  add_custom_target(fuzzers)
endif()

function(lockstep_fuzzer name)
  cmake_parse_arguments(arg "" "" "SOURCES;DEPENDS" ${ARGN})
  add_executable(${name}_fuzz ${arg_SOURCES})
  target_link_libraries(${name}_fuzz PRIVATE lockstep_options ${arg_DEPENDS} fmt::fmt Boost::json)
  target_link_options(${name}_fuzz PRIVATE -fsanitize=fuzzer)
  add_dependencies(fuzzers ${name}_fuzz)
endfunction()
