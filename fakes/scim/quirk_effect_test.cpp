// That each quirk does something: one long conversation, in which the provider with the quirk answers
// otherwise somewhere. Whether it is just one thing is for the conformance cases to show.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <map>
#include <string>
#include <vector>

#include "base/encoding.h"
#include "base/sanitized.h"
#include "fakes/scim/provider_fixture.h"

namespace fakes::scim {
namespace quirk_effect_test {

struct Line {
  std::string method;
  std::string place;  ///< `{name}` is the id that an earlier line has made, `{tag:name}` its entity tag
  std::string body = "";
  std::string makes = "";  ///< the name of the id in the answer
  std::vector<base::Header> headers = {};
  std::string token = "all";
};

std::string bulk(std::string_view operations, std::string_view more = "") {
  return R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:BulkRequest"])" + std::string(more) +
         R"(, "Operations": )" + std::string(operations) + "}";
}

std::string search(std::string_view more) {
  return R"({"schemas": ["urn:ietf:params:scim:api:messages:2.0:SearchRequest"], )" + std::string(more) + "}";
}

Line filtered(std::string_view filter, std::string_view endpoint = "/Users") {
  return {"GET", std::string(endpoint) + "?filter=" + base::percent_encode(filter)};
}

Line patched(std::string_view operations, std::string name = "amy", std::string_view endpoint = "/Users/") {
  return {"PATCH", std::string(endpoint) + "{" + name + "}", patch(operations)};
}

/// Amy has something of everything; the extension is named in front, as any order is right.
const std::string amy =
    R"({"userName": "amy", "schemas": ["urn:ietf:params:scim:schemas:extension:enterprise:2.0:User",
  "urn:ietf:params:scim:schemas:core:2.0:User"], "externalId": "Ext-1", "name": {"givenName": "Amy", "familyName": "Lee"},
  "displayName": "Amy L\u00e9\u200be \ud83d\ude80", "nickName": "Am", "title": "Guide", "profileUrl": "https://example.com/Amy", "userType": "",
  "password": "t1meMa$heen", "emails": [{"value": "z@example.com", "type": "home"}, {"value": "amy@example.com", "type": "work", "primary": true}],
  "phoneNumbers": [{"value": "+1"}], "roles": [{"value": "guide", "primary": true}], "x509Certificates": [{"value": "aGVsbG8="}],
  "addresses": [{"streetAddress": "1 Rue A", "country": "FR"}], "ims": [], "locale": null, "meta": {"resourceType": "Group", "created": "2001-01-01T00:00:00Z"}, "groups": [{"value": "{team}"}],
  "id": "mine", "unknown": 1,
  "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours", "costCenter": "7", "manager": "boss"},
  "urn:example:params:scim:schemas:extension:badge:2.0:User": {"badgeNumber": "B1", "level": 3, "hired": "2026-01-05T10:00:00+02:00", "motto": "On"}})";

const std::string badge = R"("urn:example:params:scim:schemas:extension:badge:2.0:User": )";

