// Identifiers as types: a user's id cannot be passed where a device's is expected.
#pragma once

#include <algorithm>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>

namespace base {

/// An opaque identifier in the name space of `Tag`; empty means none. Ids are ordered as their texts are.
template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)), head_(head_of(text_)) {}

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }

  bool operator==(const Id& other) const { return head_ == other.head_ && text_ == other.text_; }
  std::strong_ordering operator<=>(const Id& other) const {
    if (head_ != other.head_) return head_ <=> other.head_;
    return text_ <=> other.text_;
  }

 private:
  /// The first eight bytes, so that numbers compare as texts do.
  static std::uint64_t head_of(std::string_view text) {
    constexpr std::size_t bytes = 8;
    std::uint64_t head = 0;
    for (std::size_t i = 0; i < bytes; ++i) head = head << 8U | (i < text.size() ? static_cast<unsigned char>(text[i]) : 0U);
    return head;
  }

  std::string text_;
  std::uint64_t head_ = 0;  ///< tells most ids apart without a look at the text, which lies elsewhere: maps hold many
};

}  // namespace base

template <class Tag>
struct std::hash<base::Id<Tag>> {
  std::size_t operator()(const base::Id<Tag>& id) const noexcept { return std::hash<std::string>()(id.text()); }
};
