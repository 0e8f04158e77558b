// A directory served by the built program, in a folder of the test's own, and clients of it.
#pragma once

#include <fmt/format.h>
#include <httplib.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <vector>

#include "cli/program_fixture.h"

namespace cli {

/// A running server that has said that it is ready.
class Served {
 public:
  explicit Served(std::unique_ptr<Child> child) : child_(std::move(child)) {
    const auto line = child_->wait_for_error_line("directory at ");
    EXPECT_NE(line, "");
    const auto colon = line.find(':', line.find("//"));
    if (colon != std::string::npos) port_ = static_cast<std::uint16_t>(std::stoi(line.substr(colon + 1)));
    ready_line_ = line;
  }

  [[nodiscard]] std::uint16_t port() const { return port_; }
  [[nodiscard]] const std::string& ready_line() const { return ready_line_; }
  [[nodiscard]] Child& child() { return *child_; }
  [[nodiscard]] httplib::Client client() const { return httplib::Client("127.0.0.1", port_); }

  Ended terminate() {
    child_->terminate();
    return child_->wait();
  }
  Ended cut_off() {
    child_->cut_off();
    return child_->wait();
  }

 private:
  std::unique_ptr<Child> child_;
  std::string ready_line_;
  std::uint16_t port_ = 0;
};

class Serve : public Program {
 protected:
  using Json = nlohmann::json;

  [[nodiscard]] static std::vector<std::string> arguments(std::vector<std::string> more = {}) {
    std::vector<std::string> all{"serve", "directory", "--port", "0", "--data", "data", "--key-file", "key"};
    all.insert(all.end(), more.begin(), more.end());
    return all;
  }
  [[nodiscard]] Served serve(std::vector<std::string> more = {}) const {
    return Served(std::make_unique<Child>(LOCKSTEP_PROGRAM, arguments(std::move(more)), folder()));
  }

  /// The key in the file, without its line's end.
  [[nodiscard]] std::string key() const {
    const auto text = read("key");
    return text.substr(0, text.find('\n'));
  }
  [[nodiscard]] httplib::Headers bearer() const { return {{"Authorization", "Bearer " + key()}}; }

  [[nodiscard]] static std::string user(const std::string& name) {
    return fmt::format(R"({{"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"], "userName": "{0}",
                            "emails": [{{"value": "{0}@example.test", "primary": true, "type": "work"}}],
                            "active": true}})",
                       name);
  }
  static constexpr auto scim_json = "application/scim+json";
};

}  // namespace cli
