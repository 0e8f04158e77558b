// The continuation of a suspended operation: a move-only function with room for Asio's coroutine handlers
// inside, so that sleeping allocates nothing.
#pragma once

#include <cstddef>
#include <cstdint>
#include <new>
#include <type_traits>
#include <utility>

namespace base {

/// Why an operation goes on.
enum class Wake : std::uint8_t {
  due,      ///< its instant has come
  notified  ///< what it waited for has happened
};

/// Names a suspended operation; stale once the operation has gone on or was dropped.
struct Ticket {
  std::uint32_t index = UINT32_MAX;
  std::uint32_t generation = 0;
};

class Work {
 public:
  Work() = default;

  template <class F>
  requires(!std::is_same_v<std::remove_cvref_t<F>, Work>) explicit Work(F function) {
    if constexpr (fits<F>) {
      ::new (static_cast<void*>(room_)) F(std::move(function));
      table_ = &inline_table<F>;
    } else {
      ::new (static_cast<void*>(room_)) F*(new F(std::move(function)));
      table_ = &heap_table<F>;
    }
  }

  Work(Work&& other) noexcept : table_(std::exchange(other.table_, nullptr)) {
    if (table_ != nullptr) table_->relocate(other.room_, room_);
  }
  Work& operator=(Work&& other) noexcept {
    if (this != &other) {
      reset();
      table_ = std::exchange(other.table_, nullptr);
      if (table_ != nullptr) table_->relocate(other.room_, room_);
    }
    return *this;
  }
  Work(const Work&) = delete;
  Work& operator=(const Work&) = delete;
  ~Work() { reset(); }

  explicit operator bool() const { return table_ != nullptr; }

  /// Calls it once; it is empty afterwards.
  void operator()(Wake wake) && {
    const auto* table = std::exchange(table_, nullptr);
    table->call_and_destroy(room_, wake);
  }

  void reset() {
    if (const auto* table = std::exchange(table_, nullptr)) table->destroy(room_);
  }

 private:
  static constexpr std::size_t capacity = 32;

  struct Table {
    void (*call_and_destroy)(std::byte*, Wake);
    void (*relocate)(std::byte*, std::byte*) noexcept;
    void (*destroy)(std::byte*) noexcept;
  };

  template <class F>
  static constexpr bool fits =
      sizeof(F) <= capacity &&
      alignof(F) <= alignof(std::max_align_t) && std::is_nothrow_move_constructible_v<F>;

  template <class F>
  static F* as(std::byte* room) {
    return std::launder(reinterpret_cast<F*>(room));
  }

  template <class F>
  static constexpr Table inline_table{
      [](std::byte* room, Wake wake) {
        F function = std::move(*as<F>(room));
        as<F>(room)->~F();
        std::move(function)(wake);
      },
      [](std::byte* from, std::byte* to) noexcept {
        ::new (static_cast<void*>(to)) F(std::move(*as<F>(from)));
        as<F>(from)->~F();
      },
      [](std::byte* room) noexcept { as<F>(room)->~F(); },
  };

  template <class F>
  static constexpr Table heap_table{
      [](std::byte* room, Wake wake) {
        F* stored = *as<F*>(room);
        F function = std::move(*stored);
        delete stored;
        std::move(function)(wake);
      },
      [](std::byte* from, std::byte* to) noexcept { ::new (static_cast<void*>(to)) F*(*as<F*>(from)); },
      [](std::byte* room) noexcept { delete *as<F*>(room); },
  };

  const Table* table_ = nullptr;
  alignas(std::max_align_t) std::byte room_[capacity]{};
};

}  // namespace base
