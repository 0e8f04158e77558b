#include "fakes/okta/api/lifecycle.h"

#include <fmt/format.h>

#include "fakes/okta/api/user_json.h"

namespace fakes::okta::api {
namespace {

using base::json_text;

Reply answered(const Outcome<void>& done) {
  if (!done) return std::unexpected(done.error());
  return empty_object();
}

/// An empty object where a mail goes out, otherwise what the mail would have said.
Reply answered(const Call& call, const Outcome<LinkToken>& link, Delivery delivery) {
  if (!link) return std::unexpected(link.error());
  if (delivery == Delivery::mail || link->token.empty()) return empty_object();
  const auto& token = link->token.reveal();
  base::JsonObject out;
  if (link->purpose == LinkToken::Purpose::activation) {
    out["activationUrl"] = json_text(fmt::format("{}/welcome/{}", call.request.origin, token));
    out["activationToken"] = json_text(token);
  } else {
    out["resetPasswordUrl"] = json_text(fmt::format("{}/signin/reset-password/{}", call.request.origin, token));
  }
  return json_answer(out);
}

Outcome<Delivery> read_delivery(const Request& request, bool mails_by_default) {
  const auto mails = request.flag("sendEmail", mails_by_default);
  if (!mails) return std::unexpected(mails.error());
  return *mails ? Delivery::mail : Delivery::caller;
}

/// Calls an operation of the org with the user that the path names.
template <class Operate>
Reply operate(const Call& call, Operate operate) {
  const auto id = user_of(call, call.keys.front());
  if (!id) return std::unexpected(id.error());
  return answered(told((call.org().*operate)(*id, call.actor())));
}

/// Calls one that makes a link.
template <class Operate>
Reply with_link(const Call& call, bool mails_by_default, Operate operate) {
  const auto id = user_of(call, call.keys.front());
  if (!id) return std::unexpected(id.error());
  const auto delivery = read_delivery(call.request, mails_by_default);
  if (!delivery) return std::unexpected(delivery.error());
  return answered(call, told((call.org().*operate)(*id, *delivery, call.actor())), *delivery);
}

Reply expire(const Call& call, bool temporary) {
  const auto id = user_of(call, call.keys.front());
  if (!id) return std::unexpected(id.error());
  const auto password = told(call.org().expire_password(*id, temporary, call.actor()));
  if (!password) return std::unexpected(password.error());
  if (!*password) return json_answer(user_json(*call.org().find(*id), call.request, Links::of_the_state));
  base::JsonObject out;
  out["tempPassword"] = json_text((*password)->reveal());
  return json_answer(out);
}

}  // namespace

Reply activate_user(const Call& call) { return with_link(call, true, &Org::activate); }
Reply reactivate_user(const Call& call) { return with_link(call, false, &Org::reactivate); }

Reply deactivate_user(const Call& call) {
  const auto id = user_of(call, call.keys.front());
  if (!id) return std::unexpected(id.error());
  const auto pace = call.request.prefers_async() ? Org::Pace::asynchronous : Org::Pace::at_once;
  return answered(told(call.org().deactivate(*id, call.actor(), pace)));
}

Reply suspend_user(const Call& call) { return operate(call, &Org::suspend); }
Reply unsuspend_user(const Call& call) { return operate(call, &Org::unsuspend); }
Reply unlock_user(const Call& call) { return operate(call, &Org::unlock); }
Reply reset_factors(const Call& call) { return operate(call, &Org::reset_factors); }

Reply reset_password(const Call& call) {
  const auto id = user_of(call, call.keys.front());
  if (!id) return std::unexpected(id.error());
  const auto delivery = read_delivery(call.request, true);
  if (!delivery) return std::unexpected(delivery.error());
  const auto revokes = call.request.flag("revokeSessions", false);
  if (!revokes) return std::unexpected(revokes.error());
  return answered(call, told(call.org().reset_password(*id, {*delivery, *revokes}, call.actor())), *delivery);
}

Reply expire_password(const Call& call) {
  const auto temporary = call.request.flag("tempPassword", false);
  if (!temporary) return std::unexpected(temporary.error());
  return expire(call, *temporary);
}

Reply expire_password_with_temporary(const Call& call) { return expire(call, true); }

Reply change_password(const Call& call) {
  const auto id = user_of(call, call.keys.front());
  if (!id) return std::unexpected(id.error());
  const auto body = read_object(call.request);
  if (!body) return std::unexpected(body.error());
  const auto old_password = read_value(*body, "oldPassword");
  if (!old_password) return std::unexpected(old_password.error());
  const auto new_password = read_value(*body, "newPassword");
  if (!new_password) return std::unexpected(new_password.error());
  if (!*old_password) return invalid("oldPassword", "The field cannot be left blank");
  if (!*new_password) return invalid("newPassword", "The field cannot be left blank");
  const auto actor = call.actor();
  if (const auto done = told(call.org().change_password(*id, **old_password, **new_password, actor)); !done) return std::unexpected(done.error());
  if (base::bool_member(base::Json(*body), "revokeSessions").value_or(false)) {
    if (const auto done = told(call.org().clear_sessions(*id, true, actor)); !done) return std::unexpected(done.error());
  }
  return json_answer(credentials_json(call.org().find(*id)->credentials));
}

Reply change_recovery_question(const Call& call) {
  const auto id = user_of(call, call.keys.front());
  if (!id) return std::unexpected(id.error());
  const auto body = read_object(call.request);
  if (!body) return std::unexpected(body.error());
  const auto password = read_value(*body, "password");
  if (!password) return std::unexpected(password.error());
  auto question = read_question(*body);
  if (!question) return std::unexpected(question.error());
  if (!*password) return invalid("password", "The field cannot be left blank");
  if (!*question) return invalid("recovery_question", "The field cannot be left blank");
  const auto done = told(call.org().change_recovery_question(*id, **password, **std::move(question), call.actor()));
  if (!done) return std::unexpected(done.error());
  return json_answer(credentials_json(call.org().find(*id)->credentials));
}

Reply forgot_password(const Call& call) { return with_link(call, true, &Org::forgot_password); }

}  // namespace fakes::okta::api
