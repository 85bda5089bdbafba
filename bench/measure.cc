#include "bench/measure.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>
#include <utility>

namespace redoubt::bench {

namespace {

/// What this project's engine says on the first bytes of a row, by semantics.
class Reference {
 public:
  explicit Reference(const Row& row) : row_(row), engines_(redoubt_engines()) {}

  const Answer& answer(Semantics semantics, std::size_t bytes) {
    auto [at, added] = kept_.try_emplace({semantics, bytes});
    if (added) {
      const auto ours = std::find_if(engines_.begin(), engines_.end(),
                                     [&](const Engine& e) { return e.info.semantics == semantics; });
      const Work work(row_.mode, row_.text().substr(0, bytes));
      if (Opened session = ours->open(row_, work)) at->second = (*session)->answer();
    }
    return at->second;
  }

 private:
  const Row& row_;
  const std::vector<Engine> engines_;
  std::map<std::pair<Semantics, std::size_t>, Answer> kept_;
};

unsigned time_limit(const Row& row, const Settings& settings) {
  if (settings.quick) return 2;
  return row.group == "counted" ? 10 : 5;
}

std::uint64_t passes_for(const Probe& probe, double min_time_ms) {
  return static_cast<std::uint64_t>(std::max(1.0, std::ceil(min_time_ms * 1e6 / std::max(probe.nanoseconds, 1.0))));
}

struct Running {
  Cell* cell;
  std::unique_ptr<Work> work;
  std::unique_ptr<Session> session;
  unsigned rounds;
};

}  // namespace

double Cell::min_ns() const { return pass_ns.empty() ? 0 : *std::min_element(pass_ns.begin(), pass_ns.end()); }

double Cell::median_ns() const {
  if (pass_ns.empty()) return 0;
  std::vector<double> sorted = pass_ns;
  std::sort(sorted.begin(), sorted.end());
  const std::size_t half = sorted.size() / 2;
  return sorted.size() % 2 == 1 ? sorted[half] : (sorted[half - 1] + sorted[half]) / 2;
}

std::size_t items(const Row& row, const Work& work) {
  switch (row.mode) {
    case Mode::kLines:
      return work.lines.size();
    case Mode::kCompile:
      return row.patterns.size();
    case Mode::kAll:
      return 1;
  }
  return 1;
}

std::vector<Cell> measure(const Row& row, const std::vector<Engine>& engines, const Settings& settings,
                          bool probe_inside) {
  std::vector<Cell> cells(engines.size());
  std::vector<Running> running;
  Reference reference(row);
  for (std::size_t k = 0; k < engines.size(); ++k) {
    Cell& cell = cells[k];
    cell.engine = &engines[k];
    if (!engines[k].unavailable.empty()) {
      cell.probe.error = "unavailable: " + engines[k].unavailable;
      continue;
    }
    cell.probe = probe_inside ? probe_here(engines[k], row, settings.cell_budget_ms * 1e6 / 3)
                              : probe_in_child(engines[k], row, settings.quick, time_limit(row, settings));
    if (!cell.probe.error.empty()) continue;
    if (row.mode != Mode::kCompile) {
      const Answer& ours = reference.answer(engines[k].info.semantics, cell.probe.bytes);
      cell.spans_agree = cell.probe.answer.spans == ours.spans && cell.probe.answer.matches == ours.matches;
      cell.groups_agree = cell.probe.answer.groups == ours.groups;
    }
    auto work = std::make_unique<Work>(row.mode, row.text().substr(0, cell.probe.bytes));
    Opened session = engines[k].open(row, *work);
    if (!session) {
      cell.probe.error = session.error();
      continue;
    }
    running.push_back({&cell, std::move(work), std::move(*session), settings.rounds});
  }
  for (Running& r : running) {  // warm, and how many passes make a measurement
    double pass = r.session->time(1);
    if (pass < settings.min_time_ms * 1e5) {
      const std::uint64_t few = 1 + static_cast<std::uint64_t>(settings.min_time_ms * 1e5 / std::max(pass, 100.0));
      pass = r.session->time(few) / static_cast<double>(few);
    }
    r.cell->passes = passes_for(Probe{{}, {}, 0, pass, 0}, settings.min_time_ms);
    const double one = pass * static_cast<double>(r.cell->passes);
    const double affordable = settings.cell_budget_ms * 1e6 / std::max(one, 1.0);
    r.rounds = static_cast<unsigned>(std::clamp(affordable, 2.0, static_cast<double>(settings.rounds)));
  }
  for (unsigned round = 0; round < settings.rounds; ++round) {
    for (Running& r : running) {
      if (round >= r.rounds) continue;
      const double taken = r.session->time(r.cell->passes);
      // Nothing takes no time: the clock of a virtual machine, corrected for stolen time, stood still.
      if (taken > 0) r.cell->pass_ns.push_back(taken / static_cast<double>(r.cell->passes));
    }
  }
  for (Running& r : running) {
    if (r.cell->pass_ns.empty()) r.cell->probe.error = "no time measured";
  }
  return cells;
}

}  // namespace redoubt::bench
