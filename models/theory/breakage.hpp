// What becomes of points: redeemed, forfeited by who leaves, or expired, by age and in closed form.
#pragma once
#include <cmath>

namespace clientele::models {

/// Members' chances to redeem when they buy: a share `never` never does, the others' are Beta by mean and first shape a
/// (the second is a (1 - mean) / mean), or all the same where a is infinite.
struct ChancesToRedeem {
  double mean = 1, a = INFINITY, never = 0;

  /// Of points that come equally to all members, the share left after so many purchases:
  /// never + (1 - never) E(1 - q)^n, for q ~ Beta(a, c) the product of (c + i) / (a + c + i), i < n (Fader, Hardie
  /// 2007).
  double left_after(int purchases) const {
    double left = 1;
    for (int i = 0; i < purchases; ++i) {
      const double c = a * (1 - mean) / mean;
      left *= std::isinf(a) ? 1 - mean : (c + i) / (a + c + i);
    }
    return never + (1 - never) * left;
  }
};

/// Points of members who buy with chance `buys` in any month, redeem all that they hold with a chance of their own when
/// they do, and leave at the month's end with chance `leaves`, forfeiting what they hold. A point of age 0 is new and
/// can be redeemed at ages 1 to `validity`; what is left then expires. All figures are shares of points issued.
/// Where members' rates differ, points come in proportion to purchases: weigh by these.
struct PointsOfMembers {
  double buys = 1;
  ChancesToRedeem redeems;
  double leaves = 0;
  int validity = 24;  ///< months

  /// Neither redeemed at an age nor before: a sum over how many of these months the member buys in, which are binomial.
  double not_redeemed(int age) const {
    if (buys >= 1) return redeems.left_after(age);
    double sum = 0, chance = std::pow(1 - buys, age);  // of buying in j of them
    for (int j = 0; j <= age; chance *= (age - j) * buys / ((j + 1) * (1 - buys)), ++j)
      sum += chance * redeems.left_after(j);
    return sum;
  }
  /// Open after the close of an age.
  double open(int age) const { return age < validity ? held(age) : 0; }
  double redeemed_at(int age) const {
    const double stays = std::pow(1 - leaves, age - 1);
    return age < 1 || age > validity ? 0 : stays * (not_redeemed(age - 1) - not_redeemed(age));
  }
  double forfeited_at(int age) const {
    return age < 1 || age > validity ? 0 : std::pow(1 - leaves, age - 1) * leaves * not_redeemed(age);
  }
  double expired() const { return held(validity); }

  double redeemed() const {
    return sum([&](int age) { return redeemed_at(age); });
  }
  double breakage() const { return 1 - redeemed(); }
  /// Of what is open after the close of an age, the share that will break.
  double breaks_from(int age) const {
    double later = 0;
    for (int k = age + 1; k <= validity; ++k) later += redeemed_at(k);
    return 1 - later / open(age);
  }
  /// Open after a close, over what each month issues, once a program is older than the validity.
  double outstanding() const {
    double open_at_all = 0;
    for (int age = 0; age < validity; ++age) open_at_all += open(age);
    return open_at_all;
  }

 private:
  double held(int age) const { return std::pow(1 - leaves, age) * not_redeemed(age); }
  template <class Function>
  double sum(Function of_age) const {
    double all = 0;
    for (int age = 1; age <= validity; ++age) all += of_age(age);
    return all;
  }
};

/// The same for one chance q a month and a hazard h, as geometric sums: rho = (1 - q) (1 - h),
/// redeemed = q (1 - rho^m) / (1 - rho), outstanding = (1 - rho^m) / (1 - rho). A validity of INFINITY never ends.
struct GeometricPoints {
  double redeems = 0, leaves = 0, validity = 24;

  double kept() const { return (1 - redeems) * (1 - leaves); }
  double outstanding() const {
    return kept() < 1 ? (1 - std::pow(kept(), validity)) / (redeems + leaves - redeems * leaves) : validity;
  }
  double redeemed() const { return redeems > 0 ? redeems * outstanding() : 0; }
  double breakage() const { return 1 - redeemed(); }
  /// Of what is outstanding, what will be redeemed: a point of age k with chance q (1 - rho^(m - k)) / (1 - rho).
  double owed() const {
    const double at_end = std::pow(kept(), validity), gone = redeems + leaves - redeems * leaves;
    return redeems > 0 ? redeems / gone * (outstanding() - (at_end > 0 ? validity * at_end : 0)) : 0;
  }
};

}  // namespace clientele::models
