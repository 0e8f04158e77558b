// The User Import Complete mail, and the results that its link leads to. [rule R84] [rule R85]
#pragma once

#include <string>

#include "directory/cloud_sync/import_job.h"
#include "directory/mail/mail_kind.h"

namespace directory {

/// Where an administrator downloads the results; the link alone opens nothing.
[[nodiscard]] std::string import_results_link(const Core& core, const ImportJob& job);

/// How many were imported and how many not, and the link; of an import that met the limit of licensed users also whom to ask.
/// [rule R80] [rule R85]
[[nodiscard]] MailText import_mail(const Core& core, const ImportJob& job, const ImportCounts& counts);

/// A table of all accounts of the job for a spreadsheet: a heading, then a line each. What a spreadsheet would take for a formula
/// begins with an apostrophe. [RFC4180 2]
[[nodiscard]] std::string import_results_table(Database& db, const ImportJobId& job);

}  // namespace directory
