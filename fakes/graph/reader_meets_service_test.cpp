// A reader of delta queries against Graph: whatever Graph does to it, its copy becomes what the tenant is.
#include "fakes/graph/delta_reader.h"

#include <set>

#include "base/uri.h"
#include "fakes/graph/graph_fixture.h"

namespace fakes::graph {
namespace reader_meets_service_test {

class DirectTransport final : public base::HttpTransport {
 public:
  explicit DirectTransport(Service& service) : service_(&service) {}
  base::Task<base::HttpResult> send(base::HttpRequest request, base::Duration) override {
    auto response = co_await service_->handle(std::move(request));
    co_return response;
  }

 private:
  Service* service_;
};

base::Task<void> read_once(DeltaReader& reader, std::string& into) {
  const base::Secret token("all");
  const auto result = co_await reader.read(token);
  into = result ? "read" : result.error().message;
}

class ReaderMeetsService : public GraphTest {
 protected:
  void read(DeltaReader& reader) {
    std::string result;
    base::spawn(scheduler_, scope_, "reads", read_once(reader, result));
    const auto until = scheduler_.now() + std::chrono::minutes{10};
    scheduler_.run_until(until);
    scheduler_.advance_to(until);
    EXPECT_EQ(result, "read");
  }
  /// Ids and display names of the copy and of the tenant.
  static std::set<std::pair<std::string, std::string>> copy_of(const DeltaReader& reader) {
    std::set<std::pair<std::string, std::string>> out;
    for (const auto& [id, object] : reader.objects()) out.emplace(id, at(base::Json(object), "/displayName"));
    return out;
  }
  std::set<std::pair<std::string, std::string>> truth() {
    std::set<std::pair<std::string, std::string>> out;
    for (const auto& [id, object] : tenant_.living(entra::ObjectKind::user)) out.emplace(id.text(), object.text("displayName"));
    return out;
  }

  std::shared_ptr<base::Scope> scope_ = scheduler_.make_scope("reader");
  DirectTransport transport_{service_};
};

// [Graph DL12] [Graph DL13] [Graph DL17] [Graph F16] [Graph F17]
TEST_F(ReaderMeetsService, replays_empty_pages_duplicates_outages_and_a_resync_leave_the_copy_right) {
  service_.options().delta_page = 3;
  service_.options().now_and_then = {1, 4};
  DeltaReader reader(transport_, clock_, base::parse_uri("https://graph.microsoft.com/v1.0/users/delta").value());
  const auto change_something = [&](int round) {
    for (int i = 0; i < 7; ++i) made_user("user" + std::to_string(round) + "x" + std::to_string(i));
    const auto ids = each(get("/users?$top=999&$select=id"), "/id");
    send("DELETE", "/users/" + ids[static_cast<std::size_t>(round) % ids.size()]);
    send("PATCH", "/users/" + ids[ids.size() / 2], R"({"displayName": "Renamed )" + std::to_string(round) + "\"}");
  };
  const Quirks troubles[] = {{},
                             {Quirk::delta_replays},
                             {Quirk::delta_empty_pages, Quirk::delta_duplicates},
                             {Quirk::unavailable_with_retry_after, Quirk::unavailable_without_retry_after},
                             {Quirk::throttled_below_limits, Quirk::throttled_without_retry_after},
                             {}};
  int round = 0;
  for (const auto& trouble : troubles) {
    service_.options().quirks = {};
    change_something(round++);
    if (round == 6) service_.require_resync();
    service_.options().quirks = trouble;
    read(reader);
    EXPECT_EQ(copy_of(reader), truth()) << "round " << round;
  }
  EXPECT_EQ(reader.counts().resyncs, 1U);
  EXPECT_GT(reader.counts().empty_pages, 0U);
  EXPECT_GT(reader.counts().repeated, 0U);
  EXPECT_GT(reader.counts().waits, 0U);
}

// [Graph DL16]
TEST_F(ReaderMeetsService, a_reader_that_slept_too_long_begins_again) {
  made_user("amy");
  DeltaReader reader(transport_, clock_, base::parse_uri("https://graph.microsoft.com/v1.0/users/delta").value());
  read(reader);
  send("DELETE", "/users/amy@example.test");
  made_user("bob");
  pass(std::chrono::days{8});
  read(reader);
  EXPECT_EQ(copy_of(reader), truth());
}

}  // namespace reader_meets_service_test
}  // namespace fakes::graph
