// A request of a script to an API, and what its answer must be like, in the language of conformance cases. Its texts may name earlier
// answers, whichever API gave them, and passwords of the script as ${password.NAME}.
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "scenarios/engine/perform.h"

namespace scenarios {

struct ApiRequest {
  std::string method;
  std::string path;
  JsonText query{};
  JsonText body{};
  std::optional<std::string> answer{};  ///< what later requests call it
  AnswerPattern expect{};
};

/// Who sends it, and where to.
struct Addressing {
  sim::Host* from = nullptr;
  std::string media_type;
  /// The request to that path below the API's base, with its credentials.
  std::function<base::HttpRequest(const std::string& method, const std::string& path)> address;
};

base::Task<Performed> send_request(Cast& cast, ApiRequest step, Addressing to);

}  // namespace scenarios
