// `clientele help`: one screen, one page per verb, and all of them as a manual page.
#include <algorithm>
#include <cstdio>

#include "sim/core/nearest.hpp"
#include "sim/core/printable.hpp"
#include "tools/clientele/manual.hpp"
#include "tools/clientele/verbs.hpp"

namespace clientele::tools {
namespace {

constexpr const char* options_of_studies =
    R"(  --set PATH=VALUE                  one value of the study, e.g. payment.terms_days=45 or
                                    policy.ranked.tier.A.share=0.1; may stand several times
  --customers N  --replications N  --draws N  --months N  --seed N
  -q, --quiet                       nothing on stderr but mistakes and warnings
)";
constexpr const char* options_of_sweeps =
    R"(  --sweep FILE.csv                  points of a sweep instead of the study's [sweep]: the first row names
                                    numbers by their paths, each further row is a point
)";
constexpr const char* options_of_run =
    R"(  -o, --output FILE                 the cube (HDF5, opens as netCDF-4)
  --dry-run                         memory, time and file sizes; nothing is written
  --ranks N                         with --dry-run: on N machines like this one
  --max-time 4:00:00                end within so long (1-12:00:00, 90m, 36h, 45s, 2d): early enough to leave
                                    what the same command goes on from
  --shard 3/40                      simulate the third of forty parts and make no cube: merge does, from all;
                                    auto in an array of Slurm, auto/40 in one of HyperQueue or Flux
  --force                           replace FILE where it is a cube of other cells than the study asks
                                    for, or empty; nothing else is ever replaced
  --threads N                       instead of as many as the machine, a mask (taskset), a container's quota
                                    or a job of Slurm allow; the numbers do not depend on it
  --slices N                        with clientele-mpi: a world in which customers meet lives on N ranks
                                    (default: on as few as have the memory for it)
)";
constexpr const char* options_of_compare =
    R"(  --baseline NAME                   what the others are compared with (default: the study's)
  --policy NAME  --scenario NAME  --kpi NAME
                                    only these; each may stand several times; --kpi all compares all
  --point N  --point PATH=VALUE     of a sweep's cube one point whole, by its number from 0 or by values of the
                                    numbers that points set; without it a table over all points
  --across scenarios                each policy in the scenarios, against the first (or --baseline)
  --quantiles 0.5,0.95              levels of each policy alone: these quantiles with their intervals,
                                    the range of one more future, the month of a peak
  --over-time                       what each has gained or lost by the end of each year, and who is ahead
  --by tier|group                   customers, revenue, contribution, levers, churn and moves of each
  --by class                        who gains and who loses: the headline by today's tier and tenth of sales, as
                                    customers stood when the policies parted (needs count.classes = true)
  --why                             of each policy, how much of its difference is what it grants, whom it grants
                                    it to, and moving customers later, and whose customers it comes from (needs
                                    experiment.why = true in the study)
  --guesses                         what the numbers rest on, one by one
  --sensitivity FILE                add what clientele sensitivity -o found of the same study (default:
                                    CUBE.sensitivity.json, where it is there)
  --json  --csv                     for programs, for tables (RFC 4180, all digits)
  --csv=excel                       for Excel of any country, by a double click: UTF-16, tabs, and no decimal
                                    mark in it (12345E-3 is 12.345)
  --markdown                        the same sentences and tables for GitHub, a wiki or a chat
)";
constexpr const char* options_of_report =
    R"(  -o, --output FILE                 the page: one HTML file, which needs no other and asks for none
  --xlsx FILE                       the same tables as a workbook with charts
  --sensitivity FILE                what clientele sensitivity -o found of the same study, as a picture
                                    (default: CUBE.sensitivity.json, where it is there)
  --language en|zh|es               English, Chinese, Spanish
  --baseline NAME  --kpi NAME       what the others are compared with, and by which KPI (default: the study's)
  --point N  --point PATH=VALUE     of a sweep's cube, as in compare: the page is of this point
  --force                           replace files that are there
)";
constexpr const char* options_of_merge =
    R"(  --partial                         make a cube of what is there, also where cells are missing: it says so
  --force                           as of run
  --folder DIR                      where the study's customer file is (default: where it was)
  --wait 60s                        with a file system that shows late what other machines have written
  --threads N                       instead of as many as may be used; the numbers do not depend on it
  -q, --quiet                       nothing on stderr but mistakes and warnings
)";
constexpr const char* options_of_status = "  --json                            for programs\n";
constexpr const char* options_of_clean =
    R"(  --stale                           only records that another model made, which no run can use any more
  --dry-run                         say what would be removed
)";
constexpr const char* options_of_doctor =
    R"(  --threads N                       instead of as many as may be used; the numbers do not depend on it
  --json                            for programs
)";
constexpr const char* options_of_sensitivity =
    R"(  --policy NAME  --scenario NAME  --kpi NAME
                                    other ones than the best policy, the first scenario, the headline
  --set PATH=VALUE  --months N  --seed N
                                    as of run
  --customers N  --replications N   simulated at each set of values (default: about 5 million
                                    customer-months of both policies)
  -o, --output FILE                 write the JSON to FILE too, and go on where it was stopped (from FILE.run);
                                    --force replaces what this verb wrote
  --threads N                       instead of as many as may be used; the numbers do not depend on it
  -q, --quiet                       no progress on stderr
  --json                            for programs
)";
constexpr const char* options_of_slurm =
    R"(  -o, --output FILE                 the cube that the job makes
  --nodes N                         machines that it runs on at a time
  --time 4:00:00                    of one try (1-12:00:00, 90m, 36h, 2d): what is not done then goes back into
                                    the queue (default: twice what is foreseen and ten minutes)
  --array  --array=N                as many tasks as nodes, or N, each with a share of the work and a job of its
                                    own, and clientele merge behind them: run the script with bash.
                                    Without it one run, whose processes share the work by MPI (clientele-mpi):
                                    give the script to sbatch
  --cpus-per-task N                 processors of a process (default: whole nodes)
  --tasks-per-node N                processes on a node, without --array (default: 1)
  --mem 64G                         of a process (900M, 1T; default: a quarter more than the study takes, or
                                    all that the node has)
  --partition NAME  --account NAME  of Slurm; its other options may be given to sbatch
)";
constexpr const char* options_of_verify =
    R"(  --rerun 1%                        simulate so many of the futures again (or a number of them), always
                                    the same ones, and compare every bit
  --folder DIR                      where the study's customer file is (default: beside the cube)
  --threads N                       instead of as many as may be used; the numbers do not depend on it
  -q, --quiet                       no progress on stderr
  --json                            for programs
)";
constexpr const char* options_of_tiers =
    "  --policy NAME                     whose tiers (default: the one policy with several)\n";
