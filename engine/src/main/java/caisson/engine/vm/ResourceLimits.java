package caisson.engine.vm;

import caisson.guest.protocol.ProcessSetup.ResourceLimit;
import caisson.oci.runtime.Rlimit;
import caisson.oci.runtime.RlimitType;
import java.math.BigInteger;
import java.util.List;

/** Resource limits by name as numbers (setrlimit(2)). */
final class ResourceLimits {
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
    var type =
        RlimitType.named(limit.type())
            .orElseThrow(
                () -> Refusal.invalid(FIELD, "names \"" + limit.type() + "\", which is no limit"));
    long soft = value(limit, limit.soft());
    long hard = value(limit, limit.hard());
    if (Long.compareUnsigned(soft, hard) > 0) {
      throw Refusal.invalid(FIELD, "has a soft " + limit.type() + " above the hard one");
    }
    return new ResourceLimit(type.number(), soft, hard);
  }

  /** As the kernel has it: 64 bits without a sign, all of them set for no limit. */
  private static long value(Rlimit limit, BigInteger value) {
    if (value.bitLength() > Long.SIZE || (value.signum() < 0 && !value.equals(UNLIMITED))) {
      throw Refusal.invalid(FIELD, "gives " + limit.type() + " the impossible value " + value);
    }
    return value.longValue();
  }
}
