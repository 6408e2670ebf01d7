# Lines of the reader and the resolver that no drawn study reaches, each with the reason why none needs to.
toys = "signals of behaviors are the toys': no behavior of the product has one (reference/toys)"
told = "beside the words of a mistake (tests/scenarios)"
engine = "sim/engine/"
reader = "scenarios/reader/"

not_reached = {
    (reader + "experiment_reader.cpp", "return std::nullopt;"): told,
    (reader + "field_reader.cpp", "return std::nullopt;"):
        "a law without a constant: every law of this catalogue has one",
    (reader + "field_reader.cpp", "return;"): told,
    (reader + "lever_reader.cpp",
     'for (const LeverPlace& lever : found) paths += (paths.empty() ? "" : " or ") + lever.path;'): told,
    (reader + "population_reader.cpp",
     "const std::string guess = nearest_column_meaning(column.node.text, reading.catalogue);"): told,
    (engine + "program.cpp", "if (step.signal) taken.signal = &step.signal(*taken.behavior);"): toys,
    (engine + "program.cpp", "return step.signal != nullptr && step.signal->needed(occasion(moment, cell, parameters, "
     "settings)) ? step.signal"): toys,
    (engine + "program.cpp", "info.months_beyond = info.closed + static_cast<std::size_t>(settles ? months_to_settle : "
     "0);"): "receivables are always counted beyond the horizon",
    (engine + "reach.cpp", "for (std::uint32_t draw = 0; draw < (varies ? std::max(1U, study.draws) : 1U) && "
     "!writers.empty(); ++draw) {"): "payment always writes ahead",
    ("sim/roll_out.cpp", "if (!rolls_out(policy)) return 1;"): "the engine asks it of policies that roll out alone",
}
