// How a struct of the script model tells its fields: one function template, `describe(self, visitor)`, from
// which decoding, encoding, checking of references and documentation all follow.
//
//   struct EntraDisableUser {
//     static constexpr std::string_view name = "entra.disable_user";
//     static constexpr std::string_view help = "An Entra admin blocks the user's sign-in.";
//     PersonRef user;
//     template <class Self, class Visitor>
//     static void describe(Self& self, Visitor& visit) {
//       visit.required("user", self.user, "the person");
//     }
//     bool operator==(const EntraDisableUser&) const = default;
//   };
//
// A visitor has required(key, field, help), optional(key, field, help) and choice(key, field, words, help). A
// field that is optional in a script is a std::optional, a std::vector, or has its default as its initial
// value.
//
// Verbs and observations are visited through the list of their fields (field_list.h).
#pragma once

#include <array>
#include <concepts>
#include <optional>
#include <span>
#include <string_view>
#include <type_traits>
#include <vector>

namespace scenarios {

namespace detail {
struct AnyVisitor {
  template <class Field>
  void required(std::string_view, Field&, std::string_view) {}
  template <class Field>
  void optional(std::string_view, Field&, std::string_view) {}
  template <class Field>
  void choice(std::string_view, Field&, std::span<const std::string_view>, std::string_view) {}
};
}  // namespace detail

/// A struct with a describe().
template <class T>
concept Described = requires(T value, detail::AnyVisitor visitor) {
  T::describe(value, visitor);
};

template <class T>
struct IsVector : std::false_type {};
template <class T>
struct IsVector<std::vector<T>> : std::true_type {};

template <class T>
struct IsOptional : std::false_type {};
template <class T>
struct IsOptional<std::optional<T>> : std::true_type {};

}  // namespace scenarios
