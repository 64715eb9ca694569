package caisson.cli.command;

import caisson.base.CaissonException;
import caisson.cli.client.ApiClient;
import caisson.cli.client.Response;
import caisson.cli.client.Target;
import caisson.cli.output.ProgressDisplay;
import caisson.cli.registry.DockerConfig;
import caisson.cli.registry.RegistryServer;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** Has the daemon bring an image from a registry, with the user's account if there is one. */
final class ImagePull {
  private static final String AUTH_HEADER = "X-Registry-Auth";

  private final Session session;
  private final Target target;
  private final String image;

  /** Guarded by this. */
  private Optional<Response> answer = Optional.empty();

  private boolean brokenOff;

  /**
   * A pull.
   *
   * @param image a name, which may have a tag or a digest
   * @param platform such as {@code linux/amd64}, or empty
   */
  ImagePull(Session session, String image, String platform) {
    this.session = session;
    this.image = image;
    this.target =
        Target.of("images", "create")
            .with("fromImage", image)
            .withText("tag", hasTag(image) ? "" : "latest")
            .withText("platform", platform);
  }

  private static boolean hasTag(String image) {
    return image.indexOf('@') >= 0 || image.indexOf(':', image.lastIndexOf('/') + 1) >= 0;
  }

  /** The image's name as a registry gets it: with the tag that is meant if none is written. */
  static String withTag(String image) {
    return hasTag(image) ? image : image + ":latest";
  }

  /** The image's name with everything that is filled in by default. */
  static String fullName(String image) {
    var server = RegistryServer.ofImage(image);
    boolean hub = server.equals(RegistryServer.of(""));
    var path = hub ? image.replaceFirst("^(index\\.)?docker\\.io/", "") : image;
    var official = hub && path.indexOf('/') < 0 ? "library/" : "";
    return (hub ? server.host() + "/" : "") + official + withTag(path);
  }

  /** Does it, and shows how it goes on. */
  void run(ProgressDisplay display) {
    try (var response = begin()) {
      display.showAll(response.body());
    } catch (IOException e) {
      throw ApiClient.lost(e);
    }
  }

  private Response begin() {
    var opened = session.api().open("POST", target, Optional.empty(), headers());
    synchronized (this) {
      answer = Optional.of(opened);
      if (brokenOff) {
        opened.close();
      }
    }
    return opened;
  }

  private Map<String, String> headers() {
    try {
      return DockerConfig.of(session.environment())
          .account(RegistryServer.ofImage(image))
          .map(account -> Map.of(AUTH_HEADER, account.header()))
          .orElse(Map.of());
    } catch (CaissonException e) {
      session.console().report("WARNING: pulling without credentials: " + e.text());
      return Map.of();
    }
  }

  /** Ends it from another thread; the daemon keeps what has come. */
  synchronized void breakOff() {
    brokenOff = true;
    answer.ifPresent(Response::close);
  }
}