constexpr const char* options_of_diff = "  --json                            for programs\n";
constexpr const char* options_of_version =
    "  --json                            compiler, flags, CPU levels and the one in use, libraries\n";
constexpr const char* options_of_help = "  --man                             the manual page (groff)\n";
constexpr const char* options_of_info = "  --json                            for programs\n";
constexpr const char* options_of_init =
    R"(  -o, --output FILE                 write it to FILE, which must not be there
  --like NAME=NUMBER,...            a base with the totals of your annual report: customers and
                                    sales, and of orders, top_tenth, leavers, dso, late and
                                    bad_debt what you know (explain totals.dso tells what it is)
  --from ORDERS.csv                 from your own books: orders, invoices or lines of them, as exported (UTF-8,
                                    UTF-16, GB18030, Windows-1252, also .gz); fits laws to them and writes the
                                    study FILE, beside it the table of your customers and joint draws of what
                                    was fitted, and says on stderr what was read
  --invoices FILE  --open-items FILE  --points FILE  --customers FILE  --deliveries FILE  --surveys FILE
                                    what else the books have: how invoices were paid, what is open (by invoice
                                    or as an ageing of five), points, groups and tiers, lateness, answers
  --map "HEADER=MEANING"            what a column is: id, number, date, amount, quantity, price, margin, cost,
                                    group, due, settled, ...; may stand several times
  --control revenue=N,customers=N,orders=N,invoices=N,returns=N
                                    numbers of your own that the files must come to, to the last digit said
  --currency EUR  --date-order dmy|mdy|ymd  --decimal point|comma
                                    what the files do not say themselves
  --origin 2027-01-01               the first day of month 0 (default: of the month after the last whole one)
  --new-since 2026-04-01            who is first seen from this day on is new, others were there before (default:
                                    three months after the first day of the books, or half of them)
  --season 0.9,0.8,...              a season that you know: orders of each calendar month over the mean month,
                                    January first (default: what two years of orders tell, else none)
  --no-fit                          with --from: the table of customers alone
  --customers-file FILE             the table of customers (default: NAME-customers.csv beside NAME.toml)
  --force                           with --from: replace files that are there
  -q, --quiet                       with --from: nothing on stderr but mistakes and warnings
)";
constexpr const char* options_of_backtest =
    R"(  --months 6                        how many months are foretold
  --origins 3                       how many days they are foretold from: the first is so many months before
                                    the books' last whole one ends, each further one a month earlier
  --at 2026-01-01,2025-10-01        these days instead, each the first of a month
  --futures 200                     futures of each, each with a draw of what was fitted
  --policy NAME  --since 2026-03-01 a change that the firm made: from that day on, the first of a month, a policy of
                                    the study held for its customers. It is foretold with and without it, and what it
                                    was promised to bring stands beside what came (from that day; --origins, --at
                                    more or others)
  --write                           have the study say what it came to ([books.backtest]): whoever runs it, compares
                                    its cube or looks at a report of it is told
  --json                            for programs
  --changed                         go on where a file has changed since the study was fitted to it
  -q, --quiet                       nothing on stderr but mistakes
)";
constexpr const char* options_of_track =
    R"(  --policy NAME  --scenario NAME    the policy that was adopted, in which scenario (default: the baseline,
                                    the first)
  --until 2027-04-01                the first day that the exports do not tell any more (default: the day after their
                                    last order); months that are not whole are left out
  --folder DIR                      where the exports are that the study was fitted to: they tell who is new (default:
                                    beside the cube)
  --map "HEADER=MEANING"  --currency EUR  --date-order dmy|mdy|ymd  --decimal point|comma
                                    as of init --from (default: as the study's [books] say)
  --json  --csv                     for programs, for tables (RFC 4180, all digits); --csv=excel for Excel
)";
constexpr const char* options_of_classify =
    R"(  -o, --output FILE                 the list (CSV): ids stand in it, so that only you may read it
  --capacity N                      how many customers can be served: so many of the first are marked (120)
  --futures N                       of these very customers, each with a draw of what is uncertain (100)
  --policy NAME                     whose gains the list is sorted by (default: the policy that brings most)
  --scenario NAME  --months N  --seed N  --set PATH=VALUE
                                    as of run (default: the first scenario, the months of the study)
  --threads N                       instead of as many as may be used; the numbers do not depend on it
  --force                           replace FILE
  -q, --quiet                       nothing on stderr but mistakes and warnings
)";
constexpr const char* options_of_explain =
    R"(  --markdown                        all keys as a page (scenarios/REFERENCE.md)
  --json                            for programs
  --customer K                      explain STUDY: one simulated course of a customer, by number (from 1)
                                    or by id of a customer file, under two policies side by side
  --find "largest gain"             the same of the customer of the base to whose worth in the headline the
                                    second policy adds most ("largest loss": from which it takes most)
  --policy NAME                     which ones: one beside the baseline, or two
  --scenario NAME, --draw D, --future R, --month M
                                    in which scenario (default: the first), draw and future (from 0);
                                    every step of a month (from 0)
)";

