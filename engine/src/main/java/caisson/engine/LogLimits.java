package caisson.engine;

import caisson.base.ByteSize;

/**
 * How much of a container's output is kept.
 *
 * @param fileSize the size at which a log file is rotated
 * @param files how many files are kept, the current one included; at least one
 */
public record LogLimits(ByteSize fileSize, int files) {
  /** Three files of ten megabytes (10 × 1024 × 1024 bytes). */
  public static final LogLimits DEFAULT = new LogLimits(ByteSize.ofMib(10), 3);
}
