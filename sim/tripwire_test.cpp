// Each wire is tripped on purpose by a function of its own, which the message must name.
#include "sim/tripwire.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/rand.h>
#include <sys/random.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdint>
#include <ctime>
#include <string>
#include <string_view>
#include <thread>  // tidy-allow: thread: planted for the test

namespace sim {

// Exported and never inlined, so that a backtrace can name them; what they read goes through a volatile, so
// that none of them ends in a tail call.
namespace planted {

[[gnu::noinline]] std::int64_t read_steady_clock() {
  const auto now = std::chrono::steady_clock::now();  // tidy-allow: real-time: planted for the test
  const volatile std::int64_t count = now.time_since_epoch().count();
  return count;
}

[[gnu::noinline]] std::int64_t read_system_clock() {
  const auto now = std::chrono::system_clock::now();  // tidy-allow: real-time: planted for the test
  const volatile std::int64_t count = now.time_since_epoch().count();
  return count;
}

[[gnu::noinline]] std::int64_t read_time_of_day() {
  struct timeval now {};
  const volatile int result = gettimeofday(&now, nullptr);  // tidy-allow: real-time: planted for the test
  return result + now.tv_sec;
}

[[gnu::noinline]] std::int64_t read_unix_time() {
  const volatile std::int64_t now = std::time(nullptr);  // tidy-allow: real-time: planted for the test
  return now;
}

[[gnu::noinline]] int draw_from_the_kernel() {
  std::array<unsigned char, 8> bytes{};
  const volatile auto drawn =
      getrandom(bytes.data(), bytes.size(), 0);  // tidy-allow: system-random: planted for the test
  return static_cast<int>(drawn) + bytes[0];
}

[[gnu::noinline]] int draw_from_the_c_library() {
  std::array<unsigned char, 8> bytes{};
  const volatile int result =
      getentropy(bytes.data(), bytes.size());  // tidy-allow: system-random: planted for the test
  return result + bytes[0];
}

[[gnu::noinline]] int draw_from_openssl() {
  std::array<unsigned char, 8> bytes{};
  const volatile int result = RAND_bytes(bytes.data(), 8);  // tidy-allow: system-random: planted for the test
  return result + bytes[0];
}

[[gnu::noinline]] void start_a_thread() {
  std::thread thread([] {});  // tidy-allow: thread: planted for the test
  thread.join();
}

[[gnu::noinline]] int open_a_socket() {
  const volatile int descriptor = ::socket(AF_INET, SOCK_STREAM, 0);
  return descriptor;
}

}  // namespace planted

namespace tripwire_test {

using ::testing::AllOf;
using ::testing::HasSubstr;

/// The suite's name puts it before the others, which may leave threads behind; each death happens in a new
/// process.
class TripwireDeathTest : public testing::Test {
 protected:
  void SetUp() override { GTEST_FLAG_SET(death_test_style, "threadsafe"); }
};

template <class Function>
void guarded(Function function) {
  const TripwireGuard guard;
  function();
}

auto names(std::string_view deed, std::string_view function) {
  return AllOf(HasSubstr("lockstep: a simulated run " + std::string(deed) + "\n"),
               HasSubstr("  in sim::planted::" + std::string(function) + "()\n"));
}

// What is caught
// ----------------------------------------------------------------------------------------------------

TEST_F(TripwireDeathTest, catches_a_read_of_the_steady_clock) {
  EXPECT_DEATH(guarded(planted::read_steady_clock), names("reads a real clock", "read_steady_clock"));
}

TEST_F(TripwireDeathTest, catches_a_read_of_the_system_clock) {
  EXPECT_DEATH(guarded(planted::read_system_clock), names("reads a real clock", "read_system_clock"));
}

TEST_F(TripwireDeathTest, catches_a_read_of_the_time_of_day) {
  EXPECT_DEATH(guarded(planted::read_time_of_day), names("reads a real clock", "read_time_of_day"));
}

TEST_F(TripwireDeathTest, catches_a_read_of_the_unix_time) {
  EXPECT_DEATH(guarded(planted::read_unix_time), names("reads a real clock", "read_unix_time"));
}

TEST_F(TripwireDeathTest, catches_a_draw_of_entropy_from_the_kernel) {
  EXPECT_DEATH(guarded(planted::draw_from_the_kernel), names("draws entropy", "draw_from_the_kernel"));
}

TEST_F(TripwireDeathTest, catches_a_draw_of_entropy_from_the_c_library) {
  EXPECT_DEATH(guarded(planted::draw_from_the_c_library), names("draws entropy", "draw_from_the_c_library"));
}

TEST_F(TripwireDeathTest, catches_a_draw_of_entropy_inside_a_library) {
  EXPECT_DEATH(guarded(planted::draw_from_openssl), names("draws entropy", "draw_from_openssl"));
}

TEST_F(TripwireDeathTest, catches_the_start_of_a_thread) {
  EXPECT_DEATH(guarded(planted::start_a_thread), names("starts a thread", "start_a_thread"));
}

TEST_F(TripwireDeathTest, catches_the_opening_of_a_socket) {
  EXPECT_DEATH(guarded(planted::open_a_socket), names("opens a socket", "open_a_socket"));
}

/// Waits for a byte that never comes.
void wait_for_ever(int pipe_end) {
  char byte = 0;
  while (read(pipe_end, &byte, 1) != 1) continue;
}

void begin_with_a_second_thread() {
  std::array<int, 2> ends{};
  if (pipe(ends.data()) != 0) return;
  std::thread waiting(wait_for_ever, ends[0]);  // tidy-allow: thread: planted for the test
  { const TripwireGuard guard; }
  waiting.detach();
}

TEST_F(TripwireDeathTest, catches_a_run_that_begins_with_more_than_one_thread) {
  EXPECT_DEATH(begin_with_a_second_thread(), HasSubstr("a simulated run began with more than one thread"));
}

// How long a guard lasts
// ----------------------------------------------------------------------------------------------------

/// Everything that a guard catches and that can be undone; false where one of them fails.
bool touch_the_world() {
  const int descriptor = planted::open_a_socket();
  const bool opened = descriptor >= 0 && close(descriptor) == 0;
  return planted::read_steady_clock() > 0 && planted::read_system_clock() > 0 &&
         planted::read_time_of_day() > 0 && planted::read_unix_time() > 0 &&
         planted::draw_from_the_kernel() >= 8 && planted::draw_from_the_c_library() >= 0 && opened;
}

TEST(Tripwire, without_a_guard_the_real_functions_answer) {
  EXPECT_TRUE(touch_the_world());
}

TEST(Tripwire, a_guard_that_is_gone_catches_nothing) {
  { const TripwireGuard guard; }
  EXPECT_TRUE(touch_the_world());
}

TEST(Tripwire, all_nested_guards_must_go) {
  {
    const TripwireGuard outer;
    { const TripwireGuard inner; }
  }
  EXPECT_TRUE(touch_the_world());
}

void read_a_clock_after_an_inner_guard() {
  const TripwireGuard outer;
  { const TripwireGuard inner; }
  planted::read_steady_clock();
}

TEST_F(TripwireDeathTest, the_end_of_an_inner_guard_leaves_the_outer_one) {
  EXPECT_DEATH(read_a_clock_after_an_inner_guard(), names("reads a real clock", "read_steady_clock"));
}

// Pauses
// ----------------------------------------------------------------------------------------------------

TEST(Tripwire, a_pause_lifts_all_guards) {
  const TripwireGuard outer;
  const TripwireGuard inner;
  const TripwirePause pause;
  EXPECT_TRUE(touch_the_world());
}

TEST(Tripwire, pauses_nest) {
  const TripwireGuard guard;
  const TripwirePause outer;
  { const TripwirePause inner; }
  EXPECT_TRUE(touch_the_world());
}

TEST(Tripwire, a_pause_without_a_guard_arms_nothing) {
  { const TripwirePause pause; }
  EXPECT_TRUE(touch_the_world());
}

TEST(Tripwire, guards_around_a_pause_still_end_as_they_should) {
  {
    const TripwireGuard outer;
    const TripwireGuard inner;
    const TripwirePause pause;
  }
  EXPECT_TRUE(touch_the_world());
}

void open_a_socket_after_a_pause() {
  const TripwireGuard guard;
  { const TripwirePause pause; }
  planted::open_a_socket();
}

TEST_F(TripwireDeathTest, the_end_of_a_pause_arms_the_guard_again) {
  EXPECT_DEATH(open_a_socket_after_a_pause(), names("opens a socket", "open_a_socket"));
}

void read_a_clock_in_a_guard_after_a_pause_of_two() {
  const TripwireGuard outer;
  {
    const TripwireGuard inner;
    const TripwirePause pause;
  }
  planted::read_steady_clock();
}

TEST_F(TripwireDeathTest, a_pause_forgets_none_of_the_guards) {
  EXPECT_DEATH(read_a_clock_in_a_guard_after_a_pause_of_two(),
               names("reads a real clock", "read_steady_clock"));
}

/// Under a sanitizer this ends the program unless the sanitizer saw the thread begin.
TEST(Tripwire, lets_a_thread_begin_and_end_where_nothing_is_guarded) {
  bool ran = false;
  std::thread thread([&ran] { ran = true; });  // tidy-allow: thread: planted for the test
  thread.join();
  EXPECT_TRUE(ran);
}

TEST(Tripwire, counts_the_threads_of_the_process) {
  EXPECT_EQ(thread_count(), 1);
}

}  // namespace tripwire_test
}  // namespace sim
