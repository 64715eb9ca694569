package caisson.cli.command;

import caisson.cli.client.Target;
import caisson.cli.flag.Flag;
import caisson.cli.flag.Invocation;
import java.util.Optional;

/** How a container is stopped, for {@code stop} and {@code restart}. */
final class StopFlags {
  static final Flag<String> SIGNAL = Flag.text("s", "signal", "Signal to send to the container");
  static final Flag<Optional<Integer>> TIMEOUT =
      Flag.optionalNumber("t", "timeout", "Seconds to wait before killing the container")
          .formerly("time");

  private StopFlags() {}

  static Target addTo(Target target, Invocation call) {
    return target
        .withText("signal", call.get(SIGNAL))
        .withText("t", call.get(TIMEOUT).map(Object::toString).orElse(""));
  }
}
