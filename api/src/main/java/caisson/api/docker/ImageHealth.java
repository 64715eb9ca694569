package caisson.api.docker;

import caisson.api.wire.HealthConfig;
import caisson.oci.image.Healthcheck;

/** What an image says of its containers' health, as the API has it. */
public final class ImageHealth {
  private ImageHealth() {}

  public static HealthConfig of(Healthcheck image) {
    return new HealthConfig(
        image.test(),
        image.interval(),
        image.timeout(),
        image.startPeriod(),
        image.startInterval(),
        image.retries());
  }
}
