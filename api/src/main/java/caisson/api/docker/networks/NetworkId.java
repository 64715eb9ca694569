package caisson.api.docker.networks;

import caisson.base.ContainerId;
import caisson.base.Digest;
import java.nio.charset.StandardCharsets;

/**
 * Ids of networks, which are always there, and of containers' places in them: made of the names.
 */
public final class NetworkId {
  private NetworkId() {}

  /** That of the network {@code name}. */
  public static String of(String name) {
    return digest("network " + name);
  }

  /** That of a container's place in it. */
  public static String of(String name, ContainerId container) {
    return digest("endpoint " + name + " " + container);
  }

  private static String digest(String text) {
    return Digest.of(text.getBytes(StandardCharsets.UTF_8)).hex();
  }
}
