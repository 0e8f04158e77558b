#include "live/tls_client.h"

#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <openssl/x509v3.h>
#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <boost/asio/ssl/error.hpp>

#include <algorithm>
#include <ctime>
#include <string_view>
#include <utility>
#include <vector>

#include "base/openssl.h"

namespace live {
namespace {

namespace asio = boost::asio;
using boost::system::error_code;

constexpr int alerts_begin = SSL_AD_REASON_OFFSET;
constexpr std::size_t longest_name = 200;
constexpr std::size_t most_names = 5;

/// A host as it stands in a URL, without the brackets of an IPv6 address.
std::string bare(const std::string& host) {
  return host.starts_with('[') ? host.substr(1, host.size() - 2) : host;
}

bool is_numeric(const std::string& host) {
  error_code error;
  asio::ip::make_address(host, error);
  return !error;
}

/// `CN=Example CA,O=Example`.
std::string text_of(const X509_NAME* name) {
  const base::OpenSsl<BIO, BIO_free_all> memory(BIO_new(BIO_s_mem()));
  constexpr auto utf8 = XN_FLAG_RFC2253 & ~static_cast<unsigned long>(ASN1_STRFLGS_ESC_MSB);
  if (!memory || name == nullptr || X509_NAME_print_ex(memory.get(), name, 0, utf8) < 0)
    return "a nameless one";
  char* bytes = nullptr;
  const auto size = static_cast<std::size_t>(BIO_get_mem_data(memory.get(), &bytes));
  return {bytes, std::min(size, longest_name)};
}

std::string text_of(const ASN1_TIME* time) {
  std::tm parts{};
  if (ASN1_TIME_to_tm(time, &parts) != 1) return "an unknown date";
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}Z", parts.tm_year + 1900, parts.tm_mon + 1,
                     parts.tm_mday, parts.tm_hour, parts.tm_min, parts.tm_sec);
}

std::string text_of(const GENERAL_NAME& name) {
  if (name.type != GEN_DNS && name.type != GEN_IPADD) return {};
  const auto* string = name.type == GEN_DNS ? name.d.dNSName : name.d.iPAddress;
  const std::string_view bytes(reinterpret_cast<const char*>(ASN1_STRING_get0_data(string)),
                               static_cast<std::size_t>(ASN1_STRING_length(string)));
  if (name.type == GEN_DNS) {
    const bool printable = std::ranges::all_of(bytes, [](char c) { return c > ' ' && c < '\x7F'; });
    return printable ? std::string(bytes.substr(0, longest_name)) : std::string();
  }
  if (bytes.size() == 4) {
    asio::ip::address_v4::bytes_type address{};
    std::ranges::copy(bytes, address.begin());
    return asio::ip::address_v4(address).to_string();
  }
  asio::ip::address_v6::bytes_type address{};
  if (bytes.size() != address.size()) return {};
  std::ranges::copy(bytes, address.begin());
  return asio::ip::address_v6(address).to_string();
}

/// The host names and addresses that a certificate is for; its subject where it lists none.
std::string names_of(const X509* certificate) {
  const base::OpenSsl<GENERAL_NAMES, GENERAL_NAMES_free> all(
      static_cast<GENERAL_NAMES*>(X509_get_ext_d2i(certificate, NID_subject_alt_name, nullptr, nullptr)));
  std::vector<std::string> names;
  const int count = all ? sk_GENERAL_NAME_num(all.get()) : 0;
  for (int i = 0; i < count && names.size() < most_names; ++i) {
    auto name = text_of(*sk_GENERAL_NAME_value(all.get(), i));
    if (!name.empty()) names.push_back(std::move(name));
  }
  return names.empty() ? text_of(X509_get_subject_name(certificate))
                       : fmt::format("{}", fmt::join(names, ", "));
}

/// By reason code; null: OpenSSL's own words will do.
const char* known_reason(int reason) {
  switch (reason) {
    case SSL_R_WRONG_VERSION_NUMBER:
    case SSL_R_UNKNOWN_PROTOCOL:
    case SSL_R_HTTP_REQUEST:
    case SSL_R_PACKET_LENGTH_TOO_LONG:
    case SSL_R_BAD_RECORD_TYPE:
      return "the server does not speak TLS on this port";
    case SSL_R_UNSUPPORTED_PROTOCOL:
    case SSL_R_WRONG_SSL_VERSION:
    case SSL_R_VERSION_TOO_LOW:
    case SSL_R_TLSV1_ALERT_PROTOCOL_VERSION:
      return "the protocol is too old: the server offers no version from TLS 1.2 on";
    default:
      return nullptr;
  }
}

}  // namespace

