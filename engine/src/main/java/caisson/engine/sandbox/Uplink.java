package caisson.engine.sandbox;

import caisson.engine.NetworkMode;
import java.nio.file.Path;

/** What a machine's network card leads to. */
public sealed interface Uplink {
  /** Nothing. */
  Uplink NONE = new OfMode(NetworkMode.NONE);

  /** One of this host's networks. */
  record OfMode(NetworkMode mode) implements Uplink {}

  /**
   * The interfaces of a network namespace that somebody else has made or will have made when the
   * container starts.
   *
   * @param namespace its path on the host
   */
  record OfNamespace(Path namespace) implements Uplink {}
}
