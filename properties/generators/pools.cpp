#include "properties/generators/pools.h"

namespace properties {

const std::vector<std::string>& boundary_texts() {
  static const std::vector<std::string> texts{"Amy",
                                              "amy",
                                              "Bo-Lee",
                                              "O'Neil",
                                              "Zoë",
                                              "ZOE\u0308",
                                              "Straße",
                                              "İpek",
                                              "山田",
                                              "عمر",
                                              "\U0001F600",
                                              "a\"b\\c",
                                              "x eq \"y\" or (z pr)",
                                              "<b>&amp;</b>",
                                              "{{user}}",
                                              "null",
                                              "0",
                                              " padded ",
                                              std::string(1'024, 'n'),
                                              std::string(1'025, 'n')};
  return texts;
}

const std::vector<std::string>& boundary_local_parts() {
  static const std::vector<std::string> parts{"amy.lee", "Amy.Lee", "o'neil", "first.last", "x+tag", "a", std::string(60, 'l')};
  return parts;
}

base::Instant start_of_a_world(base::Rng& rng) {
  using namespace std::chrono;
  static constexpr std::array<year_month_day, 6> days{2026y / January / 5,   2028y / February / 28, 2026y / December / 31,
                                                      2027y / February / 28, 2026y / March / 29,    2026y / October / 31};
  const auto day = sys_days{days[rng.below(days.size())]};
  return base::Instant{day.time_since_epoch() + hours{rng.chance({1, 4}) ? 23 : 8}};
}

}  // namespace properties
