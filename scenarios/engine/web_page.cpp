#include "scenarios/engine/web_page.h"

#include <fmt/format.h>

#include <utility>

namespace scenarios {

Performed what_is_shown(const Browser& browser) {
  const auto& page = *browser.page;
  if (const auto problem = alert_of(page); !problem.empty()) return refused(problem);
  if (page.status < 400) return {};
  const auto body = base::parse_json(page.text);
  const auto message = body ? base::string_or(*body, "message", "") : std::string{};
  return refused(fmt::format("{} {}", page.status, message.empty() ? std::string(base::reason_phrase(page.status)) : message));
}

base::Task<Performed> go_to(base::HttpTransport* transport, Browser* browser, base::HttpRequest request, base::Uri address) {
  const auto failure = co_await open_page(transport, browser, std::move(request), std::move(address));
  if (failure) {
    const auto kind = failure->may_be_applied() ? Performed::Kind::no_answer : Performed::Kind::refused;
    co_return Performed{kind, failure->message};
  }
  co_return what_is_shown(*browser);
}

base::Task<Performed> submit(base::HttpTransport* transport, Browser* browser, Typed typed) {
  auto submission = browser->page ? fill_in(*browser->page, typed) : std::nullopt;
  if (!submission) co_return refused("no page with a form is open in the browser");
  auto request = std::move(submission->request);
  auto address = std::move(submission->address);
  auto outcome = co_await go_to(transport, browser, std::move(request), std::move(address));
  co_return outcome;
}

base::Task<Performed> open_sign_in(base::HttpTransport* transport, Browser* browser, base::Uri address, std::string user_name) {
  browser->page.reset();
  base::HttpRequest request("GET", address);
  auto outcome = co_await go_to(transport, browser, std::move(request), std::move(address));
  const bool asks_for_name = outcome.kind == Performed::Kind::ok && browser->page && !asks_for_password(*browser->page) &&
                             fill_in(*browser->page, {}).has_value();
  if (!asks_for_name) co_return outcome;
  Typed typed;
  typed.user_name = std::move(user_name);
  outcome = co_await submit(transport, browser, std::move(typed));
  co_return outcome;
}

}  // namespace scenarios
