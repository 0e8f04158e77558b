// Plants a secret in each place and each form that the search is for, and asks that it is found there.
#include "scenarios/leak_search.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <span>

#include "base/encoding.h"
#include "base/json.h"
#include "directory/store/database.h"
#include "scenarios/engine/record_exchanges.h"
#include "sim/redactor.h"

namespace scenarios {
namespace leak_search_test {

using ::testing::AllOf;
using ::testing::Contains;
using ::testing::Each;
using ::testing::ElementsAre;
using ::testing::Field;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;
using ::testing::StartsWith;

using Secrets = std::set<std::string, std::less<>>;

/// Quotes, a slash and bytes that base64 writes as '+' and '/' are in it.
const std::string secret = "Kq7\"5f3a/9c1e&+\xFB\xFF~w";
const Secrets secrets{"another-secret-of-this-run", secret};

std::vector<Leak> search(std::string text) {
  return find_leaks(secrets, {{"text", std::move(text)}});
}

TEST(LeakSearch, finds_a_secret_wherever_it_stands_in_a_text) {
  EXPECT_THAT(search(secret), ElementsAre(Leak{"text", 0, secret}));
  EXPECT_THAT(search("password: " + secret), ElementsAre(Leak{"text", 10, secret}));
  EXPECT_THAT(search(std::string(5, '\0') + secret + std::string(5, '\0')),
              ElementsAre(Leak{"text", 5, secret}));
  EXPECT_THAT(search(secret + secret),
              ElementsAre(Leak{"text", 0, secret}, Leak{"text", secret.size(), secret}));
}

TEST(LeakSearch, finds_each_of_several_secrets_in_each_of_several_texts) {
  const std::vector<NamedText> texts{
      {"one", "another-secret-of-this-run"}, {"two", "nothing"}, {"three", ">" + secret}};
  EXPECT_THAT(find_leaks(secrets, texts),
              ElementsAre(Leak{"one", 0, "another-secret-of-this-run"}, Leak{"three", 1, secret}));
}

TEST(LeakSearch, finds_the_form_of_json) {
  const auto text = base::to_text(base::JsonObject{{"password", secret}});
  EXPECT_THAT(search(text), ElementsAre(Leak{"text", 13, "Kq7\\\"5f3a/9c1e&+\xFB\xFF~w"}));
}

TEST(LeakSearch, finds_the_form_of_a_url) {
  EXPECT_THAT(search("/login?password=" + base::percent_encode(secret) + "&x=1"),
              ElementsAre(Leak{"text", 16, "Kq7%225f3a%2F9c1e%26%2B%FB%FF~w"}));
}

TEST(LeakSearch, finds_base64_of_both_alphabets_at_every_alignment) {
  for (std::size_t before = 0; before < 6; ++before) {
    for (std::size_t after = 0; after < 3; ++after) {
      const auto bytes = std::string(before, 'u') + secret + std::string(after, ':');
      EXPECT_THAT(search(base::to_base64(bytes)), SizeIs(1)) << before << " " << after;
      EXPECT_THAT(search(base::to_base64url(bytes)), SizeIs(1)) << before << " " << after;
    }
  }
  EXPECT_THAT(search("Authorization: Basic " + base::to_base64("amy:" + secret)), SizeIs(1));
}

TEST(LeakSearch, finds_nothing_in_clean_texts) {
  EXPECT_THAT(search(""), IsEmpty());
  EXPECT_THAT(search("K"), IsEmpty());
  EXPECT_THAT(search(secret.substr(1)), IsEmpty());
  EXPECT_THAT(search(secret.substr(0, secret.size() - 1)), IsEmpty());
  EXPECT_THAT(search("[redacted]"), IsEmpty());
  EXPECT_THAT(search(base::to_base64(secret.substr(0, 8))), IsEmpty());
  EXPECT_THAT(find_leaks({}, {{"text", secret}}), IsEmpty());
  EXPECT_THAT(find_leaks(secrets, {}), IsEmpty());
}

TEST(LeakSearch, tells_the_longest_form_once) {
  const Secrets nested{"abcd", "abcdefgh"};
  EXPECT_THAT(find_leaks(nested, {{"text", "abcdefgh"}}), ElementsAre(Leak{"text", 0, "abcdefgh"}));
}

TEST(LeakSearch, finds_every_form_that_the_redactor_takes_out) {
  for (const auto& form : sim::forms_of_secret(secret)) {
    EXPECT_THAT(search("<" + form + ">"), Contains(Field(&Leak::form, form)));
    EXPECT_THAT(search(sim::Redactor(secrets)("<" + form + ">")), IsEmpty());
  }
}

// In records
// ----------------------------------------------------------------------------------------------------

struct PlantedText {
  std::string_view place;
  std::function<void(RunRecord&, std::string)> plant;
};

const std::vector<PlantedText>& places_in_a_record() {
  static const std::vector<PlantedText> places{
      {"script", [](RunRecord& r, std::string s) { r.script = s; }},
      {"title", [](RunRecord& r, std::string s) { r.title = s; }},
      {"about", [](RunRecord& r, std::string s) { r.about = s; }},
      {"covers",
       [](RunRecord& r, std::string s) {
         r.covers = {"R1", s};
       }},
      {"arm", [](RunRecord& r, std::string s) { r.arm = s; }},
      {"target", [](RunRecord& r, std::string s) { r.target = s; }},
      {"problem", [](RunRecord& r, std::string s) { r.problem = s; }},
      {"parties", [](RunRecord& r, std::string s) { r.parties = {s}; }},
      {"pending", [](RunRecord& r, std::string s) { r.pending = {s}; }},
      {"replay", [](RunRecord& r, std::string s) { r.replay = s; }},
      {"step in line 4", [](RunRecord& r, std::string s) { r.steps[0].what = s; }},
      {"outcome of the step in line 4", [](RunRecord& r, std::string s) { r.steps[0].outcome = s; }},
      {"expectation in line 7 what", [](RunRecord& r, std::string s) { r.judgements[0].what = s; }},
      {"expectation in line 7 when", [](RunRecord& r, std::string s) { r.judgements[0].when = s; }},
      {"expectation in line 7 expected", [](RunRecord& r, std::string s) { r.judgements[0].expected = s; }},
      {"expectation in line 7 found", [](RunRecord& r, std::string s) { r.judgements[0].found = s; }},
      {"expectation in line 7 rules", [](RunRecord& r, std::string s) { r.judgements[0].rules = {s}; }},
      {"exchange 9 from", [](RunRecord& r, std::string s) { r.exchanges[0].from = s; }},
      {"exchange 9 to", [](RunRecord& r, std::string s) { r.exchanges[0].to = s; }},
      {"exchange 9 method", [](RunRecord& r, std::string s) { r.exchanges[0].method = s; }},
      {"exchange 9 target", [](RunRecord& r, std::string s) { r.exchanges[0].target = s; }},
      {"exchange 9 request header name",
       [](RunRecord& r, std::string s) {
         r.exchanges[0].request_headers = {{s, ""}};
       }},
      {"exchange 9 request header Cookie",
       [](RunRecord& r, std::string s) {
         r.exchanges[0].request_headers = {{"Cookie", s}};
       }},
      {"exchange 9 request body", [](RunRecord& r, std::string s) { r.exchanges[0].request_body = s; }},
      {"exchange 9 failure", [](RunRecord& r, std::string s) { r.exchanges[0].failure = s; }},
      {"exchange 9 response header name",
       [](RunRecord& r, std::string s) {
         r.exchanges[0].response_headers = {{s, ""}};
       }},
      {"exchange 9 response header Set-Cookie",
       [](RunRecord& r, std::string s) {
         r.exchanges[0].response_headers = {{"Set-Cookie", s}};
       }},
      {"exchange 9 response body", [](RunRecord& r, std::string s) { r.exchanges[0].response_body = s; }},
      {"note of entra", [](RunRecord& r, std::string s) { r.notes[0].text = s; }},
      {"party of a note", [](RunRecord& r, std::string s) { r.notes[0].party = s; }},
  };
  return places;
}

RunRecord record_with_one_of_each() {
  RunRecord record;
  record.steps.resize(1);
  record.steps[0].line = 4;
  record.judgements.resize(1);
  record.judgements[0].line = 7;
  record.exchanges.resize(1);
  record.exchanges[0].id = 9;
  record.notes = {{{}, "entra", "begins"}};
  return record;
}

TEST(LeakSearch, finds_a_secret_in_every_text_of_a_record) {
  EXPECT_THAT(find_leaks(secrets, texts_of(record_with_one_of_each())), IsEmpty());
  for (const auto& [place, plant] : places_in_a_record()) {
    auto record = record_with_one_of_each();
    plant(record, "<" + secret + ">");
    EXPECT_THAT(find_leaks(secrets, texts_of(record)), ElementsAre(Leak{std::string(place), 1, secret}));
  }
}

// On disks and in notes
// ----------------------------------------------------------------------------------------------------

/// A secret in each of its 13 texts.
ScreenRecord screen_made_of(const std::string& text) {
  ScreenRecord screen;
  screen.text = screen.account = screen.typed_name = screen.message = screen.web_host = text;
  screen.tiles = {{.account = text, .full_name = text}};
  screen.prompt = ScreenRecord::Prompt{.title = text, .text = text, .fields = {text}, .choices = {text}};
  screen.popups = screen.offers = {text};
  return screen;
}

/// A world whose directory has a database with a row that holds a secret.
class PlantedWorld {
 public:
  PlantedWorld() : world_({}, carriage_), host_(world_.add_host("directory", "directory.example.test")) {
    auto opened = directory::Database::open(host_.disk(), base::Rng(1));
    EXPECT_TRUE(opened);
    database_ = std::move(*opened);
    pragma("PRAGMA secure_delete=OFF");
    database_->run("CREATE TABLE planted (id INTEGER PRIMARY KEY, text TEXT)");
  }

