package caisson.agent;

import caisson.agent.channel.RequestFailure;
import caisson.agent.container.GuestContainer;
import caisson.agent.loop.EventLoop;
import caisson.guest.protocol.Outcome;
import caisson.libc.ErrnoException;
import java.util.ArrayList;
import java.util.List;

/** The containers of this guest. */
final class Containers {
  /** How many there may be, those that have ended and were not deleted included. */
  static final int MAX = 16;

  private static final long RETRY = 5_000_000;
  private static final long PATIENCE = 10_000_000_000L;

  private final EventLoop loop;
  private final List<GuestContainer> all = new ArrayList<>();

  Containers(EventLoop loop) {
    this.loop = loop;
  }

  /**
   * @throws RequestFailure CONFLICT or LIMIT if a container with that id cannot be added
   */
  void checkRoom(String id) {
    for (GuestContainer container : all) {
      if (container.id().equals(id)) {
        throw new RequestFailure(Outcome.CONFLICT, "there is a container " + id + " already");
      }
    }
    if (all.size() == MAX) {
      throw new RequestFailure(Outcome.LIMIT, "there are " + MAX + " containers already");
    }
  }

  void add(GuestContainer container) {
    all.add(container);
  }

  /**
   * @throws RequestFailure NOT_FOUND
   */
  GuestContainer get(String id) {
    for (GuestContainer container : all) {
      if (container.id().equals(id)) {
        return container;
      }
    }
    throw new RequestFailure(Outcome.NOT_FOUND, "there is no container " + id);
  }

  List<GuestContainer> all() {
    return List.copyOf(all);
  }

  /** Deletes a container that the host never got; {@code gone} runs when that is over. */
  void abandon(GuestContainer container, Runnable gone) {
    delete(container, (outcome, message) -> gone.run());
  }

  /** Kills what is left of a container and gives back what it took. */
  void delete(GuestContainer container, Completion completion) {
    delete(container, completion, PATIENCE);
  }

  private void delete(GuestContainer container, Completion completion, long patience) {
    boolean deleted;
    try {
      deleted = !all.contains(container) || tryDelete(container);
    } catch (ErrnoException e) {
      completion.end(Outcome.REFUSED, "cannot delete the container: " + e.getMessage());
      return;
    }
    if (deleted) {
      all.remove(container);
      completion.end(Outcome.OK, "");
    } else if (patience <= 0) {
      completion.end(Outcome.REFUSED, "cannot delete the container: its processes do not end");
    } else {
      loop.after(RETRY, () -> delete(container, completion, patience - RETRY));
    }
  }

  private boolean tryDelete(GuestContainer container) {
    container.kill();
    return container.delete(given -> isShared(container, given));
  }

  private boolean isShared(GuestContainer container, String given) {
    for (GuestContainer other : all) {
      if (other != container && other.uses(given)) {
        return true;
      }
    }
    return false;
  }
}