base::Result<std::unique_ptr<asio::ssl::context>> make_tls_client(const TlsClientOptions& options) {
  if (options.certificate.empty() != options.key.empty()) {
    return base::fail("a client's certificate and its key go together");
  }
  auto context = std::make_unique<asio::ssl::context>(asio::ssl::context::tls_client);
  error_code error;
  SSL_CTX_set_min_proto_version(context->native_handle(), TLS1_2_VERSION);
  if (!options.insecure) context->set_default_verify_paths(error);
  // Without this OpenSSL asks at the terminal for what an encrypted key is encrypted with.
  context->set_password_callback(
      [](std::size_t, asio::ssl::context::password_purpose) { return std::string(); }, error);
  // A system without authorities can still reach hosts of one's own.
  error.clear();
  std::string used = options.authorities;
  if (!used.empty()) context->load_verify_file(used, error);
  if (!error && !options.certificate.empty()) {
    context->use_certificate_chain_file(used = options.certificate, error);
    if (!error) context->use_private_key_file(used = options.key, asio::ssl::context::pem, error);
  }
  if (error) return base::fail(fmt::format("{}: {}", used, error.message()));
  context->set_verify_mode(options.insecure ? asio::ssl::verify_none : asio::ssl::verify_peer, error);
  return context;
}

void expect_host(ssl_st* connection, const std::string& host) {
  const auto name = bare(host);
  if (is_numeric(name)) {
    X509_VERIFY_PARAM_set1_ip_asc(SSL_get0_param(connection), name.c_str());
  } else {
    SSL_set_tlsext_host_name(connection, name.c_str());
    SSL_set1_host(connection, name.c_str());
  }
}

std::string objection_to(x509_store_ctx_st* verification, const std::string& host) {
  const auto* certificate = X509_STORE_CTX_get_current_cert(verification);
  const int reason = X509_STORE_CTX_get_error(verification);
  if (certificate == nullptr) return fmt::format("TLS: {}", X509_verify_cert_error_string(reason));
  const auto subject = text_of(X509_get_subject_name(certificate));
  switch (reason) {
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT:
    case X509_V_ERR_UNABLE_TO_GET_ISSUER_CERT_LOCALLY:
    case X509_V_ERR_UNABLE_TO_VERIFY_LEAF_SIGNATURE:
    case X509_V_ERR_SELF_SIGNED_CERT_IN_CHAIN:
    case X509_V_ERR_DEPTH_ZERO_SELF_SIGNED_CERT:
      return fmt::format("TLS: the certificate is signed by an unknown authority, {}",
                         text_of(X509_get_issuer_name(certificate)));
    case X509_V_ERR_CERT_HAS_EXPIRED:
      return fmt::format("TLS: the certificate of {} expired at {}", subject,
                         text_of(X509_get0_notAfter(certificate)));
    case X509_V_ERR_CERT_NOT_YET_VALID:
      return fmt::format("TLS: the certificate of {} is not valid before {}", subject,
                         text_of(X509_get0_notBefore(certificate)));
    case X509_V_ERR_HOSTNAME_MISMATCH:
    case X509_V_ERR_IP_ADDRESS_MISMATCH:
      return fmt::format("TLS: the certificate is not for {} but for {}", bare(host), names_of(certificate));
    default:
      return fmt::format("TLS: the certificate of {}: {}", subject, X509_verify_cert_error_string(reason));
  }
}

std::string describe_tls_failure(const error_code& error) {
  if (error.category() != asio::error::get_ssl_category()) return error.message();
  const int reason = ERR_GET_REASON(static_cast<unsigned long>(error.value()));
  if (const auto* text = known_reason(reason)) return fmt::format("TLS: {}", text);
  if (reason >= alerts_begin) {
    return fmt::format("TLS: the server refused the handshake: {}",
                       SSL_alert_desc_string_long(reason - alerts_begin));
  }
  return fmt::format("TLS: {}", error.message());
}

TlsHandshake handshake_of(const ssl_st* connection) {
  const auto* cipher = SSL_get_cipher_name(connection);
  return {SSL_get_version(connection), cipher == nullptr ? "" : cipher};
}

}  // namespace live
