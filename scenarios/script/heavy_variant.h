// A variant of very many alternatives, compiled once.
#pragma once

#include <utility>

namespace scenarios {

/// As `Variant`, but copies, moves, comparisons and the destructor are not made anew in each source that has one as a
/// member: that would take seconds for a hundred alternatives. One source holds `template class HeavyVariant<V>`, the
/// header that names V `extern template class HeavyVariant<V>`.
template <class Variant>
class HeavyVariant : public Variant {
 public:
  using Alternatives = Variant;
  using Variant::Variant;

  HeavyVariant();
  HeavyVariant(Variant&& value);
  HeavyVariant(const HeavyVariant& other);
  HeavyVariant(HeavyVariant&& other) noexcept;
  HeavyVariant& operator=(const HeavyVariant& other);
  HeavyVariant& operator=(HeavyVariant&& other) noexcept;
  ~HeavyVariant();

  bool operator==(const HeavyVariant& other) const;
};

template <class Variant>
HeavyVariant<Variant>::HeavyVariant() = default;
template <class Variant>
HeavyVariant<Variant>::HeavyVariant(Variant&& value) : Variant(std::move(value)) {}
template <class Variant>
HeavyVariant<Variant>::HeavyVariant(const HeavyVariant& other) = default;
template <class Variant>
HeavyVariant<Variant>::HeavyVariant(HeavyVariant&& other) noexcept = default;
template <class Variant>
HeavyVariant<Variant>& HeavyVariant<Variant>::operator=(const HeavyVariant& other) = default;
template <class Variant>
HeavyVariant<Variant>& HeavyVariant<Variant>::operator=(HeavyVariant&& other) noexcept = default;
template <class Variant>
HeavyVariant<Variant>::~HeavyVariant() = default;

template <class Variant>
bool HeavyVariant<Variant>::operator==(const HeavyVariant& other) const {
  return static_cast<const Variant&>(*this) == static_cast<const Variant&>(other);
}

}  // namespace scenarios
