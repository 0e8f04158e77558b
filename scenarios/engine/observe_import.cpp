// What imports of users from a Microsoft tenant have brought: over the admin API, and by the mail and its link.
#include <fmt/format.h>

#include <algorithm>

#include "base/encoding.h"
#include "scenarios/engine/comparison.h"
#include "scenarios/engine/importable_accounts.h"
#include "scenarios/engine/observe.h"

namespace scenarios {
namespace {

/// Whom the directory's first administrator is known by.
constexpr std::string_view admin_mailbox = "administrator@example.test";

Observed import_unseen(std::string expected, const Performed& answer) { return {false, std::move(expected), "cannot be seen: " + answer.detail}; }

/// Whether the text has the wanted words.
void compare_words(Comparison& comparison, std::string_view what, const std::optional<std::string>& wanted, const std::string& text) {
  if (wanted) comparison.demand(fmt::format("{} '{}'", what, *wanted), fmt::format("{} '{}'", what, text), text.contains(*wanted));
}

/// The address in a mail that leads to results; empty where there is none.
std::string results_address(const std::string& text) {
  const auto end = text.find("/results.csv");
  if (end == std::string::npos) return {};
  const auto begin = text.rfind("https://", end);
  return begin == std::string::npos ? std::string() : text.substr(begin, end + std::string_view("/results.csv").size() - begin);
}

/// The line of a table of results about the account of that name; empty where there is none.
std::string line_about(const std::string& table, const std::string& upn) {
  const auto begin = table.find(fmt::format("\n\"{}\",", upn));
  return begin == std::string::npos ? std::string() : table.substr(begin + 1, table.find('\r', begin) - begin - 1);
}

}  // namespace

base::Task<Observed> observe(Cast& cast, DirectoryImportable wanted) {
  const auto& upn = cast.person(wanted.user).email;
  const auto subject = fmt::format("{} in the list of accounts of '{}'", upn, wanted.directory);
  const auto instance = co_await find_microsoft(cast, cast.inspector(), wanted.directory);
  if (!instance) co_return import_unseen(subject, instance.error());
  const auto listed = co_await importable_accounts(cast, cast.inspector(), instance->id);
  if (!listed) co_return import_unseen(subject, listed.error());
  const bool found = std::ranges::any_of(*listed, [&](const ImportableAccount& account) { return base::equals_ignoring_case(account.upn, upn); });
  co_return presence(subject, wanted.listed, found);
}

base::Task<Observed> observe(Cast& cast, DirectoryImport wanted) {
  const auto subject = fmt::format("last import from '{}'", wanted.directory);
  const auto instance = co_await find_microsoft(cast, cast.inspector(), wanted.directory);
  if (!instance) co_return import_unseen(subject, instance.error());
  auto jobs = fmt::format("/api/v2/office365s/{}/import/jobs", instance->id);
  const auto listed = co_await cast.ask_directory(cast.inspector(), "GET", jobs, std::nullopt, Cast::Credentials::admin);
  if (!listed || !listed->ok()) co_return import_unseen(subject, from_response(listed));
  const auto list = base::parse_json(listed->body);
  const bool exists = list && list->is_array() && !list->get_array().empty();
  const bool should_exist = wanted.exists.value_or(true);
  if (!exists || !should_exist) co_return presence(subject, should_exist, exists);
  jobs += "/" + base::string_or(list->get_array().back(), "jobId", "");
  const auto answer = co_await cast.ask_directory(cast.inspector(), "GET", jobs, std::nullopt, Cast::Credentials::admin);
  if (!answer || !answer->ok()) co_return import_unseen(subject, from_response(answer));
  const auto job = base::parse_json(answer->body).value_or(base::Json{});
  const auto* results = base::member(job, "results");
  Comparison comparison(subject);
  comparison.compare("status", wanted.status, base::string_or(job, "status", ""));
  comparison.compare("total", wanted.total, base::integer_member(job, "total").value_or(-1));
  comparison.compare("imported", wanted.imported, base::integer_member(job, "imported").value_or(-1));
  comparison.compare("not imported", wanted.not_imported, base::integer_member(job, "notImported").value_or(-1));
  compare_words(comparison, "message", wanted.says, base::string_or(job, "message", ""));
  comparison.compare("shows results", wanted.shown, results != nullptr);
  if (wanted.user) {
    const auto& upn = cast.person(*wanted.user).email;
    std::string result = "none";
    std::string reason;
    if (results != nullptr && results->is_array()) {
      for (const auto& entry : results->get_array()) {
        if (!base::equals_ignoring_case(base::string_or(entry, "userPrincipalName", ""), upn)) continue;
        result = base::string_or(entry, "status", "");
        reason = base::string_or(entry, "message", "");
      }
    }
    comparison.compare(fmt::format("result of {}", upn), wanted.result, result);
    compare_words(comparison, "reason", wanted.reason, reason);
  }
  co_return comparison.result();
}

base::Task<Observed> observe(Cast& cast, MailImportComplete wanted) {
  const auto mails = cast.mail().mails_to(admin_mailbox);
  const auto is_one = [](const fakes::mail::Mail& mail) { return mail.kind == "import_complete" && mail.subject == "User Import Complete"; };
  const auto count = static_cast<std::int64_t>(std::ranges::count_if(mails, is_one));
  const auto subject = fmt::format("User Import Complete mail to {}", admin_mailbox);
  if (count == 0 || (wanted.count && *wanted.count != count)) co_return counted(subject, count, wanted.count);
  const auto last = std::ranges::find_if(mails.rbegin(), mails.rend(), is_one);
  Comparison comparison(subject);
  compare_words(comparison, "says", wanted.says, last->text);
  if (!wanted.link && !wanted.user) co_return comparison.result();
  const auto address = base::parse_uri(results_address(last->text));
  std::string table;
  bool leads_to_results = false;
  if (address) {
    const auto answer = co_await cast.ask_directory(cast.inspector(), "GET", address->target(), std::nullopt, Cast::Credentials::admin);
    leads_to_results = answer && answer->ok();
    if (leads_to_results) table = answer->body;
  }
  comparison.compare("a link to results", wanted.link, leads_to_results);
  if (wanted.user) {
    const auto& upn = cast.person(*wanted.user).email;
    const auto line = line_about(table, upn);
    if (wanted.result) {
      comparison.demand(fmt::format("result of {} {}", upn, *wanted.result), line.empty() ? "no result" : line,
                        line.contains(fmt::format(",{},", *wanted.result)));
    }
    compare_words(comparison, "reason", wanted.reason, line);
  }
  co_return comparison.result();
}

}  // namespace scenarios
