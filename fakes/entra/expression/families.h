// The implementations behind the table of functions, by family. What each does stands in the table and with its source.
#pragma once

#include "fakes/entra/expression/arguments.h"
#include "fakes/entra/expression/value.h"

namespace fakes::entra::expression {

// text_functions.cpp
[[nodiscard]] Value append(Arguments& arguments);
[[nodiscard]] Value left(Arguments& arguments);
[[nodiscard]] Value mid(Arguments& arguments);
[[nodiscard]] Value in_str(Arguments& arguments);
[[nodiscard]] Value word(Arguments& arguments);
[[nodiscard]] Value strip_spaces(Arguments& arguments);
[[nodiscard]] Value normalize_diacritics(Arguments& arguments);
[[nodiscard]] Value p_case(Arguments& arguments);
[[nodiscard]] Value to_lower(Arguments& arguments);
[[nodiscard]] Value to_upper(Arguments& arguments);
[[nodiscard]] Value convert_to_base64(Arguments& arguments);
[[nodiscard]] Value convert_to_utf8_hex(Arguments& arguments);

// replace_function.cpp
[[nodiscard]] Value replace(Arguments& arguments);

// logic_functions.cpp
[[nodiscard]] Value iif(Arguments& arguments);
[[nodiscard]] Value switch_by_key(Arguments& arguments);
[[nodiscard]] Value coalesce(Arguments& arguments);
[[nodiscard]] Value is_null(Arguments& arguments);
[[nodiscard]] Value is_null_or_empty(Arguments& arguments);
[[nodiscard]] Value is_present(Arguments& arguments);
[[nodiscard]] Value is_string(Arguments& arguments);
[[nodiscard]] Value negation(Arguments& arguments);
[[nodiscard]] Value c_bool(Arguments& arguments);
[[nodiscard]] Value c_str(Arguments& arguments);
[[nodiscard]] Value bit_and(Arguments& arguments);
[[nodiscard]] Value ignore_flow_if_null_or_empty(Arguments& arguments);
[[nodiscard]] Value redact(Arguments& arguments);

// list_functions.cpp
[[nodiscard]] Value count(Arguments& arguments);
[[nodiscard]] Value item(Arguments& arguments);
[[nodiscard]] Value remove_duplicates(Arguments& arguments);
[[nodiscard]] Value join(Arguments& arguments);
[[nodiscard]] Value split(Arguments& arguments);

// date_functions.cpp
[[nodiscard]] Value c_date(Arguments& arguments);
[[nodiscard]] Value date_add(Arguments& arguments);
[[nodiscard]] Value date_diff(Arguments& arguments);
[[nodiscard]] Value date_from_num(Arguments& arguments);
[[nodiscard]] Value num_from_date(Arguments& arguments);
[[nodiscard]] Value now(Arguments& arguments);
[[nodiscard]] Value format_date_time(Arguments& arguments);

// random_functions.cpp
[[nodiscard]] Value guid(Arguments& arguments);
[[nodiscard]] Value random_string(Arguments& arguments);

// role_functions.cpp
[[nodiscard]] Value app_role_assignments(Arguments& arguments);
[[nodiscard]] Value assertive_app_role_assignments(Arguments& arguments);
[[nodiscard]] Value single_app_role_assignment(Arguments& arguments);

}  // namespace fakes::entra::expression
