#include "reports/page_text.h"

#include <gtest/gtest.h>

#include <regex>
#include <set>

#include "base/encoding.h"

namespace reports {

std::vector<std::string> all_matches(const std::string& text, const std::string& pattern) {
  const std::regex expression(pattern);
  std::vector<std::string> found;
  for (std::sregex_iterator at(text.begin(), text.end(), expression), end; at != end; ++at)
    found.push_back((*at)[1]);
  return found;
}

void expect_targets(const std::string& page, const std::string& attributes) {
  std::set<std::string> ids;
  for (const auto& id : all_matches(page, " id=\"([^\"]*)\"")) EXPECT_TRUE(ids.insert(id).second) << id;
  for (const auto& link : all_matches(page, "href=\"#([^\"]*)\"")) {
    EXPECT_TRUE(ids.contains(base::percent_decode(link).value_or(""))) << link;
  }
  for (const auto& id : all_matches(page, "\\s(?:" + attributes + ")=\"([^\"]*)\"")) EXPECT_TRUE(ids.contains(id)) << id;
}

}  // namespace reports
