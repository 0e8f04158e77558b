#include <fmt/format.h>

#include <set>

#include <set>

#include "base/encoding.h"
#include "properties/invariants/history.h"
#include "properties/invariants/invariant.h"

namespace properties {
namespace {

bool deleted_any(const FinalView& view) {
  return std::ranges::any_of(view.events, [](const base::Json& event) { return base::string_or(event, "event_type", "") == "user_delete"; });
}

}  // namespace

/// Each activation mail that the log tells of has arrived, and no other. One that comes again because its answer was lost has the same
/// words but for its link, so that only worlds without such a loss are judged by their number. [rule R11] [rule D10]
std::optional<Violation> judge_mails_match_events(const FinalView& view) {
  bool all_arrived_once = true;
  for (const auto& exchange : view.cast->world().recorder().exchanges()) {
    if (exchange.from == "directory" && exchange.to == "mail" && !is_acknowledged(exchange)) all_arrived_once = false;
  }
  if (script_did(view, "host.crash", directory_host) || script_did(view, "host.set_disk", directory_host)) all_arrived_once = false;
  // What waits for somebody who is deleted is not sent any more.
  const auto is_gone = [&](const std::string& address) {
    return std::ranges::none_of(view.users, [&](const DirectoryUserView& user) { return base::to_lower(user.email) == address; }) || deleted_any(view);
  };
  std::map<std::string, int, std::less<>> told;
  for (const auto& event : view.events) {
    const auto* resource = base::member(event, "resource");
    if (resource != nullptr && base::string_or(event, "event_type", "") == "user_activation_email") ++told[base::to_lower(base::string_or(*resource, "recipient_email", ""))];
  }
  for (const auto& [address, times] : told) {
    const auto mails = view.cast->mail().mails_to(address);
    std::set<std::string> texts;  // what the network delivers twice is the same mail
    for (const auto& mail : mails) {
      if (mail.kind == "activation") texts.insert(mail.text);
    }
    const auto arrived = static_cast<int>(texts.size());
    if (arrived < times && !is_gone(address)) return breach_of("mails-match-events", fmt::format("{} of {} activation mails to {} have arrived", arrived, times, address));
    if (arrived > times && all_arrived_once)
      return breach_of("mails-match-events", fmt::format("{} activation mails to {} have arrived, and {} were told of", arrived, address, times));
  }
  return std::nullopt;
}

}  // namespace properties
