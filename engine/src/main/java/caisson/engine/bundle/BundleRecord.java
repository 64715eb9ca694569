package caisson.engine.bundle;

import caisson.base.CaissonException;
import caisson.base.ContainerId;
import caisson.base.ErrorCode;
import caisson.engine.BundleKey;
import caisson.engine.BundleRequest;
import caisson.engine.BundleStatus.Phase;
import caisson.engine.sandbox.Tenant;
import caisson.linux.DurableFiles;
import caisson.linux.ProcessIdentity;
import caisson.oci.Json;
import caisson.oci.runtime.Spec;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/**
 * What a later daemon has to know of a bundle's container, as JSON in its directory.
 *
 * @param created ISO 8601
 * @param vm the id of its machine
 * @param process what {@link caisson.engine.sandbox.Sandbox#process} says; 0 of an earlier build,
 *     whose machines have one container
 */
record BundleRecord(
    String id,
    String root,
    String name,
    String bundle,
    Spec spec,
    long monitor,
    long monitorStart,
    String created,
    Phase phase,
    String vm,
    int process) {
  private static final String FILE = "bundle.json";

  static BundleRecord of(ContainerId id, BundleKey key, BundleRequest request) {
    var monitor =
        ProcessIdentity.of(request.monitor())
            .orElseThrow(() ->
                new CaissonException(
                    ErrorCode.INVALID_ARGUMENT,
                    "process "
                        + request.monitor()
                        + ", which is to stand for the container, is gone"));
    return new BundleRecord(
        id.value(),
        key.root(),
        key.id(),
        request.bundle().toString(),
        request.spec(),
        monitor.pid(),
        monitor.startTicks(),
        Instant.now().toString(),
        Phase.CREATED,
        "",
        Tenant.FIRST);
  }

  BundleKey key() {
    return new BundleKey(root, name);
  }

  ProcessIdentity monitorProcess() {
    return new ProcessIdentity(monitor, monitorStart);
  }

  BundleRecord in(Phase next) {
    return in(next, vm, process);
  }

  /** The same in a machine. */
  BundleRecord in(Phase next, String machine, int itsProcess) {
    return new BundleRecord(
        id, root, name, bundle, spec, monitor, monitorStart, created, next, machine, itsProcess);
  }

  /** Its first process in the machine. */
  int firstProcess() {
    return process == 0 ? Tenant.FIRST : process;
  }

  /** Writes it into {@code directory}; durable when this returns. */
  void write(Path directory) {
    try {
      DurableFiles.write(directory.resolve(FILE), Json.write(this));
    } catch (IOException e) {
      throw new CaissonException(
          ErrorCode.NO_RESOURCES,
          "cannot write the container's record in " + directory + ": " + e.getMessage(),
          e);
    }
  }

  /**
   * Reads what {@link #write} wrote.
   *
   * @throws CaissonException CORRUPT if it is anything else
   */
  static BundleRecord read(Path directory) throws IOException {
    var file = directory.resolve(FILE);
    return Json.read(Files.readAllBytes(file), BundleRecord.class, file.toString());
  }
}
