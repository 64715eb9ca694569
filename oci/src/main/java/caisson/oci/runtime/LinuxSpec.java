package caisson.oci.runtime;

import caisson.base.Absent;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The Linux section (config-linux.md). */
public record LinuxSpec(
    List<Namespace> namespaces,
    List<IdMapping> uidMappings,
    List<IdMapping> gidMappings,
    List<DeviceSpec> devices,
    Optional<String> cgroupsPath,
    Optional<Resources> resources,
    Optional<String> rootfsPropagation,
    Optional<Seccomp> seccomp,
    Map<String, String> sysctl,
    List<String> maskedPaths,
    List<String> readonlyPaths,
    Optional<String> mountLabel) {
  public LinuxSpec {
    namespaces = Absent.list(namespaces);
    uidMappings = Absent.list(uidMappings);
    gidMappings = Absent.list(gidMappings);
    devices = Absent.list(devices);
    sysctl = Absent.map(sysctl);
    maskedPaths = Absent.list(maskedPaths);
    readonlyPaths = Absent.list(readonlyPaths);
  }

  /** The same with other namespaces. */
  public LinuxSpec withNamespaces(List<Namespace> changed) {
    return new LinuxSpec(
        changed,
        uidMappings,
        gidMappings,
        devices,
        cgroupsPath,
        resources,
        rootfsPropagation,
        seccomp,
        sysctl,
        maskedPaths,
        readonlyPaths,
        mountLabel);
  }

  LinuxSpec withResources(Resources changed) {
    return new LinuxSpec(
        namespaces,
        uidMappings,
        gidMappings,
        devices,
        cgroupsPath,
        Optional.of(changed),
        rootfsPropagation,
        seccomp,
        sysctl,
        maskedPaths,
        readonlyPaths,
        mountLabel);
  }
}
