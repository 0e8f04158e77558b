// Identifiers as types: a user's id cannot be passed where a device's is expected.
#pragma once

#include <compare>
#include <string>
#include <utility>

namespace base {

/// An opaque identifier in the name space of `Tag`; empty means none.
template <class Tag>
class Id {
 public:
  Id() = default;
  explicit Id(std::string text) : text_(std::move(text)) {}

  [[nodiscard]] const std::string& text() const { return text_; }
  [[nodiscard]] bool empty() const { return text_.empty(); }

  auto operator<=>(const Id&) const = default;

 private:
  std::string text_;
};

}  // namespace base
