#include "live/load_client.h"

#include <boost/asio/io_context.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/http/parser.hpp>
#include <boost/beast/http/read.hpp>
#include <boost/beast/http/write.hpp>

#include <utility>

#include "live/beast_messages.h"

namespace live {
namespace {

namespace asio = boost::asio;
namespace beast = boost::beast;
namespace http = boost::beast::http;
using asio::ip::tcp;

class Sender : public std::enable_shared_from_this<Sender> {
 public:
  Sender(asio::io_context& context, const Load& load, LoadOutcome& outcome)
      : load_(&load), outcome_(&outcome), socket_(context) {}

  void start() {
    socket_.async_connect({asio::ip::address_v4::loopback(), load_->port},
                          [self = shared_from_this()](beast::error_code error) {
                            beast::error_code ignored;
                            self->socket_.set_option(tcp::no_delay(true), ignored);
                            if (!error) self->send();
                          });
  }

 private:
  void send() {
    auto next = load_->next();
    if (!next) return;
    request_ = std::move(*next);
    message_ = to_beast(request_);
    ++outcome_->unanswered;
    http::async_write(socket_, message_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (!error) self->receive();
    });
  }

  void receive() {
    parser_.emplace();
    parser_->body_limit(longest_body);
    http::async_read(socket_, buffer_, *parser_, [self = shared_from_this()](beast::error_code error, std::size_t) {
      if (error) return;
      --self->outcome_->unanswered;
      ++self->outcome_->answered;
      const auto response = from_beast(self->parser_->release());
      self->load_->on_answer(self->request_, response);
      self->send();
    });
  }

  const Load* load_;
  LoadOutcome* outcome_;
  tcp::socket socket_;
  beast::flat_buffer buffer_;
  base::HttpRequest request_;
  BeastRequest message_;
  std::optional<http::response_parser<http::string_body>> parser_;
};

}  // namespace

LoadOutcome run_load(const Load& load) {
  asio::io_context context{1};
  LoadOutcome outcome;
  for (std::size_t i = 0; i < load.connections; ++i) std::make_shared<Sender>(context, load, outcome)->start();
  context.run();
  return outcome;
}

}  // namespace live
