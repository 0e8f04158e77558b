// Mail as files.
#include "live/mail_folder.h"

#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <vector>

#include "base/task.h"
#include "live/folder_fixture.h"
#include "live/wall_clock.h"

namespace live {
namespace mail_folder_test {

class MailFolderTest : public ::testing::Test {
 protected:
  int deliver(const std::string& body, const std::string& into = "mail") {
    MailFolder mail(folder_ / into, clock_);
    base::HttpRequest request("POST", "/");
    request.body = body;
    int status = 0;
    base::spawn(scheduler_, scheduler_.make_scope("party"), "delivers", ask(mail, std::move(request), status));
    scheduler_.run_until(scheduler_.now());
    return status;
  }
  static base::Task<void> ask(base::HttpService& mail, base::HttpRequest request, int& status) {
    const auto response = co_await mail.handle(std::move(request));
    status = response.status;
  }
  std::vector<std::string> names() {
    std::vector<std::string> found;
    for (const auto& entry : std::filesystem::directory_iterator(folder_ / "mail")) {
      found.push_back(entry.path().filename().string());
    }
    std::ranges::sort(found);
    return found;
  }

  Folder folder_;
  base::Scheduler scheduler_{{.start = *base::parse_rfc3339("2026-01-05T08:00:00.25Z")}};
  WallClock clock_{scheduler_};
};

TEST_F(MailFolderTest, each_message_is_a_file_for_its_owner_alone) {
  EXPECT_EQ(deliver("{\"to\":\"a\"}"), 202);
  EXPECT_EQ(deliver("{\"to\":\"b\"}"), 202);
  EXPECT_EQ(names(), (std::vector<std::string>{"20260105T080000.250Z-1.json", "20260105T080000.250Z-2.json"}));
  EXPECT_EQ(folder_.read("mail/20260105T080000.250Z-1.json"), "{\"to\":\"a\"}\n");
  EXPECT_EQ(folder_.read("mail/20260105T080000.250Z-2.json"), "{\"to\":\"b\"}\n");
  EXPECT_EQ(folder_.mode("mail"), 0700U);
  EXPECT_EQ(folder_.mode("mail/20260105T080000.250Z-1.json"), 0600U);
}

TEST_F(MailFolderTest, what_cannot_be_kept_is_refused_so_that_it_is_tried_again) {
  EXPECT_EQ(deliver("{}", "no/such/folder"), 503);
  folder_.write("mail", "a file");
  EXPECT_EQ(deliver("{}"), 503);
}

}  // namespace mail_folder_test
}  // namespace live
