// A served world as its users meet it: the built program, the settings that it writes, and clients that follow them.
#pragma once

#include <gtest/gtest.h>
#include <httplib.h>

#include <fstream>
#include <map>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "cli/program_fixture.h"
#include "live/socket_fixture.h"

namespace cli {

class ServeWorld : public Program {
 protected:
  void serve(std::vector<std::string> more = {}) {
    std::vector<std::string> arguments{"serve", "--env", "env", "--start", "2026-01-05T08:00:00Z"};
    arguments.insert(arguments.end(), more.begin(), more.end());
    child_ = std::make_unique<Child>(LOCKSTEP_PROGRAM, arguments, folder());
    ASSERT_NE(child_->wait_for_error_line("Ctrl-C ends it"), "");
    std::ifstream in(folder() / "env");
    for (std::string line; std::getline(in, line);) {
      constexpr std::string_view word = "export ";
      const auto equals = line.find("='");
      if (!line.starts_with(word) || equals == std::string::npos) continue;
      settings_[line.substr(word.size(), equals - word.size())] = line.substr(equals + 2, line.size() - equals - 3);
    }
  }

  [[nodiscard]] const std::string& setting(const std::string& name) const {
    static const std::string none;
    const auto found = settings_.find(name);
    EXPECT_NE(found, settings_.end()) << name;
    return found == settings_.end() ? none : found->second;
  }
  /// `https://localhost:4000` of a URL.
  static std::string origin_of(const std::string& url) { return url.substr(0, url.find('/', url.find("//") + 2)); }
  static std::uint16_t port_of(const std::string& url) {
    const auto origin = origin_of(url);
    return static_cast<std::uint16_t>(std::stoi(origin.substr(origin.rfind(':') + 1)));
  }
  static std::string target_of(const std::string& url) { return url.substr(origin_of(url).size()); }

  httplib::Client client(const std::string& url) {
    httplib::Client out(origin_of(url));
    out.set_read_timeout(std::chrono::minutes{5});  // a day of many people takes its time under a sanitizer
    if (settings_.contains("NODE_EXTRA_CA_CERTS")) out.set_ca_cert_path(setting("NODE_EXTRA_CA_CERTS").c_str());
    return out;
  }
  nlohmann::json control(const std::string& method, const std::string& target, const nlohmann::json& body = nlohmann::json::object(), int status = 200) {
    auto port = client(setting("LOCKSTEP_CONTROL_URL"));
    const auto result = method == "GET" ? port.Get(target) : method == "PUT" ? port.Put(target, body.dump(), "application/json") : port.Post(target, body.dump(), "application/json");
    EXPECT_TRUE(result) << httplib::to_string(result.error());
    if (!result) return {};
    EXPECT_EQ(result->status, status) << target << ": " << result->body;
    return nlohmann::json::parse(result->body, nullptr, false);
  }
  httplib::Headers bearer(httplib::Client& sign_in) {
    const auto result = sign_in.Post("/" + setting("AZURE_TENANT_ID") + "/oauth2/v2.0/token",
                                     httplib::Params{{"grant_type", "client_credentials"},
                                                     {"client_id", setting("AZURE_CLIENT_ID")},
                                                     {"client_secret", setting("AZURE_CLIENT_SECRET")},
                                                     {"scope", "https://graph.microsoft.com/.default"}});
    EXPECT_TRUE(result) << httplib::to_string(result.error());
    const auto body = nlohmann::json::parse(result ? result->body : "{}", nullptr, false);
    return {{"Authorization", "Bearer " + body.value("access_token", "")}};
  }
  httplib::Headers bearer() {
    auto sign_in = client(setting("LOCKSTEP_ENTRA_AUTHORITY"));
    return bearer(sign_in);
  }
  /// userNames in the directory, joined.
  std::string directory_users() {
    auto directory = client(setting("LOCKSTEP_SCIM_URL"));
    const auto result = directory.Get("/scim/v2/Users?count=100", {{"Authorization", "Bearer " + setting("LOCKSTEP_SCIM_TOKEN")}});
    return result ? result->body : "";
  }
  Ended terminate() {
    child_->terminate();
    return child_->wait();
  }

  std::unique_ptr<Child> child_;
  std::map<std::string, std::string> settings_;
};

}  // namespace cli
