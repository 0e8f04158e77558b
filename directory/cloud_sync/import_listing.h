// The accounts of a tenant that can be imported, page by page as Graph lists them: those that are active. [rule R78] [rule D69]
#pragma once

#include <string>

#include "base/json.h"
#include "base/result.h"
#include "base/uri.h"
#include "directory/cloud_sync/account_plan.h"

namespace directory {

/// What an admin asks for: `top` from 1 to 999 (100 where it is left out) [Graph Q14], `skipToken` of the page before, a `filter`
/// which narrows further, `search` and `orderby` in Graph's words, `count`, and `consistencyLevel`, which is `eventual`. Graph's own
/// limits on what goes together are Graph's to tell.
struct ImportQuery {
  std::int64_t top = 100;
  std::string skip_token{};
  std::string filter{};
  std::string search{};
  std::string order_by{};
  bool count = false;
  bool eventual = false;
};

/// The error says which parameter cannot be.
[[nodiscard]] base::Result<ImportQuery> read_import_query(const base::Target& target);

enum class ImportCandidates : std::uint8_t { active, all };

[[nodiscard]] GraphCall import_listing(const ImportQuery& query, ImportCandidates candidates = ImportCandidates::active);

/// `{users: [{id, userPrincipalName, givenName, surname}], skipToken}`; without a token it is the last page. A page may be shorter than
/// `top`, even empty. [Graph Q15]
[[nodiscard]] base::JsonObject import_page(const base::Json& answer, ImportCandidates candidates = ImportCandidates::active);

}  // namespace directory
