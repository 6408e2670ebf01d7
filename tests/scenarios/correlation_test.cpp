// Attributes that go together: what is read, what cannot hold, and the nearest that can.
#include <cmath>

#include "scenarios/nearest_correlation.hpp"
#include "tests/scenarios/small_catalogue.hpp"
#include "tests/support/catch.hpp"

namespace clientele::tests {
namespace {

using scenarios::CorrelationMatrix;
using scenarios::least_eigenvalue;
using scenarios::nearest_correlation;

const std::string attributes = R"([population]
customers = 100
[[population.attribute]]
name = "a"
values = ["x", "y"]
[[population.attribute]]
name = "b"
values = ["x", "y"]
[[population.attribute]]
name = "c"
values = ["x", "y", "z"]
)";

sim::Study study_with(const std::string& pairs) {
  const std::string policy = "[[policy]]\nname = \"p\"\nsegmentation = \"everyone\"\n";
  return scenarios::read_study_text(attributes + pairs + policy, "a.toml", ".", small_catalogue()).study;
}

std::string pair_of(const std::string& one, const std::string& other, const std::string& is) {
  return "[[population.correlation]]\nof = \"" + one + "\"\nwith = \"" + other + "\"\nis = " + is + "\n";
}

std::string refused(const std::string& text) {
  try {
    scenarios::read_study_text(text, "a.toml", ".", small_catalogue());
  } catch (const sim::UserError& error) {
    return error.what();
  }
  return "none";
}

std::string mistakes(const std::string& pairs) {
  try {
    study_with(pairs);
  } catch (const sim::UserError& error) {
    return error.what();
  }
  return "none";
}

CorrelationMatrix three(double first, double second, double last) {
  CorrelationMatrix matrix(3);
  matrix.set(0, 1, first);
  matrix.set(0, 2, second);
  matrix.set(1, 2, last);
  return matrix;
}

}  // namespace

TEST_CASE("the nearest correlation matrix is Higham's, and one that can hold is its own") {
  const CorrelationMatrix nearest = nearest_correlation(three(1, 0, 1));  // Higham 2002, section 1
  CHECK(nearest.at(0, 1) == Approx(0.7607).margin(5e-5));
  CHECK(nearest.at(1, 2) == Approx(0.7607).margin(5e-5));
  CHECK(nearest.at(0, 2) == Approx(0.1573).margin(5e-5));
  CHECK(least_eigenvalue(nearest) == Approx(0).margin(1e-9));
  CHECK(least_eigenvalue(three(1, 0, 1)) == Approx(1 - std::sqrt(2)));
  const CorrelationMatrix holds = nearest_correlation(three(0.5, -0.2, 0.3));
  CHECK(holds.at(0, 1) == Approx(0.5));
  CHECK(holds.at(0, 2) == Approx(-0.2));
  CHECK(holds.at(1, 2) == Approx(0.3));
}

TEST_CASE("pairs are read, and have a part in the digest") {
  const sim::Study study = study_with(pair_of("c", "a", "0.4") + pair_of("b", "c", "-0.3"));
  const auto& pairs = study.population.attribute_pairs;
  REQUIRE(pairs.size() == 2);
  CHECK(pairs[0].one == 2);
  CHECK(pairs[0].other == 0);
  CHECK(pairs[0].correlation == 0.4);
  CHECK(pairs[1].correlation == -0.3);
  CHECK(study.digest != study_with(pair_of("c", "a", "0.4")).digest);
  CHECK(study.digest != study_with(pair_of("c", "a", "0.4") + pair_of("b", "c", "-0.2")).digest);
  CHECK(study_with(pair_of("c", "a", "0.4")).digest == study_with(pair_of("a", "c", "0.4")).digest);
  CHECK(study_with("").population.attribute_pairs.empty());
}

TEST_CASE("what cannot hold is refused with the nearest that can, which holds") {
  const std::string told = mistakes(pair_of("a", "b", "1") + pair_of("b", "c", "1"));
  CHECK_THAT(told,
             contains("population.correlation: these cannot all hold (\"a\" with \"b\" 1, \"b\" with \"c\" 1; "
                      "whatever goes with one goes with the others in part, and their matrix has an eigenvalue of "
                      "-0.414). Did you mean the nearest that can: \"a\" with \"b\" 0.76, \"b\" with \"c\" 0.76, "
                      "\"a\" with \"c\" 0.16?"));
  CHECK(mistakes(pair_of("a", "b", "0.76") + pair_of("b", "c", "0.76") + pair_of("a", "c", "0.16")) == "none");
  CHECK(mistakes(pair_of("a", "b", "1") + pair_of("b", "c", "1") + pair_of("a", "c", "1")) == "none");
  CHECK(mistakes(pair_of("a", "b", "0.9") + pair_of("b", "c", "0.9") + pair_of("a", "c", "0.62")) == "none");
  CHECK(mistakes(pair_of("a", "b", "0.9") + pair_of("b", "c", "0.9") + pair_of("a", "c", "0.61")) != "none");
}

// With worth at .8 and -.8 what is left of both has a variance of .36 each, so that they go together by -1 to -.28.
TEST_CASE("worth has its part, and attributes that no pair names go together by it") {
  const std::string worth = R"([population]
customers = 100
[[population.attribute]]
name = "a"
values = ["x", "y"]
correlation = 0.8
[[population.attribute]]
name = "b"
values = ["x", "y"]
correlation = -0.8
)";
  const auto told = [&](const std::string& pairs) {
    return refused(worth + pairs + "[[policy]]\nname = \"p\"\nsegmentation = \"everyone\"\n");
  };
  CHECK(told("") == "none");
  CHECK(told(pair_of("a", "b", "-1")) == "none");
  CHECK(told(pair_of("a", "b", "-0.28")) == "none");
  CHECK_THAT(told(pair_of("a", "b", "-0.27")),
             contains("these cannot all hold (\"a\" with \"b\" -0.27, \"a\" with worth "
                      "0.8, \"b\" with worth -0.8; "));
}

TEST_CASE("pairs that are none are told, all at once") {
  CHECK_THAT(mistakes(pair_of("a", "d", "0.4")), contains("population.correlation: with = \"d\""));
  CHECK_THAT(mistakes(pair_of("a", "a", "0.4")), contains("\"a\" with itself (it is 1)"));
  CHECK_THAT(mistakes(pair_of("a", "b", "0.4") + pair_of("b", "a", "0.4")), contains("\"b\" with \"a\" is said twice"));
  CHECK_THAT(mistakes(pair_of("a", "b", "1.4")), contains("is = 1.4 is outside [-1, 1]"));
  CHECK_THAT(mistakes("[[population.correlation]]\nof = \"a\"\nis = 0.1\n"), contains("with is missing"));
  CHECK_THAT(mistakes("[[population.correlation]]\nof = \"a\"\nwith = \"b\"\n"), contains("is is missing"));
  CHECK_THAT(mistakes(pair_of("a", "b", "0.4") + "share = 3\n"), contains("share"));
  const std::string of_a_file = "[population]\nfile = \"customers.csv\"\n" + pair_of("a", "b", "0.4") +
                                "[[policy]]\nname = \"p\"\nsegmentation = \"everyone\"\n";
  CHECK_THAT(refused(of_a_file), contains("population.correlation does not go with population.file"));
  CHECK_THAT(mistakes("[population.correlation]\na = 1\n"), contains("Did you mean [[population.correlation]]?"));
}

}  // namespace clientele::tests
