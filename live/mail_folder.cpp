#include "live/mail_folder.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <algorithm>

#include "live/files.h"

namespace live {
namespace {

constexpr int most_in_a_millisecond = 10'000;

/// `20260105T080000.000Z`
std::string stamp(base::Instant instant) {
  auto text = base::to_rfc3339(instant);
  std::erase_if(text, [](char c) { return c == '-' || c == ':'; });
  return text;
}

bool is_there(const std::string& path) {
  struct stat status {};
  return ::lstat(path.c_str(), &status) == 0;
}

}  // namespace

base::Task<base::HttpResponse> MailFolder::handle(base::HttpRequest request) {
  const auto made = make_private_folder(folder_);
  if (!made) co_return base::HttpResponse(503, "text/plain", made.error().message);
  const auto at = stamp(clock_->now());
  for (int i = 1; i <= most_in_a_millisecond; ++i) {
    const auto path = fmt::format("{}/{}-{}.json", folder_, at, i);
    if (is_there(path)) continue;
    const auto created = create_durably(path, request.body + "\n");
    if (!created) co_return base::HttpResponse(503, "text/plain", created.error().message);
    co_return base::HttpResponse(202);
  }
  co_return base::HttpResponse(503);
}

}  // namespace live
