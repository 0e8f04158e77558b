// A product outside, as small as one can be: it reads the tenant's users page by page and says whom it has found. `hasty`
// reads no Retry-After.
#pragma once

#include <httplib.h>
#include <poll.h>

#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>

extern char** environ;

namespace cli {

class GraphProduct {
 public:
  explicit GraphProduct(bool hasty) : hasty_(hasty) {
    for (char** entry = environ; *entry != nullptr; ++entry) {
      const std::string text = *entry;
      const auto equals = text.find('=');
      if (equals != std::string::npos) variables_[text.substr(0, equals)] = text.substr(equals + 1);
    }
  }

  /// The exit code for the task: 0 done, 3 no such task, 1 not done.
  int perform() {
    constexpr int no_such_task = 3;
    if (variables_["LOCKSTEP_TASK"] != "sync") return no_such_task;
    if (!fetch_token()) return 1;
    auto users = nlohmann::json::array();
    for (auto url = variables_["LOCKSTEP_GRAPH_URL"] + "/users/delta?$select=userPrincipalName"; !url.empty();) {
      const auto page = read(url);
      if (!page.is_object()) return 1;
      for (const auto& user : page.value("value", nlohmann::json::array())) {
        if (user.contains("userPrincipalName")) users.push_back(user["userPrincipalName"]);
      }
      url = page.value("@odata.nextLink", "");
    }
    std::ofstream(variables_["LOCKSTEP_RESULT"]) << nlohmann::json{{"users", users}};
    return 0;
  }

 private:
  static std::string origin_of(const std::string& url) { return url.substr(0, url.find('/', url.find("//") + 2)); }
  static void pause(int milliseconds) { ::poll(nullptr, 0, milliseconds); }

  bool fetch_token() {
    const auto& authority = variables_["LOCKSTEP_ENTRA_AUTHORITY"];
    httplib::Client sign_in(origin_of(authority));
    const httplib::Params form{{"grant_type", "client_credentials"},
                               {"client_id", variables_["AZURE_CLIENT_ID"]},
                               {"client_secret", variables_["AZURE_CLIENT_SECRET"]},
                               {"scope", "https://graph.microsoft.com/.default"}};
    const auto answer = sign_in.Post(authority.substr(origin_of(authority).size()) + "/oauth2/v2.0/token", form);
    if (!answer || answer->status != 200) return false;
    token_ = nlohmann::json::parse(answer->body, nullptr, false).value("access_token", "");
    return !token_.empty();
  }

  nlohmann::json read(const std::string& url) {
    constexpr int attempts = 5;
    constexpr int a_second = 1'000;
    httplib::Client graph(origin_of(url));
    graph.set_keep_alive(true);
    for (int attempt = 0; attempt < attempts; ++attempt) {
      const auto answer = graph.Get(url.substr(origin_of(url).size()), {{"Authorization", "Bearer " + token_}});
      if (!answer) return nullptr;
      if (answer->status != 429) return answer->status == 200 ? nlohmann::json::parse(answer->body, nullptr, false) : nlohmann::json(nullptr);
      if (!hasty_) pause(std::stoi("0" + answer->get_header_value("Retry-After")) * a_second + 50);
    }
    return nullptr;
  }

  bool hasty_;
  std::map<std::string, std::string> variables_;
  std::string token_;
};

}  // namespace cli
