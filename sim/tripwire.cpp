// The guarded functions are defined here again and forward to the C library's: a definition in the program
// takes precedence over that of a shared library, also for calls that come from other libraries.
#include "sim/tripwire.h"

#include <cxxabi.h>
#include <dlfcn.h>
#include <execinfo.h>
#include <pthread.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <cstdlib>
#include <cstring>

namespace sim {
namespace {

// The interposed functions are C functions without arguments of ours: this one flag has nowhere else to live.
int armed = 0;

/// Prints `what` and the functions that led here, then aborts.
[[noreturn]] void trip(const char* what) {
  armed = 0;
  std::fprintf(stderr, "lockstep: a simulated run %s\n", what);
  std::array<void*, 32> frames{};
  const int depth = backtrace(frames.data(), static_cast<int>(frames.size()));
  for (int i = 2; i < depth; ++i) {
    Dl_info info{};
    const bool found = dladdr(frames[static_cast<std::size_t>(i)], &info) != 0 && info.dli_sname != nullptr;
    int status = 0;
    char* readable = found ? abi::__cxa_demangle(info.dli_sname, nullptr, nullptr, &status) : nullptr;
    std::fprintf(stderr, "  in %s\n",
                 readable != nullptr ? readable
                 : found             ? info.dli_sname
                                     : "an unnamed function");
    std::free(readable);
  }
  std::abort();
}

void check(const char* what) {
  if (armed > 0) trip(what);
}

/// The allocator asks for the time before it gives memory back to the system: nothing that a run does hangs on the answer.
bool is_the_allocator(const void* caller) {
  Dl_info info{};
  return dladdr(caller, &info) != 0 && info.dli_fname != nullptr && std::strstr(info.dli_fname, "libmimalloc") != nullptr;
}

void check_clock(const void* caller) {
  if (armed > 0 && !is_the_allocator(caller)) trip("reads a real clock");
}

/// The C library's own definition behind ours.
template <class Function>
Function* next(const char* name) {
  return reinterpret_cast<Function*>(dlsym(RTLD_NEXT, name));
}

}  // namespace

TripwireGuard::TripwireGuard() {
  if (armed == 0 && thread_count() != 1) trip("began with more than one thread");
  ++armed;
}

TripwireGuard::~TripwireGuard() {
  if (armed > 0) --armed;
}

TripwirePause::TripwirePause() : armed_before_(armed) {
  armed = 0;
}

TripwirePause::~TripwirePause() {
  armed = armed_before_;
}

int thread_count() {
  std::FILE* status = std::fopen("/proc/self/status", "r");
  if (status == nullptr) return 1;
  std::array<char, 256> line{};
  int threads = 1;
  while (std::fgets(line.data(), line.size(), status) != nullptr) {
    if (std::strncmp(line.data(), "Threads:", 8) == 0) threads = std::atoi(line.data() + 8);
  }
  std::fclose(status);
  return threads;
}

}  // namespace sim

extern "C" {

// Where a sanitizer is linked it has a definition too, and must hear of each thread: a thread that it did not see begin
// is an error to it when it ends. Null without a sanitizer.
// NOLINTNEXTLINE(bugprone-reserved-identifier,readability-identifier-naming): the sanitizers name it so.
[[gnu::weak]] int __interceptor_pthread_create(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*);

int clock_gettime(clockid_t clock, struct timespec* time) {
  sim::check_clock(__builtin_return_address(0));
  static auto* const real = sim::next<int(clockid_t, struct timespec*)>("clock_gettime");
  return real(clock, time);
}

int gettimeofday(struct timeval* __restrict time, void* __restrict zone) {
  sim::check_clock(__builtin_return_address(0));
  static auto* const real = sim::next<int(struct timeval*, void*)>("gettimeofday");
  return real(time, zone);
}

time_t time(time_t* out) {
  sim::check_clock(__builtin_return_address(0));
  static auto* const real = sim::next<time_t(time_t*)>("time");
  return real(out);
}

ssize_t getrandom(void* buffer, size_t size, unsigned flags) {
  sim::check("draws entropy");
  static auto* const real = sim::next<ssize_t(void*, size_t, unsigned)>("getrandom");
  return real(buffer, size, flags);
}

int getentropy(void* buffer, size_t size) {
  sim::check("draws entropy");
  static auto* const real = sim::next<int(void*, size_t)>("getentropy");
  return real(buffer, size);
}

int pthread_create(pthread_t* thread, const pthread_attr_t* attributes, void* (*function)(void*),
                   void* argument) {
  sim::check("starts a thread");
  static auto* const real =
      __interceptor_pthread_create != nullptr
          ? &__interceptor_pthread_create
          : sim::next<int(pthread_t*, const pthread_attr_t*, void* (*)(void*), void*)>("pthread_create");
  return real(thread, attributes, function, argument);
}

int socket(int domain, int type, int protocol) {
  sim::check("opens a socket");
  static auto* const real = sim::next<int(int, int, int)>("socket");
  return real(domain, type, protocol);
}

}  // extern "C"
