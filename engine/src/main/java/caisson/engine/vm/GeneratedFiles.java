package caisson.engine.vm;

import caisson.engine.NameResolution;
import caisson.guest.protocol.ContainerSetup.File;
import caisson.oci.runtime.Spec;
import caisson.vmm.GuestAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The files that say who a container is and whom it asks for names, as Docker makes them. One that
 * the spec mounts something over is left to the spec.
 */
final class GeneratedFiles {
  private static final int MODE = 0644;

  private static final String LOCAL_HOSTS =
      """
      127.0.0.1\tlocalhost
      ::1\tlocalhost ip6-localhost ip6-loopback
      fe00::0\tip6-localnet
      ff00::0\tip6-mcastprefix
      ff02::1\tip6-allnodes
      ff02::2\tip6-allrouters
      """;

  private GeneratedFiles() {}

  static List<File> of(
      Spec spec, NameResolution names, Optional<GuestAddress> address, HostResolver resolver) {
    var own = address.map(at -> ownLine(spec, at)).orElse("");
    var files = new ArrayList<File>();
    files.add(file("/etc/hosts", LOCAL_HOSTS + further(names) + own));
    files.add(file("/etc/resolv.conf", resolver.forGuest(address, names)));
    spec.hostname().ifPresent(name -> files.add(file("/etc/hostname", name + "\n")));
    spec.mounts().forEach(mount -> files.removeIf(f -> f.path().equals(mount.destination())));
    return files;
  }

  private static String further(NameResolution names) {
    return names.hosts().stream()
        .map(host -> host.address() + "\t" + host.name() + "\n")
        .collect(Collectors.joining());
  }

  private static String ownLine(Spec spec, GuestAddress address) {
    var name = spec.hostname().orElse("");
    var full = spec.domainname().map(domain -> name + "." + domain + " ").orElse("");
    return name.isEmpty()
        ? ""
        : address.addresses().stream()
            .map(each -> each.substring(0, each.indexOf('/')) + "\t" + full + name + "\n")
            .collect(Collectors.joining());
  }

  private static File file(String path, String content) {
    return new File(path, content.getBytes(StandardCharsets.UTF_8), MODE);
  }
}
