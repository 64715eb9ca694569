package caisson.cli.console;

import caisson.linux.Terminal;
import java.util.Optional;

/** The terminal of this process's standard streams. */
public final class HostScreen implements Screen {
  @Override
  public boolean readsKeys() {
    return new Terminal(0).exists();
  }

  @Override
  public boolean shows() {
    return new Terminal(1).exists();
  }

  @Override
  public boolean showsMessages() {
    return new Terminal(2).exists();
  }

  @Override
  public Optional<Terminal.Size> size() {
    return new Terminal(1).size();
  }

  @Override
  public RawKeys rawKeys() {
    var raw = new Terminal(0).raw();
    // Whatever ends this process short of SIGKILL leaves the user a terminal that works.
    var rescue = Thread.ofPlatform().name("restore-terminal").unstarted(raw::close);
    Runtime.getRuntime().addShutdownHook(rescue);
    return raw::close;
  }
}
