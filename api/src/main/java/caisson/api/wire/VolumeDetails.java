package caisson.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/**
 * A volume.
 *
 * @param mountpoint the directory with its files, or the image of its disk
 * @param options what it was made with
 */
public record VolumeDetails(
    Instant createdAt,
    String driver,
    Map<String, String> labels,
    String mountpoint,
    String name,
    Optional<Map<String, String>> options,
    String scope,
    @JsonInclude(JsonInclude.Include.NON_ABSENT) Optional<UsageData> usageData) {
  /**
   * Who uses it.
   *
   * @param size in bytes
   */
  public record UsageData(long refCount, long size) {}
}
