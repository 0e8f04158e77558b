#include "scenarios/client/judge_history.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <charconv>
#include <map>
#include <utility>

#include "base/duration_text.h"
#include "base/encoding.h"
#include "base/http_date.h"
#include "scenarios/client/page_walks.h"
#include "scenarios/probe/check.h"
#include "scenarios/probe/json_path.h"

namespace scenarios::client {
namespace {

/// Timers of products count in milliseconds, and round.
constexpr base::Duration rounding = std::chrono::milliseconds{20};
/// Whoever works on several things at once sends what is under way before one of them can tell the others to wait.
constexpr base::Duration under_way = std::chrono::milliseconds{100};
/// What has a reader overlook the rest.
constexpr std::size_t most_differences = 8;

/// Whether a text is as the pattern says, in which `*` stands for anything. Linear but for the stars.
bool fits_glob(std::string_view pattern, std::string_view text) {
  const auto star = pattern.find('*');
  if (star == std::string_view::npos) return pattern == text;
  if (!text.starts_with(pattern.substr(0, star))) return false;
  text.remove_prefix(star);
  pattern.remove_prefix(star + 1);
  for (;;) {
    const auto next = pattern.find('*');
    if (next == std::string_view::npos) return text.ends_with(pattern);
    const auto at = text.find(pattern.substr(0, next));
    if (at == std::string_view::npos) return false;
    text.remove_prefix(at + next);
    pattern.remove_prefix(next + 1);
  }
}

Value object_of(const std::vector<std::pair<std::string, std::string>>& pairs) {
  auto out = Value::object();
  for (const auto& [name, value] : pairs) {
    if (!out.contains(name)) out[name] = value;
  }
  return out;
}

Value object_of(const base::Headers& headers) {
  auto out = Value::object();
  for (const auto& field : headers) {
    auto name = base::to_lower(field.name);
    if (!out.contains(name)) out[name] = field.value;
  }
  return out;
}

/// Of a document whose members have names that are no paths: `$filter`, `@odata.nextLink`.
void check_member(const Value& document, const std::string& name, const Value& check, std::string_view subject, std::vector<Difference>& out) {
  auto single = Value::object();
  if (const auto* value = probe::member(document, name)) single["value"] = *value;
  std::vector<Difference> found;
  probe::apply_check(single, "value", check, subject, found);
  for (auto& difference : found) {
    difference.where = fmt::format("{} {}", subject, name);
    out.push_back(std::move(difference));
  }
}

void check_members(const Value& document, const Checks& checks, std::string_view subject, std::vector<Difference>& out) {
  for (const auto& [name, check] : checks) check_member(document, name, check, subject, out);
}

void check_headers(const base::Headers& headers, const Checks& checks, std::string_view subject, std::vector<Difference>& out) {
  const auto document = object_of(headers);
  for (const auto& [name, check] : checks) check_member(document, base::to_lower(name), check, subject, out);
}

/// Paths, but for members whose own names have dots.
void check_document(const Value& document, const Checks& checks, std::string_view subject, std::vector<Difference>& out) {
  for (const auto& [path, check] : checks) {
    if (path.starts_with('@') || path.starts_with('$')) {
      check_member(document, path, check, subject, out);
    } else {
      probe::apply_check(document, path, check, subject, out);
    }
  }
}

bool concerns(const Seen& seen, const std::vector<std::size_t>& phases) { return std::ranges::find(phases, seen.phase) != phases.end(); }

/// Those of the phases that fit, in order.
std::vector<const Seen*> chosen(const Pattern& pattern, const History& history, const std::vector<std::size_t>& phases) {
  std::vector<const Seen*> out;
  for (const auto& seen : history) {
    if (concerns(seen, phases) && fits(pattern, seen)) out.push_back(&seen);
  }
  return out;
}

std::string time_text(base::Instant at) { return base::to_rfc3339(at); }

void add(Judgement& out, Difference difference, std::initializer_list<std::uint64_t> exchanges) {
  for (const auto id : exchanges) {
    if (std::ranges::find(out.exchanges, id) == out.exchanges.end()) out.exchanges.push_back(id);
  }
  if (out.differences.size() < most_differences) out.differences.push_back(std::move(difference));
}

void show(Judgement& out, const std::vector<const Seen*>& seen) {
  for (const auto* one : seen) {
    if (std::ranges::find(out.exchanges, one->exchange) == out.exchanges.end()) out.exchanges.push_back(one->exchange);
  }
}

Judgement judge_one(const Waits& law, const History& history, const std::vector<std::size_t>& phases, const std::vector<TaskEnd>&) {
  Judgement out;
  out.applies = false;
  const auto all_told = chosen(law.after, history, phases);
  for (const auto* told : all_told) {
    if (!told->answered) continue;
    const auto span = law.span ? law.span : retry_after_of(told->answer_headers, *told->answered);
    if (!span) continue;
    out.applies = true;
    const auto until = *told->answered + *span;
    for (const auto& next : history) {
      if (next.sent <= *told->answered || next.sent + rounding >= until || next.party != told->party) continue;
      const bool was_under_way = law.scope == Waits::Scope::same_request || next.sent - *told->answered < under_way;
      if (was_under_way && !asks_the_same(next, *told)) continue;
      add(out,
          {fmt::format("next request, {}", next.line()), fmt::format("no sooner than {}", time_text(until)),
           fmt::format("{}, {} after the answer", time_text(next.sent), base::to_text(next.sent - *told->answered))},
          {told->exchange, next.exchange});
      break;  // one finding for each answer
    }
  }
  return out;
}

std::string count_text(const Sends& law) {
  if (law.most && *law.most == law.least) return std::to_string(law.least);
  if (!law.most) return fmt::format("at least {}", law.least);
  return law.least == 0 ? fmt::format("at most {}", *law.most) : fmt::format("{} to {}", law.least, *law.most);
}

Judgement judge_one(const Sends& law, const History& history, const std::vector<std::size_t>& phases, const std::vector<TaskEnd>&) {
  Judgement out;
  const auto found = chosen(law.of, history, phases);
  show(out, found);
  const auto count = static_cast<std::int64_t>(found.size());
  if (count < law.least || (law.most && count > *law.most))
    add(out, {fmt::format("number of requests, {}", pattern_text(law.of)), count_text(law), std::to_string(count)}, {});
  return out;
}

Judgement judge_one(const Each& law, const History& history, const std::vector<std::size_t>& phases, const std::vector<TaskEnd>&) {
  Judgement out;
  const auto found = chosen(law.of, history, phases);
  out.applies = !found.empty();
  show(out, found);
  for (const auto* seen : found) {
    auto found_in_it = differences(law.has, *seen);
    for (auto& difference : found_in_it) {
      difference.where = fmt::format("{}: {}", seen->line(), difference.where);
      add(out, std::move(difference), {seen->exchange});
    }
  }
  return out;
}

std::string_view member_of(Follows::Link link) { return link == Follows::Link::next ? "@odata.nextLink" : "@odata.deltaLink"; }

/// What the answer leads on to; empty: nothing.
std::string link_in(const Seen& seen, Follows::Link link) {
  if (link == Follows::Link::location) {
    if (seen.status != 410) return {};
    return std::string(seen.answer_headers.find("Location").value_or(""));
  }
  const auto* value = probe::member(seen.answer, member_of(link));
  return value != nullptr && value->is_string() ? value->get<std::string>() : std::string();
}

std::string path_of_target(std::string_view target) { return std::string(target.substr(0, target.find('?'))); }

/// What was asked in the link's place: the next request behind it to the same path.
const Seen* in_place_of(const History& history, const Seen& page, const std::string& target, std::size_t from_phase) {
  const auto found = std::ranges::find_if(history, [&](const Seen& next) {
    return next.sent > page.sent && next.phase >= from_phase && next.method == page.method && path_of_target(next.target) == path_of_target(target);
  });
  return found == history.end() ? nullptr : &*found;
}

/// Every link but that of the next page.
std::vector<const Seen*> pages_with_link(Follows::Link link, const History& history, const std::vector<std::size_t>& phases) {
  std::vector<const Seen*> out;
  std::map<std::string, std::size_t> last;  // by path: of delta links the last one counts
  for (const auto& seen : history) {
    if (!concerns(seen, phases) || link_in(seen, link).empty()) continue;
    const auto known = last.find(seen.path);
    if (link == Follows::Link::delta && known != last.end()) {
      out[known->second] = &seen;
    } else {
      last.insert_or_assign(seen.path, out.size());
      out.push_back(&seen);
    }
  }
  return out;
}

/// The last pages of walks that were broken off, where what they walk over is not walked over whole besides.
std::vector<const Seen*> pages_left(const std::vector<PageWalk>& walks) {
  std::vector<const Seen*> out;
  for (const auto& walk : walks) {
    const bool is_read_whole = std::ranges::any_of(walks, [&](const PageWalk& other) { return other.is_whole() && other.over == walk.over; });
    if (!walk.ended && !is_read_whole) out.push_back(walk.pages.back());
  }
  return out;
}

Judgement judge_one(const Follows& law, const History& history, const std::vector<std::size_t>& phases, const std::vector<TaskEnd>&) {
  Judgement out;
  const bool later_phase = law.link == Follows::Link::delta;
  const auto walks = law.link == Follows::Link::next ? page_walks(history, phases) : std::vector<PageWalk>{};
  auto pages = law.link == Follows::Link::next ? pages_left(walks) : pages_with_link(law.link, history, phases);
  const bool has_links = std::ranges::any_of(walks, [](const PageWalk& walk) { return walk.pages.size() > 1 || !walk.ended; });
  out.applies = has_links || !pages.empty();
  for (const auto& walk : walks) show(out, walk.pages);
  for (const auto* page : pages) {
    const auto target = target_of_link(link_in(*page, law.link));
    const auto from_phase = later_phase ? phases.back() + 1 : page->phase;
    const auto followed = std::ranges::find_if(
        history, [&](const Seen& next) { return next.sent > page->sent && next.phase >= from_phase && same_target(next.target, target); });
    if (followed != history.end()) {
      show(out, {page, &*followed});
      continue;
    }
    const auto* instead = in_place_of(history, *page, target, from_phase);
    add(out, {"request for the link that was given", target, instead == nullptr ? "nothing" : instead->target}, {page->exchange});
    if (instead != nullptr) show(out, {instead});
  }
  return out;
}

std::string value_at(const Seen& seen, const std::string& path) {
  const auto* value = probe::find_one(seen.body, path);
  if (value == nullptr || value->is_null()) return {};
  return value->is_string() ? base::to_lower(value->get<std::string>()) : value->dump();
}

Judgement judge_one(const Once& law, const History& history, const std::vector<std::size_t>& phases, const std::vector<TaskEnd>&) {
  Judgement out;
  const auto found = chosen(law.of, history, phases);
  out.applies = !found.empty();
  show(out, found);
  std::map<std::string, const Seen*> first;
  for (const auto* seen : found) {
    if (!seen->succeeded()) continue;
    const auto value = value_at(*seen, law.by);
    const auto [known, is_new] = first.emplace(value, seen);
    if (!is_new)
      add(out, {fmt::format("{} with {} {}", pattern_text(law.of), law.by, value), "taken by the service once", "taken again"}, {known->second->exchange, seen->exchange});
  }
  return out;
}

Judgement judge_one(const Order& law, const History& history, const std::vector<std::size_t>& phases, const std::vector<TaskEnd>&) {
  Judgement out;
  auto at = history.begin();
  for (std::size_t i = 0; i < law.of.size(); ++i) {
    const auto found = std::find_if(at, history.end(), [&](const Seen& seen) { return concerns(seen, phases) && fits(law.of[i], seen); });
    if (found == history.end()) {
      const auto* where = i == 0 ? "requests" : "what came after";
      add(out, {i == 0 ? std::string(where) : fmt::format("{} {}", where, pattern_text(law.of[i - 1])), pattern_text(law.of[i]), "nothing like it"}, {});
      return out;
    }
    show(out, {&*found});
    at = found + 1;
  }
  return out;
}

/// Those that ask the same, in order.
std::vector<std::vector<const Seen*>> by_request(const std::vector<const Seen*>& seen) {
  std::vector<std::vector<const Seen*>> out;
  for (const auto* one : seen) {
    const auto known = std::ranges::find_if(out, [&](const auto& same) { return asks_the_same(*same.front(), *one); });
    if (known == out.end()) {
      out.push_back({one});
    } else {
      known->push_back(one);
    }
  }
  return out;
}

Judgement judge_one(const Paces& law, const History& history, const std::vector<std::size_t>& phases, const std::vector<TaskEnd>&) {
  Judgement out;
  const auto found = chosen(law.of, history, phases);
  out.applies = !found.empty();
  const auto most = static_cast<std::size_t>(law.most);
  const auto requests = by_request(found);
  for (const auto& same : requests) {
    for (std::size_t i = most; i < same.size(); ++i) {
      const auto took = same[i]->sent - same[i - most]->sent;
      if (took >= law.span) continue;
      add(out, {fmt::format("number of times, {}", same[i]->line()), fmt::format("at most {} in {}", law.most, base::to_text(law.span)), fmt::format("{} in {}", law.most + 1, base::to_text(took))},
          {same[i - most]->exchange, same[i]->exchange});
      break;
    }
  }
  return out;
}

std::string parameter_of(const Seen& seen, const std::string& name) {
  const auto found = std::ranges::find(seen.query, name, &std::pair<std::string, std::string>::first);
  return found == seen.query.end() ? std::string() : found->second;
}

Judgement judge_one(const Differs& law, const History& history, const std::vector<std::size_t>& phases, const std::vector<TaskEnd>&) {
  Judgement out;
  const auto found = chosen(law.of, history, phases);
  out.applies = !found.empty();
  show(out, found);
  std::map<std::string, const Seen*> known;
  for (const auto* seen : found) {
    const auto value = parameter_of(*seen, law.in);
    const auto where = fmt::format("parameter {}", law.in);
    if (static_cast<std::int64_t>(value.size()) < std::max<std::int64_t>(law.least, 1)) {
      add(out, {where, fmt::format("at least {} characters", std::max<std::int64_t>(law.least, 1)), value.empty() ? "nothing" : fmt::format("{} characters", value.size())},
          {seen->exchange});
      continue;
    }
    const auto [first, is_new] = known.emplace(value, seen);
    if (!is_new) add(out, {where, "another one each time", "the same twice"}, {first->second->exchange, seen->exchange});
  }
  return out;
}

bool is_for_now(int status) { return status == 429 || status == 503 || status == 504 || status == 424; }

Judgement judge_one(const MendsBatches&, const History& history, const std::vector<std::size_t>& phases, const std::vector<TaskEnd>&) {
  Judgement out;
  out.applies = false;
  for (std::size_t i = 0; i < history.size(); ++i) {
    const auto& item = history[i];
    // Reads may be repeated by whoever wants to, or left.
    const bool is_judged = item.in_batch && item.method != "GET" && item.status != 0 && concerns(item, phases);
    if (!is_judged) continue;
    const bool failed = is_for_now(item.status);
    if (!failed && !item.succeeded()) continue;
    out.applies = out.applies || failed;
    const auto again = std::ranges::find_if(history.begin() + static_cast<std::ptrdiff_t>(i) + 1, history.end(),
                                            [&](const Seen& next) { return next.exchange != item.exchange && asks_the_same(next, item); });
    const bool came = again != history.end();
    if (failed && !came) add(out, {fmt::format("{}, answered {} in a batch", item.line(), item.status), "sent again", "not sent again"}, {item.exchange});
    if (!failed && came) add(out, {fmt::format("{}, answered {} in a batch", item.line(), item.status), "not sent again", "sent again"}, {item.exchange, again->exchange});
  }
  if (!out.applies) out.differences.clear();
  return out;
}

Judgement judge_one(const State&, const History&, const std::vector<std::size_t>&, const std::vector<TaskEnd>&) { return {}; }

Judgement judge_one(const Result& law, const History&, const std::vector<std::size_t>& phases, const std::vector<TaskEnd>& ends) {
  Judgement out;
  out.applies = false;
  for (const auto phase : phases) {
    if (phase >= ends.size() || ends[phase].result.is_null()) continue;
    out.applies = true;
    check_document(ends[phase].result, law.is, "what the product says", out.differences);
  }
  return out;
}

std::string checks_text(const Checks& checks, std::string_view subject) {
  std::vector<std::string> parts;
  for (const auto& [name, check] : checks) parts.push_back(fmt::format("{} {}: {}", subject, name, probe::check_text(check)));
  return fmt::format("{}", fmt::join(parts, ", "));
}

std::string text_of_law(const Waits& law) {
  return fmt::format("after {}: {} for {}", pattern_text(law.after), law.scope == Waits::Scope::same_party ? "nothing to that service" : "not the same again",
                     law.span ? base::to_text(*law.span) : "as long as Retry-After says");
}
std::string text_of_law(const Sends& law) { return fmt::format("{}: {}", pattern_text(law.of), count_text(law)); }
std::string text_of_law(const Each& law) { return fmt::format("each {}: {}", pattern_text(law.of), pattern_text(law.has)); }
std::string text_of_law(const Follows& law) {
  if (law.link == Follows::Link::location) return "Location of a 410 is asked for";
  return fmt::format("{} is asked for as it is", member_of(law.link));
}
std::string text_of_law(const Once& law) { return fmt::format("{} takes effect once for each {}", pattern_text(law.of), law.by); }
std::string text_of_law(const Order& law) {
  std::vector<std::string> parts;
  for (const auto& pattern : law.of) parts.push_back(pattern_text(pattern));
  return fmt::format("{}", fmt::join(parts, ", then "));
}
std::string text_of_law(const Paces& law) { return fmt::format("{}: the same at most {} times in {}", pattern_text(law.of), law.most, base::to_text(law.span)); }
std::string text_of_law(const Differs& law) { return fmt::format("{} of {} is another one each time", law.in, pattern_text(law.of)); }
std::string text_of_law(const MendsBatches&) { return "of a batch what was refused for now comes again, and only that"; }
std::string text_of_law(const State& law) { return fmt::format("{}{}", law.holds ? "" : "not ", law.observation.dump()); }
std::string text_of_law(const Result& law) { return checks_text(law.is, "the product says that"); }

}  // namespace

std::vector<Difference> differences(const Pattern& pattern, const Seen& seen) {
  std::vector<Difference> out;
  if (!pattern.methods.empty() && std::ranges::find(pattern.methods, seen.method) == pattern.methods.end())
    out.push_back({"method", fmt::format("{}", fmt::join(pattern.methods, " or ")), seen.method});
  const bool fits_path = pattern.paths.empty() || std::ranges::any_of(pattern.paths, [&](const std::string& path) { return fits_glob(path, seen.path); });
  if (!fits_path) out.push_back({"path", fmt::format("{}", fmt::join(pattern.paths, " or ")), seen.path});
  if (!pattern.party.empty() && pattern.party != seen.party) out.push_back({"service", pattern.party, seen.party});
  if (!pattern.status.allowed.empty() && !pattern.status.contains(seen.status))
    out.push_back({"status", pattern.status.text(), seen.status == 0 ? "no answer" : std::to_string(seen.status)});
  if (pattern.answered && *pattern.answered != (seen.status != 0))
    out.push_back({"answer", *pattern.answered ? "there" : "lost", seen.status != 0 ? "there" : "lost"});
  if (pattern.in_batch && *pattern.in_batch != seen.in_batch) out.push_back({"in a batch", *pattern.in_batch ? "yes" : "no", seen.in_batch ? "yes" : "no"});
  check_members(object_of(seen.query), pattern.query, "parameter", out);
  check_headers(seen.headers, pattern.headers, "header", out);
  check_document(seen.body, pattern.body, "body", out);
  check_members(object_of(seen.form), pattern.form, "form field", out);
  check_headers(seen.answer_headers, pattern.answer_headers, "header of the answer", out);
  check_document(seen.answer, pattern.answer, "answer", out);
  return out;
}

bool fits(const Pattern& pattern, const Seen& seen) { return differences(pattern, seen).empty(); }

std::string pattern_text(const Pattern& pattern) {
  std::vector<std::string> parts;
  if (!pattern.methods.empty()) parts.push_back(fmt::format("{}", fmt::join(pattern.methods, " or ")));
  if (!pattern.paths.empty()) parts.push_back(fmt::format("{}", fmt::join(pattern.paths, " or ")));
  if (!pattern.party.empty()) parts.push_back(fmt::format("to {}", pattern.party));
  if (!pattern.status.allowed.empty()) parts.push_back(fmt::format("answered {}", pattern.status.text()));
  if (pattern.answered) parts.emplace_back(*pattern.answered ? "with an answer" : "whose answer is lost");
  if (pattern.in_batch) parts.emplace_back(*pattern.in_batch ? "in a batch" : "not in a batch");
  for (const auto& [checks, subject] :
       {std::pair(&pattern.query, "parameter"), std::pair(&pattern.headers, "header"), std::pair(&pattern.body, "body"), std::pair(&pattern.form, "form field"),
        std::pair(&pattern.answer_headers, "header of the answer"), std::pair(&pattern.answer, "answer")}) {
    if (!checks->empty()) parts.push_back(checks_text(*checks, subject));
  }
  return parts.empty() ? "any request" : fmt::format("{}", fmt::join(parts, " "));
}

std::string law_text(const Law& law) {
  return std::visit([](const auto& one) { return text_of_law(one); }, law);
}

std::optional<base::Duration> retry_after_of(const base::Headers& answer, base::Instant at) {
  const auto text = answer.find("Retry-After");
  if (!text) return std::nullopt;
  if (const auto date = base::parse_http_date(*text)) return std::max(*date - at, base::Duration{0});
  std::int64_t seconds = 0;
  const auto* end = text->data() + text->size();
  auto [rest, wrong] = std::from_chars(text->data(), text->data() + text->size(), seconds);
  constexpr std::int64_t longest = std::int64_t{365} * 24 * 3'600;
  if (wrong != std::errc{} || seconds < 0 || seconds > longest) return std::nullopt;
  base::Duration span = std::chrono::seconds{seconds};
  if (rest == end) return span;
  if (*rest != '.') return std::nullopt;
  base::Duration unit = std::chrono::milliseconds{100};
  for (++rest; rest != end; ++rest) {
    if (*rest < '0' || *rest > '9') return std::nullopt;
    span += unit * (*rest - '0');
    unit /= 10;
  }
  return span;
}

Judgement judge(const Law& law, const History& history, const std::vector<std::size_t>& phases, const std::vector<TaskEnd>& ends) {
  return std::visit([&](const auto& one) { return judge_one(one, history, phases, ends); }, law);
}

}  // namespace scenarios::client
