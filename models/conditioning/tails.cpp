// Each tail where it is the small one; what cancels is summed up in another form.
#include "models/conditioning/tails.hpp"

#include <array>
#include <cmath>
#include <cstddef>

#include "models/conditioning/small_numbers.hpp"
#include "sim/core/check.hpp"

namespace clientele::models {

namespace {

constexpr double log_of_root_two_pi = 0.91893853320467274;
constexpr double one_over_root_two_pi = 0.39894228040143268;
constexpr double too_little_to_add = 1e-17;  ///< of a sum
constexpr int most_terms = 200'000;

// Coefficients of eta^n in c_k(eta).
constexpr std::array<double, 18> temme_0{-0.3333333333333333,     0.08333333333333333,     -0.014814814814814815,
                                         0.0011574074074074073,   0.0003527336860670194,   -0.0001787551440329218,
                                         3.919263178522438e-05,   -2.185448510679992e-06,  -1.85406221071516e-06,
                                         8.296711340953087e-07,   -1.7665952736826078e-07, 6.707853543401498e-09,
                                         1.0261809784240309e-08,  -4.382036018453353e-09,  9.14769958223679e-10,
                                         -2.5514193994946248e-11, -5.830772132550426e-11,  2.4361948020667415e-11};
constexpr std::array<double, 17> temme_1{-0.001851851851851852,   -0.003472222222222222,   0.0026455026455026454,
                                         -0.0009902263374485596,  0.00020576131687242798,  -4.018775720164609e-07,
                                         -1.8098550334489977e-05, 7.64916091608111e-06,    -1.6120900894563446e-06,
                                         4.647127802807434e-09,   1.378633446915721e-07,   -5.752545603517705e-08,
                                         1.1951628599778148e-08,  -1.7543241719747647e-11, -1.0091543710600413e-09,
                                         4.162792991842583e-10,   -8.56390702649298e-11};
constexpr std::array<double, 15> temme_2{0.004133597883597883,    -0.0026813271604938273, 0.0007716049382716049,
                                         2.0093878600823047e-06,  -0.0001073665322636516, 5.2923448829120125e-05,
                                         -1.2760635188618728e-05, 3.423578734096138e-08,  1.3721957309062934e-06,
                                         -6.298992138380055e-07,  1.4280614206064242e-07, -2.0477098421990866e-10,
                                         -1.409252991086752e-08,  6.228974084922022e-09,  -1.3670488396617114e-09};
constexpr std::array<double, 13> temme_3{0.0006494341563786008,   0.00022947209362139917,  -0.0004691894943952557,
                                         0.00026772063206283885,  -7.561801671883977e-05,  -2.396505113867297e-07,
                                         1.1082654115347302e-05,  -5.6749528269915965e-06, 1.4230900732435883e-06,
                                         -2.7861081029528143e-11, -1.6958404091930278e-07, 8.099464905388083e-08,
                                         -1.9111168485973655e-08};
constexpr std::array<double, 11> temme_4{-0.0008618882909167117,  0.0007840392217200666, -0.0002990724803031902,
                                         -1.4638452578843418e-06, 6.641498215465122e-05, -3.968365047179435e-05,
                                         1.1375726970678419e-05,  2.507497226237533e-10, -1.6954149536558305e-06,
                                         8.907507532205309e-07,   -2.292934834000805e-07};
constexpr std::array<double, 11> temme_5{-0.00033679855336635813, -6.972813758365857e-05, 0.0002772753244959392,
                                         -0.00019932570516188847, 6.797780477937208e-05,  1.419062920643967e-07,
                                         -1.3594048189768693e-05, 8.018470256334202e-06,  -2.291481176508095e-06,
                                         -3.252473551298454e-10,  3.4652846491085265e-07};
constexpr std::array<double, 9> temme_6{0.0005313079364639922,   -0.0005921664373536939,  0.0002708782096718045,
                                        7.902353232660328e-07,   -8.153969367561969e-05,  5.61168275310625e-05,
                                        -1.8329116582843375e-05, -3.0796134506033047e-09, 3.465155368803609e-06};
constexpr std::array<double, 8> temme_7{0.00034436760689237765, 5.171790908260592e-05,   -0.00033493161081142234,
                                        0.0002812695154763237,  -0.00010976582244684731, -1.2741009095484485e-07,
                                        2.7744451511563645e-05, -1.8263488805711332e-05};
constexpr std::array<double, 6> temme_8{-0.0006526239185953094, 0.0008394987206720873,  -0.000438297098541721,
                                        -6.969091458420552e-07, 0.00016644846642067547, -0.00012783517679769218};
constexpr std::array<double, 4> temme_9{-0.0005967612901927463, -7.204895416020011e-05, 0.0006782308837667328,
                                        -0.0006401475260262758};

template <std::size_t n>
double polynomial(const std::array<double, n>& of, double at) {
  double sum = of[n - 1];
  for (std::size_t k = n - 1; k-- > 0;) sum = std::fma(sum, at, of[k]);
  return sum;
}

/// Sum over k of c_k(eta) a^-k.
double temme_sum(double eta, double a) {
  const double u = 1.0 / a;
  double sum = polynomial(temme_9, eta);
  sum = std::fma(sum, u, polynomial(temme_8, eta));
  sum = std::fma(sum, u, polynomial(temme_7, eta));
  sum = std::fma(sum, u, polynomial(temme_6, eta));
  sum = std::fma(sum, u, polynomial(temme_5, eta));
  sum = std::fma(sum, u, polynomial(temme_4, eta));
  sum = std::fma(sum, u, polynomial(temme_3, eta));
  sum = std::fma(sum, u, polynomial(temme_2, eta));
  sum = std::fma(sum, u, polynomial(temme_1, eta));
  return std::fma(sum, u, polynomial(temme_0, eta));
}

/// Chance of a standard normal above z >= 0, over its density there. Source: Laplace's continued fraction.
double tail_over_density(double z) {
  constexpr double far = 3;
  if (z < far) return sim::normal_below(-z) / (one_over_root_two_pi * sim::exp(-0.5 * z * z));
  double fraction = z;
  for (double k = 60; k >= 1; k -= 1) fraction = z + k / fraction;
  return 1.0 / fraction;
}

/// log(1 - e^x) for x <= 0.
double log_of_rest(double x) {
  return x > -0.6931471805599453 ? sim::log(-exp_less_one(x)) : log_of_one_plus(-sim::exp(x));
}

/// Of 1 + x / (a + 1) + x^2 / ((a + 1) (a + 2)) + ...
double sum_of_series(double a, double x) {
  double sum = 1, term = 1;
  for (int n = 1; n < most_terms && term > too_little_to_add * sum; ++n) sum += term *= x / (a + n);
  return sum;
}

/// x^-a e^x times the integral of t^(a - 1) e^-t from x on, by Lentz's method.
double upper_fraction(double a, double x) {
  double b = x + 1 - a, c = 1e300, d = 1 / b, value = d;
  for (int n = 1; n < most_terms; ++n) {
    const double numerator = n * (a - n);
    b += 2;
    d = 1 / (b + numerator * d);
    c = b + numerator / c;
    const double factor = c * d;
    value *= factor;
    if (factor - 1 < 2e-16 && factor - 1 > -2e-16) break;
  }
  return value;
}

/// Sum over n >= 1 of -(-x)^n / ((a + n) n!).
double lacking_series(double a, double x) {
  double sum = 0, power = 1;
  for (int n = 1; n < most_terms; ++n) {
    power *= -x / n;
    const double term = power / (a + n);
    sum -= term;
    if (term < too_little_to_add && term > -too_little_to_add) break;
  }
  return sum;
}

/// The continued fraction of I_x(a, b) over its first factor x^a (1 - x)^b / (a B(a, b)), for x below (a + 1) / (a + b
/// + 2), by Lentz's method.
double beta_fraction(double a, double b, double x) {
  const double sum = a + b;
  double c = 1, d = 1 / (1 - sum * x / (a + 1)), value = d;
  for (int m = 1; m < most_terms; ++m) {
    const double twice = 2.0 * m;
    const double even = m * (b - m) * x / ((a + twice - 1) * (a + twice));
    d = 1 / (1 + even * d);
    c = 1 + even / c;
    value *= c * d;
    const double odd = -(a + m) * (sum + m) * x / ((a + twice) * (a + twice + 1));
    d = 1 / (1 + odd * d);
    c = 1 + odd / c;
    const double factor = c * d;
    value *= factor;
    if (factor - 1 < 2e-16 && factor - 1 > -2e-16) break;
  }
  return value;
}

double any_log_gamma_of_one_more(double a) { return a <= 1.5 ? log_gamma_of_one_plus(a) : sim::log_gamma(a + 1); }

/// log Gamma(m + l) - log Gamma(m) for l up to m, with a relative error below 1e-14 for small l too: by Stirling's
/// series of both, from 10 on.
double log_gamma_ratio(double m, double l) {
  double excess = 0;  // of the product of (m + l + i) / (m + i) over 1
  for (; m < 10; m += 1) excess += (1 + excess) * (l / m);
  return (m - 0.5) * log_of_one_plus(l / m) + l * (sim::log(m + l) - 1.0) + sim::stirling_rest(m + l) -
         sim::stirling_rest(m) - log_of_one_plus(excess);
}

}  // namespace

GammaTails::GammaTails(double shape) : a_(shape), log_a_(sim::log(shape)) {
  sim::expects(shape > 0, "a gamma law has a positive shape");
  if (a_ < 10)
    log_gamma_of_one_more_ = any_log_gamma_of_one_more(a_);
  else
    stirling_ = sim::stirling_rest(a_) + 0.5 * log_a_ + log_of_root_two_pi;
}

/// log(x^a e^-x / Gamma(a + 1)).
double GammaTails::log_first_term(double log_x, double x) const {
  if (a_ < 10) return a_ * log_x - x - log_gamma_of_one_more_;
  const double u = (x - a_) / a_;
  return (u < -0.4 ? a_ * (log_x - log_a_ - u) : -a_ * excess_over_log(u)) - stirling_;
}

LogTail GammaTails::at(double log_x, Tail tail) const {
  const double x = sim::exp(log_x);
  const double first = log_first_term(log_x, x);
  LogTail is{0, log_a_ + first, a_ - x};
  const auto from = [&](double log_chance, Tail of) {
    is.log_chance = of == tail ? log_chance : log_of_rest(log_chance < 0 ? log_chance : 0);
    return is;
  };
  const double u = (x - a_) / a_;
  if (a_ >= 24 && u > -0.4 && u < 0.4) {
    const double half_square = excess_over_log(u), root = std::sqrt(2 * half_square);
    const double eta = u < 0 ? -root : root, z = root * std::sqrt(a_);
    const double sum = temme_sum(eta, a_) / std::sqrt(a_);
    const double ratio = tail_over_density(z) + (u < 0 ? -sum : sum);
    return from(-a_ * half_square - log_of_root_two_pi + sim::log(ratio), u < 0 ? Tail::below : Tail::above);
  }
  if (a_ < 1 && x < 2 && tail == Tail::above) {
    const double power = a_ * log_x - log_gamma_of_one_more_;
    const double chance = -exp_less_one(power) + sim::exp(power) * a_ * lacking_series(a_, x);
    is.log_chance = sim::log(chance);
    return is;
  }
  if (x < a_ + 1 || x < 2) return from(first + sim::log(sum_of_series(a_, x)), Tail::below);
  return from(first + sim::log(a_ * upper_fraction(a_, x)), Tail::above);
}

BetaTails::BetaTails(double a, double b) : a_(a), b_(b), is_large_(a >= 10 && b >= 10) {
  sim::expects(a > 0 && b > 0, "a beta law has positive shapes");
  const double least = a < b ? a : b, most = a < b ? b : a;
  if (is_large_) {
    stirling_ = sim::stirling_rest(a) + sim::stirling_rest(b) - sim::stirling_rest(a + b) + log_of_root_two_pi -
                0.5 * (sim::log(a / (a + b)) + sim::log(b));
    log_beta_ = stirling_ + a * sim::log(a / (a + b)) + b * sim::log(b / (a + b));
  } else {
    log_beta_ = any_log_gamma_of_one_more(least) - sim::log(least) - log_gamma_ratio(most, least);
  }
}

/// log(x^a (1 - x)^b / B(a, b)), of x and what is left of 1, and the log-odds.
double BetaTails::log_density(double log_odds, double x, double rest) const {
  const double off = b_ * x - a_ * rest;
  if (is_large_ && off > -0.4 * a_ && off < 0.4 * b_) {
    return -a_ * excess_over_log(off / a_) - b_ * excess_over_log(-off / b_) - stirling_;
  }
  const double log_of_large = -log_of_one_plus(sim::exp(log_odds < 0 ? log_odds : -log_odds));
  const double log_x = log_odds < 0 ? log_odds + log_of_large : log_of_large;
  const double log_rest = log_odds < 0 ? log_of_large : log_of_large - log_odds;
  return a_ * log_x + b_ * log_rest - log_beta_;
}

LogTail BetaTails::at(double log_odds, Tail tail) const {
  const double small = sim::exp(log_odds < 0 ? log_odds : -log_odds), large = 1 / (1 + small);
  const double x = log_odds < 0 ? small * large : large, rest = log_odds < 0 ? large : small * large;
  const double log_of_density = log_density(log_odds, x, rest);
  LogTail is{0, log_of_density, a_ * rest - b_ * x};
  const bool is_below = x * (a_ + b_ + 2) < a_ + 1;
  const double log_chance = log_of_density + (is_below ? sim::log(beta_fraction(a_, b_, x) / a_)
                                                       : sim::log(beta_fraction(b_, a_, rest) / b_));
  const bool is_asked = is_below == (tail == Tail::below);
  is.log_chance = is_asked ? log_chance : log_of_rest(log_chance < 0 ? log_chance : 0);
  return is;
}

}  // namespace clientele::models
