#include "reports/browser/browser.h"

#include <fmt/format.h>

namespace reports {

using nlohmann::json;

namespace {

json parsed(const std::string& message) {
  return json::parse(message, nullptr, false);
}

}  // namespace

std::filesystem::path find_chromium() {
  for (const auto* place : {"/usr/bin/chromium", "/usr/bin/chromium-browser", "/usr/bin/google-chrome"}) {
    if (std::filesystem::exists(place)) return place;
  }
  return {};
}

std::expected<std::unique_ptr<Browser>, std::string> Browser::start(const std::filesystem::path& program) {
  auto process = ChromiumProcess::start(program);
  if (!process) return std::unexpected(process.error());
  std::unique_ptr<Browser> browser(new Browser(std::move(*process)));
  if (const auto version = browser->call("", "Browser.getVersion", json::object()); !version) {
    return std::unexpected(version.error());
  }
  return browser;
}

std::expected<std::unique_ptr<Tab>, std::string> Browser::open_tab() {
  const auto context = call("", "Target.createBrowserContext", {{"disposeOnDetach", true}});
  if (!context) return std::unexpected(context.error());
  const auto target = call("", "Target.createTarget",
                           {{"url", "about:blank"},
                            {"browserContextId", context->value("browserContextId", "")},
                            {"width", 1200},
                            {"height", 900}});
  if (!target) return std::unexpected(target.error());
  auto id = target->value("targetId", "");
  const auto attached = call("", "Target.attachToTarget", {{"targetId", id}, {"flatten", true}});
  if (!attached) return std::unexpected(attached.error());
  auto tab = std::make_unique<Tab>(*this, std::move(id), attached->value("sessionId", ""));
  for (const auto* domain : {"Page.enable", "Runtime.enable", "Log.enable", "Network.enable"}) {
    if (const auto enabled = tab->call(domain); !enabled) return std::unexpected(enabled.error());
  }
  // Keys go to the tab that has the focus, and only a focused page shows it.
  for (const auto& [method, name] : {std::pair("Page.setLifecycleEventsEnabled", "enabled"),
                                     std::pair("Emulation.setFocusEmulationEnabled", "enabled")}) {
    if (const auto set = tab->call(method, {{name, true}}); !set) return std::unexpected(set.error());
  }
  return tab;
}

Answer Browser::call(const std::string& session, std::string_view method, json parameters) {
  const auto id = ++calls_;
  json message{{"id", id}, {"method", method}, {"params", std::move(parameters)}};
  if (!session.empty()) message["sessionId"] = session;
  if (!process_->send(message.dump())) {
    return std::unexpected(fmt::format("{}: the browser has gone\n{}", method, process_->log()));
  }
  for (;;) {
    const auto answer = take_message();
    if (!answer) return std::unexpected(fmt::format("{}: {}", method, answer.error()));
    if (answer->is_null() || answer->value("id", 0) != id) continue;
    if (answer->contains("error")) {
      return std::unexpected(fmt::format("{}: {}", method, (*answer)["error"].value("message", "an error")));
    }
    return answer->value("result", json::object());
  }
}

Answer Browser::take_message() {
  const auto text = process_->receive();
  if (text.empty()) return std::unexpected("no answer of the browser\n" + process_->log());
  auto message = parsed(text);
  if (message.is_discarded()) return std::unexpected("not JSON: " + text);
  if (message.contains("id")) return message;
  const auto session = message.value("sessionId", "");
  if (message.value("method", "") == "Page.javascriptDialogOpening") {
    // The page stands still until someone answers.
    const json dismissal{{"id", ++calls_},
                         {"method", "Page.handleJavaScriptDialog"},
                         {"params", {{"accept", false}}},
                         {"sessionId", session}};
    if (!process_->send(dismissal.dump())) return std::unexpected("the browser has gone");
  }
  events_[session].push_back(std::move(message));
  return json();
}

}  // namespace reports
