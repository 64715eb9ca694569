package caisson.guest.protocol;

/**
 * A container's limits; -1 and an empty text leave one as it is.
 *
 * @param memory bytes
 * @param swap bytes of swap alone
 * @param cpuQuota microseconds of CPU time per period; 0 is no limit
 * @param cpuPeriod microseconds
 * @param cpuWeight 1 to 10000 (cgroup v2)
 * @param cpus the CPUs it may use, as cpuset(7) writes lists
 * @param mems the memory nodes it may use
 * @param pids the largest number of tasks
 */
public record LimitsSetup(
    long memory,
    long swap,
    long cpuQuota,
    long cpuPeriod,
    long cpuWeight,
    String cpus,
    String mems,
    long pids) {
  /** No limits. */
  public static final LimitsSetup NONE = new LimitsSetup(-1, -1, -1, -1, -1, "", "", -1);

  void write(Encoder out) {
    out.i64(memory).i64(swap).i64(cpuQuota).i64(cpuPeriod).i64(cpuWeight);
    out.string(cpus).string(mems).i64(pids);
  }

  static LimitsSetup read(Decoder in) {
    return new LimitsSetup(
        in.i64(), in.i64(), in.i64(), in.i64(), in.i64(), in.string(), in.string(), in.i64());
  }
}
