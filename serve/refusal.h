// What is refused before it reaches a party, in the words and the form of the service that it imitates: clients show what
// they can read.
#pragma once

#include <string_view>

#include "base/http.h"
#include "serve/party.h"

namespace serve {

[[nodiscard]] base::HttpResponse refusal(Party party, int status, std::string_view why);

}  // namespace serve
