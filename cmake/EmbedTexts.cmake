# lockstep_embed(OUTPUT function files...): a source that defines
#   const std::vector<scenarios::EmbeddedText>& scenarios::FUNCTION()
# with the text of each file, made anew when one of them changes. A string literal may hold 65536 characters, so a longer
# text becomes several, cut at line ends.
function(lockstep_embed output function)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARGN})
  set(body "")
  foreach(file ${ARGN})
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} text)
    set(literals "")
    string(LENGTH "${text}" left)
    while(left GREATER 60000)
      string(SUBSTRING "${text}" 0 60000 piece)
      string(FIND "${piece}" "\n" end REVERSE)
      math(EXPR end "${end} + 1")
      string(SUBSTRING "${text}" 0 ${end} piece)
      string(SUBSTRING "${text}" ${end} -1 text)
      string(APPEND literals "R\"~~~~(${piece})~~~~\"s + ")
      string(LENGTH "${text}" left)
    endwhile()
    string(APPEND body "      {\"${name}\", ${literals}R\"~~~~(${text})~~~~\"s},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT "// Generated from the files it names.
#include \"scenarios/catalog.h\"

namespace scenarios {

const std::vector<EmbeddedText>& @function@() {
  using namespace std::string_literals;
  static const std::vector<EmbeddedText> texts{
@body@  };
  return texts;
}

}  // namespace scenarios
")
endfunction()
