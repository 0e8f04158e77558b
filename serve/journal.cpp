#include "serve/journal.h"

namespace serve {
namespace {

constexpr std::size_t bytes_of_any = 256;

std::size_t bytes_of(const Input& input) {
  const auto* asked = std::get_if<Asked>(&input.what);
  if (asked == nullptr) return bytes_of_any;
  auto bytes = bytes_of_any + asked->request.target.size() + asked->request.body.size();
  for (const auto& field : asked->request.headers) bytes += field.name.size() + field.value.size();
  return bytes;
}

}  // namespace

void Journal::add(Input input) {
  if (overflowed_) return;
  const auto bytes = bytes_of(input);
  if (bytes_ + bytes > most_bytes || inputs_.size() >= most_inputs) {
    overflowed_ = true;
    return;
  }
  bytes_ += bytes;
  inputs_.push_back(std::make_shared<const Input>(std::move(input)));
}

}  // namespace serve
