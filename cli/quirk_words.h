// The words behind --quirk: what a provider or a small client that comes with the program is to get wrong.
#pragma once

#include <expected>
#include <string>
#include <string_view>
#include <vector>

#include "fakes/clients/quirks.h"
#include "fakes/scim/quirks.h"

namespace cli {

/// Of the provider that `--target fake` names. An error says what is meant, or where the word belongs.
[[nodiscard]] std::expected<fakes::scim::Quirks, std::string> fake_quirks_of(const std::vector<std::string>& words);
/// Of the small client of that suite.
[[nodiscard]] std::expected<fakes::clients::Quirks, std::string> sample_quirks_of(const std::vector<std::string>& words, std::string_view suite);

}  // namespace cli
