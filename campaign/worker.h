// Work: the threads of a campaign's session. Each takes a unit, does it, and hands in its result; the ledger and the
// journal are changed under one lock, together.
#pragma once

#include <atomic>
#include <chrono>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <vector>

#include "campaign/config.h"
#include "campaign/journal.h"
#include "campaign/ledger.h"
#include "campaign/scheduler.h"
#include "harness/panel.h"

namespace redoubt::campaign {

/// Makes each panel that the streams need, once: an engine that cannot sit is an error before any work.
std::optional<std::string> try_panels(const Config& config, const std::vector<std::unique_ptr<Stream>>& streams,
                                      const harness::Catalogue& catalogue);

class Work {
 public:
  /// All of them outlive the work.
  Work(const Config& config, const harness::Catalogue& catalogue, const std::string& folder, const std::string& program,
       Ledger& ledger, Journal& journal, Scheduler& scheduler, const std::atomic<bool>& stop)
      : config_(config),
        catalogue_(catalogue),
        folder_(folder),
        program_(program),
        ledger_(ledger),
        journal_(journal),
        scheduler_(scheduler),
        stop_(stop) {}

  /// Takes up findings that no record knows, and writes the case files that are missing.
  void keep(const std::vector<Found>& lost);
  /// Until `limit_s` (0: no limit), a stop, an error or the end of all units; units at work are completed but after a
  /// stop. `tick` is called a few times a second, under the lock.
  void run(unsigned jobs, double limit_s, const std::function<void(const Ledger&, double session_s)>& tick);

  const std::optional<std::string>& error() const { return error_; }
  double session_s() const { return session_s_; }

 private:
  using Panels = std::map<std::string, std::unique_ptr<harness::Panel>>;

  void thread(double limit_s);
  harness::Panel* panel_for(const Stream& stream, Panels& panels);
  void do_unit(const Assignment& assignment, harness::Panel& panel);
  void hand_in(UnitResult result);
  void found(Found found);
  void record(Record record, bool durable);
  double seconds() const;

  const Config& config_;
  const harness::Catalogue& catalogue_;
  const std::string &folder_, &program_;
  Ledger& ledger_;
  Journal& journal_;
  Scheduler& scheduler_;
  const std::atomic<bool>& stop_;
  std::atomic<bool> failed_{false};
  std::mutex mutex_;
  std::optional<std::string> error_;
  std::chrono::steady_clock::time_point began_ = std::chrono::steady_clock::now();
  double session_s_ = 0;
};

}  // namespace redoubt::campaign