  void pragma(std::string_view sql) {
    database_->query(sql, [](directory::Row) {});
  }
  /// Moves everything from the log to the database file.
  void checkpoint() { pragma("PRAGMA wal_checkpoint(TRUNCATE)"); }
  directory::Database& database() { return *database_; }
  sim::World& world() { return world_; }
  base::Disk& disk() { return host_.disk(); }

  [[nodiscard]] std::vector<Leak> leaks() { return find_leaks(secrets, texts_of(world_)); }

 private:
  base::DirectCarriage carriage_;
  sim::World world_;
  sim::Host& host_;
  std::unique_ptr<directory::Database> database_;
};

TEST(LeakSearch, finds_no_leak_on_a_disk_without_one) {
  PlantedWorld planted;
  planted.database().run("INSERT INTO planted (text) VALUES (?1)", base::to_hex(base::to_base64(secret)));
  EXPECT_THAT(texts_of(planted.world()), Contains(Field(&NamedText::name, "directory: directory.db")));
  EXPECT_THAT(planted.leaks(), IsEmpty());
}

TEST(LeakSearch, finds_a_row_in_the_log_and_then_in_the_database_file) {
  PlantedWorld planted;
  planted.database().run("INSERT INTO planted (text) VALUES (?1)", secret);
  EXPECT_THAT(planted.leaks(),
              AllOf(Not(IsEmpty()), Each(Field(&Leak::place, "directory: directory.db-wal"))));
  planted.checkpoint();
  EXPECT_THAT(planted.leaks(), AllOf(Not(IsEmpty()), Each(Field(&Leak::place, "directory: directory.db"))));
}

TEST(LeakSearch, finds_a_row_that_has_been_deleted) {
  PlantedWorld planted;
  planted.database().run("INSERT INTO planted (text) VALUES (?1)", secret);
  planted.database().run("DELETE FROM planted");
  planted.checkpoint();
  EXPECT_FALSE(planted.database().exists("SELECT 1 FROM planted"));
  EXPECT_THAT(planted.leaks(), AllOf(Not(IsEmpty()), Each(Field(&Leak::place, "directory: directory.db"))));
}

TEST(LeakSearch, finds_no_deleted_row_where_deletion_overwrites) {
  PlantedWorld planted;
  planted.pragma("PRAGMA secure_delete=ON");
  planted.database().run("INSERT INTO planted (text) VALUES (?1)", secret);
  planted.database().run("DELETE FROM planted");
  planted.checkpoint();
  EXPECT_THAT(planted.leaks(), IsEmpty());
}

TEST(LeakSearch, finds_a_row_on_a_page_that_is_free) {
  PlantedWorld planted;
  const std::string padding(8000, '.');
  planted.database().run("INSERT INTO planted (text) VALUES (?1)", padding + secret + padding);
  planted.database().run("DROP TABLE planted");
  planted.checkpoint();
  const auto free =
      planted.database().first("PRAGMA freelist_count", [](auto row) { return row.integer(0); });
  EXPECT_GT(free.value_or(0), 0);
  EXPECT_THAT(planted.leaks(), SizeIs(1));
}

TEST(LeakSearch, finds_raw_bytes_in_any_file_of_any_host) {
  PlantedWorld planted;
  auto& mac = planted.world().add_host("mac-1", "mac-1.example.test");
  const auto encoded = base::to_base64(secret);
  for (auto* disk : {&planted.disk(), static_cast<base::Disk*>(&mac.disk())}) {
    static_cast<void>(disk->open("cache")->write(700, std::as_bytes(std::span(encoded))));
  }
  EXPECT_THAT(planted.leaks(),
              ElementsAre(AllOf(Field(&Leak::place, "directory: cache"), Field(&Leak::offset, 700U)),
                          AllOf(Field(&Leak::place, "mac-1: cache"), Field(&Leak::offset, 700U))));
}

TEST(LeakSearch, finds_a_note_before_redaction_and_not_after) {
  PlantedWorld planted;
  auto& recorder = planted.world().recorder();
  recorder.note("entra", "sends " + base::percent_encode(secret));
  EXPECT_THAT(planted.leaks(), ElementsAre(Field(&Leak::place, "raw note of entra")));
  RunRecord record;
  copy_redacted(recorder, record);
  EXPECT_THAT(find_leaks(secrets, texts_of(record)), ElementsAre(Field(&Leak::place, "note of entra")))
      << "nobody has told the recorder of this secret";
  recorder.witness(base::Secret(secret));
  record = {};
  copy_redacted(recorder, record);
  EXPECT_THAT(find_leaks(secrets, texts_of(record)), IsEmpty());
}

TEST(LeakSearch, finds_nothing_in_a_record_that_was_made_of_secrets_and_redacted) {
  PlantedWorld planted;
  auto& recorder = planted.world().recorder();
  recorder.witness(base::Secret(secret));
  const auto encoded = base::percent_encode(secret);
  base::HttpRequest request("GET", "/login?password=" + encoded);
  request.headers.add("Cookie", "session=" + base::to_base64url(secret));
  request.body = base::to_text(base::JsonObject{{"password", secret}});
  base::HttpResponse response(200, "text/plain", "your password is " + secret);
  response.headers.add("Location", "/?" + encoded);
  recorder.concluded(recorder.request_sent("people", "directory", request), response);
  const base::HttpResult failure =
      std::unexpected(base::TransportFailure{base::TransportFailure::Kind::reset, "at " + secret});
  recorder.concluded(recorder.request_sent("people", "directory", request), failure);
  auto record = record_with_one_of_each();
  record.exchanges.clear();
  record.steps[0].what = record.steps[0].outcome = secret;
  record.judgements[0].expected = record.judgements[0].found = secret;
  record.problem = secret;
  record.pending = {secret};
  record.judgements[0].screen = screen_made_of(secret);
  record.screens = {screen_made_of(secret)};
  EXPECT_THAT(find_leaks(secrets, texts_of(record)), SizeIs(6 + 2 * 13));
  copy_redacted(recorder, record);
  ASSERT_THAT(record.exchanges, SizeIs(2));
  EXPECT_EQ(record.exchanges[0].target, "/login?password=[redacted]");
  EXPECT_THAT(find_leaks(secrets, texts_of(record)), IsEmpty());
}

TEST(LeakSearch, shows_a_leak_by_place_and_offset) {
  std::ostringstream out;
  out << Leak{"directory: directory.db", 4096, "abcd"};
  EXPECT_THAT(out.str(), StartsWith("directory: directory.db at byte 4096"));
}

}  // namespace leak_search_test
}  // namespace scenarios