std::vector<Line> creates() {
  return {
      {"POST", "/Groups", group("team"), "team"},
      {"POST", "/Users", amy, "amy"},
      {"GET", "/Users/{amy}"},
      {"POST", "/Users?attributes=userName",
       user(
           "bob",
           R"(, "title": "guide", "nickName": "B\u00f6b", "active": false, "emails": [{"value": "m@example.com"}])"),
       "bob"},
      {"GET", "/Users/{bob}"},
      {"POST", "/Users",
       user("cid", R"(, "externalId": "Ext-1", "displayName": "Amy", "name": {"familyName": "Zed"}, "active": "True",
        "roles": [{"value": "guide", "primary": "True"}])"), "cid"},
      {"POST", "/Users", user("a+b")},
      {"POST", "/Users",
       user("ira", R"(, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": {"department": "Tours"})")},
      {"POST", "/Users", user("AMY")},
      {"POST", "/Users", user("bob")},
      {"POST", "/Users", user("")},
      {"POST", "/Users", R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]})"},
      {"POST", "/Users", R"({"userName": "dan"})"},
      {"POST", "/Users", user("eve", R"(, "active": "maybe")")},
      {"GET", "/Users"},
      {"POST", "/Users", user("fay", R"(, "displayName": ")" + std::string(1'100, 'x') + "\"")},
      {"POST", "/Users", "{"},
      {"POST", "/Users", user("gil", R"(, "emails": [[[[[[[[[[[[]]]]]]]]]]]])" + std::string(100, ']'))},
      {"POST", "/Users"},
      {"POST", "/Users", user("hal"), "", {{"Content-Type", "text/plain"}}},
      {"POST", "/Groups", R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"]})"},
      {"POST", "/Groups", group("ghosts", R"([{"value": "nobody"}])")},
      {"POST", "/Groups", group("outer", R"([{"value": "{team}"}])"), "outer"},
      {"POST", "/Groups", group("large", R"([{"value": "{amy}"}, {"value": "{bob}"}])"), "large"},
      {"GET", "/Groups/{large}"},
      {"POST", "/Groups",
       R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:Group"], "displayName": "linked", "externalId": "G-1"})"},
      {"GET", "/Users/{amy}"}};
}

