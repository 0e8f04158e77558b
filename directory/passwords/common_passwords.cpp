#include "directory/passwords/common_passwords.h"

#include <algorithm>
#include <array>

namespace directory {
namespace {

constexpr auto common = std::to_array<std::string_view>({
    "!qaz2wsx",     "00000000",        "11111111",     "111111111",    "11223344",
    "1122334455",   "123123123",       "12341234",     "12344321",     "12345678",
    "123456789",    "1234567890",      "1234qwer",     "123654789",    "12qwaszx",
    "147258369",    "1q2w3e4r",        "1q2w3e4r5t",   "1qaz2wsx",     "1qazxsw2",
    "66666666",     "87654321",        "88888888",     "987654321",    "9876543210",
    "a12345678",    "a1b2c3d4",        "aa123456",     "abc12345",     "abc123456",
    "abcd1234",     "abcdefgh",        "access14",     "admin123",     "admin1234",
    "admin12345",   "administrator",   "alexander",    "arsenal1",     "asdf1234",
    "asdfasdf",     "asdfghjkl",       "asshole1",     "autumn2024",   "autumn2025",
    "baseball",     "baseball1",       "basketball",   "batman123",    "benjamin",
    "blink182",     "butterfly",       "changeme",     "changeme1",    "changeme123",
    "charlie1",     "cheesecake",      "chelsea1",     "chocolate",    "christopher",
    "company123",   "computer",        "computer1",    "correcthorse", "correcthorsebatterystaple",
    "corvette",     "default1",        "dragon123",    "elizabeth",    "family123",
    "football",     "football1",       "freedom1",     "fuckyou1",     "guest1234",
    "hello123",     "hello1234",       "hockey123",    "iloveyou",     "iloveyou1",
    "iloveyou2",    "iloveyouforever", "internet",     "jennifer",     "jonathan",
    "jordan23",     "killer123",       "letmein1",     "letmein123",   "letmeinplease",
    "liverpool",    "love1234",        "lovely123",    "master123",    "maverick",
    "mercedes",     "michael1",        "michelle",     "midnight",     "minecraft",
    "monkey123",    "mustang1",        "mypassword",   "p@ssw0rd",     "p@ssw0rd1",
    "p@ssword",     "passw0rd",        "passw0rd123",  "password",     "password!",
    "password1",    "password12",      "password123",  "password1234", "password12345",
    "password2023", "password2024",    "password2025", "password2026", "passwordpassword",
    "pokemon1",     "princess",        "princess1",    "q1w2e3r4",     "q1w2e3r4t5",
    "qazwsxedc",    "qwer1234",        "qwerty12",     "qwerty123",    "qwerty1234",
    "qwerty12345",  "qwerty123456",    "qwertyui",     "qwertyuiop",   "samantha",
    "secret123",    "secret1234",      "shadow123",    "snowball",     "soccer123",
    "spring2024",   "spring2025",      "starwars",     "starwars1",    "strawberry",
    "summer2023",   "summer2024",      "summer2025",   "sunshine",     "sunshine1",
    "superman",     "superman1",       "temp1234",     "temporary",    "temporary1",
    "test1234",     "test12345",       "testtest",     "trustno1",     "victoria",
    "welcome1",     "welcome12",       "welcome123",   "welcome1234",  "whatever",
    "winter2023",   "winter2024",      "winter2025",   "zaq12wsx",     "zxcv1234",
    "zxcvbnm1",     "zxcvbnm123",
});
static_assert(std::ranges::is_sorted(common));

}  // namespace

bool is_common_password(std::string_view password) {
  return std::ranges::binary_search(common, password);
}

}  // namespace directory
