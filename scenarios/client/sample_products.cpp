#include "scenarios/client/sample_products.h"

#include <fmt/format.h>

#include <chrono>
#include <string>
#include <utility>

#include "fakes/clients/graph_client.h"
#include "fakes/clients/relying_party.h"
#include "fakes/clients/scim_client.h"
#include "scenarios/engine/web_page.h"

namespace scenarios::client {
namespace {

using SampleOutcome = fakes::clients::Outcome;

constexpr std::string_view sample_host = "product";
constexpr std::string_view sample_name = "product.example.test";

base::Uri uri_of(std::string_view host, std::string path = "/") {
  base::Uri out;
  out.scheme = "https";
  out.host = host;
  out.path = std::move(path);
  return out;
}

std::string text_or(const Value& data, const char* name, std::string fallback = {}) {
  return data.contains(name) && data[name].is_string() ? data[name].get<std::string>() : std::move(fallback);
}

TaskEnd end_of(const SampleOutcome& outcome) {
  TaskEnd end;
  if (!outcome.done) {
    end.kind = TaskEnd::Kind::refused;
    end.detail = outcome.why;
  }
  if (outcome.knows_users) end.result = Value{{"users", outcome.users}};
  return end;
}

std::string display_name_of(const Value& data) {
  const auto whole = fmt::format("{} {}", text_or(data, "given_name"), text_or(data, "surname"));
  return text_or(data, "display_name", whole == " " ? text_or(data, "user") : whole);
}

std::string user_name_of(const Value& data) { return text_or(data, "user_name", text_or(data, "user") + "@example.test"); }

/// A host that runs while the product is there.
class SampleHost {
 public:
  explicit SampleHost(Cast& cast, base::HttpService* service = nullptr) : host_(&cast.world().add_host(std::string(sample_host), std::string(sample_name))) {
    host_->install([service](sim::Host&) { return std::make_unique<sim::ServiceProgram>(service); });
    host_->start();
  }
  /// What it has under way goes before what it works with.
  ~SampleHost() {
    if (host_->up()) host_->crash();
  }
  SampleHost(const SampleHost&) = delete;
  SampleHost& operator=(const SampleHost&) = delete;

  sim::Host& operator*() const { return *host_; }

 private:
  sim::Host* host_;
};

/// Whom scripts speak of that the product has made.
void introduce_person(Cast& cast, const Value& data, std::string username) {
  const auto name = text_or(data, "user");
  if (name.empty() || cast.people().contains(name)) return;
  Person person;
  person.name = name;
  person.username = std::move(username);
  person.email = name + "@example.test";
  cast.add_person(std::move(person));
}

fakes::clients::NewAccount account_of(const Value& data) {
  fakes::clients::NewAccount out;
  out.user_name = user_name_of(data);
  out.nickname = text_or(data, "user");
  out.display_name = display_name_of(data);
  out.given_name = text_or(data, "given_name");
  out.surname = text_or(data, "surname");
  out.department = text_or(data, "department");
  out.password = base::Secret("Sample-" + out.nickname + "-2026!");
  return out;
}

class SampleGraphClient final : public Product {
 public:
  SampleGraphClient(Cast& cast, fakes::clients::Quirks quirks)
      : cast_(&cast), host_(cast), client_(cast.world().network().transport(*host_), (*host_).clock(), uri_of("graph.example.test", "/v1.0"), app_of(cast), std::move(quirks)) {}

  std::vector<std::string> hosts() const override { return {std::string(sample_host)}; }

  base::Task<TaskEnd> perform(Task task) override {
    auto outcome = co_await outcome_of(task);
    co_return end_of(outcome);
  }

 private:
  /// With a secret, and all that it needs granted.
  static base::OauthClient app_of(Cast& cast) {
    auto& app = cast.tenant().applications().register_app("Sample");
    app.permissions = {"User.ReadWrite.All", "User-PasswordProfile.ReadWrite.All", "Group.ReadWrite.All", "Directory.ReadWrite.All"};
    const auto& secret = cast.tenant().applications().add_secret(app, "sample", cast.scheduler().now() + std::chrono::years{2});
    cast.world().recorder().witness(secret.value);
    base::OauthClient out;
    out.token_url = uri_of("login.example.test", "/" + cast.tenant().id() + "/oauth2/v2.0/token");
    out.id = app.app_id;
    out.secret = secret.value;
    out.scope = "https://graph.microsoft.com/.default";
    out.style = base::OauthClient::Style::post;
    return out;
  }

