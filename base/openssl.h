// What every source over OpenSSL needs: owners of its objects, bytes as it wants them, and what to do when it refuses
// what it cannot refuse. For sources only: no header of ours names OpenSSL.
#pragma once

#include <memory>
#include <stdexcept>
#include <string>
#include <string_view>

namespace base {

template <auto free>
struct Freed {
  template <class T>
  void operator()(T* object) const {
    free(object);
  }
};
/// `OpenSsl<EVP_PKEY, EVP_PKEY_free>` owns a key.
template <class T, auto free>
using OpenSsl = std::unique_ptr<T, Freed<free>>;

[[nodiscard]] inline const unsigned char* bytes_of(std::string_view text) {
  return reinterpret_cast<const unsigned char*>(text.data());
}
[[nodiscard]] inline unsigned char* bytes_of(std::string& text) { return reinterpret_cast<unsigned char*>(text.data()); }

inline void require(bool ok, const char* what) {
  // Only a broken OpenSSL build gets here; there is no sensible way on.
  if (!ok) throw std::runtime_error(std::string("OpenSSL refused: ") + what);
}

}  // namespace base
