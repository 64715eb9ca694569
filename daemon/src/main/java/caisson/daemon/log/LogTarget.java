package caisson.daemon.log;

/** Where log messages go. */
@FunctionalInterface
interface LogTarget {
  /** Writes whole lines; never fails. */
  void write(String text);
}
