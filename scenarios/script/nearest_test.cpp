#include "scenarios/script/nearest.h"

#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <algorithm>
#include <vector>

namespace scenarios {
namespace nearest_test {

const std::vector<std::string_view> keys{"user", "group", "device", "at", "expect", "tenant"};

TEST(Nearest, FindsWhatDiffersByALetter) {
  EXPECT_EQ(nearest_key("usr", keys), "user");       // left out
  EXPECT_EQ(nearest_key("useer", keys), "user");     // too many
  EXPECT_EQ(nearest_key("uses", keys), "user");      // another one
  EXPECT_EQ(nearest_key("devcie", keys), "device");  // swapped
  EXPECT_EQ(nearest_key("User", keys), "user");
}

TEST(Nearest, FindsTheWordItself) {
  EXPECT_EQ(nearest_key("group", keys), "group");
}

TEST(Nearest, AllowsAThirdOfTheLengthRoundedUp) {
  const std::vector<std::string_view> one{"abcdefg"};
  EXPECT_EQ(nearest_key("abcdxyz", one), "abcdefg");     // 3 of 7
  EXPECT_EQ(nearest_key("abcwxyz", one), std::nullopt);  // 4 of 7
  const std::vector<std::string_view> longer{"abcde"};
  EXPECT_EQ(nearest_key("abc", longer), std::nullopt);  // 2 of 3
  EXPECT_EQ(nearest_key("abcd", longer), "abcde");
}

TEST(Nearest, ASwapCountsOnceEvenAroundALetter) {
  const std::vector<std::string_view> one{"abcxyz"};
  EXPECT_EQ(nearest_key("bacxzy", one), "abcxyz");  // two swaps, 2 of 6
  const std::vector<std::string_view> around{"xabcy"};
  EXPECT_EQ(nearest_key("xcay", around), "xabcy");  // 2 of 4: a swap and a letter between
}

TEST(Nearest, TakesTheNearerThenTheFirst) {
  const std::vector<std::string_view> near{"exxect", "expert", "expects"};
  EXPECT_EQ(nearest_key("expect", near), "exxect");
  const std::vector<std::string_view> nearer{"exxert", "expects"};
  EXPECT_EQ(nearest_key("expect", nearer), "expects");
}

TEST(Nearest, AWordWithNoLetterInPlaceIsNotNear) {
  const std::vector<std::string_view> letters{"a", "b"};
  EXPECT_EQ(nearest_key("x", letters), std::nullopt);
  EXPECT_EQ(nearest_key("", letters), std::nullopt);
}

TEST(Nearest, LongWordsAreNearToNothing) {
  const std::string longest(longest_compared_word, 'a');
  const std::string longer(longest_compared_word + 1, 'a');
  const std::vector<std::string_view> both{longer, longest};
  EXPECT_EQ(nearest_key(longest, both), longest);
  EXPECT_EQ(nearest_key(longer, both), std::nullopt);
}

TEST(UnknownKeyMessage, SuggestsOrLists) {
  EXPECT_EQ(unknown_key_message("usre", keys), "unknown key 'usre'; did you mean 'user'?");
  const std::vector<std::string_view> letters{"a", "b", "c"};
  EXPECT_EQ(unknown_key_message("x", letters), "unknown key 'x'; known here: a, b, c");
  EXPECT_EQ(unknown_key_message("x", {}), "unknown key 'x'; no keys are known here");
}

TEST(ShownWord, IsShortWholeAndPrintable) {
  EXPECT_EQ(shown_word("user"), "user");
  EXPECT_EQ(shown_word(std::string(40, 'a')), std::string(40, 'a'));
  EXPECT_EQ(shown_word(std::string(41, 'a')), std::string(40, 'a') + "...");
  EXPECT_EQ(shown_word(std::string(39, 'a') + "\xC3\xA9"), std::string(39, 'a') + "...");
  EXPECT_EQ(shown_word("a\x1B[31m\n"), "a?[31m?");
}

RC_GTEST_PROP(NearestProperties, ASuggestionIsACandidate, ()) {
  const auto words = *rc::gen::container<std::vector<std::string>>(rc::gen::string<std::string>());
  const auto word = *rc::gen::string<std::string>();
  const std::vector<std::string_view> candidates(words.begin(), words.end());
  const auto found = nearest_key(word, candidates);
  if (found) RC_ASSERT(std::ranges::find(words, *found) != words.end());
  RC_ASSERT(!unknown_key_message(word, candidates).empty());
}

RC_GTEST_PROP(NearestProperties, OneTypingErrorIsForgiven, ()) {
  const auto word = *rc::gen::suchThat(rc::gen::container<std::string>(rc::gen::inRange('a', 'z')),
                                       [](const std::string& w) { return w.size() >= 3 && w.size() < 30; });
  const auto at = *rc::gen::inRange<std::size_t>(0, word.size() - 1);
  const auto kind = *rc::gen::inRange(0, 3);
  std::string typed = word;
  if (kind == 0) {
    std::swap(typed[at], typed[at + 1]);
  } else if (kind == 1) {
    typed.erase(at, 1);
  } else {
    typed.insert(at, 1, '_');
  }
  const std::string_view candidates[] = {"0123456789", word};
  RC_ASSERT(nearest_key(typed, candidates) == word);
}

}  // namespace nearest_test
}  // namespace scenarios
