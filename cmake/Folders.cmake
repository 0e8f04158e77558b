# lockstep_folder(NAME [PLAIN sources...] [COROUTINES sources...] [DEPENDS targets...] [PACKAGES targets...])
#   The library of a folder. PLAIN sources hold no coroutine and are all that a coroutine-free build compiles.
# lockstep_tests(NAME [PLAIN ...] [COROUTINES ...] [DEPENDS ...])
#   The folder's test program, NAME_test, registered with CTest.

add_library(lockstep_options INTERFACE)
target_include_directories(lockstep_options INTERFACE ${CMAKE_SOURCE_DIR})
target_compile_definitions(lockstep_options INTERFACE BOOST_ASIO_NO_DEPRECATED BOOST_ASIO_DISABLE_BOOST_COROUTINE)
if(LOCKSTEP_SANITIZE OR LOCKSTEP_THREAD_SANITIZE)
  # Worlds are thirty times slower there: tests that play many of them play fewer.
  target_compile_definitions(lockstep_options INTERFACE LOCKSTEP_SANITIZED)
endif()

function(lockstep_folder name)
  cmake_parse_arguments(arg "" "" "PLAIN;COROUTINES;DEPENDS;PACKAGES" ${ARGN})
  set(sources ${arg_PLAIN})
  if(NOT LOCKSTEP_COROUTINE_FREE)
    list(APPEND sources ${arg_COROUTINES})
  endif()
  add_library(${name} STATIC ${sources})
  target_link_libraries(${name} PUBLIC lockstep_options fmt::fmt ${arg_DEPENDS} PRIVATE ${arg_PACKAGES})
  lockstep_precompile(${name})
endfunction()

# Heavy headers are read once: base owns the precompiled header and the others reuse it.
function(lockstep_precompile name)
  if(LOCKSTEP_COROUTINE_FREE)
    return()
  endif()
  if(name STREQUAL "base")
    target_precompile_headers(base PRIVATE ${CMAKE_SOURCE_DIR}/base/precompiled.h)
  else()
    target_precompile_headers(${name} REUSE_FROM base)
  endif()
endfunction()

function(lockstep_tests name)
  if(NOT LOCKSTEP_TESTS)
    return()
  endif()
  cmake_parse_arguments(arg "" "" "PLAIN;COROUTINES;DEPENDS;PACKAGES" ${ARGN})
  set(sources ${arg_PLAIN})
  if(NOT LOCKSTEP_COROUTINE_FREE)
    list(APPEND sources ${arg_COROUTINES})
  endif()
  add_executable(${name}_test ${sources})
  target_link_libraries(${name}_test PRIVATE lockstep_options ${arg_DEPENDS} ${arg_PACKAGES} rapidcheck
                        GTest::gmock GTest::gtest_main)
  target_compile_definitions(${name}_test PRIVATE LOCKSTEP_SOURCE_DIR="${CMAKE_SOURCE_DIR}")
  # Tests name their helpers for themselves, file by file.
  set_target_properties(${name}_test PROPERTIES UNITY_BUILD OFF)
  lockstep_precompile(${name}_test)
  add_test(NAME ${name} COMMAND ${name}_test --gtest_brief=1)
endfunction()
