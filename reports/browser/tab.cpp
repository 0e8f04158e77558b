#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/encoding.h"
#include "reports/browser/browser.h"

namespace reports {

using nlohmann::json;

namespace {

struct Key {
  std::string_view name;
  std::string_view text;  ///< what it types
  int code;
};

constexpr std::array keys{Key{"Tab", "", 9},       Key{"Enter", "\r", 13},    Key{"Escape", "", 27},
                          Key{"Space", " ", 32},   Key{"ArrowDown", "", 40},  Key{"ArrowUp", "", 38},
                          Key{"Backspace", "", 8}, Key{"ArrowRight", "", 39}, Key{"ArrowLeft", "", 37}};

std::string file_address(const std::filesystem::path& file, std::string_view fragment) {
  std::string address = "file://";
  for (const auto& part : std::filesystem::absolute(file).relative_path()) {
    address += "/" + base::percent_encode(part.string());
  }
  if (!fragment.empty()) address += "#" + std::string(fragment);
  return address;
}

std::expected<std::string, std::string> bytes_of(const Answer& answer) {
  if (!answer) return std::unexpected(answer.error());
  const auto bytes = base::from_base64(answer->value("data", ""));
  if (!bytes) return std::unexpected("the browser sent no base64");
  return *bytes;
}

std::string argument_text(const json& arguments) {
  std::string text;
  for (const auto& argument : arguments) {
    text += " " + (argument.contains("value") ? argument["value"].dump() : argument.value("description", ""));
  }
  return text;
}

/// Empty: the event is no complaint.
std::string complaint_of(const json& event) {
  const auto method = event.value("method", "");
  const auto& parameters = event["params"];
  if (method == "Runtime.exceptionThrown") return "exception: " + parameters["exceptionDetails"].dump();
  if (method == "Page.javascriptDialogOpening") return "dialog: " + parameters.value("message", "");
  if (method == "Log.entryAdded") return "log: " + parameters["entry"].value("text", "");
  if (method == "Runtime.consoleAPICalled") {
    return parameters.value("type", "") + ":" + argument_text(parameters["args"]);
  }
  return "";
}

}  // namespace

Tab::Tab(Browser& browser, std::string target, std::string session)
    : browser_(browser), target_(std::move(target)), session_(std::move(session)) {}

Tab::~Tab() {
  // A browser that has gone has no tabs either.
  const auto closed = browser_.call("", "Target.closeTarget", {{"targetId", target_}});
  static_cast<void>(closed);
  browser_.events_.erase(session_);
}

Answer Tab::call(std::string_view method, json parameters) {
  return browser_.call(session_, method, std::move(parameters));
}

const std::vector<json>& Tab::events() const {
  return browser_.events_[session_];
}

Answer Tab::open(const std::filesystem::path& file, std::string_view fragment) { return visit(file_address(file, fragment)); }

Answer Tab::visit(const std::string& address) {
  const auto begun = call("Page.navigate", {{"url", address}});
  if (!begun) return begun;
  if (begun->contains("errorText")) return std::unexpected(begun->value("errorText", ""));
  // A fragment of the page that is there loads nothing.
  if (!begun->contains("loaderId")) return begun;
  const auto is_end = [&](const json& event) {
    return event.value("method", "") == "Page.lifecycleEvent" &&
           event["params"].value("name", "") == "load" && event["params"]["loaderId"] == (*begun)["loaderId"];
  };
  while (std::ranges::none_of(events(), is_end)) {
    const auto message = browser_.take_message();
    if (!message) return std::unexpected(address + ": " + message.error());
  }
  return begun;
}

Answer Tab::evaluate(std::string_view expression) {
  const auto answer = call(
      "Runtime.evaluate",
      {{"expression", expression}, {"returnByValue", true}, {"awaitPromise", true}, {"userGesture", true}});
  if (!answer) return answer;
  if (answer->contains("exceptionDetails")) {
    return std::unexpected(fmt::format("{}: {}", expression, (*answer)["exceptionDetails"].dump()));
  }
  return (*answer)["result"].value("value", json());
}

Answer Tab::press(std::string_view name, bool shift) {
  if (name.size() == 1 && name.front() >= 'a' && name.front() <= 'z') return press_letter(name);
  const auto* key = std::ranges::find(keys, name, &Key::name);
  if (key == keys.end()) return std::unexpected("no key is called " + std::string(name));
  json parameters{{"type", key->text.empty() ? "rawKeyDown" : "keyDown"},
                  {"key", name == "Space" ? " " : name},
                  {"code", name},
                  {"windowsVirtualKeyCode", key->code},
                  {"modifiers", shift ? 8 : 0}};
  if (!key->text.empty()) parameters["text"] = key->text;
  if (const auto down = call("Input.dispatchKeyEvent", parameters); !down) return down;
  parameters["type"] = "keyUp";
  parameters.erase("text");
  return call("Input.dispatchKeyEvent", parameters);
}

Answer Tab::press_letter(std::string_view letter) {
  const char capital = static_cast<char>(letter.front() - 'a' + 'A');
  json parameters{{"type", "keyDown"}, {"key", letter}, {"code", std::string("Key") + capital}, {"windowsVirtualKeyCode", static_cast<int>(capital)}, {"text", letter}};
  if (const auto down = call("Input.dispatchKeyEvent", parameters); !down) return down;
  parameters["type"] = "keyUp";
  parameters.erase("text");
  return call("Input.dispatchKeyEvent", parameters);
}

Answer Tab::type(std::string_view text) {
  return call("Input.insertText", {{"text", text}});
}

Answer Tab::emulate(Scheme scheme, Medium medium) {
  const json feature{{"name", "prefers-color-scheme"}, {"value", scheme == Scheme::dark ? "dark" : "light"}};
  return call("Emulation.setEmulatedMedia",
              {{"media", medium == Medium::print ? "print" : ""}, {"features", json::array({feature})}});
}

Answer Tab::resize(int width, int height, int pixels_each) {
  return call("Emulation.setDeviceMetricsOverride",
              {{"width", width}, {"height", height}, {"deviceScaleFactor", pixels_each}, {"mobile", false}});
}

Answer Tab::disable_scripts() {
  return call("Emulation.setScriptExecutionDisabled", {{"value", true}});
}

Answer Tab::accessibility_tree() {
  const auto tree = call("Accessibility.getFullAXTree");
  if (!tree) return tree;
  return tree->value("nodes", json::array());
}

std::expected<std::string, std::string> Tab::screenshot(const Rectangle& part) {
  const json clip{{"x", part.x}, {"y", part.y}, {"width", part.width}, {"height", part.height}, {"scale", 1}};
  return bytes_of(
      call("Page.captureScreenshot", {{"format", "png"}, {"clip", clip}, {"captureBeyondViewport", true}}));
}

std::expected<std::string, std::string> Tab::print() {
  return bytes_of(call("Page.printToPDF", {{"paperWidth", 8.27}, {"paperHeight", 11.69}}));
}

std::vector<std::string> Tab::complaints() const {
  std::vector<std::string> out;
  for (const auto& event : events()) {
    if (auto complaint = complaint_of(event); !complaint.empty()) out.push_back(std::move(complaint));
  }
  return out;
}

std::vector<std::string> Tab::requests() const {
  std::vector<std::string> out;
  for (const auto& event : events()) {
    if (event.value("method", "") == "Network.requestWillBeSent")
      out.push_back(event["params"]["request"].value("url", ""));
  }
  return out;
}

}  // namespace reports
