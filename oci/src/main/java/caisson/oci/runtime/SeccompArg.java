package caisson.oci.runtime;

import java.math.BigInteger;
import java.util.Optional;

/** A condition on an argument; {@code op} is one of SCMP_CMP_*; values are unsigned. */
public record SeccompArg(int index, BigInteger value, Optional<BigInteger> valueTwo, String op) {}
