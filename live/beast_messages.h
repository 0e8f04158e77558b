// Between our message values and Beast's.
#pragma once

#include <boost/beast/http/message.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/string_body.hpp>

#include "base/http.h"

namespace live {

using BeastRequest = boost::beast::http::request<boost::beast::http::string_body>;
using BeastResponse = boost::beast::http::response<boost::beast::http::string_body>;
using RequestParser = boost::beast::http::request_parser<boost::beast::http::string_body>;

/// Longest header block and body that either side accepts, in bytes.
inline constexpr std::uint32_t longest_header = 64 << 10;
inline constexpr std::uint64_t longest_body = 16 << 20;

template <bool is_request>
void set_limits(boost::beast::http::parser<is_request, boost::beast::http::string_body>& parser) {
  parser.header_limit(longest_header);
  parser.body_limit(longest_body);
}

[[nodiscard]] BeastRequest to_beast(const base::HttpRequest& request);
[[nodiscard]] BeastResponse to_beast(const base::HttpResponse& response);
[[nodiscard]] base::HttpRequest from_beast(BeastRequest&& request);
[[nodiscard]] base::HttpResponse from_beast(BeastResponse&& response);

}  // namespace live