std::vector<Page> pages() {
  return {{"run",
           "run STUDY [-o FILE]",
           "simulate the study, or go on where it was stopped; print the answer;\n"
           "write the cube of all outcomes to FILE",
           {options_of_studies, options_of_sweeps, options_of_run},
           "0 done or there already, 64 usage, 65 mistakes in the study or its data, 69 does not fit into\n"
           "memory or in use by another run, 70 internal fault, 73 FILE is not replaced, 74 input or output,\n"
           "75 stopped early (the same command goes on), 77 permission",
           "clientele run study.toml -o outcomes.nc --replications 200 --set payment.terms_days=45"},
          {"check",
           "check STUDY",
           "read the study and say how large it is, or all that is wrong with it",
           {options_of_studies, options_of_sweeps},
           "0 no mistake, 64 usage, 65 mistakes in the study or its data, 74 it cannot be read",
           "clientele check study.toml --customers 50000"},
          {"compare",
           "compare CUBE",
           "say which policy is better, when, how often and under which condition,\n"
           "and how sure that is",
           {options_of_compare},
           "0 done, 64 usage, 65 no cube, damaged, or no KPI in it, 74 it cannot be opened,\n"
           "77 permission",
           "clientele compare outcomes.nc --policy ranked --scenario recession --kpi npv --kpi dso"},
          {"report",
           "report CUBE -o FILE",
           "the answer as a page with pictures, to look at, to send on and to print;\n"
           "and as a workbook",
           {options_of_report},
           "0 done, 64 usage, 65 no cube, or damaged, 73 FILE is there already, 74 input or output,\n"
           "77 permission",
           "clientele report outcomes.nc -o report.html --xlsx report.xlsx --language es"},
          {"info",
           "info STUDY|CUBE",
           "what a study asks, or what a cube holds",
           {options_of_info},
           "0 done, 64 usage, 65 neither a study nor a cube, or damaged, 74 it cannot be read, 77 permission",
           "clientele info outcomes.nc --json"},
          {"init",
           "init [b2b|retail|subscription|minimal]",
           "a study to begin with, which runs as it is and says what of it is a guess\n"
           "(default: b2b); with --like a base that has your totals; with --from your own\n"
           "customers, out of your books",
           {options_of_init},
           "0 done, 64 usage, 65 mistakes in the books, 73 FILE is there already, 74 input or output, 77 permission",
           "clientele init retail -o study.toml"},
          {"backtest",
           "backtest STUDY",
           "how fits of a study's own books would have met months that are known: fits to\n"
           "what was known on earlier days, simulates the months after, holds them against\n"
           "what happened and against two plain ways to foretell it",
           {options_of_backtest},
           "0 done, 64 usage, 65 mistakes in the study or its books, or they have changed, 74 they cannot be read",
           "clientele backtest mine.toml --months 6 --origins 3"},
          {"track",
           "track CUBE ACTUALS.csv...",
           "what has come of what was promised, month by month: exports of orders since\n"
           "month 0 beside the range that nine futures in ten of the adopted policy lie in",
           {options_of_track},
           "0 done, 64 usage, 65 no cube, no [books] in its study, or mistakes in the exports, 74 one cannot be read",
           "clientele track mine.nc orders-2027.csv --policy today"},
          {"explain",
           "explain [KEY | STUDY --customer K | STUDY --find \"largest gain\"]",
           "what a key of a study means, may be, is and rests on; a lever, a rule, a\n"
           "driver, a KPI; without KEY all of them, a line each; or what a policy does to\n"
           "one customer of a study, and by which step",
           {options_of_explain},
           "0 done, 64 usage, or there is no such key",
           "clientele explain payment.terms_days"},
          {"tiers",
           "tiers STUDY [--policy NAME]",
           "the tiers of a policy as a CSV, for a spreadsheet; a study reads it again by\n"
           "tiers = \"tiers.csv\" in the policy",
           {options_of_studies, options_of_tiers},
           "0 done, 64 usage, 65 mistakes in the study or its data, 74 it cannot be read",
           "clientele tiers study.toml --policy ranked > tiers.csv"},
          {"classify",
           "classify STUDY -o FILE",
           "each customer of the study's file under each policy: tiers, why, how far from a\n"
           "better one, and what the customer is expected to bring more; whom to serve first",
           {options_of_classify},
           "0 done, 64 usage, 65 mistakes in the study or its data, 69 does not fit into memory,\n"
           "73 FILE is there already, 74 input or output, 77 permission",
           "clientele classify study.toml -o list.csv --capacity 120"},
          {"schema",
           "schema",
           "a study as JSON Schema (draft 4), for editors that complete and check as one\n"
           "types, and for programs that write studies",
           {},
           "0 done, 64 usage",
           "clientele schema > study.schema.json"},
          {"doctor",
           "doctor STUDY",
           "move each lever and driver of the study in a few futures, and say which\n"
           "has no effect, one side only or a wrong sign, and what else is not sound",
           {options_of_studies, options_of_doctor},
           "0 all is well, 1 something is wrong, 64 usage, 65 mistakes in the study or its data,\n"
           "70 internal fault, 74 it cannot be read, 75 stopped early",
           "clientele doctor study.toml --json"},
          {"sensitivity",
           "sensitivity STUDY",
           "move each guess over what one would bet on: what the difference to the\n"
           "baseline hangs on, where it turns, and all guesses at once",
           {options_of_sensitivity},
           "0 done or there already, 64 usage, 65 mistakes in the study or its data, 69 FILE is in use by another\n"
           "run, 70 internal fault, 73 FILE is not replaced, 74 input or output, 75 stopped early (with -o the\n"
           "same command goes on), 77 permission",
           "clientele sensitivity study.toml --scenario recession -o s.json"},
          {"slurm",
           "slurm STUDY -o FILE",
           "print a script that runs the study on a cluster with Slurm: what it asks\n"
           "for, and what happens when its time is over",
           {options_of_studies, options_of_slurm},
           "0 done, 64 usage, 65 mistakes in the study or its data, 69 does not fit into the memory of --mem,\n"
           "73 FILE is not replaced, 74 the study cannot be read, 75 stopped early, 77 permission",
           "clientele slurm study.toml -o outcomes.nc --nodes 4 --time 4:00:00 --array"},
          {"verify",
           "verify CUBE",
           "whether a cube is what it says: its seal, the study that it carries, its\n"
           "ledgers; --rerun simulates a part of it again",
           {options_of_verify},
           "0 verified, 1 something is wrong, 64 usage, 65 no cube, damaged, or made by another model,\n"
           "69 does not fit into memory, 74 it cannot be opened, 75 stopped early, 77 permission",
           "clientele verify outcomes.nc --rerun 1%"},
          {"diff",
           "diff CUBE CUBE",
           "whether two cubes are equal; else where they first differ, and by how much",
           {options_of_diff},
           "0 equal, 1 they differ, 64 usage, 65 no cube, damaged, or no cell in common, 74 one cannot be opened,\n"
           "77 permission",
           "clientele diff outcomes.nc others.nc"},
          {"merge",
           "merge FILE",
           "make the cube of a study whose shards (run --shard) are done, or say\n"
           "what is missing and whose it is",
           {options_of_merge},
           "0 done or there already, 64 usage, 65 of another model or its data have changed, 69 in use by a run of\n"
           "the whole, 70 internal fault, 73 FILE is not replaced, 74 input or output, 75 cells are missing (start\n"
           "their shards again, then merge), 77 permission",
           "clientele merge outcomes.nc"},
          {"status",
           "status FILE",
           "what of a study is done, who is at it, how fast, and how long it will take",
           {options_of_status},
           "0 done, 64 usage, 65 of another model, 74 there is nothing to tell of",
           "clientele status outcomes.nc --json"},
          {"clean",
           "clean FILE",
           "remove the records (FILE.run) from which run and sensitivity go on",
           {options_of_clean},
           "0 removed or not there, 64 usage, 69 in use by a run, 74 neither FILE nor FILE.run is there",
           "clientele clean outcomes.nc"},
          {"version",
           "version",
           "what this program and its model are; --json also what it was built with",
           {options_of_version},
           "0 done, 64 usage",
           "clientele version --json"},
          {"help",
           "help [VERB]",
           "this screen, or the page of a verb; --man all pages, for man",
           {options_of_help},
           "0 done, 64 usage",
           "clientele help run"}};
}

