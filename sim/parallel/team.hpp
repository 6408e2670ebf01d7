// Who works: threads behind one small interface. TBB in products, std::thread where a sanitizer must see every
// hand-over.
#pragma once
#include <cstddef>
#include <functional>
#include <memory>

#include "sim/core/api.hpp"

namespace clientele::sim {

enum class Engine { tbb, threads };

/// Works on [begin, end); `worker` is below workers() and nobody else has it at that time.
using Work = std::function<void(std::size_t begin, std::size_t end, unsigned worker)>;

class CLIENTELE_API Team {
 public:
  virtual ~Team() = default;
  virtual unsigned workers() const = 0;
  /// Splits [0, n) into pieces of about `grain` and returns when all are done. May be called from inside work: workers
  /// who have nothing else to do may then help, the others do not. The first exception ends the rest and comes back to
  /// the caller.
  virtual void for_each(std::size_t n, std::size_t grain, const Work& work) = 0;
};

/// How many threads a team has that is asked to have so many; 0: as many as this process may use at a time.
CLIENTELE_API unsigned threads_of(unsigned asked);

CLIENTELE_API std::unique_ptr<Team> make_team(Engine engine, unsigned threads);
std::unique_ptr<Team> make_team_tbb(unsigned threads);
std::unique_ptr<Team> make_team_threads(unsigned threads);

}  // namespace clientele::sim
