// A disk that fails on command, for SQLite: at the n-th write, sync, truncation or deletion.
#pragma once

namespace kp::test {

enum class Fault {
  none,
  full,    ///< the operation says the disk is full
  broken,  ///< the operation says input/output error
  kill,    ///< the process ends before the operation
  tear,    ///< half of a write is done, then the process ends
  locked,  ///< the disk is write-protected: files open for reading only, and none is made
};

/// Purpose: makes all SQLite files of this process go through the faulty disk. Call once.
void install_faulty_disk();

/// Purpose: from now on the `at`-th operation (from 1) and, for full and broken, all after it show `fault`.
void set_fault(Fault fault, int at);

/// Purpose: how many operations there were since set_fault.
int operations_seen();

}  // namespace kp::test
