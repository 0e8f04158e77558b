#include "cli/serve_arguments.h"

#include <CLI/CLI.hpp>

#include "cli/places.h"

namespace cli {
namespace {

constexpr auto serve_footer =
    "\nA world: Entra ID, Microsoft Graph, an Okta org and the directory, for real SDKs, browsers and tests\n"
    "  ./lockstep serve --tls                    every party on a port of its own; prints what clients are to be told\n"
    "  ./lockstep serve --proxy                  under the real names: HTTPS_PROXY and the authority's certificate are all\n"
    "                                            that a program needs, and no line of it changes\n"
    "  ./lockstep serve entra graph --clock x60  these alone, an hour a minute\n"
    "  ./lockstep serve directory devices        the directory as a party of a world, with two computers\n"
    "  ./lockstep serve --world my.yaml --seed 7 the world of a script, its timeline played first\n"
    "\nTime stands still (stepped) but for requests, each of which has two seconds of it; so equal requests in equal order get equal\n"
    "answers, ids included. What waits for time, a provisioning cycle or a held poll, waits for the control port:\n"
    "  curl -X POST $LOCKSTEP_CONTROL_URL/clock/advance -d '{\"for\": \"40m\"}'\n"
    "  curl -X POST $LOCKSTEP_CONTROL_URL/steps -d '{\"step\": \"entra.create_user: {user: eve}\"}'\n"
    "  curl -X POST $LOCKSTEP_CONTROL_URL/faults -d '{\"fault\": \"answer_instead\", \"to\": \"graph\", \"status\": 429, \"count\": 1}'\n"
    "  curl -X POST $LOCKSTEP_CONTROL_URL/snapshots -d '{\"name\": \"before\"}'; … /restore -d '{\"snapshot\": \"before\"}'\n"
    "  curl $LOCKSTEP_CONTROL_URL/history.har    what was said, for a browser's developer tools\n"
    "docs/serve.md has the settings of the usual SDKs, GET /openapi.json all that the control port takes.\n"
    "\nThe directory alone, a product on a real disk in real time: with --data\n"
    "  ./lockstep serve directory --data data --key-file data.key        then, in another terminal:\n"
    "  key=$(cat data.key); url=http://127.0.0.1:8080\n"
    "  curl -H \"Authorization: Bearer $key\" $url/scim/v2/ServiceProviderConfig\n"
    "  curl -H \"Authorization: Bearer $key\" -H 'Content-Type: application/scim+json' $url/scim/v2/Users -d \\\n"
    "    '{\"schemas\": [\"urn:ietf:params:scim:schemas:core:2.0:User\"], \"userName\": \"amy.lee\",\n"
    "      \"emails\": [{\"value\": \"amy.lee@example.test\", \"primary\": true}], \"active\": true}'\n"
    "  curl -G -H \"Authorization: Bearer $key\" $url/scim/v2/Users \\\n"
    "    --data-urlencode 'filter=userName eq \"amy.lee\"'\n"
    "  curl -H \"x-api-key: $key\" $url/api/systemusers\n"
    "  curl --cacert data/tls/ca.pem -H \"Authorization: Bearer $key\" https://localhost:8080/scim/v2/Users   with "
    "--tls\n"
    "The key opens SCIM, as a bearer token or x-api-key, under the integration's policy, and the admin API as\n"
    "x-api-key. Change the file and start anew to change the key. Agents register with the key in\n"
    "DIR/connect.key, as x-connect-key. An answer leaves once what it says is on the disk. SIGTERM and Ctrl-C\n"
    "finish what is in flight, for five seconds at most, and close the store; a second one ends at once.\n"
    "\nExit codes: 0 stopped by a signal, 64 bad usage, key or script, 69 a port is in use, DIR is locked or not writable,\n"
    "its database is of a newer version or failed, 70 a bug.\n";

constexpr auto of_a_world = "Of a world";
constexpr auto of_the_directory = "Of the directory alone";

void add_options_of_a_world(CLI::App& serve, ServeCommand& command, CLI::Option& data) {
  for (auto* option : {
           serve.add_option("--world", command.world, "script whose world is served, once its timeline is played"),
           serve.add_option("--clock", command.clock, "stepped, real, or so many times as fast: x60")->capture_default_str(),
           serve.add_option("--start", command.start, "when the world begins, unless a script says: now, or an instant such as 2026-01-05T08:00:00Z")
               ->capture_default_str(),
           serve.add_flag("--proxy", command.proxy, "also a proxy for HTTPS, behind which the parties have their real names"),
           serve.add_option("--tls-folder", command.tls_folder, "folder of the authority and the certificate; made once")->capture_default_str(),
           serve.add_option("--env", command.environment_file, "file to write the settings to, for a shell to read"),
       })
    option->excludes(&data)->group(of_a_world);
}

void add_options_of_the_directory(CLI::App& serve, ServeCommand& command, CLI::Option& data) {
  auto* key_file = serve.add_option("--key-file", command.key_file, "file with the key; made, with a fresh one, where there is none");
  data.needs(key_file);
  for (auto* option : {
           key_file,
           serve.add_option("--integration", command.integration, "whose policy the key runs under")
               ->check(CLI::IsMember({"entra", "okta", "generic"}))
               ->capture_default_str(),
           serve.add_option("--public-url", command.public_url, "base of links in mails and of SCIM locations"),
           serve.add_option("--mail-relay", command.mail_relay, "URL that takes mail as JSON; without it DIR/mail does"),
           serve.add_flag("--mail-on-request", command.mail_on_request,
                          "a new store sends activation mail when an admin asks, not to every new user"),
           serve.add_option("--plain", command.plain_hosts, "host[:port] that is called over http instead of https"),
           serve.add_option("--trust", command.trust, "PEM file of authorities to trust when calling out"),
       })
    option->needs(&data)->group(of_the_directory);
  serve.add_flag("--single-commits", command.single_commits)->group("");
}

}  // namespace

void add_serve(CLI::App& app, ServeCommand& command) {
  auto* serve = app.add_subcommand("serve", "Serve a world of fakes to real clients; or the directory alone, with real time and a real disk");
  serve->footer(as_called(serve_footer));
  serve->add_option("PARTY", command.parties, "entra, graph, okta, directory; devices adds computers; by default all but devices")
      ->check(CLI::IsMember({"entra", "graph", "okta", "directory", "devices", "world"}));
  serve->add_option("--port", command.port, "of the control port, the parties' and the proxy's follow it; by default free ones, with --data 8080; 0: a free one")
      ->check(CLI::Range(0, 65535).description(""));
  serve->add_option("--listen", command.listen, "address to listen on; the control port stays on 127.0.0.1")->capture_default_str();
  serve->add_flag("--tls", command.tls, "speak TLS, with an authority of its own");
  serve->add_option("--host", command.hosts, "one more name or address: that is answered to, and stands in the certificate");
  serve->add_option("--seed", command.seed, "seed of the world; by default the script's, or 1. With --data: make ids, keys and links repeatable, and so guessable, for trials");
  serve->add_flag("--verbose", command.verbose, "a line on standard error for each request");
  auto* data = serve->add_option("--data", command.data, "folder of the store, made where there is none")->group(of_the_directory);
  add_options_of_a_world(*serve, command, *data);
  add_options_of_the_directory(*serve, command, *data);
}

}  // namespace cli
