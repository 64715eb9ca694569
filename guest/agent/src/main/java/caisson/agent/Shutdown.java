package caisson.agent;

import caisson.agent.container.GuestContainer;
import caisson.agent.loop.PollLoop;
import caisson.guest.protocol.Outcome;
import caisson.libc.Files;
import caisson.libc.Machine;
import java.util.ArrayList;
import java.util.List;

/** The end of the machine: nothing runs any more, everything is on the disks, power off. */
final class Shutdown {
  private final PollLoop loop;
  private final Containers containers;
  private final List<Completion> waiting = new ArrayList<>();
  private int left;
  private boolean ready;

  Shutdown(PollLoop loop, Containers containers) {
    this.loop = loop;
    this.containers = containers;
  }

  /** Ends all containers and writes what is not on disk yet, then tells {@code completion}. */
  void begin(Completion completion) {
    waiting.add(completion);
    if (waiting.size() > 1) {
      return;
    }
    List<GuestContainer> all = containers.all();
    left = all.size();
    if (left == 0) {
      sync();
    }
    for (GuestContainer container : all) {
      containers.delete(container, this::oneLess);
    }
  }

  private void oneLess(Outcome outcome, String message) {
    left--;
    if (left == 0) {
      sync();
    }
  }

  private void sync() {
    BlockingWork.start(loop, this::finish, Files::syncAll);
  }

  private void finish(Outcome outcome, String message) {
    for (Completion completion : waiting) {
      completion.end(outcome, message);
    }
    ready = true;
  }

  /** Ends the machine if that is what is left to do. */
  void powerOffIfReady() {
    if (ready) {
      // The machine has no power switch: the kernel's reset is what ends it.
      Machine.reboot(Machine.RB_AUTOBOOT);
    }
  }
}
