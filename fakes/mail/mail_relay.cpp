#include "fakes/mail/mail_relay.h"

#include "base/encoding.h"
#include "base/json.h"

namespace fakes::mail {

base::Task<base::HttpResponse> MailRelay::handle(base::HttpRequest request) {
  if (request.method != "POST" || request.target != "/messages") co_return base::HttpResponse(404);
  const auto body = base::parse_json(request.body);
  const auto to = body ? base::string_member(*body, "to") : std::nullopt;
  if (!to) co_return base::HttpResponse(400);
  boxes_[base::to_lower(*to)].push_back({clock_->now(), *to, base::string_or(*body, "kind", ""), base::string_or(*body, "subject", ""),
                                         base::string_or(*body, "text", "")});
  co_return base::HttpResponse(202);
}

std::vector<Mail> MailRelay::mails_to(std::string_view address) const {
  const auto box = boxes_.find(base::to_lower(address));
  return box == boxes_.end() ? std::vector<Mail>{} : box->second;
}

}  // namespace fakes::mail