std::vector<Line> questions() {
  std::vector<Line> lines{
      {"GET", "/ServiceProviderConfig"},
      {"GET", "/ServiceProviderConfig", "", "", {}, ""},
      {"GET", "/ResourceTypes?count=1"},
      {"GET", "/ResourceTypes/User"},
      {"GET", "/Schemas"},
      {"GET", "/Schemas/urn:ietf:params:scim:schemas:core:2.0:User"},
      {"GET", "/Schemas/urn:none"},
      {"GET", "/Schemas?filter=id%20pr"},
      {"POST", "/Schemas", "{}"},
      {"GET", "/Users", "", "", {}, ""},
      {"GET", "/Users", "", "", {}, "other"},
      {"GET", "/Users", "", "", {}, "allx"},
      {"GET", "/Users", "", "", {{"Authorization", "Bearer "}}},
      {"GET", "/Users", "", "", {}, "groups"},
      {"GET", "/Users?cursor=x", "", "", {}, "groups"},
      {"DELETE", "/Users/{bob}", "", "", {{"If-Match", "W/\"none\""}}, "groups"},
      {"GET", "/Users", "", "", {{"Accept", "application/json"}}},
      {"GET", "/Users", "", "", {{"Accept", "application/scim+json"}}},
      {"GET", "/Me"},
      {"GET", "/v1/Users"},
      {"GET", "/Users/nobody"},
      {"GET", "/Users/no%20body"},
      {"GET", "/Users/" + std::string(6'000, 'x')},
      {"GET", "/Groups/{amy}"},
      {"GET", "/Users/{amy}", "", "amy"},
      {"GET", "/Users/{amy}", "", "", {{"If-None-Match", "{tag:amy}"}}},
      {"GET", "/Users/{amy}?attributes=NICKNAME,name.familyName,emails.value"},
      {"GET", "/Users/{amy}?attributes=urn:ietf:params:scim:schemas:core:2.0:User:userName,unknown,password"},
      {"GET", "/Users/{amy}?attributes=urn:example:params:scim:schemas:extension:badge:2.0:User:motto"},
      {"GET", "/Users/{amy}?excludedAttributes=id,title"},
      {"GET", "/Users/{amy}?attributes=title&excludedAttributes=name"},
      {"GET", "/Users?attributes=title"},
      {"GET", "/Users?excludedAttributes=title"},
      {"GET", "/Users?unknown=1&count=1"},
      {"GET", "/Users?startIndex=0&count=2"},
      {"GET", "/Users?startIndex=2&count=2"},
      {"GET", "/Users?startIndex=99"},
      {"GET", "/Users?count=-1"},
      {"GET", "/Users?count=0"},
      {"GET", "/Users?count=many"},
      {"GET", "/Users?count=1000"},
      {"GET", "/"},
      {"GET", "/?filter=userName%20pr"},
      {"GET", "/Users?sortBy=title"},
      {"GET", "/Users?sortBy=emails.value"},
      {"GET", "/Users?sortBy=title&sortOrder=descending"},
      {"GET", "/Users?cursor=&count=1", "", "next"},
      {"GET", "/Users?cursor={next}&count=1"},
      {"GET", "/Users?cursor=&count=100"},
      {"GET", "/Users?cursor=&count=-1"},
      {"GET", "/Users?cursor=forged"},
      {"POST", "/Users/.search",
       search(
           R"("filter": "title pr", "sortBy": "userName", "sortOrder": "descending", "startIndex": 2, "count": 1)")},
      {"POST", "/Users/.search", R"({"filter": "title pr"})"},
      {"POST", "/.search", search(R"("count": 1)")},
      filtered(R"(displayName eq "team")", "/Groups"),
      filtered(R"(members.value eq "x" or members pr)", "/Groups"),
      filtered(R"(userName eq "none")"),
      {"GET", "/Users?filter=userName+eq+%22a%2Bb%22"},
      filtered(std::string(40, '(') + "title pr" + std::string(40, ')')),
      filtered("title eq \"" + std::string(5'000, 'x') + "\"")};
  for (const auto* filter :
       {"",
        "title",
        R"(title like "x")",
        R"(noSuch eq "x")",
        R"(USERNAME EQ "AMY")",
        R"(externalId eq "ext-1")",
        R"(active eq "False")",
        "active eq false",
        "active gt false",
        R"(x509Certificates.value gt "a")",
        R"(nickName ne "Am")",
        R"(title co "id")",
        R"(title co "ui")",
        R"(title sw "Guide")",
        R"(title sw "uide")",
        R"(title ew "ide")",
        R"(title ew "uid")",
        "userType pr",
        "name pr",
        R"(title gt "Guide")",
        R"(title le "Guide")",
        "title pr or title pr and locale pr",
        "title pr or locale pr and locale pr",
        "not (title pr)",
        "locale pr and (locale pr or title pr)",
        R"(emails[type eq "home" and value sw "amy"])",
        R"(emails.type eq "work")",
        R"(emails.value eq "amy@example.com")",
        R"(emails eq "amy@example.com")",
        "title eq null",
        R"(title eq "Gu\u0069de")",
        R"(schemas co "enterprise")",
        R"(URN:ietf:params:scim:schemas:extension:enterprise:2.0:User:department eq "Tours")",
        R"(meta.lastModified gt "2020-01-01T00:00:00Z")",
        R"(password sw "t")",
        R"(urn:example:params:scim:schemas:extension:badge:2.0:User:hired eq "2026-01-05T08:00:00Z")",
        R"(name.familyName eq "Lee")",
        R"(title eq "Gui")",
        R"(nickName eq "bo̎b" or nickName eq "bo\u0308b")",
        R"(nickName eq "böb")",
        R"(title pr and nickName pr)"}) {
    lines.push_back(filtered(filter));
  }
  return lines;
}

std::vector<Line> changes() {
  const std::string enterprise = "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:";
  std::vector<Line> lines{
      {"PUT", "/Users/nobody", user("new")},
      {"PUT", "/Users/{bob}", user("amy")},
      {"PUT", "/Users/{bob}", R"({"schemas": ["urn:ietf:params:scim:schemas:core:2.0:User"]})"},
      {"PUT", "/Users/{bob}", user("bob", R"(, "id": "x", "meta": {"created": "2001-01-01T00:00:00Z"})")},
      {"PUT", "/Users/{bob}", user("bob", R"(, "meta": {"version": "W/\"1\""})")},
      {"PUT", "/Users/{bob}", user("bob", R"(, "title": "x")"), "", {{"If-Match", "W/\"none\""}}},
      {"PUT", "/Users/{bob}?attributes=userName",
       user("bob", R"(, "password": "Pw2", )" + badge + R"({"badgeNumber": "7"})")},
      {"PUT", "/Users/{bob}", user("bob", ", " + badge + R"({"badgeNumber": "8"})")},
      {"PUT", "/Users/{cid}", user("cyd")},
      {"GET", "/Users?filter=userName%20sw%20%22c%22", "", "cid"},
      {"PUT", "/Groups/{team}", group("team", R"([{"value": "nobody"}])")},
      {"PUT", "/Users/{bob}", user("bob", R"(, "groups": [{"value": "{team}"}])")},
      {"GET", "/Groups/{team}"},
      patched(R"([{"op": "add", "path": "groups", "value": [{"value": "{team}"}]}])", "bob"),
      {"GET", "/Groups/{team}"},
      {"PUT", "/Groups/{team}", group("team")},
      {"PATCH", "/Users/nobody", patch(R"([{"op": "add", "path": "title", "value": "x"}])")},
      {"PATCH",
       "/Users/{bob}",
       patch(R"([{"op": "add", "path": "title", "value": "x"}])"),
       "",
       {{"If-Match", "W/\"none\""}}},
      {"PATCH", "/Users/{bob}?attributes=userName",
       patch(R"([{"op": "replace", "path": "active", "value": true}])")},
      {"PATCH", "/Users/{amy}", R"({"Operations": [{"op": "add", "path": "title", "value": "x"}]})"},
      patched("[]"),
      patched(R"({"op": "remove", "path": "title"})"),
      patched(R"([{"op": "replace", "path": "userName", "value": "bob"}])"),
      patched(R"([{"op": "add", "path": ")" + enterprise + R"(division", "value": "d"}])", "bob"),
      patched(R"([{"op": "add", "path": ")" + enterprise +
              R"(manager", "value": {"value": "b", "displayName": "B"}}])"),
      patched(R"([{"op": "add", "path": ")" + enterprise + R"(manager", "value": "7"}])"),
      patched(R"([{"op": "replace", "path": ")" + enterprise + R"(manager", "value": {"value": ""}}])"),
      patched(R"([{"op": "add", "path": ")" + enterprise + R"(manager", "value": "7"}])"),
      patched(R"([{"op": "replace", "path": ")" + enterprise + R"(manager", "value": ""}])"),
      patched(
          R"([{"op": "add", "path": "urn:example:params:scim:schemas:extension:badge:2.0:User:badgeNumber", "value": "9"}])",
          "cid")};
  for (
      const auto* operations :
      {R"([{"op": "move", "path": "title"}])",
       R"([{"op": "Replace", "path": "title", "value": "Chief"}])",
       R"([{"op": "remove", "path": "emails["}])",
       R"([{"op": "add", "path": "noSuch", "value": 1}])",
       R"([{"op": "replace", "path": "id", "value": "x"}])",
       R"([{"op": "replace", "value": {"id": "{amy}", "noSuch": 1}}])",
       R"([{"op": "replace", "path": "urn:example:params:scim:schemas:extension:badge:2.0:User:badgeNumber", "value": "x"}])",
       R"([{"op": "replace", "path": "active", "value": "maybe"}])",
       R"([{"op": "add", "path": "title", "value": "1"}, {"op": "add", "path": "title", "value": "2"}])",
       R"([{"op": "add", "path": "emails", "value": [{"value": "n@example.com", "primary": true}]}])",
       R"([{"op": "add", "path": "title", "value": "half"}, {"op": "remove", "path": "userName"}])",
       R"([{"op": "replace", "path": "active", "value": "False"}])",
       R"([{"op": "replace", "path": "active", "value": "True"}])",
       R"([{"op": "replace", "path": "active", "value": false}])",
       R"([{"op": "replace", "value": {"active": true}}])",
       R"([{"op": "add", "path": "name", "value": {"middleName": null, "givenName": "Ann"}}])",
       R"([{"op": "replace", "path": "title", "value": [{"value": "w"}]}])",
       R"([{"op": "add", "path": "title"}])",
       R"([{"op": "add", "value": {"title": "y"}}])",
       R"([{"op": "add", "path": "title", "value": "z"}])",
       R"([{"op": "add", "path": "roles", "value": [{"value": "guide"}, {"value": "one"}, {"value": "two"}]}])",
       R"([{"op": "add", "path": "title", "value": "z"}])",
       R"([{"op": "add", "path": "phoneNumbers[type eq \"fax\"].value", "value": "+2"}])",
       R"([{"op": "add", "path": "emails[type eq \"home\"].display", "value": "Home"}])",
       R"([{"op": "add", "value": {"name.honorificPrefix": "Dr"}}])",
       R"([{"op": "add", "path": "timezone", "value": "Europe/Paris"}])",
       R"([{"op": "replace", "path": "locale", "value": "fr-FR"}])",
       R"([{"op": "replace", "path": "displayName", "value": "A"}])",
       R"([{"op": "replace", "path": "name", "value": {"givenName": "Anna"}}])",
       R"([{"op": "remove"}])",
       R"([{"op": "remove", "path": "locale"}])",
       R"([{"op": "remove", "path": "emails[type eq \"home\"].type"}])",
       R"([{"op": "remove", "path": "emails[value ew \"example.com\"]"}])",
       R"([{"op": "remove", "path": "phoneNumbers"}])",
       R"([{"op": "remove", "path": "roles[value eq \"none\"]"}])",
       R"([{"op": "replace", "value": {"title": "v"}}])",
       R"([{"op": "replace", "value": {"name.givenName": "Bea"}}])",
       R"([{"op": "replace", "path": "roles", "value": [{"value": "a"}, {"value": "b"}]}])",
       R"([{"op": "replace", "path": "roles[value sw \"\"].display", "value": "D"}])",
       R"([{"op": "replace", "path": "roles[value eq \"x\"].display", "value": "D"}])",
       R"([{"op": "replace", "path": "roles", "value": {"value": "c"}}])",
       R"([{"op": "remove", "path": "roles[value eq \"c\"]"}])",
       R"([{"op": "replace", "path": "nickName", "value": null}])",
       R"([{"op": "replace", "path": "title", "value": ""}])",
       R"([{"op": "replace", "path": "x509Certificates", "value": []}])"}) {
    lines.push_back(patched(operations));
    lines.push_back({"GET", "/Users/{amy}"});
  }
  std::string entitlements;
  for (int i = 0; i < 101; ++i)
    entitlements += (i == 0 ? "" : ",") + std::string(R"({"value": "e)") + std::to_string(i) + R"("})";
  lines.push_back(patched(R"([{"op": "add", "path": "entitlements", "value": [{"value": "first"}]}])"));
  lines.push_back(patched(R"([{"op": "add", "path": "entitlements", "value": [)" + entitlements + "]}]"));
  lines.push_back(patched(R"([{"op": "remove", "path": "entitlements"}])"));
  for (const auto* operations :
       {R"([{"op": "add", "path": "members", "value": [{"value": "{amy}"}, {"value": "{amy}"}]}])",
        R"([{"op": "remove", "path": "members", "value": [null, {"value": "{bob}"}]}])",
        R"([{"op": "replace", "value": {"displayName": "Large"}}])",
        R"([{"op": "add", "path": "members", "value": [{"value": "{large}"}]}])"}) {
    lines.push_back(patched(operations, "large", "/Groups/"));
    lines.push_back({"GET", "/Groups/{large}"});
  }
  return lines;
}

