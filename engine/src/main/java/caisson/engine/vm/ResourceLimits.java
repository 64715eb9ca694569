package caisson.engine.vm;

import caisson.guest.protocol.ProcessSetup.ResourceLimit;
import caisson.oci.runtime.Rlimit;
import java.math.BigInteger;
import java.util.List;

/** Resource limits by name as numbers (include/uapi/asm-generic/resource.h). */
final class ResourceLimits {
  /** In the order of their numbers. */
  private static final List<String> NAMES =
      List.of(
          "RLIMIT_CPU",
          "RLIMIT_FSIZE",
          "RLIMIT_DATA",
          "RLIMIT_STACK",
          "RLIMIT_CORE",
          "RLIMIT_RSS",
          "RLIMIT_NPROC",
          "RLIMIT_NOFILE",
          "RLIMIT_MEMLOCK",
          "RLIMIT_AS",
          "RLIMIT_LOCKS",
          "RLIMIT_SIGPENDING",
          "RLIMIT_MSGQUEUE",
          "RLIMIT_NICE",
          "RLIMIT_RTPRIO",
          "RLIMIT_RTTIME");

  private static final String FIELD = "process.rlimits";
  private static final BigInteger UNLIMITED = BigInteger.ONE.negate();

  private ResourceLimits() {}

  static List<ResourceLimit> of(List<Rlimit> limits) {
    long kinds = limits.stream().map(Rlimit::type).distinct().count();
    if (kinds != limits.size()) {
      throw Refusal.invalid(FIELD, "names a limit twice");
    }
    return limits.stream().map(ResourceLimits::of).toList();
  }

  private static ResourceLimit of(Rlimit limit) {
    int number = NAMES.indexOf(limit.type());
    if (number < 0) {
      throw Refusal.invalid(FIELD, "names \"" + limit.type() + "\", which is no limit");
    }
    long soft = value(limit, limit.soft());
    long hard = value(limit, limit.hard());
    if (Long.compareUnsigned(soft, hard) > 0) {
      throw Refusal.invalid(FIELD, "has a soft " + limit.type() + " above the hard one");
    }
    return new ResourceLimit(number, soft, hard);
  }

  /** As the kernel has it: 64 bits without a sign, all of them set for no limit. */
  private static long value(Rlimit limit, BigInteger value) {
    if (value.bitLength() > Long.SIZE || (value.signum() < 0 && !value.equals(UNLIMITED))) {
      throw Refusal.invalid(FIELD, "gives " + limit.type() + " the impossible value " + value);
    }
    return value.longValue();
  }
}
