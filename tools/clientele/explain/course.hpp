// One customer's simulated course under two policies, month by month, and what first made them differ.
#pragma once
#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/catalogue.hpp"
#include "sim/study.hpp"
#include "sim/watch.hpp"

namespace clientele::tools {

/// Which course: of one customer, in one future of a scenario, under two policies.
struct CourseAsked {
  std::uint64_t customer = 0;  ///< id
  std::string called;          ///< "customer 17"
  std::uint32_t scenario = 0, draw = 0, replication = 0;
  std::pair<std::uint32_t, std::uint32_t> policies;
  std::optional<int> month;  ///< of which every step is told
};

struct FoundCustomer;

/// What steps did to a customer under one policy, by month of the horizon and what comes before.
struct Course {
  struct Number {
    std::string name;
    double before = 0, after = 0;
  };
  struct Step {
    std::string name;
    std::vector<Number> changes;
  };
  struct Month {
    std::vector<Step> steps;
    std::map<std::string, double> numbers;  ///< as the month leaves them
  };
  std::map<int, Month> months;
};

struct Courses {
  std::vector<std::string> steps;  ///< of a month, in their order
  Course one, other;
  std::uint32_t group = 0;
  std::map<std::string, double> born;  ///< what the customer is for life
};

/// Simulates the two cells on one thread; nothing where the customer is never there.
std::optional<Courses> simulate_courses(const sim::Study& study, const sim::Catalogue& catalogue,
                                        const CourseAsked& asked);

/// The first month in which the courses differ, if one does.
std::optional<int> first_difference(const Courses& courses);

std::string text_of(const Courses& courses, const CourseAsked& asked, const sim::Study& study);
/// `found`: how the customer was found, where it was sought.
std::string json_of(const Courses& courses, const CourseAsked& asked, const sim::Study& study,
                    const FoundCustomer* found = nullptr);

}  // namespace clientele::tools
