// A mail relay and the mailboxes behind it: takes JSON over HTTP, keeps what arrives.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "base/clock.h"
#include "base/http_service.h"

namespace fakes::mail {

struct Mail {
  base::Instant at{};
  std::string to;
  std::string kind;
  std::string subject;
  std::string text;
};

/// `POST /messages` with `{to, kind, subject, text}`: 202, or 400 for a body that is none.
class MailRelay final : public base::HttpService {
 public:
  explicit MailRelay(base::Clock& clock) : clock_(&clock) {}

  base::Task<base::HttpResponse> handle(base::HttpRequest request) override;

  /// Every mail to an address, oldest first.
  [[nodiscard]] std::vector<Mail> mails_to(std::string_view address) const;

 private:
  base::Clock* clock_;
  std::map<std::string, std::vector<Mail>> boxes_;  ///< by the address in lower case
};

}  // namespace fakes::mail
