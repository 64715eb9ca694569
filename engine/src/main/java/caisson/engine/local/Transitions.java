package caisson.engine.local;

import caisson.engine.ContainerState;
import caisson.engine.ContainerState.Created;
import caisson.engine.ContainerState.Dead;
import caisson.engine.ContainerState.Exited;
import caisson.engine.ContainerState.Paused;
import caisson.engine.ContainerState.Running;
import java.time.Instant;
import java.util.Optional;

/** The life of a container, whole: what is not in this table does not happen. */
final class Transitions {
  private Transitions() {}

  private record Step(ContainerState state, Change change) {}

  static ContainerState next(ContainerState state, Change change) {
    return switch (new Step(state, change)) {
      case Step(Dead _, Change _) -> throw refused(state, change);
      case Step(ContainerState _, Change.Broke(var reason)) -> new Dead(reason);
      case Step(Created _, Change.Started(var vm, var pid, var at)) -> new Running(at, vm, pid);
      case Step(Exited _, Change.Started(var vm, var pid, var at)) -> new Running(at, vm, pid);
      case Step(Created _, Change.StartFailed(var failure, var _)) ->
          new Created(Optional.of(failure));
      case Step(Exited(var _, var started, var _, var _, var _), Change.StartFailed f) ->
          new Exited(
              f.failure().code(), started, f.at(), false, Optional.of(f.failure().message()));
      case Step(Running(var started, var _, var _), Change.Ended ended) -> exited(started, ended);
      case Step(Paused(var started, var _, var _), Change.Ended ended) -> exited(started, ended);
      case Step(Running(var started, var vm, var pid), Change.Froze _) ->
          new Paused(started, vm, pid);
      case Step(Paused(var started, var vm, var pid), Change.Thawed _) ->
          new Running(started, vm, pid);
      case Step(ContainerState _, Change _) -> throw refused(state, change);
    };
  }

  private static Exited exited(Instant started, Change.Ended ended) {
    return new Exited(ended.code(), started, ended.at(), ended.oomKilled(), ended.error());
  }

  private static IllegalStateException refused(ContainerState state, Change change) {
    return new IllegalStateException(state + " refuses " + change);
  }
}
