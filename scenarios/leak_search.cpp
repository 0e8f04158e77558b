#include "scenarios/leak_search.h"

#include <fmt/format.h>

#include <algorithm>
#include <string_view>

#include "sim/redactor.h"

namespace scenarios {
namespace {

std::uint16_t start_of(const char* text) {
  return static_cast<std::uint16_t>(static_cast<unsigned char>(text[0]) << 8 | static_cast<unsigned char>(text[1]));
}

void add_headers(std::vector<NamedText>& texts, const std::string& name,
                 const std::vector<std::pair<std::string, std::string>>& headers) {
  for (const auto& [header, value] : headers) {
    texts.push_back({name + " name", header});
    texts.push_back({name + " " + header, value});
  }
}

void add_exchange(std::vector<NamedText>& texts, const ExchangeRecord& exchange) {
  const auto name = fmt::format("exchange {} ", exchange.id);
  texts.push_back({name + "from", exchange.from});
  texts.push_back({name + "to", exchange.to});
  texts.push_back({name + "method", exchange.method});
  texts.push_back({name + "target", exchange.target});
  add_headers(texts, name + "request header", exchange.request_headers);
  texts.push_back({name + "request body", exchange.request_body});
  texts.push_back({name + "failure", exchange.failure});
  add_headers(texts, name + "response header", exchange.response_headers);
  texts.push_back({name + "response body", exchange.response_body});
}

void add_list(std::vector<NamedText>& texts, const std::string& name, const std::vector<std::string>& items) {
  for (const auto& item : items) texts.push_back({name, item});
}

void add_screen(std::vector<NamedText>& texts, const ScreenRecord& screen) {
  const auto name = "screen of " + screen.device + " ";
  texts.push_back({name + "text", screen.text});
  texts.push_back({name + "account", screen.account});
  texts.push_back({name + "typed name", screen.typed_name});
  texts.push_back({name + "message", screen.message});
  texts.push_back({name + "web host", screen.web_host});
  for (const auto& tile : screen.tiles) {
    texts.push_back({name + "tile", tile.account});
    texts.push_back({name + "full name", tile.full_name});
  }
  if (screen.prompt) {
    texts.push_back({name + "prompt", screen.prompt->title});
    texts.push_back({name + "prompt's text", screen.prompt->text});
    add_list(texts, name + "field", screen.prompt->fields);
    add_list(texts, name + "choice", screen.prompt->choices);
  }
  add_list(texts, name + "pop-up", screen.popups);
  add_list(texts, name + "offer", screen.offers);
}

}  // namespace

LeakSearch::LeakSearch(const std::set<std::string, std::less<>>& secrets) {
  for (const auto& secret : secrets) {
    for (auto& form : sim::forms_of_secret(secret)) {
      const auto start = start_of(form.data());
      starts_.set(start);
      forms_[start].push_back(std::move(form));
    }
  }
  for (auto& [start, forms] : forms_) std::ranges::sort(forms, std::ranges::greater{}, [](const auto& form) { return form.size(); });
}

std::optional<Leak> LeakSearch::next(std::string_view text, std::size_t from) const {
  for (auto at = from; at + 1 < text.size(); ++at) {
    const auto start = start_of(text.data() + at);
    if (!starts_.test(start)) continue;
    for (const auto& form : forms_.at(start)) {
      if (text.substr(at).starts_with(form)) return Leak{.place = {}, .offset = at, .form = form};
    }
  }
  return std::nullopt;
}

std::vector<Leak> find_leaks(const std::set<std::string, std::less<>>& secrets,
                             const std::vector<NamedText>& texts) {
  const LeakSearch search(secrets);
  std::vector<Leak> leaks;
  for (const auto& [name, text] : texts) {
    for (auto leak = search.next(text); leak; leak = search.next(text, leak->offset + 1)) {
      leaks.push_back({name, leak->offset, leak->form});
    }
  }
  return leaks;
}

std::vector<NamedText> texts_of(const RunRecord& record) {
  std::vector<NamedText> texts{
      {"script", record.script}, {"title", record.title},     {"about", record.about},  {"arm", record.arm},
      {"target", record.target}, {"problem", record.problem}, {"replay", record.replay}};
  add_list(texts, "covers", record.covers);
  add_list(texts, "parties", record.parties);
  add_list(texts, "pending", record.pending);
  for (const auto& step : record.steps) {
    texts.push_back({fmt::format("step in line {}", step.line), step.what});
    texts.push_back({fmt::format("outcome of the step in line {}", step.line), step.outcome});
  }
  for (const auto& judgement : record.judgements) {
    const auto name = fmt::format("expectation in line {} ", judgement.line);
    texts.push_back({name + "what", judgement.what});
    texts.push_back({name + "when", judgement.when});
    texts.push_back({name + "expected", judgement.expected});
    texts.push_back({name + "found", judgement.found});
    add_list(texts, name + "rules", judgement.rules);
    if (judgement.screen) add_screen(texts, *judgement.screen);
  }
  for (const auto& screen : record.screens) add_screen(texts, screen);
  for (const auto& exchange : record.exchanges) add_exchange(texts, exchange);
  for (const auto& note : record.notes) {
    texts.push_back({"party of a note", note.party});
    texts.push_back({"note of " + note.party, note.text});
  }
  return texts;
}

std::vector<NamedText> texts_of(sim::World& world) {
  std::vector<NamedText> texts;
  for (const auto& host : world.host_names()) {
    for (auto& [file, bytes] : world.find_host(host)->disk().contents())
      texts.push_back({host + ": " + file, std::move(bytes)});
  }
  for (const auto& note : world.recorder().notes()) texts.push_back({"raw note of " + note.party, note.text});
  return texts;
}

}  // namespace scenarios
