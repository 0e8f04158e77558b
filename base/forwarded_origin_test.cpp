#include "base/forwarded_origin.h"

#include <gtest/gtest.h>

namespace base {
namespace forwarded_origin_test {

HttpRequest request_with(std::string_view scheme, std::string_view host) {
  HttpRequest request("GET", "/");
  if (!host.empty()) request.headers.add("Host", std::string(host));
  if (!scheme.empty()) request.headers.add(forwarded_scheme_field, std::string(scheme));
  return request;
}

TEST(ForwardedOrigin, is_what_the_client_used) {
  EXPECT_EQ(forwarded_origin(request_with("http", "localhost:8080")), "http://localhost:8080");
  EXPECT_EQ(forwarded_origin(request_with("https", "graph.microsoft.com")), "https://graph.microsoft.com");
  EXPECT_EQ(forwarded_origin(request_with("https", "[::1]:8443")), "https://[::1]:8443");
}

TEST(ForwardedOrigin, is_nobodys_word_but_the_edges) {
  EXPECT_EQ(forwarded_origin(request_with("", "localhost")), std::nullopt);
  EXPECT_EQ(forwarded_origin(request_with("https", "")), std::nullopt);
  for (const auto* scheme : {"ftp", "HTTPS", "https, http", "javascript"})
    EXPECT_EQ(forwarded_origin(request_with(scheme, "localhost")), std::nullopt) << scheme;
}

}  // namespace forwarded_origin_test
}  // namespace base