std::vector<Line> jobs_and_ends() {
  const std::string member = R"([{"value": "bulkId:)";
  return {
      {"POST", "/Bulk",
       bulk(R"([{"method": "POST", "path": "/Groups", "bulkId": "g", "data": )" +
            group("jobs", member + R"(u"}])") +
            R"(}, {"method": "POST", "path": "/Users", "bulkId": "u", "data": )" + user("una") +
            R"(}, {"method": "PATCH", "path": "/Groups/{team}", "data": )" +
            patch(R"([{"op": "add", "path": "members", "value": [{"value": "bulkId:u"}]}])") + "}]")},
      {"POST", "/Bulk",
       bulk(R"([{"method": "POST", "path": "/Groups", "bulkId": "a", "data": )" +
            group("a", member + R"(b"}])") +
            R"(}, {"method": "POST", "path": "/Groups", "bulkId": "b", "data": )" +
            group("b", member + R"(a"}])") + "}]")},
      {"POST", "/Bulk",
       bulk(R"([{"method": "POST", "path": "/Users", "bulkId": "1", "data": )" + user("una") +
                R"(}, {"method": "DELETE", "path": "/Users/{cid}", "version": "W/\"old\""}])",
            R"(, "failOnErrors": 1)")},
      {"POST", "/Bulk",
       bulk(
           R"([{"method": "POST", "path": "/Users", "bulkId": "1", "data": )" + user("una") +
           R"(}, {"method": "DELETE", "path": "/Users/{cid}", "version": "W/\"old\""}, {"method": "DELETE", "path": "/Users/{cid}"}])")},
      {"POST", "/Bulk",
       bulk(R"([{"method": "PUT", "path": "/Users/{bob}", "data": )" + user("bob", R"(, "title": "first")") +
            R"(}, {"method": "PUT", "path": "/Users/{bob}", "data": )" + user("bob", R"(, "title": "last")") +
            "}]")},
      {"POST", "/Bulk",
       bulk(R"([{"method": "POST", "path": "/Groups", "bulkId": "g", "data": )" +
            group("lost", member + R"(none"}])") + "}]")},
      {"POST", "/Bulk", bulk("[{}, {}, {}, {}, {}]")},
      {"GET", "/Users"},
      {"GET", "/Groups"},
      {"DELETE", "/Users/nobody"},
      {"DELETE", "/Users/{bob}", "", "", {{"If-Match", "W/\"none\""}}},
      {"GET", "/Users?cursor=&count=1", "", "next"},
      {"DELETE", "/Users/{amy}"},
      {"GET", "/Users?cursor={next}&count=1"},
      {"GET", "/Users/{amy}"},
      {"PATCH", "/Users/{amy}", patch(R"([{"op": "add", "path": "title", "value": "x"}])")},
      {"DELETE", "/Users/{amy}"},
      {"GET", "/Groups/{large}"},
      {"GET", "/Users"},
      {"POST", "/Users", user("amy"), "amy"},
      {"POST", "/Groups", group("last", R"([{"value": "{amy}"}])"), "last"},
      {"DELETE", "/Groups/{last}"},
      {"GET", "/Users/{amy}"}};
}

