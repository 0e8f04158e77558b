#include "fakes/entra/defects.h"

#include <array>

namespace fakes::entra {
namespace {

constexpr std::array rows{
    DefectRow{Defect::cycle_creates_nobody, "cycle_creates_nobody",
              "every cycle but the first updates and deletes, and creates nobody", "R5 R24 R39 R40"},
    DefectRow{Defect::cycle_every_fifty_minutes, "cycle_every_fifty_minutes",
              "cycles begin fifty minutes apart", "R40"},
    DefectRow{Defect::on_demand_leaves_extensions_out, "on_demand_leaves_extensions_out",
              "a run on demand sends the attributes of the core schema alone", "R41"},
    DefectRow{Defect::disabled_job_goes_on, "disabled_job_goes_on",
              "a job that was disabled after a long quarantine goes on with its cycles", "R39"},
    DefectRow{Defect::provisions_unassigned, "provisions_unassigned",
              "everybody is in scope, assigned or not", "R24 R38"},
    DefectRow{Defect::creates_disabled, "creates_disabled",
              "who is disabled at first sight is created all the same", "D44"},
    DefectRow{Defect::tells_nobody_of_quarantine, "tells_nobody_of_quarantine",
              "no mail says that the job is in quarantine", "R38"},
    DefectRow{Defect::deletes_though_switched_off, "deletes_though_switched_off",
              "the action Delete is carried out though it is switched off", "R34"},
    DefectRow{Defect::pushes_groups_though_off, "pushes_groups_though_off",
              "groups are provisioned though their mapping is switched off", "R25"},
    DefectRow{Defect::saved_mapping_is_ignored, "saved_mapping_is_ignored",
              "a mapping that is saved does not take effect", "R35 R36 R37"},
    DefectRow{Defect::no_connection_is_fine, "no_connection_is_fine",
              "Test Connection reports a failure whatever the endpoint says", "R32"},
    DefectRow{Defect::restored_keeps_first_deletion, "restored_keeps_first_deletion",
              "the thirty days of a deleted user count from the first deletion", "R24"},
    DefectRow{Defect::temporary_password_lets_in, "temporary_password_lets_in",
              "a temporary password signs its owner in", "R9"},
    DefectRow{Defect::departments_flow_back, "departments_flow_back",
              "the tenant takes over the department that its provisioning finds in the directory", "R43 RT4"}};

static_assert(base::is_defect_table(rows));

}  // namespace

std::span<const DefectRow> defect_rows() { return rows; }

}  // namespace fakes::entra
