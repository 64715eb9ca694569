package caisson.engine.local;

import caisson.engine.ContainerState;
import caisson.engine.ExitWatch;
import caisson.engine.WaitCondition;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** The waits registered for one container. */
final class ExitWatches {
  private final List<Watch> watches = new ArrayList<>();

  synchronized ExitWatch register(WaitCondition condition) {
    var watch = new Watch(condition);
    watches.add(watch);
    return watch;
  }

  /** A wait that is over at once. */
  static ExitWatch over(ExitWatch.Exit exit) {
    var watch = new ExitWatches().new Watch(WaitCondition.NOT_RUNNING);
    watch.exit.complete(exit);
    return watch;
  }

  /** The last exit of a container that does not run. */
  static ExitWatch.Exit last(ContainerState state) {
    return switch (state) {
      case ContainerState.Exited exited -> exit(exited);
      case ContainerState.Restarting(var exited) -> exit(exited);
      case ContainerState.Created(var failure) ->
          new ExitWatch.Exit(
              failure.map(ContainerState.StartFailure::code).orElse(0), Optional.empty());
      case ContainerState.Dead(var reason) -> new ExitWatch.Exit(137, Optional.of(reason));
      case ContainerState.Running _, ContainerState.Paused _ ->
          throw new IllegalStateException("a running container has no last exit");
    };
  }

  private static ExitWatch.Exit exit(ContainerState.Exited exited) {
    return new ExitWatch.Exit(exited.code(), exited.error());
  }

  synchronized void exited(ExitWatch.Exit exit) {
    complete(exit, false);
  }

  synchronized void removed(ExitWatch.Exit exit) {
    complete(exit, true);
  }

  private void complete(ExitWatch.Exit exit, boolean removed) {
    watches.removeIf(watch -> {
      boolean over = removed || watch.condition != WaitCondition.REMOVED;
      return over && watch.exit.complete(exit);
    });
  }

  private synchronized void forget(Watch watch) {
    watches.remove(watch);
  }

  private final class Watch implements ExitWatch {
    private final WaitCondition condition;
    private final CompletableFuture<Exit> exit = new CompletableFuture<>();

    Watch(WaitCondition condition) {
      this.condition = condition;
    }

    @Override
    public Optional<Exit> await(Duration timeout) throws InterruptedException {
      try {
        return Optional.of(exit.get(timeout.toNanos(), TimeUnit.NANOSECONDS));
      } catch (TimeoutException e) {
        return Optional.empty();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a watch never fails", e);
      }
    }

    @Override
    public void close() {
      forget(this);
    }
  }
}
