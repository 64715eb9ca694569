package caisson.engine.local;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.engine.ContainerState;
import caisson.engine.ContainerState.Created;
import caisson.engine.ContainerState.Dead;
import caisson.engine.ContainerState.Exited;
import caisson.engine.ContainerState.Paused;
import caisson.engine.ContainerState.Running;
import caisson.engine.ContainerState.StartFailure;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class TransitionsTest {
  private static final Instant T0 = Instant.ofEpochSecond(1);
  private static final Instant T1 = Instant.ofEpochSecond(2);
  private static final ContainerState CREATED = new Created(Optional.empty());
  private static final ContainerState RUNNING = new Running(T0, "vm", 7);
  private static final Change START = new Change.Started("vm", 7, T0);
  private static final Change END = new Change.Ended(3, T1, false, Optional.empty());
  private static final StartFailure FAILURE = new StartFailure(127, "not found");

  @Test
  void aContainerRunsEndsAndRunsAgain() {
    assertThat(Transitions.next(CREATED, START)).isEqualTo(RUNNING);
    var exited = Transitions.next(RUNNING, END);
    assertThat(exited).isEqualTo(new Exited(3, T0, T1, false, Optional.empty()));
    assertThat(Transitions.next(exited, START)).isEqualTo(RUNNING);
  }

  @Test
  void aFailedStartIsRememberedWhereItHappened() {
    assertThat(Transitions.next(CREATED, new Change.StartFailed(FAILURE, T1)))
        .isEqualTo(new Created(Optional.of(FAILURE)));
    var exited = new Exited(0, T0, T0, false, Optional.empty());
    assertThat(Transitions.next(exited, new Change.StartFailed(FAILURE, T1)))
        .isEqualTo(new Exited(127, T0, T1, false, Optional.of("not found")));
  }

  @Test
  void aPausedContainerGoesOnOrEnds() {
    var paused = Transitions.next(RUNNING, new Change.Froze());
    assertThat(paused).isInstanceOf(Paused.class);
    assertThat(Transitions.next(paused, new Change.Thawed())).isEqualTo(RUNNING);
    assertThat(Transitions.next(paused, END)).isInstanceOf(Exited.class);
  }

  @Test
  void aContainerThatEndedMayBeStartedAgainOrGivenUp() {
    var exited = new Exited(1, T0, T1, false, Optional.empty());
    var restarting = Transitions.next(exited, new Change.Retried());
    assertThat(restarting).isEqualTo(new ContainerState.Restarting(exited));
    assertThat(Transitions.next(restarting, START)).isEqualTo(RUNNING);
    assertThat(Transitions.next(restarting, new Change.GaveUp())).isEqualTo(exited);
    assertThat(Transitions.next(restarting, new Change.StartFailed(FAILURE, T1)))
        .isEqualTo(new Exited(127, T0, T1, false, Optional.of("not found")));
    assertThatThrownBy(() -> Transitions.next(CREATED, new Change.Retried()))
        .hasMessageContaining("refuses");
  }

  @Test
  void refusesWhatIsNotInTheTable() {
    assertThatThrownBy(() -> Transitions.next(CREATED, END)).hasMessageContaining("refuses");
    assertThatThrownBy(() -> Transitions.next(RUNNING, START)).hasMessageContaining("refuses");
    var dead = Transitions.next(RUNNING, new Change.Broke("disk"));
    assertThat(dead).isEqualTo(new Dead("disk"));
    assertThatThrownBy(() -> Transitions.next(dead, START)).hasMessageContaining("refuses");
  }
}
