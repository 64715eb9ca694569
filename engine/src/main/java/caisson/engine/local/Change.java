package caisson.engine.local;

import caisson.engine.ContainerState.StartFailure;
import java.time.Instant;
import java.util.Optional;

/** What can happen to a container. */
sealed interface Change {
  /** Its process runs, in virtual machine {@code vm} whose VMM is {@code pid}. */
  record Started(String vm, long pid, Instant at) implements Change {}

  /** A start failed before the process ran. */
  record StartFailed(StartFailure failure, Instant at) implements Change {}

  /** Its process has ended. */
  record Ended(int code, Instant at, boolean oomKilled, Optional<String> error) implements Change {}

  /** Its process and virtual CPUs were stopped. */
  record Froze() implements Change {}

  /** They go on. */
  record Thawed() implements Change {}

  /** Having ended, it is to be started again. */
  record Retried() implements Change {}

  /** It is not started again after all. */
  record GaveUp() implements Change {}

  /** What belongs to it on disk is damaged. */
  record Broke(String reason) implements Change {}
}
