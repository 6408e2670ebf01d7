// The parameters under which what was seen is likeliest, how sure they are, and in plain words why there are none.
#pragma once
#include <functional>
#include <string>
#include <vector>

namespace clientele::models {

/// How a parameter is moved about: a positive one by its log, a correlation by Fisher's z = atanh, others as they are.
enum class Scale { log, plain, correlation };

/// log(+Inf) and beyond are never met: `natural` undoes `working`.
double working(Scale scale, double natural);
double natural(Scale scale, double working);

struct Parameter {
  std::string name;
  Scale scale = Scale::log;
};

/// Of parameters as they are (not their logs). NaN or minus infinity where they are impossible.
using LogLikelihood = std::function<double(const std::vector<double>&)>;

/// How intervals of estimates that curvature says too little of are found: by the profile likelihood, which takes
/// hundreds of maximizations; or not, where joint draws tell them.
enum class Ends { by_profile, by_curvature };

/// What is to be maximized. Starts are fixed, never random: the same data give the same fit on the same machine (other
/// machines' libm may differ in the last digits). `rough`, where given, is cheaper and has its maximum nearby.
struct Question {
  std::vector<Parameter> parameters;
  std::vector<std::vector<double>> starts;
  LogLikelihood log_likelihood;
  LogLikelihood rough = {};
  Ends ends = Ends::by_profile;
};

/// One number with its 95 % interval. By curvature: value exp(+-1.96 se / value) where it is positive, likewise on the
/// scale of others, se by the delta method. `is_flat`: the curvature says too little (the standard error of the log is
/// above .5, or above .25 beside one that is above .5, or the information is no positive matrix), and the ends are
/// those of the profile likelihood, within which twice the fall of the log-likelihood is below 3.841; an end that the
/// data do not give is 0 or infinite.
struct Estimate {
  double value = 0, se = 0, low = 0, high = 0;
  bool is_flat = false;
  std::string how = {};  ///< "curvature", "profile likelihood", "profile likelihood: no upper end", ...
};

/// What came of it. Without `why_not` the rest is known; values that were reached stand there in any case, unless
/// nothing was tried.
struct Fitted {
  std::vector<Parameter> parameters = {};
  std::vector<double> values = {};       ///< natural, in the order of `parameters`
  std::vector<Estimate> estimates = {};  ///< in the same order
  std::vector<double> covariance = {};   ///< on the working scales, row by row: inverse of the observed information
  double log_likelihood = 0;
  double observations = 0;     ///< customers, invoices, months: whatever the fit counts
  std::string why_not = {};    ///< one sentence; empty: converged
  std::string caution = {};    ///< one sentence that goes with the estimates; empty: none
  LogLikelihood surface = {};  ///< the log-likelihood itself

  bool is_found() const { return why_not.empty() && !values.empty(); }
};

/// Nelder and Mead's simplex (NLopt) from every start, then Newton's method by central differences on the working
/// scales from the best point, until another step would gain less than 1e-8. A parameter that is 160,000 times its
/// first start (e^12), or that part of it, or whose profile falls by less than .002 within e^8, has no maximum: that is
/// said. Source of intervals: Venzon, Moolgavkar 1988.
Fitted maximize(const Question& question);

/// The same where parameter k stands at a value, of which nothing is estimated: for a law whose likelihood is highest
/// at an edge (customers that differ no more than luck explains). It is among the parameters, with no error of its own.
Fitted maximize_with(const Question& question, std::size_t k, double held, std::string caution);

/// A fit that was not tried.
Fitted not_known(std::string why);

/// A number that hangs on the parameters, positive unless `scale` says otherwise, by the delta method.
Estimate estimate_of(const Fitted& fitted, const LogLikelihood& number, Scale scale = Scale::log);

/// 95 % interval of a number by its standard error on the working scale.
Estimate estimate_by_curvature(Scale scale, double value, double working_se);

}  // namespace clientele::models
