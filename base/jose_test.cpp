// Tokens are read strictly, and only the right key and the right algorithm make them genuine.
#include "base/jose.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <openssl/pem.h>
#include <openssl/x509.h>

#include <memory>

#include "base/encoding.h"
#include "base/openssl.h"
#include "base/simulated_keys.h"

namespace base {
namespace jose_test {

const JsonObject claims{{"sub", "amy"}, {"n", 7}};

std::string token_of(const JsonObject& header, std::string_view signature = "c2ln") {
  return to_base64url(to_text(header)) + "." + to_base64url(to_text(claims)) + "." + std::string(signature);
}

// [RFC7515 3.3]
TEST(Jose, a_signed_token_is_read_and_verified) {
  const auto key = simulated_signing_key(0, "k1");
  const auto token = parse_jwt(key.sign(claims));
  ASSERT_TRUE(token.has_value()) << token.error().message;
  EXPECT_EQ(token->claims, claims);
  EXPECT_EQ(string_or(token->header, "kid", ""), "k1");
  EXPECT_TRUE(verify_rs256(*token, key.public_key()));
}

TEST(Jose, signatures_are_the_same_every_time) {
  const auto key = simulated_signing_key(1, "k1");
  EXPECT_EQ(key.sign(claims), key.sign(claims));
}

TEST(Jose, the_keys_of_the_pool_differ) {
  for (const auto length : {KeyLength::bits_1024, KeyLength::bits_2048}) {
    for (std::size_t i = 0; i < simulated_keys; ++i) {
      for (std::size_t j = 0; j < simulated_keys; ++j) {
        const auto token = parse_jwt(simulated_signing_key(i, "k", length).sign(claims));
        EXPECT_EQ(verify_rs256(*token, simulated_signing_key(j, "k", length).public_key()), i == j) << i << " " << j;
      }
    }
  }
}

TEST(Jose, the_keys_of_the_pool_are_as_long_as_they_are_said_to_be) {
  for (std::size_t i = 0; i < simulated_keys; ++i) {
    EXPECT_EQ(simulated_signing_key(i, "k").public_key().modulus.size(), 1024 / 8);
    EXPECT_EQ(simulated_signing_key(i, "k", KeyLength::bits_2048).public_key().modulus.size(), 2048 / 8);
  }
}

TEST(Jose, a_changed_token_is_not_genuine) {
  const auto key = simulated_signing_key(0, "k1");
  const auto text = key.sign(claims);
  for (std::size_t i = 0; i < text.size(); i += 7) {
    auto changed = text;
    changed[i] = changed[i] == 'A' ? 'B' : 'A';
    const auto token = parse_jwt(changed);
    ASSERT_NE(changed, text);
    EXPECT_FALSE(token && verify_rs256(*token, key.public_key())) << i;
  }
}

// [RFC8725 3.1] [RFC7515 4.1.11]
TEST(Jose, another_algorithm_or_a_critical_header_is_refused) {
  const auto key = simulated_signing_key(0, "k1");
  const auto genuine = *parse_jwt(key.sign(claims));
  for (const auto* algorithm : {"none", "HS256", "RS512", "rs256", ""}) {
    auto token = genuine;
    token.header["alg"] = algorithm;
    EXPECT_FALSE(verify_rs256(token, key.public_key())) << algorithm;
  }
  auto critical = genuine;
  critical.header["crit"] = JsonArray{"exp"};
  EXPECT_FALSE(verify_rs256(critical, key.public_key()));
}

TEST(Jose, what_is_no_token_is_an_error) {
  const auto good = token_of({{"alg", "RS256"}});
  EXPECT_TRUE(parse_jwt(good).has_value());
  for (const auto& text : {std::string(), std::string("."), std::string(".."), std::string("a.b"), good + ".x", "=" + good,
                           token_of({{"alg", "RS256"}}, "c2l="), "W10." + good.substr(good.find('.') + 1),
                           "bm8." + good.substr(good.find('.') + 1), std::string(longest_jwt + 1, 'a')}) {
    EXPECT_FALSE(parse_jwt(text).has_value()) << text.substr(0, 80);
  }
}

// [RFC7518 6.3.1]
TEST(Jose, a_key_survives_its_json) {
  const auto key = simulated_signing_key(2, "k2").public_key();
  EXPECT_EQ(read_jwk(to_jwk(key)), key);
}

// [RFC7468 13]
TEST(Jose, a_public_key_in_pem_is_what_programs_read) {
  const auto key = simulated_signing_key(2, "k2", KeyLength::bits_2048).public_key();
  const auto text = to_pem(key);
  EXPECT_TRUE(text.starts_with("-----BEGIN PUBLIC KEY-----\n")) << text;
  EXPECT_TRUE(text.ends_with("\n-----END PUBLIC KEY-----\n")) << text;
  const OpenSsl<BIO, BIO_free> source(BIO_new_mem_buf(text.data(), static_cast<int>(text.size())));
  const OpenSsl<EVP_PKEY, EVP_PKEY_free> read(PEM_read_bio_PUBKEY(source.get(), nullptr, nullptr, nullptr));
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(EVP_PKEY_get_bits(read.get()), 2048);
  EXPECT_EQ(to_pem({"no key", "\x01", "\x03"}), "");
}

TEST(Jose, a_json_key_of_another_kind_is_none) {
  const auto good = to_jwk(simulated_signing_key(2, "k2").public_key());
  for (const auto& [name, value] : {std::pair{"kty", "EC"}, {"use", "enc"}, {"alg", "PS256"}, {"n", "!"}, {"e", ""}}) {
    auto changed = good;
    changed[name] = value;
    EXPECT_FALSE(read_jwk(changed).has_value()) << name;
  }
}

// The bytes are DER, begin as a certificate does, hold the key's modulus and the name, and come out the same. [RFC7517 4.7]
TEST(Jose, a_certificate_is_of_the_key) {
  const auto key = simulated_signing_key(1, "k1");
  const Instant from{std::chrono::days{20'000}};
  const auto made = key.certificate("accounts.example.test", from, from + std::chrono::days{1'825});
  EXPECT_TRUE(made.der.starts_with("\x30\x82"));
  EXPECT_NE(made.der.find(key.public_key().modulus), std::string::npos);
  EXPECT_NE(made.der.find("accounts.example.test"), std::string::npos);
  EXPECT_EQ(made.thumbprint.size(), 20U);
  const auto* begin = reinterpret_cast<const unsigned char*>(made.der.data());
  const std::unique_ptr<X509, decltype(&X509_free)> read(d2i_X509(nullptr, &begin, static_cast<long>(made.der.size())), &X509_free);
  ASSERT_NE(read, nullptr);
  EXPECT_EQ(X509_verify(read.get(), X509_get0_pubkey(read.get())), 1);
  EXPECT_EQ(key.certificate("accounts.example.test", from, from + std::chrono::days{1'825}).der, made.der);
  EXPECT_NE(key.certificate("accounts.example.test", from + std::chrono::seconds{1}, from + std::chrono::days{1'825}).thumbprint,
            made.thumbprint);
}

TEST(Jose, an_unusable_key_verifies_nothing) {
  const auto token = *parse_jwt(simulated_signing_key(0, "k1").sign(claims));
  for (const auto& key : {RsaPublicKey{"k1", "", ""}, RsaPublicKey{"k1", std::string(32, '\x7f'), std::string("\x01\x00\x01", 3)},
                          RsaPublicKey{"k1", std::string(2000, '\x7f'), "\x03"}, RsaPublicKey{"k1", std::string(128, '\0'), "\x03"}}) {
    EXPECT_FALSE(verify_rs256(token, key));
  }
}

TEST(Jose, a_text_that_is_no_key_cannot_sign) {
  EXPECT_FALSE(RsaSigningKey::from_pem(Secret("no key"), "k").has_value());
}

}  // namespace jose_test
}  // namespace base
