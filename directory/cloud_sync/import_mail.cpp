#include "directory/cloud_sync/import_mail.h"

#include <fmt/format.h>

namespace directory {
namespace {

std::string table_cell(std::string_view text) {
  std::string out = "\"";
  if (!text.empty() && std::string_view("=+-@\t\r").contains(text.front())) out += '\'';
  for (const char c : text) {
    if (c == '"') out += '"';
    out += c;
  }
  return out + '"';
}

}  // namespace

std::string import_results_link(const Core& core, const ImportJob& job) {
  return fmt::format("{}api/v2/office365s/{}/import/jobs/{}/results.csv", core.options.public_url.text(), job.directory.text(), job.id.text());
}

MailText import_mail(const Core& core, const ImportJob& job, const ImportCounts& counts) {
  auto text = fmt::format("Hello,\n\nthe import of users from {} is complete: {} of {} were imported, {} were not.\n", job.directory_name,
                          counts.imported, counts.total, counts.refused);
  if (job.limit_reached) text += "The limit of licensed users is reached. To import more, contact your provider.\n";
  if (core.has(Defect::large_imports_have_no_link) && counts.total > most_shown_results) return {"User Import Complete", std::move(text)};
  text += fmt::format("\nDownload the results of job {} until {}: {}\n", job.id.text(),
                      base::to_rfc3339(job.finished.value_or(core.now()) + import_results_are_kept), import_results_link(core, job));
  return {"User Import Complete", std::move(text)};
}

std::string import_results_table(Database& db, const ImportJobId& job) {
  std::string table = "userPrincipalName,username,status,message,accountId,systemUserId\r\n";
  const auto entries = import_entries(db, job, 0, most_import_accounts);
  for (const auto& entry : entries) {
    table += fmt::format("{},{},{},{},{},{}\r\n", table_cell(entry.upn), table_cell(entry.username), status_name(entry.status),
                         table_cell(entry.message), table_cell(entry.object_id), entry.user.text());
  }
  return table;
}

}  // namespace directory
