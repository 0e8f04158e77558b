#include "live/loopback_carriage.h"

#include <fmt/format.h>
#include <boost/asio/connect.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <map>
#include <optional>
#include <stdexcept>
#include <string>

#include "live/beast_messages.h"
#include "live/http_host.h"

namespace live {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

struct LoopbackCarriage::Parts {
  /// A message between its two halves.
  struct Underway {
    explicit Underway(asio::io_context& context) : socket(context) {}
    tcp::socket socket;
    HttpHost* host = nullptr;
    HttpHost::RequestId request = 0;
    bool head = false;
  };

  struct Arrival {
    HttpHost::RequestId id;
    base::HttpRequest request;
  };

  asio::io_context context{1};
  std::optional<Arrival> arrived;
  std::map<std::string, std::unique_ptr<HttpHost>, std::less<>> hosts;
  std::map<std::uint64_t, std::unique_ptr<Underway>> underway;

  HttpHost& host(std::string_view name) {
    auto& host = hosts[std::string(name)];
    if (!host) {
      host =
          std::make_unique<HttpHost>(context, 0, [this](HttpHost::RequestId id, base::HttpRequest request) {
            arrived = Arrival{id, std::move(request)};
          });
    }
    return *host;
  }

  /// Runs socket events until `done`; a loop-back connection that ends before is a fault of the bench.
  template <class Done>
  void pump(Done done, std::string_view what) {
    while (!done()) {
      if (context.run_one() == 0)
        throw std::runtime_error(fmt::format("the loopback connection ended while {}", what));
    }
  }
};

LoopbackCarriage::LoopbackCarriage() : parts_(std::make_unique<Parts>()) {}

LoopbackCarriage::~LoopbackCarriage() {
  // Sockets and listeners before the context that they belong to.
  parts_->underway.clear();
  parts_->hosts.clear();
}

base::HttpRequest LoopbackCarriage::carry_request(std::uint64_t exchange, std::string_view host_name,
                                                  base::HttpRequest request) {
  auto& host = parts_->host(host_name);
  auto message = std::make_unique<Parts::Underway>(parts_->context);
  message->host = &host;
  message->head = request.method == "HEAD";
  message->socket.connect(tcp::endpoint(asio::ip::address_v4::loopback(), host.port()));
  message->socket.set_option(tcp::no_delay(true));
  const auto bytes = to_beast(request);
  std::optional<beast::error_code> written;
  parts_->arrived.reset();
  http::async_write(message->socket, bytes,
                    [&written](beast::error_code error, std::size_t) { written = error; });
  // An answer that comes before the request has arrived is the host's refusal to parse it.
  const auto refused = std::make_shared<bool>(false);
  message->socket.async_wait(tcp::socket::wait_read,
                             [refused](beast::error_code error) { *refused = !error; });
  // Both ends: what the handler refers to must outlive it.
  parts_->pump([&] { return written && (*written || *refused || parts_->arrived); }, "a request was written");
  if (*written) throw std::runtime_error("a request could not be written: " + written->message());
  if (!parts_->arrived)
    throw std::runtime_error("a request cannot be carried over HTTP: its host refused it");
  message->socket.cancel();
  message->request = parts_->arrived->id;
  auto carried = std::move(parts_->arrived->request);
  parts_->underway.insert_or_assign(exchange, std::move(message));
  return carried;
}

base::HttpResponse LoopbackCarriage::carry_response(std::uint64_t exchange, base::HttpResponse response) {
  const auto found = parts_->underway.find(exchange);
  if (found == parts_->underway.end()) throw std::logic_error("a response without a request");
  auto& message = *found->second;
  message.host->respond(message.request, response);
  beast::flat_buffer buffer;
  http::response_parser<http::string_body> parser;
  set_limits(parser);
  parser.skip(message.head);
  std::optional<beast::error_code> outcome;
  http::async_read(message.socket, buffer, parser,
                   [&outcome](beast::error_code error, std::size_t) { outcome = error; });
  parts_->pump([&] { return outcome.has_value(); }, "a response was read");
  if (*outcome) throw std::runtime_error("a response could not be read: " + outcome->message());
  auto carried = from_beast(parser.release());
  parts_->underway.erase(found);
  return carried;
}

void LoopbackCarriage::abandon(std::uint64_t exchange) {
  const auto found = parts_->underway.find(exchange);
  if (found == parts_->underway.end()) return;
  found->second->host->abandon(found->second->request);
  parts_->underway.erase(found);
}

}  // namespace live