  base::Task<SampleOutcome> outcome_of(const Task& task) {
    const auto& data = task.data;
    SampleOutcome out;
    if (task.name == "sync") {
      out = co_await client_.sync();
    } else if (task.name == "create_user") {
      introduce_person(*cast_, data, text_or(data, "user"));
      out = co_await client_.create(account_of(data));
    } else if (task.name == "create_users") {
      std::vector<fakes::clients::NewAccount> accounts;
      for (const auto& user : data["users"]) {
        introduce_person(*cast_, user, text_or(user, "user"));
        accounts.push_back(account_of(user));
      }
      out = co_await client_.create_all(std::move(accounts));
    } else if (task.name == "update_user") {
      base::JsonObject changes{{"department", text_or(data, "department")}};
      out = co_await client_.update(user_name_of(data), std::move(changes));
    } else if (task.name == "disable_user") {
      base::JsonObject changes{{"accountEnabled", false}};
      out = co_await client_.update(user_name_of(data), std::move(changes));
    } else if (task.name == "create_group") {
      std::vector<std::string> members;
      const auto people = data.value("members", Value::array());
      for (const auto& member : people) members.push_back(member.get<std::string>() + "@example.test");
      out = co_await client_.create_group(text_or(data, "group"), std::move(members));
    } else if (task.name == "add_member") {
      out = co_await client_.add_member(text_or(data, "group"), user_name_of(data));
    } else if (task.name == "remove_member") {
      out = co_await client_.remove_member(text_or(data, "group"), user_name_of(data));
    } else if (task.name == "find_user") {
      out = co_await client_.find(text_or(data, "display_name"));
    } else if (task.name == "list_users") {
      out = co_await client_.list_outside(text_or(data, "department"));
    }
    co_return out;
  }

  Cast* cast_;
  SampleHost host_;
  fakes::clients::GraphClient client_;
};

class SampleRelyingParty final : public Product {
 public:
  SampleRelyingParty(Cast& cast, fakes::clients::Quirks quirks) : cast_(&cast), service_(*this), host_(cast, &service_) {
    fakes::clients::RelyingPartySettings settings;
    settings.own = uri_of(sample_name);
    settings.issuer = cast.entra_issuer();
    auto& app = cast.tenant().applications().register_app("Sample");
    app.redirect_uris = {settings.redirect_uri()};
    app.id_tokens_enabled = true;
    app.delegated = {"email", "profile"};
    app.single_sign_on = fakes::entra::SingleSignOn::oidc;
    const auto& secret = cast.tenant().applications().add_secret(app, "sample", cast.scheduler().now() + std::chrono::years{2});
    cast.world().recorder().witness(secret.value);
    settings.client_id = app.app_id;
    settings.client_secret = secret.value;
    application_.emplace(cast.world().network().transport(*host_), (*host_).clock(), (*host_).rng("application"), std::move(settings), std::move(quirks));
  }

  std::vector<std::string> hosts() const override { return {std::string(sample_host), "people"}; }

  base::Task<TaskEnd> perform(Task task) override {
    if (task.name != "sign_in") co_return TaskEnd{TaskEnd::Kind::cannot, {}, nullptr};
    auto& person = cast_->person(PersonRef(text_or(task.data, "user")));
    auto& transport = cast_->world().network().transport(cast_->browsers());
    person.browser = Browser{};
    const auto login = uri_of(sample_name, "/login");
    auto came = co_await open_sign_in(&transport, &person.browser, login, person.email);
    const bool asked = came.kind == Performed::Kind::ok && person.browser.page && asks_for_password(*person.browser.page);
    if (asked) {
      Typed typed{person.email, cast_->secrets().value(SecretName(text_or(task.data, "password"))).reveal(), {}};
      came = co_await submit(&transport, &person.browser, std::move(typed));
    }
    if (came.kind != Performed::Kind::ok) co_return TaskEnd{TaskEnd::Kind::refused, came.detail, nullptr};
    const auto me = uri_of(sample_name, "/me");
    base::HttpRequest request("GET", me);
    const auto shown = co_await go_to(&transport, &person.browser, std::move(request), me);
    if (shown.kind != Performed::Kind::ok) co_return TaskEnd{TaskEnd::Kind::refused, shown.detail, nullptr};
    co_return TaskEnd{};
  }

