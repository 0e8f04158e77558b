// What a person does in a browser.
#include <fmt/format.h>

#include "scenarios/engine/perform.h"

namespace scenarios {
namespace {

using base::JsonObject;

/// The value between `begin` and the next white space.
std::optional<std::string> text_after(std::string_view text, std::string_view begin) {
  const auto at = text.find(begin);
  if (at == std::string_view::npos) return std::nullopt;
  const auto rest = text.substr(at + begin.size());
  return std::string(rest.substr(0, rest.find_first_of(" \n\r\t")));
}

}  // namespace

base::Task<Performed> perform(Cast& cast, UserOpenActivationMail verb) {
  auto& person = cast.person(verb.user);
  const auto mails = cast.mail().mails_to(person.email);
  for (auto mail = mails.rbegin(); mail != mails.rend(); ++mail) {
    if (mail->kind != "activation") continue;
    const auto token = text_after(mail->text, "?token=");
    if (!token) co_return refused("the mail holds no link");
    person.activation_token = base::Secret(*token);
    co_return Performed{};
  }
  co_return refused(fmt::format("no activation mail has reached {}", person.email));
}

base::Task<Performed> perform(Cast& cast, UserSetPassword verb) {
  auto& person = cast.person(verb.user);
  if (!person.activation_token) co_return refused("the person has opened no activation mail");
  JsonObject body{{"token", person.activation_token->reveal()},
                  {"password", cast.secrets().value(verb.password).reveal()}};
  const auto result = co_await cast.ask_directory(cast.browsers(), "POST", "/portal/activate",
                                                  std::move(body), Cast::Credentials::none);
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, UserLogIn verb) {
  auto& person = cast.person(verb.user);
  JsonObject body{{"username", person.username}, {"password", cast.secrets().value(verb.password).reveal()}};
  const auto result = co_await cast.ask_directory(cast.browsers(), "POST", "/portal/login", std::move(body),
                                                  Cast::Credentials::none);
  if (result && result->ok()) {
    const std::string cookie(result->headers.find("Set-Cookie").value_or(""));
    constexpr std::string_view name = "session=";
    if (cookie.starts_with(name)) {
      person.portal_session = base::Secret(cookie.substr(name.size(), cookie.find(';') - name.size()));
    }
  }
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, UserLogOut verb) {
  const auto& person = cast.person(verb.user);
  const auto result = co_await cast.ask_directory(cast.browsers(), "POST", "/portal/logout", JsonObject{},
                                                  Cast::Credentials::portal, &person);
  co_return from_response(result);
}

base::Task<Performed> perform(Cast& cast, UserChangePassword verb) {
  const auto& person = cast.person(verb.user);
  JsonObject body{{"old_password", cast.secrets().value(verb.old_password).reveal()},
                  {"new_password", cast.secrets().value(verb.new_password).reveal()}};
  const auto result = co_await cast.ask_directory(cast.browsers(), "POST", "/portal/password",
                                                  std::move(body), Cast::Credentials::portal, &person);
  co_return from_response(result);
}

}  // namespace scenarios