/// With a provider by the articles.
std::vector<Line> of_the_articles() {
  const std::string mail = R"(, "emails": [{"value": "amy@example.com", "type": "work", "primary": true}])";
  const std::string extension = R"(, "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User": )";
  return {
      {"GET", "/ResourceTypes"},
      {"GET", "/Schemas"},
      {"POST", "/Groups", group("team")},
      {"POST", "/Users", user("amy", mail + R"(, "name": {"givenName": "Amy", "familyName": "Lee"}, "displayName": "Amy Lee",
        "title": "Guide", "locale": "en-GB", "userType": "Employee")" + extension +
           R"({"department": "Tours", "costCenter": "7", "organization": "Lodge", "employeeNumber": "1"})"),
       "amy"},
      {"GET", "/Users/{amy}"},
      {"POST", "/Users", user("a.b", mail), "dotted"},
      {"POST", "/Users", user("a@b", mail)},
      {"POST", "/Users", user("a b", mail)},
      {"POST", "/Users", user("long", mail + R"(, "name": {"givenName": ")" + std::string(1'025, 'x') + "\"}")},
      {"POST", "/Users", user("none")},
      {"POST", "/Users", user("odd", R"(, "emails": [{"value": "nowhere"}])")},
      {"POST", "/Users",
       user("two", R"(, "emails": [{"value": "home@example.com"}, {"value": "two@example.com", "primary": true}])")},
      {"POST", "/Users", user("shown", mail + R"(, "displayName": "Lee & Sons")")},
      {"POST", "/Users", user("more", mail + R"(, "nickName": "Mo")" + extension + R"({"manager": {"value": "{amy}"}})")},
      patched(R"([{"op": "replace", "path": "nickName", "value": "Am"}])"),
      patched(R"([{"op": "replace", "path": "emails[type eq \"work\"].value", "value": "new@example.com"}])"),
      patched(
          R"([{"op": "replace", "path": "urn:ietf:params:scim:schemas:extension:enterprise:2.0:User:department", "value": "Trails"}])"),
      {"GET", "/Users/{amy}"},
      {"DELETE", "/Users/{amy}"},
      {"GET", "/Users/{amy}"}};
}

