#include "paper/breaking.h"

#include <algorithm>

namespace kp::paper {
namespace {

// In lanes, a table does not begin at the foot of a page with fewer rows than this in each.
constexpr std::size_t kFewestInLane = 3;

// Sums of heights differ by rounding alone.
constexpr double kSlack = 1e-6;

class Breaker {
 public:
  Breaker(const std::vector<Flow>& flows, double height) : flows_(flows), height_(height), pages_(1) {}

  std::vector<PlacedPage> run() {
    for (flow_ = 0; flow_ < flows_.size(); ++flow_) {
      if (flows_[flow_].abreast > 1) {
        place_lanes();
      } else {
        place_flow();
      }
    }
    return std::move(pages_);
  }

 private:
  [[nodiscard]] const Flow& flow() const { return flows_[flow_]; }
  [[nodiscard]] bool at_top() const { return pages_.back().empty(); }
  [[nodiscard]] bool fits(double needed) const { return y_ + needed <= height_ + kSlack; }

  void next_page() {
    pages_.emplace_back();
    y_ = 0;
  }

  void space(double before) {
    if (!at_top()) y_ += before;
  }

  void place_head(std::size_t lane, double y) {
    if (flow().head > 0) pages_.back().push_back({flow_, true, 0, lane, y});
  }

  // ---- one below the other

  // How much room the strips need that must stand together from `strip` of `flow` on, with the heads of the
  // flows they reach into.
  [[nodiscard]] double together(std::size_t flow, std::size_t strip, bool with_head) const {
    double needed = with_head ? flows_[flow].head : 0;
    for (bool first = true;; first = false) {
      const Flow& at = flows_[flow];
      const Strip& piece = at.body[strip];
      needed += piece.height + (first ? 0 : piece.before);
      if (!piece.keep) return needed;
      if (++strip < at.body.size()) continue;
      do {
        if (++flow == flows_.size()) return needed;
      } while (flows_[flow].body.empty());
      strip = 0;
      needed += flows_[flow].before + flows_[flow].head;
      if (flows_[flow].abreast > 1) return needed + least_in_lanes(flows_[flow], 0);
    }
  }

  void place_flow() {
    bool head_stands = false;
    bool chained = chained_before_;
    chained_before_ = false;
    for (std::size_t strip = 0; strip < flow().body.size(); ++strip) {
      const Strip& piece = flow().body[strip];
      const double before = piece.before + (strip == 0 ? flow().before : 0);
      const bool opens_page = !at_top() && breaks_before(strip, before, !head_stands, chained);
      if (opens_page) next_page();
      if (opens_page || at_top()) head_stands = false;
      space(before);
      if (!head_stands) {
        place_head(0, y_);
        y_ += flow().head;
        head_stands = true;
      }
      pages_.back().push_back({flow_, false, strip, 0, y_});
      y_ += piece.height;
      chained = piece.keep;
    }
    chained_before_ = chained && !flow().body.empty();
  }

  // A strip in the middle of a chain was given its room with the chain's first; it breaks only when the chain
  // is longer than a page.
  [[nodiscard]] bool breaks_before(std::size_t strip, double before, bool with_head, bool chained) const {
    const double head = with_head ? flow().head : 0;
    if (chained) return !fits(before + head + flow().body[strip].height);
    const double needed = together(flow_, strip, with_head);
    if (fits(before + needed)) return false;
    // What is longer than a page breaks anyway and need not leave one half empty.
    return needed <= height_ + kSlack || !fits(before + head + flow().body[strip].height);
  }

  // ---- lanes side by side

  static double height_of(const Flow& flow, std::size_t from, std::size_t to) {
    double sum = 0;
    for (std::size_t i = from; i < to; ++i) sum += flow.body[i].height;
    return sum;
  }

  // The end of the row (a chain of strips) that begins at `from`.
  static std::size_t row_end(const Flow& flow, std::size_t from) {
    while (from + 1 < flow.body.size() && flow.body[from].keep) ++from;
    return from + 1;
  }

  static double least_in_lanes(const Flow& flow, std::size_t from) {
    const std::size_t left = flow.body.size() - from;
    const std::size_t each = (left + flow.abreast - 1) / flow.abreast;
    return height_of(flow, from, row_end(flow, from + std::min(kFewestInLane, each) - 1));
  }

  // How far one lane reaches from `from` when it may be `room` high: whole rows, or nothing.
  [[nodiscard]] std::size_t lane_end(std::size_t from, double room) const {
    std::size_t end = from;
    while (end < flow().body.size()) {
      const std::size_t next = row_end(flow(), end);
      if (height_of(flow(), from, next) > room + kSlack) break;
      end = next;
    }
    return end;
  }

  // A row that is higher than a page: as many of its strips as it takes, at least one.
  [[nodiscard]] std::size_t cut_row(std::size_t from, double room) const {
    std::size_t end = from + 1;
    while (end < flow().body.size() && height_of(flow(), from, end + 1) <= room + kSlack) ++end;
    return end;
  }

  // The ends of all lanes on this page, none higher than `room`.
  [[nodiscard]] std::vector<std::size_t> lanes(std::size_t from, double room) const {
    std::vector<std::size_t> ends;
    for (std::size_t lane = 0; lane < flow().abreast; ++lane) {
      const std::size_t end = lane_end(from, room);
      from = lane == 0 && end == from ? cut_row(from, room) : end;
      ends.push_back(from);
    }
    return ends;
  }

  void place_lanes() {
    chained_before_ = false;
    space(flow().before);
    for (std::size_t from = 0; from < flow().body.size();) {
      if (!at_top() && !fits(flow().head + least_in_lanes(flow(), from))) next_page();
      const double room = height_ - y_ - flow().head;
      std::vector<std::size_t> ends = lanes(from, room);
      if (ends.back() == flow().body.size()) ends = balanced(from, room);
      double lowest = 0;
      for (std::size_t lane = 0; lane < ends.size(); ++lane) {
        lowest = std::max(lowest, place_lane(lane, from, ends[lane]));
        from = ends[lane];
      }
      y_ = lowest;
      if (from < flow().body.size()) next_page();
    }
  }

  // The last page's lanes, as even as can be.
  [[nodiscard]] std::vector<std::size_t> balanced(std::size_t from, double room) const {
    double low = height_of(flow(), from, flow().body.size()) / static_cast<double>(flow().abreast);
    low = std::min(room, std::max(low, height_of(flow(), from, row_end(flow(), from))));
    for (;;) {
      std::vector<std::size_t> ends = lanes(from, low);
      if (ends.back() == flow().body.size() || low >= room) return ends;
      low = std::min(room, low + flow().body[from].height / 2);
    }
  }

  double place_lane(std::size_t lane, std::size_t from, std::size_t to) {
    double y = y_;
    if (from == to) return y;
    place_head(lane, y);
    y += flow().head;
    for (std::size_t strip = from; strip < to; ++strip) {
      pages_.back().push_back({flow_, false, strip, lane, y});
      y += flow().body[strip].height;
    }
    return y;
  }

  const std::vector<Flow>& flows_;
  double height_;
  std::vector<PlacedPage> pages_;
  std::size_t flow_ = 0;
  double y_ = 0;
  bool chained_before_ = false;  ///< the strip before this flow is kept with it
};

}  // namespace

std::vector<PlacedPage> break_pages(const std::vector<Flow>& flows, double height) {
  return Breaker(flows, height).run();
}

}  // namespace kp::paper
