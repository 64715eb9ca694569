package caisson.network;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import java.util.Locale;

/** What ports belong to. */
public enum Transport {
  TCP,
  UDP;

  /** {@code tcp} or {@code udp}. */
  public String word() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Reads {@link #word} in any case. */
  public static Transport parse(String word) {
    return switch (word.toLowerCase(Locale.ROOT)) {
      case "tcp" -> TCP;
      case "udp" -> UDP;
      default ->
          throw new CaissonException(
              ErrorCode.INVALID_ARGUMENT,
              "invalid proto: " + word + "; ports are of tcp or udp (sctp is not supported)");
    };
  }
}