/// A conversation with a provider of its own that begins at the same instant as any other.
class Conversation {
 public:
  explicit Conversation(const ProviderOptions& options) : provider_(clock_, base::Rng(1), options) {}

  void say(const Line& line) { at_once({line}); }

  void at_once(const std::vector<Line>& lines) {
    std::vector<base::HttpResponse> responses(lines.size());
    for (std::size_t i = 0; i < lines.size(); ++i) {
      base::spawn(scheduler_, scope_, "asks", ask(provider_, request(lines[i]), responses[i]));
    }
    scheduler_.run_until(scheduler_.now() + std::chrono::seconds{1});
    scheduler_.advance_to(scheduler_.now() + std::chrono::seconds{1});
    for (std::size_t i = 0; i < lines.size(); ++i) note(lines[i], responses[i]);
  }

  [[nodiscard]] const std::string& text() const { return text_; }

 private:
  std::string filled(std::string text) const {
    for (const auto& [name, value] : names_) {
      const auto mark = "{" + name + "}";
      for (auto at = text.find(mark); at != std::string::npos; at = text.find(mark, at + value.size()))
        text.replace(at, mark.size(), value);
    }
    return text;
  }

  base::HttpRequest request(const Line& line) const {
    base::HttpRequest request(line.method, "/scim/v2" + filled(line.place));
    request.body = filled(line.body);
    if (!request.body.empty()) request.headers.set("Content-Type", "application/scim+json");
    if (!line.token.empty()) request.headers.set("Authorization", "Bearer " + line.token);
    for (const auto& header : line.headers) request.headers.set(header.name, filled(header.value));
    return request;
  }

