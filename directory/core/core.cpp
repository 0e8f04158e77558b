#include "directory/core/core.h"

#include "base/crypto.h"

namespace directory {

Core::Core(Ports ports_in, Options options_in, std::unique_ptr<Database> database_in)
    : ports(std::move(ports_in)),
      options(std::move(options_in)),
      database(std::move(database_in)),
      events(*database, ports.rng.fork("events"), options.organization),
      devices_changed(*ports.scheduler),
      mail_queued(*ports.scheduler) {}

base::Secret Core::new_token() {
  base::Secret token{ports.rng.hex(32)};
  ports.witness->witness(token);
  return token;
}

base::HttpResponse Core::finish(Decided decided) {
  const bool devices = std::exchange(devices_signalled_, false);
  const bool mail = std::exchange(mail_signalled_, false);
  const bool lost = has(Defect::answer_before_commit) && ports.rng.chance({1, 8});
  if ((!decided.keep || lost) && db().failure().empty()) {
    db().roll_back();
    return std::move(decided.response);
  }
  if (!db().commit()) {
    ports.trace->note("directory", "the store failed: " + db().failure());
    return base::HttpResponse(503, "application/json", R"({"message":"the store is not available"})");
  }
  if (devices) devices_changed.notify_all();
  if (mail) mail_queued.notify_all();
  return std::move(decided.response);
}

std::string token_digest(const base::Secret& token) { return base::sha256(token.reveal()); }

}  // namespace directory
