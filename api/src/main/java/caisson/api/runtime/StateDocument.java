package caisson.api.runtime;

import caisson.engine.BundleStatus;
import caisson.oci.runtime.State;
import java.time.format.DateTimeFormatter;
import java.util.Map;

/**
 * A container's state (runtime-spec, "State"), with what runc's {@code state} and {@code list} add.
 *
 * @param created ISO 8601
 */
record StateDocument(
    String ociVersion,
    String id,
    long pid,
    String status,
    String bundle,
    String rootfs,
    String created,
    Map<String, String> annotations,
    String owner) {
  static StateDocument of(BundleStatus status) {
    return new StateDocument(
        State.VERSION,
        status.key().id(),
        status.pid(),
        status.phase().word(),
        status.bundle().toString(),
        status.rootfs().toString(),
        DateTimeFormatter.ISO_INSTANT.format(status.created()),
        status.annotations(),
        "");
  }
}
