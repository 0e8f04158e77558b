// The compiled half of Beast, in one place.
//
// Its parser asserts that five bytes of a last chunk have come where three may have: `0 CR LF`, then the rest in pieces
// (boostorg/beast, pull request 2861, after the 1.81 that Debian 12 has). The code behind the assertion is right and asks for
// more, so it alone is compiled without assertions; otherwise any client could end a host that is built with them.
#include <boost/beast/http/fields.hpp>
#include <boost/beast/http/parser.hpp>

#define BOOST_BEAST_SOURCE  // instantiate the parsers here
#define BOOST_DISABLE_ASSERTS
#include <boost/assert.hpp>

#include <boost/beast/http/impl/basic_parser.ipp>
#undef BOOST_DISABLE_ASSERTS
#include <boost/assert.hpp>

#include <boost/beast/src.hpp>
