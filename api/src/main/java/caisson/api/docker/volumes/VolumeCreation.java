package caisson.api.docker.volumes;

import caisson.api.docker.JsonAnswer;
import caisson.api.http.BadRequest;
import caisson.api.http.Exchange;
import caisson.api.wire.CreateVolume;
import caisson.api.wire.Mount.Driver;
import caisson.base.ByteSize;
import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.engine.VolumeRequest;
import caisson.engine.Volumes;
import java.io.IOException;
import java.net.HttpURLConnection;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** {@code POST /volumes/create}, and volumes that containers ask for. */
public final class VolumeCreation {
  /** The label that Docker gives volumes that are a container's own. */
  static final String ANONYMOUS = "com.docker.volume.anonymous";

  private static final ByteSize USUAL_DISK = ByteSize.ofGib(10);
  private static final Set<String> OPTIONS = Set.of("type", "size");

  private final Volumes volumes;

  VolumeCreation(Volumes volumes) {
    this.volumes = volumes;
  }

  void handle(Exchange exchange) throws IOException {
    var asked = JsonAnswer.body(exchange, CreateVolume.class);
    var name = Optional.of(asked.name()).filter(text -> !text.isEmpty());
    var driver = new Driver(asked.driver(), asked.driverOpts());
    var volume = volumes.create(request(name, asked.labels(), Optional.of(driver)));
    JsonAnswer.send(exchange, HttpURLConnection.HTTP_CREATED, VolumeView.of(volume));
  }

  /**
   * What the engine is asked for.
   *
   * @param name empty for a volume that is anonymous
   * @throws CaissonException UNSUPPORTED for a driver or an option that there is not
   */
  public static VolumeRequest request(
      Optional<String> name, Map<String, String> labels, Optional<Driver> driver) {
    var options = driver.map(Driver::options).orElse(Map.of());
    driver.map(Driver::name).ifPresent(VolumeCreation::checkDriver);
    var all = new HashMap<>(labels);
    if (name.isEmpty()) {
      all.put(ANONYMOUS, "");
    }
    return new VolumeRequest(name, name.isEmpty(), all, options, disk(options));
  }

  private static void checkDriver(String name) {
    if (!name.isEmpty() && !name.equals("local")) {
      throw new CaissonException(
          ErrorCode.NOT_FOUND,
          "error looking up volume plugin %s: plugin \"%s\" not found".formatted(name, name));
    }
  }

  private static Optional<ByteSize> disk(Map<String, String> options) {
    for (var option : options.keySet()) {
      if (!OPTIONS.contains(option)) {
        throw BadRequest.of(
            "invalid option: \"" + option + "\"; a volume has type=disk and size=SIZE, or none");
      }
    }
    var type = options.getOrDefault("type", "");
    var size = Optional.ofNullable(options.get("size")).map(ByteSize::parse);
    return switch (type) {
      case "disk" -> Optional.of(size.orElse(USUAL_DISK));
      case "" -> {
        if (size.isPresent()) {
          throw BadRequest.of("a volume has a size only if it is a disk of its own: type=disk");
        }
        yield Optional.empty();
      }
      default ->
          throw new CaissonException(
              ErrorCode.UNSUPPORTED,
              "volumes of type \""
                  + type
                  + "\" are not supported; there are directories and disks");
    };
  }
}
