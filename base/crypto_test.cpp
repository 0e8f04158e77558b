// Published vectors where there are some; damage is exhaustive, bit by bit. Sealed boxes have no vector,
// since their format is our own: what counts is that they open for nobody else.
#include "base/crypto.h"

#include <fmt/format.h>
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rapidcheck/gtest.h>

#include <string>

#include "base/encoding.h"

namespace base {
namespace crypto_test {

using ::testing::StartsWith;

/// A box from one key pair's owner to themselves, with everything that it takes to open it.
struct SealedSample {
  SealingKeys keys;
  std::string box;

  explicit SealedSample(std::string_view plaintext, std::string_view context = "context") {
    Rng rng{1};
    keys = make_sealing_keys(rng);
    box = seal(plaintext, keys.public_key, context, rng).value_or("");
  }

  [[nodiscard]] bool opens(std::string_view other_box, std::string_view context = "context") const {
    return open_sealed(other_box, keys, context).has_value();
  }
};

/// The plaintext, or "closed".
std::string opened(std::string_view box, const SealingKeys& keys, std::string_view context) {
  const auto plaintext = open_sealed(box, keys, context);
  return plaintext ? plaintext->reveal() : "closed";
}

TEST(Sha256, digests_the_published_messages) {
  // [FIPS180-2 B.1], [FIPS180-2 B.2] and the empty message
  EXPECT_EQ(to_hex(sha256("abc")), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(to_hex(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq")),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(to_hex(sha256({})), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
}

TEST(Password, verifies_a_published_hash) {
  // From the tests of the reference implementation, phc-winner-argon2 src/test.c.
  const std::string phc =
      "$argon2id$v=19$m=256,t=2,p=1$c29tZXNhbHQ$nf65EOgLrQMR/uIPnA4rEsF5h7TKyQwu9U1bMCHGi/4";
  EXPECT_TRUE(verify_password(Secret("password"), phc));
  EXPECT_FALSE(verify_password(Secret("Password"), phc));
}

TEST(Password, hashes_to_a_phc_string_that_says_its_cost) {
  Rng rng{1};
  const auto phc = hash_password(Secret("correct horse"), {.memory_kib = 16, .passes = 3}, rng);
  EXPECT_THAT(phc, StartsWith("$argon2id$v=19$m=16,t=3,p=1$"));
  EXPECT_EQ(phc.find('\0'), std::string::npos);
  EXPECT_TRUE(verify_password(Secret("correct horse"), phc));
}

TEST(Password, verifies_in_the_bytes_of_another_keyboard) {
  Rng rng{1};
  const auto phc = hash_password(Secret("caf\u00E9"), PasswordCost::simulated(), rng);
  EXPECT_TRUE(verify_password(Secret("cafe\u0301"), phc));
  EXPECT_FALSE(verify_password(Secret("cafe"), phc));
}

TEST(Password, only_the_right_one_verifies) {
  Rng rng{1};
  const auto phc = hash_password(Secret("correct horse"), PasswordCost::simulated(), rng);
  EXPECT_TRUE(verify_password(Secret("correct horse"), phc));
  for (const auto* wrong : {"", "correct hors", "correct horse ", "Correct horse"}) {
    EXPECT_FALSE(verify_password(Secret(wrong), phc)) << wrong;
  }
}

TEST(Password, may_be_empty_or_hold_a_nul) {
  Rng rng{1};
  const auto empty = hash_password(Secret(), PasswordCost::simulated(), rng);
  EXPECT_TRUE(verify_password(Secret(), empty));
  EXPECT_FALSE(verify_password(Secret("x"), empty));
  const auto with_nul = hash_password(Secret(std::string("a\0b", 3)), PasswordCost::simulated(), rng);
  EXPECT_TRUE(verify_password(Secret(std::string("a\0b", 3)), with_nul));
  EXPECT_FALSE(verify_password(Secret("a"), with_nul));
}

TEST(Password, garbage_in_place_of_a_hash_verifies_nothing) {
  Rng rng{1};
  const auto good = hash_password(Secret("password"), PasswordCost::simulated(), rng);
  for (const std::string& garbage :
       {std::string(), std::string("password"), std::string("$"), std::string("$argon2id$"),
        std::string("$argon2id$v=19"), std::string("$argon2id$v=19$m=8,t=1,p=1$$"),
        std::string("$argon2id$v=19$m=8,t=1,p=0$c29tZXNhbHQ$c29tZXNhbHQ"),
        std::string("$argon2id$v=19$m=x,t=1,p=1$c29tZXNhbHQ$c29tZXNhbHQ"),
        std::string("$2b$10$abcdefghijklmnopqrstuv"), good + "$", good + "A", " " + good, good.substr(1),
        "$argon2i" + good.substr(9), "$argon2d" + good.substr(9)}) {
    EXPECT_FALSE(verify_password(Secret("password"), garbage)) << garbage;
  }
}

TEST(Password, no_prefix_of_a_hash_verifies) {
  Rng rng{1};
  const auto good = hash_password(Secret("password"), PasswordCost::simulated(), rng);
  for (std::size_t size = 0; size < good.size(); ++size) {
    EXPECT_FALSE(verify_password(Secret("password"), good.substr(0, size))) << good.substr(0, size);
  }
}

TEST(Password, a_change_of_any_character_of_salt_or_hash_is_noticed) {
  Rng rng{1};
  const auto good = hash_password(Secret("password"), PasswordCost::simulated(), rng);
  for (std::size_t i = good.find("p=1$") + 4; i < good.size(); ++i) {
    if (good[i] == '$') continue;
    auto changed = good;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    EXPECT_FALSE(verify_password(Secret("password"), changed)) << changed;
  }
}

TEST(Password, the_salt_comes_from_the_rng) {
  Rng one{1};
  Rng same{1};
  const Secret password("password");
  const auto first = hash_password(password, PasswordCost::simulated(), one);
  EXPECT_EQ(hash_password(password, PasswordCost::simulated(), same), first);
  EXPECT_NE(hash_password(password, PasswordCost::simulated(), one), first);
}

TEST(SealedBox, opens_with_the_right_key_and_context) {
  const SealedSample sample("attack at dawn");
  EXPECT_EQ(opened(sample.box, sample.keys, "context"), "attack at dawn");
}

TEST(SealedBox, has_the_size_of_its_plaintext_and_48_bytes) {
  EXPECT_EQ(SealedSample("").box.size(), 48U);
  EXPECT_EQ(SealedSample("attack at dawn").box.size(), 62U);
  EXPECT_EQ(SealedSample("attack at dawn").box.find("attack"), std::string::npos);
}

TEST(SealedBox, does_not_open_with_another_key) {
  const SealedSample sample("attack at dawn");
  Rng rng{2};
  const auto other = make_sealing_keys(rng);
  EXPECT_EQ(opened(sample.box, other, "context"), "closed");
  // Either half of the pair alone is not enough.
  EXPECT_EQ(opened(sample.box, {sample.keys.public_key, other.private_key}, "context"), "closed");
  EXPECT_EQ(opened(sample.box, {other.public_key, sample.keys.private_key}, "context"), "closed");
}

TEST(SealedBox, does_not_open_in_another_context) {
  const SealedSample sample("attack at dawn");
  for (const auto* context : {"", "contex", "context ", "Context"})
    EXPECT_FALSE(sample.opens(sample.box, context)) << context;
  EXPECT_FALSE(sample.opens(sample.box, std::string_view("context\0", 8)));
}

TEST(SealedBox, an_empty_plaintext_and_an_empty_context_are_authentic_too) {
  const SealedSample sample({}, {});
  EXPECT_EQ(opened(sample.box, sample.keys, {}), "");
  EXPECT_FALSE(sample.opens(sample.box, "context"));
}

TEST(SealedBox, a_change_of_any_bit_is_noticed) {
  const SealedSample sample("attack");
  ASSERT_TRUE(sample.opens(sample.box));
  for (std::size_t byte = 0; byte < sample.box.size(); ++byte) {
    for (int bit = 0; bit < 8; ++bit) {
      auto damaged = sample.box;
      damaged[byte] = static_cast<char>(damaged[byte] ^ 1 << bit);
      EXPECT_FALSE(sample.opens(damaged)) << "byte " << byte << ", bit " << bit;
    }
  }
}

TEST(SealedBox, missing_and_surplus_bytes_are_noticed) {
  const SealedSample sample("attack");
  for (std::size_t size = 0; size < sample.box.size(); ++size)
    EXPECT_FALSE(sample.opens(sample.box.substr(0, size))) << size;
  for (std::size_t gone = 0; gone < sample.box.size(); ++gone) {
    auto shorter = sample.box;
    shorter.erase(gone, 1);
    EXPECT_FALSE(sample.opens(shorter)) << gone;
  }
  EXPECT_FALSE(sample.opens(sample.box + "x"));
  EXPECT_FALSE(sample.opens("x" + sample.box));
  EXPECT_FALSE(sample.opens(sample.box + sample.box));
}

TEST(SealedBox, is_not_made_for_keys_of_the_wrong_size_or_of_small_order) {
  Rng rng{1};
  for (const std::size_t size : {0U, 1U, 31U, 33U, 64U}) {
    EXPECT_EQ(seal("text", std::string(size, 'k'), "context", rng), std::nullopt) << size;
  }
  std::string zero(32, '\0');
  EXPECT_EQ(seal("text", zero, "context", rng), std::nullopt);
  zero[0] = '\1';
  EXPECT_EQ(seal("text", zero, "context", rng), std::nullopt);
}

TEST(SealedBox, does_not_open_when_its_sender_key_has_small_order) {
  const SealedSample sample("attack");
  EXPECT_FALSE(sample.opens(std::string(32, '\0') + sample.box.substr(32)));
  EXPECT_FALSE(sample.opens(std::string(60, '\0')));
}

TEST(SealedBox, is_the_same_for_the_same_rng_and_another_for_the_next_draw) {
  Rng one{1};
  Rng same{1};
  const auto keys = make_sealing_keys(one);
  const auto same_keys = make_sealing_keys(same);
  EXPECT_EQ(keys.public_key, same_keys.public_key);
  EXPECT_EQ(keys.private_key, same_keys.private_key);
  const auto first = seal("text", keys.public_key, "context", one);
  EXPECT_EQ(first, seal("text", keys.public_key, "context", same));
  const auto second = seal("text", keys.public_key, "context", one);
  ASSERT_TRUE(first && second);
  EXPECT_NE(first->substr(0, 32), second->substr(0, 32));
  EXPECT_EQ(opened(*second, keys, "context"), "text");
}

TEST(SealingKeys, are_32_bytes_and_differ_by_seed) {
  Rng one{1};
  Rng two{2};
  const auto first = make_sealing_keys(one);
  const auto second = make_sealing_keys(two);
  EXPECT_EQ(first.public_key.size(), 32U);
  EXPECT_EQ(first.private_key.reveal().size(), 32U);
  EXPECT_NE(first.public_key, first.private_key.reveal());
  EXPECT_NE(first.public_key, second.public_key);
}

RC_GTEST_PROP(SealedBox, gives_back_any_plaintext,
              (std::uint64_t seed, const std::string& plaintext, const std::string& context)) {
  Rng rng{seed};
  const auto keys = make_sealing_keys(rng);
  const auto box = seal(plaintext, keys.public_key, context, rng);
  RC_ASSERT(box.has_value());
  RC_ASSERT(opened(*box, keys, context) == plaintext);
}

TEST(Password, text_after_a_nul_is_no_hash) {
  Rng rng{1};
  const auto phc = hash_password(Secret("p"), PasswordCost::simulated(), rng);
  EXPECT_FALSE(verify_password(Secret("p"), phc + std::string("\0x", 2)));
}

TEST(Seal, opens_nothing_without_a_private_key) {
  EXPECT_FALSE(open_sealed(std::string(64, 'x'), SealingKeys{}, "context").has_value());
}

}  // namespace crypto_test
}  // namespace base