/// Lines after the first begin under the first.
std::string indented(const std::string& lines, std::size_t column) {
  std::string text;
  for (const char c : lines) text.append(1, c).append(c == '\n' ? column : 0, ' ');
  return text;
}

std::string screen() {
  std::string text = "clientele answers what a customer base will do under each policy you could adopt.\n\n";
  for (const Page& page : pages()) {
    const std::string usage = std::string("  clientele ") + page.usage;
    text += usage + std::string(std::max<std::size_t>(36, usage.size() + 1) - usage.size(), ' ') +
            indented(page.purpose, 36) + "\n";
  }
  return text + "\nOptions of run, check and doctor:\n" + options_of_studies + "Options of run:\n" + options_of_run +
         "Options of compare:\n" + options_of_compare + "Options of info:\n" + options_of_info + "Options of init:\n" +
         options_of_init + "Options of backtest:\n" + options_of_backtest + "Options of track:\n" + options_of_track +
         "Options of tiers:\n" + options_of_tiers + "Options of classify:\n" + options_of_classify +
         "Options of explain:\n" + options_of_explain + "Options of report:\n" + options_of_report +
         "Options of doctor:\n" + options_of_doctor + "Options of sensitivity:\n" + options_of_sensitivity +
         "Options of slurm:\n" + options_of_slurm + "Options of verify:\n" + options_of_verify + "Options of diff:\n" +
         options_of_diff + "Options of merge:\n" + options_of_merge + "Options of status:\n" + options_of_status +
         "Options of clean:\n" + options_of_clean + R"(
Exit statuses: 0 done, 1 doctor or verify finds something wrong, or diff a difference, 64 usage, 65 mistakes in the
study or its data, 69 does not fit into memory or in use by another run, 70 internal fault, 73 the output is there
already and is not replaced, 74 input or output, 75 stopped early (the same command goes on), 77 permission.
)";
}

