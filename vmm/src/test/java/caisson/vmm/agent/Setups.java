package caisson.vmm.agent;

import caisson.guest.protocol.Command;
import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.LimitsSetup;
import caisson.guest.protocol.ProcessSetup;
import java.util.List;

/** Setups in which only the arguments matter. */
final class Setups {
  static final Command.Configure CONFIGURE =
      new Command.Configure("guest", 0, new byte[64], List.of(), List.of());

  private Setups() {}

  static ProcessSetup process(boolean terminal, String... arguments) {
    return new ProcessSetup(
        terminal,
        0,
        0,
        true,
        List.of(arguments),
        List.of(),
        "/",
        "",
        List.of(),
        -1,
        new ProcessSetup.CapabilitySets(0, 0, 0, 0, 0),
        false,
        new byte[0],
        List.of(),
        ProcessSetup.UNSET);
  }

  static ContainerSetup container(ProcessSetup process) {
    return new ContainerSetup(
        "c",
        List.of("layer0"),
        "writable",
        false,
        "",
        "",
        0,
        "",
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        List.of(),
        LimitsSetup.NONE,
        List.of(),
        List.of(),
        false,
        1,
        process,
        true);
  }
}
