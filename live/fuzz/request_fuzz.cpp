// Bytes as a client might send them, in pieces, through the parser of the HTTP host with the host's limits,
// and what it read through our messages. Of the first byte the lowest bit says that line feeds stand for CR
// LF, so that seeds are text, and the others how long the pieces are.
#include <boost/asio/buffer.hpp>
#include <boost/beast/core/flat_buffer.hpp>

#include <string>

#include "base/fuzz/fuzz_target.h"
#include "live/beast_messages.h"

namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;

std::string with_line_ends(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '\n' ? std::string("\r\n") : std::string(1, c);
  return out;
}

/// What the service does with a request before it knows the sender.
void use(const base::HttpRequest& request) {
  static_cast<void>(request.host());
  static_cast<void>(request.headers.find("Authorization"));
  if (const auto target = base::parse_target(request.target)) {
    for (const auto& segment : target->segments())
      base::require(segment.find('/') == std::string::npos || request.target.find('%') != std::string::npos,
                    "a segment has no slash of its own");
  }
  auto again = live::to_beast(request);
  const auto back = live::from_beast(std::move(again));
  base::require(back.method == request.method && back.target == request.target && back.body == request.body,
                "a request comes back from Beast");
}

/// One request from the front of `bytes`, `piece` bytes at a time; false where there is none, or no further
/// one.
bool take_request(std::string_view& bytes, std::size_t piece, beast::flat_buffer& buffer) {
  live::RequestParser parser;
  live::set_limits(parser);
  parser.eager(true);
  while (!parser.is_done()) {
    beast::error_code error;
    if (buffer.size() != 0) buffer.consume(parser.put(buffer.data(), error));
    if (parser.is_done()) break;
    if (error && error != http::error::need_more) return false;
    if (bytes.empty()) {
      parser.put_eof(error);
      if (error || !parser.is_done()) return false;
      break;
    }
    const auto taken = bytes.substr(0, piece);
    bytes.remove_prefix(taken.size());
    buffer.commit(asio::buffer_copy(buffer.prepare(taken.size()), asio::buffer(taken.data(), taken.size())));
  }
  base::require(parser.get().body().size() <= live::longest_body, "a body is no longer than the host allows");
  auto message = parser.release();
  const bool more = message.keep_alive();
  use(live::from_beast(std::move(message)));
  return more;
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  const std::size_t piece = 1 + (data[0] >> 1);
  const auto text = base::fuzz_text(data + 1, size - 1);
  const auto whole = (data[0] & 1) != 0 ? with_line_ends(text) : std::string(text);
  std::string_view bytes = whole;
  beast::flat_buffer buffer;
  while ((!bytes.empty() || buffer.size() != 0) && take_request(bytes, piece, buffer)) {
  }
  return 0;
}
