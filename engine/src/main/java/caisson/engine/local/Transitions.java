package caisson.engine.local;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.ContainerState;
import caisson.engine.ContainerState.Created;
import caisson.engine.ContainerState.Dead;
import caisson.engine.ContainerState.Exited;
import caisson.engine.ContainerState.Paused;
import caisson.engine.ContainerState.Restarting;
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
      case Step(Restarting _, Change.Started(var vm, var pid, var at)) -> new Running(at, vm, pid);
      case Step(Created _, Change.StartFailed(var failure, var _)) ->
          new Created(Optional.of(failure));
      case Step(Exited last, Change.StartFailed failed) -> exited(last, failed);
      case Step(Restarting(var last), Change.StartFailed failed) -> exited(last, failed);
      case Step(Exited last, Change.Retried _) -> new Restarting(last);
      case Step(Restarting(var last), Change.GaveUp _) -> last;
      case Step(Running(var started, var _, var _), Change.Ended ended) -> exited(started, ended);
      case Step(Paused(var started, var _, var _), Change.Ended ended) -> exited(started, ended);
      case Step(Running(var started, var vm, var pid), Change.Froze _) ->
          new Paused(started, vm, pid);
      case Step(Paused(var started, var vm, var pid), Change.Thawed _) ->
          new Running(started, vm, pid);
      case Step(ContainerState _, Change _) -> throw refused(state, change);
    };
  }

  private static Exited exited(Exited last, Change.StartFailed failed) {
    var failure = failed.failure();
    return new Exited(
        failure.code(), last.startedAt(), failed.at(), false, Optional.of(failure.message()));
  }

  private static Exited exited(Instant started, Change.Ended ended) {
    return new Exited(ended.code(), started, ended.at(), ended.oomKilled(), ended.error());
  }

  private static IllegalStateException refused(ContainerState state, Change change) {
    return new IllegalStateException(state + " refuses " + change);
  }

  /** Why a container has no process that could be asked for anything, behind its name. */
  static String whyNotRunning(ContainerState state) {
    return switch (state) {
      case Paused _ -> "is paused, unpause the container first";
      case Restarting _ -> "is restarting, wait until the container is running";
      case Created _, Running _, Exited _, Dead _ -> "is not running";
    };
  }

  /**
   * Refuses to start what runs or soon will, and what cannot.
   *
   * @throws CaissonException NOT_MODIFIED or CONFLICT
   */
  static void requireStartable(ContainerId id, ContainerState state) {
    switch (state) {
      case Running _, Paused _, Restarting _ ->
          throw new CaissonException(
              ErrorCode.NOT_MODIFIED, "Container " + id + " is already running");
      case Dead(var reason) ->
          throw new CaissonException(
              ErrorCode.CONFLICT, "Container " + id + " cannot be started: " + reason);
      case Created _, Exited _ -> {}
    }
  }

  /**
   * Refuses to remove what runs or soon will.
   *
   * @throws CaissonException CONFLICT
   */
  static void requireRemovable(ContainerId id, ContainerState state) {
    boolean restarting = state instanceof Restarting;
    if (state.running() || restarting) {
      throw new CaissonException(
          ErrorCode.CONFLICT,
          "You cannot remove a %s container %s. Stop the container before attempting removal or force remove"
              .formatted(restarting ? "restarting" : "running", id));
    }
  }
}
