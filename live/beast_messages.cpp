#include "live/beast_messages.h"

namespace live {
namespace {

template <class Message>
void put_headers(const base::Headers& headers, Message& message) {
  for (const auto& field : headers) message.insert(field.name, field.value);
}

template <class Message>
base::Headers take_headers(const Message& message) {
  base::Headers headers;
  for (const auto& field : message) {
    headers.add(std::string(field.name_string()), std::string(field.value()));
  }
  return headers;
}

}  // namespace

BeastRequest to_beast(const base::HttpRequest& request) {
  BeastRequest out;
  out.version(11);
  out.method_string(request.method);
  out.target(request.target);
  put_headers(request.headers, out);
  out.body() = request.body;
  out.prepare_payload();
  return out;
}

BeastResponse to_beast(const base::HttpResponse& response) {
  BeastResponse out;
  out.version(11);
  out.result(static_cast<unsigned>(response.status));
  put_headers(response.headers, out);
  // These have no body, and 1xx and 204 must not say how long it is. [RFC9110 6.4.1, 8.6]
  if (response.status < 200 || response.status == 204 || response.status == 304) return out;
  out.body() = response.body;
  out.prepare_payload();
  return out;
}

base::HttpRequest from_beast(BeastRequest&& request) {
  base::HttpRequest out(std::string(request.method_string()), std::string(request.target()));
  out.headers = take_headers(request);
  out.body = std::move(request.body());
  return out;
}

base::HttpResponse from_beast(BeastResponse&& response) {
  base::HttpResponse out(static_cast<int>(response.result_int()));
  out.headers = take_headers(response);
  out.body = std::move(response.body());
  return out;
}

}  // namespace live
