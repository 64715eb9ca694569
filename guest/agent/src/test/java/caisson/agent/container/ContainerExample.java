package caisson.agent.container;

import caisson.guest.protocol.ContainerSetup;
import caisson.guest.protocol.LimitsSetup;
import caisson.libc.Namespaces;
import java.util.List;

/** A container of one layer that runs true; a test changes it in one place. */
final class ContainerExample {
  private String id = "c";
  private List<String> lowerDisks = List.of("layer0");
  private String writableDisk = "writable";
  private String hostName = "";
  private int namespaces = Namespaces.CLONE_NEWNS;
  private String rootPropagation = "";
  private List<ContainerSetup.Mount> mounts = List.of();
  private List<ContainerSetup.Device> devices = List.of();
  private List<String> maskedPaths = List.of();
  private List<String> readOnlyPaths = List.of();
  private List<ContainerSetup.Setting> sysctls = List.of();
  private LimitsSetup limits = LimitsSetup.NONE;
  private List<ContainerSetup.File> files = List.of();
  private List<String> groups = List.of();

  ContainerExample id(String value) {
    id = value;
    return this;
  }

  ContainerExample lowerDisks(List<String> value) {
    lowerDisks = value;
    return this;
  }

  ContainerExample writableDisk(String value) {
    writableDisk = value;
    return this;
  }

  ContainerExample hostName(String value) {
    hostName = value;
    return this;
  }

  ContainerExample namespaces(int value) {
    namespaces = value;
    return this;
  }

  ContainerExample rootPropagation(String value) {
    rootPropagation = value;
    return this;
  }

  ContainerExample mounts(List<ContainerSetup.Mount> value) {
    mounts = value;
    return this;
  }

  ContainerExample devices(List<ContainerSetup.Device> value) {
    devices = value;
    return this;
  }

  ContainerExample maskedPaths(List<String> value) {
    maskedPaths = value;
    return this;
  }

  ContainerExample readOnlyPaths(List<String> value) {
    readOnlyPaths = value;
    return this;
  }

  ContainerExample sysctls(List<ContainerSetup.Setting> value) {
    sysctls = value;
    return this;
  }

  ContainerExample limits(LimitsSetup value) {
    limits = value;
    return this;
  }

  ContainerExample groups(List<String> value) {
    groups = value;
    return this;
  }

  ContainerExample files(List<ContainerSetup.File> value) {
    files = value;
    return this;
  }

  ContainerSetup build() {
    return new ContainerSetup(
        id,
        lowerDisks,
        writableDisk,
        false,
        hostName,
        "",
        namespaces,
        rootPropagation,
        mounts,
        devices,
        maskedPaths,
        readOnlyPaths,
        sysctls,
        limits,
        files,
        groups,
        false,
        1,
        new ProcessExample().build(),
        true);
  }
}
