# lockstep_embed(OUTPUT function files...): a source that defines
#   const std::vector<scenarios::EmbeddedText>& scenarios::FUNCTION()
# with the text of each file, made anew when one of them changes.
function(lockstep_embed output function)
  set_property(DIRECTORY APPEND PROPERTY CMAKE_CONFIGURE_DEPENDS ${ARGN})
  set(body "")
  foreach(file ${ARGN})
    get_filename_component(name ${file} NAME_WE)
    file(READ ${file} text)
    string(APPEND body "      {\"${name}\", R\"~~~~(${text})~~~~\"},\n")
  endforeach()
  file(CONFIGURE OUTPUT ${output} @ONLY CONTENT "// Generated from the files it names.
#include \"scenarios/catalog.h\"

namespace scenarios {

const std::vector<EmbeddedText>& @function@() {
  static const std::vector<EmbeddedText> texts{
@body@  };
  return texts;
}

}  // namespace scenarios
")
endfunction()
