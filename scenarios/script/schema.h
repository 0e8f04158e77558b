// The JSON Schema of scripts, generated from the same descriptions that decode them, for editors: they complete keys and
// mark mistakes as one types.
#pragma once

#include <string>

namespace scenarios {

/// Draft 7, which every editor's YAML support knows; scenarios/script.schema.json is this text. What it refuses the decoder
/// refuses too, but for a bare `true`, `false` or `null` where text is meant, which the decoder takes as text. The decoder
/// refuses more: names that nobody has introduced, repeated ones, ranges that end before they begin.
[[nodiscard]] std::string json_schema();

}  // namespace scenarios