  void note(const Line& line, const base::HttpResponse& response) {
    text_ += line.method + " " + line.place + " " + std::to_string(response.status);
    for (const auto& header : response.headers) text_ += "\n" + header.name + ": " + header.value;
    text_ += "\n" + response.body + "\n";
    if (line.makes.empty()) return;
    const auto body = json(response);
    auto id = at(body, "/id");
    if (id == "none") id = at(body, "/nextCursor");
    if (id == "none") id = at(body, "/Resources/0/id");
    names_[line.makes] = id;
    names_["tag:" + line.makes] = std::string(response.headers.find("ETag").value_or(""));
  }

  base::Scheduler scheduler_;
  std::shared_ptr<base::Scope> scope_ = scheduler_.make_scope("client");
  sim::HostClock clock_{scheduler_, std::chrono::seconds{1'767'600'000}};
  Provider provider_;
  std::map<std::string, std::string> names_;
  std::string text_;
};

/// Requests that come at once, and what is there afterwards.
void race(Conversation& conversation) {
  const auto change = [](std::string_view operations, const std::string& name,
                         std::string_view endpoint = "/Users/") {
    return patched(operations, name, endpoint);
  };
  conversation.at_once(std::vector<Line>(7, {"POST", "/Users", user("race")}));
  conversation.say({"POST", "/Users", user("rae", R"(, "nickName": "old")"), "rae"});
  const Line first{"PATCH",
                   "/Users/{rae}",
                   patch(R"([{"op": "add", "path": "title", "value": "1"}])"),
                   "",
                   {{"If-Match", "{tag:rae}"}}};
  conversation.at_once({first, first});
  conversation.at_once({change(R"([{"op": "add", "path": "locale", "value": "fr-FR"}])", "rae"),
                        change(R"([{"op": "add", "path": "nickName", "value": "n"}])", "rae")});
  conversation.say({"GET", "/Users/{rae}"});
  conversation.at_once(
      {change(R"([{"op": "add", "path": "members", "value": [{"value": "{rae}"}]}])", "team", "/Groups/"),
       change(R"([{"op": "add", "path": "members", "value": [{"value": "{bob}"}]}])", "team", "/Groups/")});
  conversation.say({"GET", "/Groups/{team}"});
  conversation.at_once({{"PUT", "/Users/{rae}", user("rae", R"(, "nickName": "1", "title": "1")")},
                        {"PUT", "/Users/{rae}", user("rae", R"(, "nickName": "2", "title": "2")")}});
  conversation.say({"GET", "/Users/{rae}"});
  conversation.at_once({change(R"([{"op": "add", "path": "title", "value": "late"}])", "rae"),
                        {"DELETE", "/Users/{rae}"},
                        {"DELETE", "/Users/{rae}"}});
  conversation.say({"GET", "/Users/{rae}"});
}

class QuirkEffectTest : public ProviderTest {
 protected:
  static std::string transcript(const Quirks& quirks) {
    Conversation conversation(options(quirks));
    for (const auto& part : {creates(), questions(), changes(), jobs_and_ends()}) {
      for (const auto& line : part) conversation.say(line);
    }
    race(conversation);
    return conversation.text();
  }

  static std::string transcript_by_articles(const Quirks& quirks) {
    auto settings = options(quirks);
    settings.contract = Contract::articles;
    Conversation conversation(settings);
    for (const auto& line : of_the_articles()) conversation.say(line);
    return conversation.text();
  }
};

/// Rules of the articles are called R1 and so on.
bool is_of_the_articles(const QuirkInfo& quirk) {
  return quirk.clause.starts_with('R');
}

TEST_F(QuirkEffectTest, each_shows_in_some_answer_of_a_long_conversation) {
  const auto conforming = transcript({});
  EXPECT_EQ(transcript({}), conforming);
  constexpr std::size_t step = base::sanitized ? 16 : 1;
  const auto quirks = all_quirks();
  for (std::size_t i = 0; i < quirks.size(); i += step) {
    if (is_of_the_articles(quirks[i])) continue;
    EXPECT_TRUE(transcript({quirks[i].quirk}) != conforming) << quirks[i].name;
  }
}

TEST_F(QuirkEffectTest, those_beside_the_articles_show_where_these_are_the_contract) {
  const auto conforming = transcript_by_articles({});
  EXPECT_EQ(transcript_by_articles({}), conforming);
  for (const auto& quirk : all_quirks()) {
    if (!is_of_the_articles(quirk)) continue;
    EXPECT_TRUE(transcript_by_articles({quirk.quirk}) != conforming) << quirk.name;
  }
}

}  // namespace quirk_effect_test
}  // namespace fakes::scim