 private:
  /// The host listens before there is an application: its secret is of an app that is registered with its address.
  class Listener final : public base::HttpService {
   public:
    explicit Listener(SampleRelyingParty& party) : party_(&party) {}
    base::Task<base::HttpResponse> handle(base::HttpRequest request) override {
      auto answer = co_await party_->application_->handle(std::move(request));
      co_return answer;
    }

   private:
    SampleRelyingParty* party_;
  };

  Cast* cast_;
  Listener service_;
  std::optional<fakes::clients::RelyingParty> application_{};
  SampleHost host_;
};

class SampleScimClient final : public Product {
 public:
  SampleScimClient(Cast& cast, fakes::clients::Quirks quirks)
      : cast_(&cast), host_(cast), client_(cast.world().network().transport(*host_), (*host_).clock(), uri_of("directory.example.test", "/scim/v2"), cast.scim_token(), std::move(quirks)) {}

  std::vector<std::string> hosts() const override { return {std::string(sample_host)}; }

  base::Task<TaskEnd> perform(Task task) override {
    auto outcome = co_await outcome_of(task);
    co_return end_of(outcome);
  }

 private:
  base::Task<SampleOutcome> outcome_of(const Task& task) {
    const auto& data = task.data;
    const auto user_name = text_or(data, "user_name", text_or(data, "user"));
    SampleOutcome out;
    if (task.name == "sync") {
      out = co_await client_.sync();
    } else if (task.name == "create_user") {
      introduce_person(*cast_, data, user_name);
      fakes::clients::NewUser user;
      user.user_name = user_name;
      user.email = text_or(data, "email", text_or(data, "user") + "@example.test");
      user.display_name = display_name_of(data);
      user.given_name = text_or(data, "given_name");
      user.surname = text_or(data, "surname");
      user.title = text_or(data, "title");
      out = co_await client_.create(std::move(user));
    } else if (task.name == "update_user") {
      base::JsonObject changes;
      if (data.contains("surname")) changes["name.familyName"] = text_or(data, "surname");
      if (data.contains("title")) changes["title"] = text_or(data, "title");
      out = co_await client_.update(user_name, std::move(changes));
    } else if (task.name == "disable_user") {
      out = co_await client_.disable(user_name);
    } else if (task.name == "delete_user") {
      out = co_await client_.remove(user_name);
    }
    co_return out;
  }

  Cast* cast_;
  SampleHost host_;
  fakes::clients::ScimClient client_;
};

}  // namespace

std::vector<std::string_view> suites_of(const fakes::clients::QuirkInfo& quirk) {
  std::vector<std::string_view> out;
  // As the catalogue calls its rules.
  for (const auto& [rules, suite] : {std::pair<std::string_view, std::string_view>("CG-", "graph-client"), {"CO-", "oidc-rp"}, {"CS-", "scim-client"}}) {
    if (quirk.source.find(rules) != std::string_view::npos) out.push_back(suite);
  }
  return out;
}

ProductMaker sample_product(std::string_view suite, fakes::clients::Quirks quirks) {
  const std::string name(suite);
  return [name, quirks = std::move(quirks)](Cast& cast) -> std::unique_ptr<Product> {
    if (name == "oidc-rp") return std::make_unique<SampleRelyingParty>(cast, quirks);
    if (name == "scim-client") return std::make_unique<SampleScimClient>(cast, quirks);
    return std::make_unique<SampleGraphClient>(cast, quirks);
  };
}

}  // namespace scenarios::client
