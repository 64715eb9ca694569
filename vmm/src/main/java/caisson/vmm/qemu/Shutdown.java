package caisson.vmm.qemu;

import caisson.vmm.qmp.QmpEvent;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/** Remembers why QEMU says that it ends (QEMU, qapi/run-state.json, ShutdownCause). */
final class Shutdown implements Consumer<QmpEvent> {
  private final AtomicReference<String> cause = new AtomicReference<>("");

  @Override
  public void accept(QmpEvent event) {
    if (event.name().equals("SHUTDOWN")) {
      cause.set(event.data().path("reason").asText());
    }
  }

  /** A sentence; empty if QEMU has said nothing. */
  Optional<String> reason() {
    return switch (cause.get()) {
      case "" -> Optional.empty();
      case "guest-reset" ->
          Optional.of("the guest restarted itself, as its kernel does after a panic");
      case "guest-shutdown" -> Optional.of("the guest switched itself off");
      case "guest-panic" -> Optional.of("the guest's kernel panicked");
      case "host-qmp-quit" -> Optional.of("it was told to end");
      case "host-signal" -> Optional.of("its VMM was ended by a signal");
      default -> Optional.of("its VMM ended: " + cause.get());
    };
  }
}
