#include "base/prepared_text.h"

#include <openssl/crypto.h>
#include <utf8proc.h>

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <new>
#include <optional>
#include <utility>

#include "base/encoding.h"

namespace base {
namespace {

using Character = utf8proc_int32_t;

bool is_ascii(std::string_view text) {
  return std::ranges::all_of(text, [](char c) { return static_cast<unsigned char>(c) < 0x80; });
}

/// The ordinary form of a wide or narrow character; others stay.
Character ordinary_width(Character character) {
  const auto* property = utf8proc_get_property(character);
  if (property->decomp_type != UTF8PROC_DECOMP_TYPE_WIDE && property->decomp_type != UTF8PROC_DECOMP_TYPE_NARROW)
    return character;
  Character mapped = character;
  int last_class = 0;
  const auto length = utf8proc_decompose_char(
      character, &mapped, 1, static_cast<utf8proc_option_t>(UTF8PROC_DECOMPOSE | UTF8PROC_COMPAT), &last_class);
  return length == 1 ? mapped : character;
}

Character without_width_and_case(Character character, void* /*unused*/) {
  return utf8proc_tolower(ordinary_width(character));
}

Character with_plain_space(Character character, void* /*unused*/) {
  return utf8proc_category(character) == UTF8PROC_CATEGORY_ZS ? U' ' : character;
}

/// Overwrites what it frees: it may have held a password.
struct Wipe {
  std::size_t size;
  void operator()(utf8proc_uint8_t* bytes) const {
    OPENSSL_cleanse(bytes, size);
    std::free(bytes);
  }
};

/// UTF8PROC_COMPOSE or UTF8PROC_DECOMPOSE after each character went through `map`; nothing where `text` is no UTF-8.
std::optional<std::string> normalised(std::string_view text, utf8proc_option_t form, utf8proc_custom_func map = nullptr) {
  utf8proc_uint8_t* out = nullptr;
  const auto size = utf8proc_map_custom(reinterpret_cast<const utf8proc_uint8_t*>(text.data()),
                                        static_cast<utf8proc_ssize_t>(text.size()), &out,
                                        static_cast<utf8proc_option_t>(UTF8PROC_STABLE | form), map, nullptr);
  if (size == UTF8PROC_ERROR_NOMEM) throw std::bad_alloc();
  if (size < 0) return std::nullopt;
  const std::unique_ptr<utf8proc_uint8_t, Wipe> held(out, Wipe{static_cast<std::size_t>(size)});
  return std::string(reinterpret_cast<const char*>(held.get()), static_cast<std::size_t>(size));
}

}  // namespace

std::string comparison_key(std::string_view text) {
  if (is_ascii(text)) return to_lower(text);
  // Taken apart first: the lower case of a composed letter is not always that of its parts (U+0130).
  const auto parts = normalised(text, UTF8PROC_DECOMPOSE);
  if (!parts) return to_lower(text);
  return normalised(*parts, UTF8PROC_COMPOSE, without_width_and_case).value_or(to_lower(text));
}

bool compare_equal(std::string_view left, std::string_view right) {
  if (is_ascii(left) && is_ascii(right)) return equals_ignoring_case(left, right);
  return comparison_key(left) == comparison_key(right);
}

Secret prepared_password(const Secret& password) {
  const auto& text = password.reveal();
  if (is_ascii(text)) return password;
  auto prepared = normalised(text, UTF8PROC_COMPOSE, with_plain_space);
  return prepared ? Secret(std::move(*prepared)) : password;
}

}  // namespace base
