#include "live/tls.h"

#include <boost/asio/ip/address.hpp>
#include <boost/asio/ssl/context.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>
#include <openssl/bn.h>
#include <openssl/ec.h>
#include <openssl/pem.h>
#include <openssl/x509v3.h>

#include <algorithm>
#include <utility>

#include "base/openssl.h"
#include "live/files.h"

namespace live {
namespace {

using Key = base::OpenSsl<EVP_PKEY, EVP_PKEY_free>;
using Certificate = base::OpenSsl<X509, X509_free>;
using Memory = base::OpenSsl<BIO, BIO_free_all>;

constexpr long day = 24L * 60 * 60;
constexpr long authority_lifetime = 3650 * day;
constexpr long certificate_lifetime = 397 * day;  // clients refuse more of a public authority
constexpr long renewed_before = 30 * day;
constexpr long clocks_may_differ = day;
constexpr std::size_t longest_pem = 64 << 10;

bool is_address(const std::string& name) {
  boost::system::error_code error;
  boost::asio::ip::make_address(name, error);
  return !error;
}

constexpr std::string_view any_label = "*.";

/// Of a host, or `*.example.com` for any one label below it.
bool is_name(std::string_view name) {
  if (name.starts_with(any_label)) name.remove_prefix(any_label.size());
  return !name.empty() && name.size() <= 253 && std::ranges::all_of(name, [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '-' || c == '.';
  });
}

template <class Write>
std::string pem_of(Write write) {
  const Memory memory(BIO_new(BIO_s_mem()));
  if (!memory || write(memory.get()) != 1) return {};
  char* bytes = nullptr;
  const auto size = BIO_get_mem_data(memory.get(), &bytes);
  return {bytes, static_cast<std::size_t>(size)};
}

Certificate read_certificate(const std::string& path) {
  const auto pem = read_file(path, longest_pem);
  if (!pem) return nullptr;
  const Memory memory(BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size())));
  return Certificate(PEM_read_bio_X509(memory.get(), nullptr, nullptr, nullptr));
}

Key read_key(const std::string& path) {
  const auto pem = read_file(path, longest_pem);
  if (!pem) return nullptr;
  const Memory memory(BIO_new_mem_buf(pem->data(), static_cast<int>(pem->size())));
  return Key(PEM_read_bio_PrivateKey(memory.get(), nullptr, nullptr, nullptr));
}

bool lasts(const Certificate& certificate) {
  const base::OpenSsl<ASN1_TIME, ASN1_TIME_free> soon(X509_gmtime_adj(nullptr, renewed_before));
  return ASN1_TIME_compare(X509_get0_notAfter(certificate.get()), soon.get()) > 0;
}

bool belong_together(const Certificate& certificate, const Key& key) {
  return certificate && key && X509_check_private_key(certificate.get(), key.get()) == 1;
}

bool covers(const Certificate& certificate, const std::string& name) {
  if (is_address(name)) return X509_check_ip_asc(certificate.get(), name.c_str(), 0) == 1;
  const auto host = name.starts_with(any_label) ? "any" + name.substr(1) : name;
  return X509_check_host(certificate.get(), host.data(), host.size(), 0, nullptr) == 1;
}

bool add_extension(X509* certificate, X509* issuer, int kind, const std::string& value) {
  X509V3_CTX context;
  X509V3_set_ctx_nodb(&context);
  X509V3_set_ctx(&context, issuer, certificate, nullptr, nullptr, 0);
  auto* extension = X509V3_EXT_conf_nid(nullptr, &context, kind, value.c_str());
  const bool added = extension != nullptr && X509_add_ext(certificate, extension, -1) == 1;
  X509_EXTENSION_free(extension);
  return added;
}

struct Extension {
  int kind;
  std::string value;
};

/// Signed with `signer`; by itself where there is no issuer.
Certificate issue(const Key& key, const std::string& name, long lifetime, X509* issuer, const Key& signer,
                  const std::vector<Extension>& extensions) {
  Certificate certificate(X509_new());
  const base::OpenSsl<BIGNUM, BN_free> serial(BN_new());
  auto* made = certificate.get();
  auto* subject = X509_get_subject_name(made);
  const auto* text = reinterpret_cast<const unsigned char*>(name.c_str());
  const bool described =
      X509_set_version(made, X509_VERSION_3) == 1 &&
      BN_rand(serial.get(), 127, BN_RAND_TOP_ANY, BN_RAND_BOTTOM_ANY) == 1 &&
      BN_to_ASN1_INTEGER(serial.get(), X509_get_serialNumber(made)) != nullptr &&
      X509_gmtime_adj(X509_getm_notBefore(made), -clocks_may_differ) != nullptr &&
      X509_gmtime_adj(X509_getm_notAfter(made), lifetime) != nullptr &&
      X509_NAME_add_entry_by_txt(subject, "O", MBSTRING_UTF8,
                                 reinterpret_cast<const unsigned char*>("Lockstep"), -1, -1, 0) == 1 &&
      X509_NAME_add_entry_by_txt(subject, "CN", MBSTRING_UTF8, text, -1, -1, 0) == 1 &&
      X509_set_issuer_name(made, issuer == nullptr ? subject : X509_get_subject_name(issuer)) == 1 &&
      X509_set_pubkey(made, key.get()) == 1;
  const bool extended = described && std::ranges::all_of(extensions, [&](const Extension& extension) {
    return add_extension(made, issuer == nullptr ? made : issuer, extension.kind, extension.value);
  });
  if (!extended || X509_sign(made, signer.get(), EVP_sha256()) == 0) return nullptr;
  return certificate;
}

