#include "directory/admin_api/user_refusal.h"

#include "directory/server/responses.h"

namespace directory {

base::HttpResponse user_refusal(const Core& core, const Refusal& refusal) {
  if (refusal.kind != Refusal::Kind::conflict) return refusal_response(refusal);
  const bool same_user = refusal.field == "username" || refusal.field == "email";
  return error_response(core.options.conflict_status, same_user ? "User already exists" : refusal.message);
}

}  // namespace directory
