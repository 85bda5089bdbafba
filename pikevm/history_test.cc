#include "pikevm/history.h"

#include <random>

#include <gtest/gtest.h>

namespace redoubt::pikevm {
namespace {

TEST(HistoryTest, AHistoryIsBetterThanItsExtension) {
  History h;
  NodeId open = h.extend(History::kRoot, TagKind::kOpen, 1, 0);
  NodeId more = h.extend(open, TagKind::kClose, 1, 0);
  EXPECT_EQ(h.compare(open, open).order, 0);
  EXPECT_LT(h.compare(open, more).order, 0);
  EXPECT_GT(h.compare(more, open).order, 0);
}

TEST(HistoryTest, TheLaterClosedIsBetter) {
  // (a|ab)(c|bcd): the first group closed after one unit, or after two.
  History h;
  NodeId both = h.extend(History::kRoot, TagKind::kOpen, 2, 0);
  NodeId early = h.extend(h.extend(both, TagKind::kClose, 1, 1), TagKind::kOpen, 2, 1);
  NodeId late = h.extend(h.extend(both, TagKind::kClose, 1, 2), TagKind::kOpen, 2, 2);
  EXPECT_LT(h.compare(late, early).order, 0);
}

TEST(HistoryTest, AtATieTheFirstTagDecides) {
  History h;
  NodeId both = h.extend(History::kRoot, TagKind::kOpen, 1, 0);
  NodeId taken = h.extend(both, TagKind::kOpen, 2, 0);
  taken = h.extend(taken, TagKind::kClose, 1, 0);
  NodeId skipped = h.extend(both, TagKind::kNil, 1, 0);
  EXPECT_LT(h.compare(taken, skipped).order, 0);
}

TEST(HistoryTest, NothingThenCloseThenOpenThenNil) {
  History h;
  NodeId both = h.extend(History::kRoot, TagKind::kOpen, 1, 0);
  NodeId close = h.extend(both, TagKind::kClose, 1, 0);
  NodeId open = h.extend(both, TagKind::kOpen, 1, 0);
  NodeId nil = h.extend(both, TagKind::kNil, 1, 0);
  EXPECT_LT(h.compare(both, close).order, 0);
  EXPECT_LT(h.compare(close, open).order, 0);
  EXPECT_LT(h.compare(open, nil).order, 0);
}

TEST(HistoryTest, RetractTakesBack) {
  History h;
  NodeId a = h.extend(History::kRoot, TagKind::kOpen, 1, 0);
  std::size_t size = h.size();
  for (int k = 0; k < 5; ++k) a = h.extend(a, TagKind::kOpen, 2, 0);
  NodeId b = h.extend(a, TagKind::kClose, 1, 3);
  EXPECT_EQ(h.size(), size + 6);
  h.retract(b);
  EXPECT_EQ(h.extend(a, TagKind::kClose, 1, 3), b);
}

/// A tag sequence as it is written, and the comparison as it is defined, frame by frame.
struct Tag {
  TagKind kind;
  std::uint32_t height;
  Frame frame;
};

int compare_by_definition(const std::vector<Tag>& a, const std::vector<Tag>& b, std::size_t common, Frame last) {
  if (common == a.size() && common == b.size()) return 0;
  Frame fork = last + 1;
  if (common < a.size()) fork = std::min(fork, a[common].frame);
  if (common < b.size()) fork = std::min(fork, b[common].frame);
  auto rho = [&](const std::vector<Tag>& t, Frame f) {
    std::uint32_t least = kNoHeight;
    if (common > 0 && t[common - 1].frame == fork) least = t[common - 1].height;
    for (std::size_t k = common; k < t.size() && t[k].frame <= f; ++k) least = std::min(least, t[k].height);
    return least;
  };
  for (Frame f = last + 1; f-- > fork;) {
    if (rho(a, f) != rho(b, f)) return rho(a, f) > rho(b, f) ? -1 : 1;
  }
  auto kind = [&](const std::vector<Tag>& t) {
    return common < t.size() && t[common].frame == fork ? static_cast<int>(t[common].kind) : 0;
  };
  return kind(a) - kind(b);
}

int sign(int x) { return x < 0 ? -1 : x > 0 ? 1 : 0; }

struct Walk {
  NodeId node;
  std::vector<Tag> tags;
  std::vector<NodeId> nodes;  ///< before any contraction: to know where two walks fork
};

std::size_t common_tags(const Walk& a, const Walk& b) {
  std::size_t k = 0;
  while (k < a.nodes.size() && k < b.nodes.size() && a.nodes[k] == b.nodes[k]) ++k;
  return k;
}

// Walks fork, grow and die at random; the contracted trie must compare the survivors as the whole sequences do.
TEST(HistoryTest, RandomTriesCompareByDefinitionAndContractionChangesNothing) {
  std::mt19937 random(1);
  for (int round = 0; round < 200; ++round) {
    History h;
    NodeId unique = 1;
    std::vector<Walk> walks = {{History::kRoot, {}, {}}};
    for (Frame frame = 0; frame < 25; ++frame) {
      for (std::size_t n = random() % 12; n > 0; --n) {
        std::size_t k = random() % walks.size();
        if (walks.size() < 8 && random() % 2) {
          walks.push_back(walks[k]);
          k = walks.size() - 1;
        }
        Tag tag{static_cast<TagKind>(1 + random() % 3), static_cast<std::uint32_t>(random() % 6), frame};
        walks[k].node = h.extend(walks[k].node, tag.kind, tag.height, frame);
        walks[k].tags.push_back(tag);
        walks[k].nodes.push_back(unique++);
      }
      if (walks.size() > 2 && random() % 3 == 0)
        walks.erase(walks.begin() + static_cast<long>(random() % walks.size()));
      if (random() % 2) {
        h.begin_contraction();
        for (const Walk& w : walks) h.mark(w.node);
        h.finish_contraction();
        for (Walk& w : walks) w.node = h.renamed(w.node);
        ASSERT_LE(h.size(), 2 * walks.size() + 1);
      }
      for (const Walk& a : walks) {
        for (const Walk& b : walks) {
          ASSERT_EQ(sign(h.compare(a.node, b.node).order),
                    sign(compare_by_definition(a.tags, b.tags, common_tags(a, b), frame)));
        }
      }
    }
  }
}

}  // namespace
}  // namespace redoubt::pikevm
