#include "directory/cloud_sync/upn.h"

#include <gtest/gtest.h>

namespace directory {
namespace upn_test {

TEST(Upn, R92_without_domains_every_address_is_sent_as_it_is) {
  EXPECT_EQ(upn_of("Amy.Lee@Example.Test", {}).value(), "Amy.Lee@Example.Test");
}

TEST(Upn, R93_without_a_default_only_addresses_of_listed_domains_are_synced) {
  const UpnRules rules{{"example.test", "other.test"}, ""};
  EXPECT_EQ(upn_of("amy@OTHER.test", rules).value(), "amy@OTHER.test");
  EXPECT_FALSE(upn_of("amy@elsewhere.test", rules));
  EXPECT_FALSE(upn_of("amy@sub.example.test", rules));
}

TEST(Upn, R94_with_a_default_the_local_part_of_others_moves_to_it) {
  const UpnRules rules{{"example.test", "other.test"}, "example.test"};
  EXPECT_EQ(upn_of("amy@other.test", rules).value(), "amy@other.test");
  EXPECT_EQ(upn_of("amy@elsewhere.test", rules).value(), "amy@example.test");
}

TEST(Upn, who_has_no_address_has_none) {
  EXPECT_FALSE(upn_of("", {}));
  EXPECT_FALSE(upn_of("amy", {{"example.test"}, "example.test"}));
}

}  // namespace upn_test
}  // namespace directory
