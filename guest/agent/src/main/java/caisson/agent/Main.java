package caisson.agent;

import caisson.libc.Block;
import caisson.libc.Clock;
import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Machine;
import caisson.libc.Signals;
import java.util.Optional;

/**
 * The first program of the guest, and its only one: /init of the initramfs. It makes the guest
 * ready, waits for the host at the port named {@link caisson.guest.protocol.Protocol#PORT} and does
 * what the host asks, until the host asks for the machine's end.
 */
public final class Main {
  /** How long the next device may take to appear; milliseconds. */
  private static final int PORT_PATIENCE = 30_000;

  private Main() {}

  /** Takes no arguments and never returns. */
  public static void main(String[] args) {
    Console console = new Console(Main::now, Main::write);
    Signals.ignore(Signals.SIGPIPE);
    new GuestRoot(console).make();
    SpareCards spareCards = SpareCards.hide(console);
    Optional<VirtioPort> port = VirtioPort.open(PORT_PATIENCE);
    if (port.isEmpty()) {
      console.say("there is no port to the host: nobody can ever ask for anything");
      Machine.reboot(Machine.RB_AUTOBOOT);
      return;
    }
    new Agent(console, port.get(), spareCards, bootId()).run();
  }

  private static long now() {
    return Clock.nanoseconds(Clock.CLOCK_MONOTONIC);
  }

  /** The kernel starts its first program with the console as its standard streams. */
  private static void write(byte[] line) {
    try {
      Descriptors.write(2, line, 0, line.length);
    } catch (ErrnoException gone) {
      // There is no console, and nobody else to tell.
    }
  }

  private static long bootId() {
    try (Block random = Block.of(Machine.random(8))) {
      return random.getLong(0);
    }
  }
}
