#include "scenarios/probe/names.h"

#include <fmt/format.h>

#include <charconv>
#include <chrono>

#include "base/encoding.h"
#include "base/instant.h"
#include "scenarios/probe/json_path.h"

namespace scenarios::probe {
namespace {

constexpr std::size_t longest_filler = 20'000'000;
constexpr std::size_t most_copies = 20'000;

std::string as_text(const Value& value) {
  return value.is_string() ? value.get<std::string>() : value.dump(-1, ' ', false, Value::error_handler_t::replace);
}

base::Result<Value> place_in(const Value& document, std::string_view path, std::string_view name) {
  const auto* found = find_one(document, path);
  if (found == nullptr) return base::fail(fmt::format("the answer holds no {} (${{{}}})", path, name));
  return *found;
}

/// The time at that place, as a clock five and a half hours east shows it.
base::Result<Value> elsewhere(const Value& document, std::string_view path, std::string_view name) {
  const auto found = place_in(document, path, name);
  if (!found) return found;
  const auto instant = base::parse_rfc3339(as_text(*found));
  if (!instant) return std::unexpected(instant.error());
  auto text = base::to_rfc3339(*instant - std::chrono::minutes{330});
  text.replace(text.size() - 1, 1, "-05:30");
  return Value(std::move(text));
}

std::optional<std::size_t> whole_number(std::string_view digits) {
  std::size_t number = 0;
  const auto [end, wrong] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (wrong != std::errc{} || end != digits.data() + digits.size()) return std::nullopt;
  return number;
}

/// `1000:(`: the text behind the colon so many times.
base::Result<Value> repeated(std::string_view rest) {
  const auto colon = std::min(rest.find(':'), rest.size());
  const auto times = whole_number(rest.substr(0, colon));
  const auto text = colon < rest.size() ? rest.substr(colon + 1) : std::string_view{};
  if (!times || text.empty() || *times > longest_filler / text.size())
    return base::fail(fmt::format("nothing to repeat: {}", rest));
  std::string out;
  out.reserve(*times * text.size());
  for (std::size_t i = 0; i < *times; ++i) out += text;
  return Value(std::move(out));
}

/// ASCII letters only: enough for what cases send.
std::string in_capitals(std::string text) {
  for (auto& c : text) c = c >= 'a' && c <= 'z' ? static_cast<char>(c - 'a' + 'A') : c;
  return text;
}

base::Result<Value> of_answer(const Answer& answer, std::string_view rest, std::string_view name) {
  if (rest.empty()) return answer.body;
  const auto text = [&](const std::string& found, std::string_view what) -> base::Result<Value> {
    if (found.empty()) return base::fail(fmt::format("the answer has no {} (${{{}}})", what, name));
    return Value(found);
  };
  if (rest == "id") return text(answer.id(), "id");
  if (rest == "path") return text(answer.resource_path(), "id");
  if (rest == "status") return Value(answer.status);
  if (rest == "etag") {
    if (const auto tag = answer.headers.find("ETag")) return Value(std::string(*tag));
    return place_in(answer.body, "meta.version", name);
  }
  if (rest.starts_with("header.")) {
    const auto found = answer.headers.find(rest.substr(7));
    return text(found ? std::string(*found) : std::string(), rest);
  }
  if (rest.starts_with("elsewhere.")) return elsewhere(answer.body, rest.substr(10), name);
  if (rest == "sent") return answer.sent;
  if (rest.starts_with("sent.")) return place_in(answer.sent, rest.substr(5), name);
  return place_in(answer.body, rest, name);
}

}  // namespace

std::string Answer::id() const {
  const auto* found = find_one(body, "id");
  return found != nullptr && found->is_string() ? found->get<std::string>() : std::string{};
}

std::string Answer::resource_path() const {
  const auto found = id();
  if (found.empty()) return {};
  auto endpoint = path.substr(0, path.find('?'));
  if (method != "POST") return endpoint;
  return fmt::format("{}/{}", endpoint, found);
}

Names::Names(std::string run, std::string unknown_id, std::string base_url)
    : run_(std::move(run)), unknown_(std::move(unknown_id)), base_(std::move(base_url)) {}

const Answer& Names::set(const std::string& name, Answer answer) { return answers_.insert_or_assign(name, std::move(answer)).first->second; }

void Names::set_group(const std::string& name, std::vector<std::string> members) {
  groups_.insert_or_assign(name, std::move(members));
}

void Names::set_value(const std::string& name, Value value) { values_.insert_or_assign(name, std::move(value)); }

const Answer* Names::answer(std::string_view name) const {
  const auto found = answers_.find(name);
  return found == answers_.end() ? nullptr : &found->second;
}

base::Result<std::vector<std::string>> Names::ids(std::string_view name) const {
  if (const auto group = groups_.find(name); group != groups_.end()) {
    std::vector<std::string> out;
    for (const auto& one : group->second) {
      const auto found = ids(one);
      if (!found) return std::unexpected(found.error());
      out.insert(out.end(), found->begin(), found->end());
    }
    return out;
  }
  const auto* found = answer(name);
  if (found == nullptr) return base::fail(fmt::format("nothing is called {}", name));
  if (found->id().empty()) return base::fail(fmt::format("{} has no id", name));
  return std::vector{found->id()};
}

base::Result<std::size_t> Names::count(std::string_view text, std::size_t most) const {
  const auto plus = std::min(text.find('+'), text.size());
  const auto more = plus < text.size() ? whole_number(text.substr(plus + 1)) : std::optional<std::size_t>(0);
  auto number = whole_number(text.substr(0, plus));
  if (!number && more) {
    const auto found = look_up(text.substr(0, plus));
    if (!found) return std::unexpected(found.error());
    if (found->is_number_integer() && found->get<std::int64_t>() >= 0) number = found->get<std::size_t>();
  }
  if (!number || !more) return base::fail(fmt::format("no length: {}", text));
  if (*number > most || *more > most - *number) return base::fail(fmt::format("{} is more than {}", text, most));
  return *number + *more;
}

base::Result<Value> Names::filler(std::string_view rest) const {
  const auto length = count(rest, longest_filler);
  if (!length) return std::unexpected(length.error());
  return Value(std::string(*length, 'x'));
}

base::Result<Value> Names::copies(std::string_view rest) const {
  const auto colon = std::min(rest.find(':'), rest.size());
  const auto times = count(rest.substr(0, colon), most_copies);
  if (!times) return std::unexpected(times.error());
  if (colon == rest.size()) return base::fail(fmt::format("nothing to copy: {}", rest));
  const auto one = look_up(rest.substr(colon + 1));
  if (!one) return one;
  return Value(Value::array_t(*times, *one));
}

base::Result<Value> Names::look_up(std::string_view name) const {
  if (name == "run") return Value(run_);
  if (name == "unknown") return Value(unknown_);
  if (name == "base") return Value(base_);
  if (name.starts_with("long:")) return filler(name.substr(5));
  if (name.starts_with("copies:")) return copies(name.substr(7));
  if (name.starts_with("repeat:")) return repeated(name.substr(7));
  if (name.starts_with("encoded:") || name.starts_with("upper:")) {
    const auto colon = name.find(':');
    const auto found = look_up(name.substr(colon + 1));
    if (!found) return found;
    return Value(name.starts_with('e') ? base::percent_encode(as_text(*found)) : in_capitals(as_text(*found)));
  }
  const auto end = std::min(name.find_first_of(".["), name.size());
  const auto head = name.substr(0, end);
  auto rest = name.substr(end);
  if (rest.starts_with('.')) rest.remove_prefix(1);
  if (const auto* found = answer(head)) return of_answer(*found, rest, name);
  if (const auto found = values_.find(head); found != values_.end())
    return rest.empty() ? base::Result<Value>(found->second) : place_in(found->second, rest, name);
  return base::fail(fmt::format("nothing is called {}", head));
}

base::Result<std::string> Names::fill_text(std::string_view text) const {
  std::string out;
  while (!text.empty()) {
    const auto begin = text.find("${");
    out += text.substr(0, begin);
    if (begin == std::string_view::npos) break;
    const auto end = text.find('}', begin);
    if (end == std::string_view::npos) return base::fail("a ${ without its }");
    const auto found = look_up(text.substr(begin + 2, end - begin - 2));
    if (!found) return std::unexpected(found.error());
    out += as_text(*found);
    text.remove_prefix(end + 1);
  }
  return out;
}

base::Result<Value> Names::fill(const Value& value) const {
  if (value.is_string()) {
    const auto& text = value.get_ref<const std::string&>();
    const bool one_name = text.starts_with("${") && text.ends_with('}') && text.find("${", 2) == std::string::npos;
    if (one_name) return look_up(std::string_view(text).substr(2, text.size() - 3));
    auto filled = fill_text(text);
    if (!filled) return std::unexpected(filled.error());
    return Value(std::move(*filled));
  }
  if (value.is_array()) {
    auto out = Value::array();
    for (const auto& one : value) {
      auto filled = fill(one);
      if (!filled) return filled;
      out.push_back(std::move(*filled));
    }
    return out;
  }
  if (!value.is_object()) return value;
  auto out = Value::object();
  for (const auto& [key, one] : value.items()) {
    const auto name = fill_text(key);
    if (!name) return std::unexpected(name.error());
    auto filled = fill(one);
    if (!filled) return filled;
    out[*name] = std::move(*filled);
  }
  return out;
}

}  // namespace scenarios::probe
