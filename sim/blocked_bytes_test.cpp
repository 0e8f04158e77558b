// Bytes in blocks against the same in a string.
#include "sim/blocked_bytes.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

namespace sim {
namespace blocked_bytes_test {

enum class Step { append, write, resize };

RC_GTEST_PROP(BlockedBytes, are_as_those_of_a_string, ()) {
  constexpr std::uint64_t several_blocks = 3 * BlockedBytes::block_size;
  const auto start = std::string(*rc::gen::inRange<std::size_t>(0, several_blocks), 's');
  BlockedBytes bytes{start};
  std::string expected = start;
  const auto steps = *rc::gen::inRange(1, 12);
  for (int i = 0; i < steps; ++i) {
    const auto text = std::string(*rc::gen::inRange<std::size_t>(0, 2 * BlockedBytes::block_size), static_cast<char>('a' + i));
    auto offset = *rc::gen::inRange<std::uint64_t>(0, several_blocks);
    switch (*rc::gen::element(Step::append, Step::write, Step::write, Step::resize)) {
      case Step::append:
        offset = expected.size();
        [[fallthrough]];
      case Step::write:
        bytes.write(offset, text);
        if (text.empty()) break;
        if (expected.size() < offset + text.size()) expected.resize(offset + text.size());
        expected.replace(offset, text.size(), text);
        break;
      case Step::resize:
        bytes.resize(offset);
        expected.resize(offset);
        break;
    }
    RC_ASSERT(bytes.size() == expected.size());
    RC_ASSERT(bytes.text() == expected);
  }
  const auto offset = *rc::gen::inRange<std::uint64_t>(0, several_blocks + 10);
  std::string into(*rc::gen::inRange<std::size_t>(0, several_blocks), '?');
  const auto read = bytes.read(offset, into);
  const auto there = offset < expected.size() ? expected.substr(offset, into.size()) : std::string();
  RC_ASSERT(read == there.size());
  RC_ASSERT(into.substr(0, read) == there);
  RC_ASSERT(into.find_first_not_of('?', read) == std::string::npos);
}

TEST(BlockedBytes, one_byte_is_changed_in_its_place) {
  BlockedBytes bytes{std::string(BlockedBytes::block_size + 2, 'a')};
  bytes.at(BlockedBytes::block_size + 1) = 'b';
  std::string around = "<";
  bytes.append_to(around, BlockedBytes::block_size - 1, 3);
  EXPECT_EQ(around, "<aab");
}

}  // namespace blocked_bytes_test
}  // namespace sim