Certificate issue_authority(const Key& key) {
  return issue(key, "Lockstep local authority", authority_lifetime, nullptr, key,
               {{NID_basic_constraints, "critical,CA:TRUE,pathlen:0"},
                {NID_key_usage, "critical,keyCertSign,cRLSign"},
                {NID_subject_key_identifier, "hash"}});
}

Certificate issue_for(const std::vector<std::string>& names, const Key& key, const Certificate& authority,
                      const Key& authority_key) {
  std::vector<std::string> alternatives;
  for (const auto& name : names) alternatives.push_back((is_address(name) ? "IP:" : "DNS:") + name);
  return issue(key, names.front(), certificate_lifetime, authority.get(), authority_key,
               {{NID_basic_constraints, "critical,CA:FALSE"},
                {NID_key_usage, "critical,digitalSignature"},
                {NID_ext_key_usage, "serverAuth"},
                {NID_subject_key_identifier, "hash"},
                {NID_authority_key_identifier, "keyid:always"},
                {NID_subject_alt_name, fmt::format("{}", fmt::join(alternatives, ","))}});
}

/// The key first: a certificate whose key is lost is made anew, and so is one that does not fit its key.
base::Result<void> store(const std::string& certificate_path, const Certificate& certificate,
                         const std::string& key_path, const Key& key) {
  if (!certificate || !key) return base::fail(fmt::format("{} cannot be made by OpenSSL", certificate_path));
  const auto key_pem = pem_of([&](BIO* out) {
    return PEM_write_bio_PrivateKey(out, key.get(), nullptr, nullptr, 0, nullptr, nullptr);
  });
  if (auto written = write_durably(key_path, key_pem); !written) return written;
  return write_durably(certificate_path,
                       pem_of([&](BIO* out) { return PEM_write_bio_X509(out, certificate.get()); }));
}

Key new_key() { return Key(EVP_EC_gen("P-256")); }

}  // namespace

base::Result<TlsFiles> ensure_certificates(const std::string& folder, const std::vector<std::string>& names) {
  for (const auto& name : names) {
    if (!is_address(name) && !is_name(name)) {
      return base::fail(fmt::format("'{}' is neither a host name nor an address", name));
    }
  }
  if (auto made = make_private_folder(folder); !made) return std::unexpected(made.error());
  TlsFiles files{folder + "/ca.pem", folder + "/server.pem", folder + "/server-key.pem"};
  const auto authority_key_path = folder + "/ca-key.pem";
  auto authority = read_certificate(files.authority);
  auto authority_key = read_key(authority_key_path);
  if (!belong_together(authority, authority_key) || !lasts(authority)) {
    authority_key = new_key();
    authority = authority_key ? issue_authority(authority_key) : nullptr;
    if (auto stored = store(files.authority, authority, authority_key_path, authority_key); !stored) {
      return std::unexpected(stored.error());
    }
  }
  auto certificate = read_certificate(files.certificate);
  auto key = read_key(files.key);
  const bool good = belong_together(certificate, key) && lasts(certificate) &&
                    X509_verify(certificate.get(), authority_key.get()) == 1 &&
                    std::ranges::all_of(names, [&](const auto& name) { return covers(certificate, name); });
  if (good) return files;
  key = new_key();
  certificate = key ? issue_for(names, key, authority, authority_key) : nullptr;
  if (auto stored = store(files.certificate, certificate, files.key, key); !stored) {
    return std::unexpected(stored.error());
  }
  return files;
}

base::Result<std::unique_ptr<TlsServer>> TlsServer::load(const TlsFiles& files) {
  namespace ssl = boost::asio::ssl;
  auto context = std::make_unique<ssl::context>(ssl::context::tls_server);
  boost::system::error_code error;
  context->set_options(ssl::context::no_tlsv1 | ssl::context::no_tlsv1_1 | ssl::context::single_dh_use, error);
  if (!error) context->use_certificate_chain_file(files.certificate, error);
  if (!error) context->use_private_key_file(files.key, ssl::context::pem, error);
  if (error) return base::fail(fmt::format("{}: {}", files.certificate, error.message()));
  return std::unique_ptr<TlsServer>(new TlsServer(std::move(context)));
}

TlsServer::TlsServer(std::unique_ptr<boost::asio::ssl::context> context) : context_(std::move(context)) {}

TlsServer::~TlsServer() = default;

}  // namespace live
