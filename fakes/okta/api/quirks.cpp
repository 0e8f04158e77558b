#include "fakes/okta/api/quirks.h"

namespace fakes::okta::api {
namespace {

// clang-format off
constexpr QuirkInfo quirk_table[] = {
    {Quirk::group_pages_of_ten_thousand, "group_pages_of_ten_thousand", "a list of groups has 10 000 a page in place of 200", "5.4-04"},
    {Quirk::unassignment_answers_object, "unassignment_answers_object", "whoever unassigns a user gets 200 and an empty object in place of 204", "5.5-04"},
    {Quirk::headers_show_share_of_token, "headers_show_share_of_token", "limit and rest in an answer are those of the caller's token, not of the bucket", "5.6-06"},
    {Quirk::hooks_out_of_order, "hooks_out_of_order", "event hooks are told of later events first", "5.7-13"},
    {Quirk::hooks_deliver_twice, "hooks_deliver_twice", "event hooks are told of each event twice", "5.7-13"},
};
// clang-format on

}  // namespace

std::span<const QuirkInfo> all_quirks() { return quirk_table; }

std::optional<Quirk> find_quirk(std::string_view name) { return quirk_named(all_quirks(), name); }

}  // namespace fakes::okta::api
