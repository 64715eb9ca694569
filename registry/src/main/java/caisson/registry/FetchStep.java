package caisson.registry;

import java.time.Duration;

/** How a blob's fetch goes on. */
public sealed interface FetchStep {
  /**
   * Bytes have come.
   *
   * @param bytes of the blob that are here in all
   */
  record Downloading(long bytes) implements FetchStep {}

  /** The connection has failed; another is tried after {@code pause}. */
  record Retrying(Duration pause) implements FetchStep {}

  /** Everything is here, and the digest is being computed. */
  record Verifying() implements FetchStep {}

  /** Everything is here and what it should be. */
  record Complete() implements FetchStep {}
}
