// One value of one of very many types: the vocabulary of scripts, of which std::variant would make functions for each pair of a type
// and a place in the list.
#pragma once

#include <any>
#include <array>
#include <concepts>
#include <cstddef>
#include <type_traits>
#include <utility>

namespace scenarios {

/// Holds a value of the first type unless it is told otherwise. What was moved from may be assigned to or destroyed.
template <class First, class... Others>
class OneOf {
 public:
  static constexpr std::size_t size = 1 + sizeof...(Others);

  OneOf() : value_(First{}) {}
  template <class T>
    requires(std::same_as<T, First> || (std::same_as<T, Others> || ...))
  OneOf(T value) : value_(std::move(value)), index_(index_of<T>()) {}

  /// The place of its type in the list.
  [[nodiscard]] std::size_t index() const { return index_; }

  /// Null where it holds a value of another type.
  template <class T>
  [[nodiscard]] const T* get_if() const {
    return std::any_cast<T>(&value_);
  }
  template <class T>
  [[nodiscard]] T* get_if() {
    return std::any_cast<T>(&value_);
  }

  /// `visitor` returns the same for each type.
  template <class Visitor>
  decltype(auto) visit(Visitor&& visitor) const {
    using Result = std::invoke_result_t<Visitor&, const First&>;
    using Visit = Result (*)(Visitor&, const std::any&);
    static constexpr std::array<Visit, size> visits{&visit_as<Result, Visitor, First>, &visit_as<Result, Visitor, Others>...};
    return visits[index_](visitor, value_);
  }

  /// Calls `each.operator()<T>()` for every type, in their order.
  template <class Each>
  static void for_each_type(Each each) {
    each.template operator()<First>();
    (each.template operator()<Others>(), ...);
  }

  friend bool operator==(const OneOf& left, const OneOf& right) {
    if (left.index_ != right.index_) return false;
    return left.visit([&]<class T>(const T& value) { return value == *right.get_if<T>(); });
  }

 private:
  template <class T>
  static constexpr std::size_t index_of() {
    constexpr std::array<bool, size> same{std::is_same_v<T, First>, std::is_same_v<T, Others>...};
    std::size_t index = 0;
    while (!same[index]) ++index;
    return index;
  }

  template <class Result, class Visitor, class T>
  static Result visit_as(Visitor& visitor, const std::any& value) {
    return visitor(*std::any_cast<T>(&value));
  }

  std::any value_;
  std::size_t index_ = 0;
};

}  // namespace scenarios
