// Where everything is, and what clients are to be told: addresses, environment variables of the usual libraries, and for those
// that have none a line of code.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "base/json.h"
#include "serve/accounts.h"
#include "serve/party.h"

namespace serve {

struct Places {
  std::map<Party, std::string> urls{};  ///< without a slash at their end
  std::string control{};    ///< empty: there is none
  std::string proxy{};      ///< empty: there is none
  std::string authority{};  ///< path of ca.pem; empty: without TLS
  bool tls = false;         ///< whether the parties' own ports speak it
};

struct Settings {
  std::vector<std::pair<std::string, std::string>> addresses;    ///< by party's name, and `control`, `proxy`
  std::vector<std::pair<std::string, std::string>> environment;  ///< variables and their values
  std::vector<std::string> notes;                                ///< for people
};

[[nodiscard]] Settings make_settings(const Places& places, const Accounts& accounts);

/// For a POSIX shell: comments and `export`s.
[[nodiscard]] std::string to_shell(const Settings& settings);
[[nodiscard]] base::JsonObject to_json(const Settings& settings);

}  // namespace serve
