package caisson.engine;

import java.time.Instant;
import java.util.Optional;

/** The state of a container; each carries exactly what exists in it. */
public sealed interface ContainerState {
  /** Never ran, or its last start failed before the process ran. */
  record Created(Optional<StartFailure> failure) implements ContainerState {}

  /**
   * Its process runs.
   *
   * @param vm the id of its virtual machine
   * @param pid the VMM's process id on the host
   */
  record Running(Instant startedAt, String vm, long pid) implements ContainerState {}

  /** Its process and virtual CPUs are stopped. */
  record Paused(Instant startedAt, String vm, long pid) implements ContainerState {}

  /**
   * Its process has ended.
   *
   * @param code the exit code, 128 + n for signal n
   * @param error what went wrong where it did not end by itself, for example a dead VMM
   */
  record Exited(
      int code, Instant startedAt, Instant finishedAt, boolean oomKilled, Optional<String> error)
      implements ContainerState {}

  /** Its process has ended and will be started again, in a moment, as its restart policy wants. */
  record Restarting(Exited last) implements ContainerState {}

  /** Cannot be used any more, only removed. */
  record Dead(String reason) implements ContainerState {}

  /**
   * Why a start failed.
   *
   * @param code 125, 126 or 127
   */
  record StartFailure(int code, String message) {}

  /** Whether a process of the container exists. */
  default boolean running() {
    return this instanceof Running || this instanceof Paused;
  }
}
