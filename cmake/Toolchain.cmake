# Compiler, flags and packages for every target.

set(CMAKE_CXX_STANDARD 23)
set(CMAKE_CXX_STANDARD_REQUIRED ON)
set(CMAKE_CXX_EXTENSIONS OFF)
set(CMAKE_EXPORT_COMPILE_COMMANDS ON)
if(NOT CMAKE_BUILD_TYPE)
  set(CMAKE_BUILD_TYPE Release)
endif()

if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU" AND NOT LOCKSTEP_COROUTINE_FREE)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 13)
    message(FATAL_ERROR
      "g++ ${CMAKE_CXX_COMPILER_VERSION} miscompiles coroutines: it destroys aggregate temporaries in co_await "
      "expressions twice, and crashes on co_await in conditions. Use clang++ 19 (the presets do), or "
      "-DLOCKSTEP_COROUTINE_FREE=ON for the targets without coroutines.")
  endif()
endif()

add_compile_options(-Wall -Wextra -Wpedantic -Wconversion -Wno-sign-conversion -Wnon-virtual-dtor -Werror)
if(CMAKE_CXX_COMPILER_ID STREQUAL "GNU")
  # g++'s -Wshadow also refuses constructor parameters that are named like the members they set.
  add_compile_options(-Wshadow=local)
else()
  add_compile_options(-Wshadow)
endif()
if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
  # libstdc++ 12 calls a deprecated function inside std::stable_sort.
  add_compile_options(-Wno-deprecated-declarations)
  if(CMAKE_CXX_COMPILER_VERSION VERSION_LESS 19)
    # libstdc++ offers <expected> only to compilers that announce concepts of 2020-02; clang 16 has all that
    # <expected> needs and announces an earlier date.
    add_compile_options(-Wno-builtin-macro-redefined -U__cpp_concepts -D__cpp_concepts=202002L)
  else()
    add_compile_options(-Wno-c++26-extensions)
  endif()
  add_link_options(-fuse-ld=lld-19)
endif()
if(LOCKSTEP_SANITIZE)
  add_compile_options(-fsanitize=address,undefined -fno-sanitize-recover=all -fno-omit-frame-pointer)
  add_link_options(-fsanitize=address,undefined)
endif()
if(LOCKSTEP_FUZZERS)
  add_compile_options(-fsanitize=fuzzer-no-link)
endif()
if(LOCKSTEP_THREAD_SANITIZE)
  add_compile_options(-fsanitize=thread -fno-omit-frame-pointer)
  add_link_options(-fsanitize=thread)
endif()

find_program(CCACHE ccache)
if(CCACHE)
  set(CMAKE_CXX_COMPILER_LAUNCHER ${CMAKE_COMMAND} -E env CCACHE_SLOPPINESS=pch_defines,time_macros ${CCACHE})
  if(CMAKE_CXX_COMPILER_ID MATCHES "Clang")
    # Without this a precompiled header carries a time stamp and never hits the cache.
    add_compile_options("SHELL:-Xclang -fno-pch-timestamp")
  endif()
endif()

find_package(PkgConfig REQUIRED)
# Boost.JSON and SQLite as archives: in a shared library each call of its own goes through a table, since another library might replace what it
# calls. That is a tenth of a run.
set(Boost_USE_STATIC_LIBS ON)
find_package(Boost 1.81 REQUIRED COMPONENTS json)
find_package(Threads REQUIRED)
find_package(fmt REQUIRED)
find_package(nlohmann_json REQUIRED)
pkg_check_modules(openssl REQUIRED IMPORTED_TARGET openssl)
pkg_check_modules(argon2 REQUIRED IMPORTED_TARGET libargon2)
pkg_check_modules(utf8proc REQUIRED IMPORTED_TARGET libutf8proc)
pkg_check_modules(re2 REQUIRED IMPORTED_TARGET re2)
# It says -pthread, which a precompiled header made without it does not go with.
set_target_properties(PkgConfig::re2 PROPERTIES INTERFACE_COMPILE_OPTIONS "")
find_library(LOCKSTEP_SQLITE NAMES libsqlite3.a REQUIRED)
add_library(sqlite STATIC IMPORTED)
set_target_properties(sqlite PROPERTIES IMPORTED_LOCATION "${LOCKSTEP_SQLITE}")
target_link_libraries(sqlite INTERFACE Threads::Threads ${CMAKE_DL_LIBS} m)
pkg_check_modules(yaml_cpp REQUIRED IMPORTED_TARGET yaml-cpp)
pkg_check_modules(httplib REQUIRED IMPORTED_TARGET cpp-httplib)
