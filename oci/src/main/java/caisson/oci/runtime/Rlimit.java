package caisson.oci.runtime;

import java.math.BigInteger;

/** A resource limit; {@code type} has its RLIMIT_, values are unsigned (-1 is unlimited). */
public record Rlimit(String type, BigInteger soft, BigInteger hard) {}
