// What is expected of one value: equal to it, or a map of operators that must all hold.
//
//   userName: amy                          equal (numbers by value)
//   id: {present: true}                    there, neither null nor empty; `absent: true`: missing, null or []
//   id: {missing: true}                    no such member at all
//   x: {is: {a: 1}} {not: V} {one_of: [V, W]}
//   x: {type: string}                      string boolean integer number object array null datetime uri base64
//   x: {matches: REGEX} {contains: TEXT or element} {lacks: …} {starts: T} {ends: T}
//   x: {number: 1000}                      a text in which the number stands, its digits grouped by thousands or not
//   x: {same_word: T} {same_word: [T, U]}  one of these texts, in whatever letter case
//   x: {count: 2} {min: 1} {max: 200}      elements of a list; bounds of a number
//   x: {keys: [a, b]}                      an object with no other members, in whatever letter case
//   x: {unique: true}                      a list without repetitions
//   x: {every: CHECK} {some: CHECK} {none: CHECK} {exactly_one: CHECK}     of a list's elements
//   x: {has: {PATH: CHECK}}                members of an object
//   x: {at_least: INSTANT} {later: INSTANT} {same_instant: INSTANT}
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "scenarios/probe/probe.h"

namespace scenarios::probe {

/// What is wrong with a check as it stands in a script; empty where it can be judged.
[[nodiscard]] std::optional<std::string> wrong_check(const Value& check);

/// The check in words: "is 201", "is present".
[[nodiscard]] std::string check_text(const Value& check);

/// Adds a difference for each place where the path's values do not meet the check. `subject` begins their `where`.
void apply_check(const Value& document, std::string_view path, const Value& check, std::string_view subject,
                 std::vector<Difference>& out);

/// A value as reports show it: JSON, at most some hundred characters; "nothing" where there is none.
[[nodiscard]] std::string shown(const Value* value);

/// Neither missing, null, "" nor [] nor {}.
[[nodiscard]] bool is_present(const Value* value);
/// Missing, null or []: an attribute without a value [RFC7643 2.5].
[[nodiscard]] bool is_unassigned(const Value* value);

/// Equal as JSON; numbers by value, members in any order, names as they stand.
[[nodiscard]] bool equal(const Value& left, const Value& right);

}  // namespace scenarios::probe