std::string text_of(const Page& page) {
  std::string text = std::string("clientele ") + page.usage + "\n\n" + page.purpose + "\n\n";
  for (const char* options : page.options) text += options;
  return text + (page.options.empty() ? "" : "\n") + "Exit statuses: " + page.statuses +
         ".\n\nExample: " + page.example + "\n";
}

}  // namespace

sim::Exit help(const Words& words) {
  if (words.empty()) {
    std::fputs(screen().c_str(), stdout);
    return sim::Exit::done;
  }
  if (words.size() == 1 && words.front() == "--man") {
    std::fputs(manual_of(pages(), CLIENTELE_VERSION).c_str(), stdout);
    return sim::Exit::done;
  }
  std::vector<std::string> verbs;
  for (const Page& page : pages()) {
    if (words.size() == 1 && words.front() == page.verb) {
      std::fputs(text_of(page).c_str(), stdout);
      return sim::Exit::done;
    }
    verbs.emplace_back(page.verb);
  }
  const std::string guess = sim::nearest(words.front(), verbs);
  throw sim::UserError("help takes one verb or nothing (here is " + sim::in_quotes(words.back()) + ")." +
                           (guess.empty() ? "" : " Did you mean help " + guess + "?"),
                       sim::Exit::usage);
}

}  // namespace clientele::tools
