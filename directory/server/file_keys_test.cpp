// Keys that lie in files beside a served directory: whoever changes the file changes what is valid.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "directory/in_process_fixture.h"

namespace directory {
namespace file_keys_test {

using ::testing::HasSubstr;

class FileKeysOf : public ::testing::Test {
 protected:
  void adopt(std::string_view key, std::string_view connect_key = "", IntegrationKind kind = IntegrationKind::generic) {
    const auto adopted = core_.server->adopt({base::Secret(std::string(key)), base::Secret(std::string(connect_key))}, kind);
    EXPECT_TRUE(adopted.has_value());
  }
  int status(std::string_view header, std::string_view value, std::string target) {
    return core_.answer_to(InProcess::with(header, value, "GET", std::move(target))).status;
  }
  int bearer(const std::string& key) { return status("Authorization", "Bearer " + key, "/scim/v2/Users"); }
  int registers(std::string_view key) {
    return core_
        .answer_to(InProcess::with("x-connect-key", key, "POST", "/agent/v1/register",
                                   R"({"hostname": "mac", "os": "macos",
                                       "sealing_key": "AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8="})"))
        .status;
  }

  InProcess core_;
};

TEST_F(FileKeysOf, one_key_opens_scim_in_both_headers_and_the_admin_api) {
  adopt("a-key-in-a-file-0123456789");
  EXPECT_EQ(bearer("a-key-in-a-file-0123456789"), 200);
  EXPECT_EQ(status("x-api-key", "a-key-in-a-file-0123456789", "/scim/v2/Users"), 200);
  EXPECT_EQ(status("x-api-key", "a-key-in-a-file-0123456789", "/api/systemusers"), 200);
  EXPECT_EQ(status("x-api-key", "another-key-0123456789", "/api/systemusers"), 401);
}

TEST_F(FileKeysOf, a_new_key_takes_the_place_of_the_old_one_and_leaves_other_keys) {
  adopt("a-key-in-a-file-0123456789", "a-connect-key-0123456789");
  core_.stop();
  core_.start();
  EXPECT_EQ(bearer("a-key-in-a-file-0123456789"), 200) << "a restart keeps it";
  adopt("the-next-key-in-a-file-0123456789");
  EXPECT_EQ(bearer("a-key-in-a-file-0123456789"), 401);
  EXPECT_EQ(status("x-api-key", "a-key-in-a-file-0123456789", "/api/systemusers"), 401);
  EXPECT_EQ(bearer("the-next-key-in-a-file-0123456789"), 200);
  EXPECT_EQ(bearer(core_.keys.scim_token.reveal()), 200);
  EXPECT_EQ(status("x-api-key", core_.keys.admin_key.reveal(), "/api/systemusers"), 200);
  EXPECT_EQ(registers("a-connect-key-0123456789"), 201) << "no file, no change";
}

TEST_F(FileKeysOf, agents_register_with_the_key_of_their_file) {
  adopt("a-key-in-a-file-0123456789", "a-connect-key-0123456789");
  EXPECT_EQ(registers("a-connect-key-0123456789"), 201);
  EXPECT_EQ(registers("a-key-in-a-file-0123456789"), 401);
  adopt("a-key-in-a-file-0123456789", "the-next-connect-key-0123456789");
  EXPECT_EQ(registers("a-connect-key-0123456789"), 401);
  EXPECT_EQ(registers("the-next-connect-key-0123456789"), 201);
}

// [rule R44]
TEST_F(FileKeysOf, the_key_runs_under_the_policy_of_the_integration_named_last) {
  const auto create = [&](std::string_view username) {
    return core_
        .answer_to(InProcess::with("Authorization", "Bearer a-key-in-a-file-0123456789", "POST", "/scim/v2/Users",
                                   fmt::format(R"({{"userName": "{0}", "emails": [{{"value": "{0}", "primary": true}}]}})",
                                               username)));
  };
  adopt("a-key-in-a-file-0123456789", "", IntegrationKind::generic);
  adopt("a-key-in-a-file-0123456789", "", IntegrationKind::entra);
  const auto refused = create("amy.lee@example.test");
  EXPECT_EQ(refused.status, 400) << refused.body;
  EXPECT_THAT(refused.body, HasSubstr("invalidValue"));
}

}  // namespace file_keys_test
}  // namespace directory
