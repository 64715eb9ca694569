package caisson.engine.bundle;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class HostCgroupTest {
  @TempDir Path all;

  private void hierarchy(String name) throws IOException {
    Files.createFile(Files.createDirectories(all.resolve(name)).resolve("cgroup.procs"));
  }

  @Test
  void isOneDirectoryWhereThereIsOneHierarchy() throws IOException {
    Files.createFile(all.resolve("cgroup.controllers"));
    hierarchy(".");
    assertThat(HostCgroup.at(all, "/pods/one"))
        .isEqualTo(new HostCgroup(List.of(all), Path.of("pods/one")));
  }

  @Test
  void isOneDirectoryInEachHierarchyWhereThereAreMore() throws IOException {
    hierarchy("memory");
    hierarchy("cpu,cpuacct");
    Files.createSymbolicLink(all.resolve("cpu"), all.resolve("cpu,cpuacct"));
    Files.createDirectory(all.resolve("none"));
    assertThat(HostCgroup.at(all, "pods/one").hierarchies())
        .containsExactly(all.resolve("cpu,cpuacct"), all.resolve("memory"));
  }

  @Test
  void nothingLeadsOutOfTheHierarchies() throws IOException {
    hierarchy("memory");
    assertThat(HostCgroup.at(all, "../../etc").path()).isEqualTo(Path.of("etc"));
    assertThat(HostCgroup.at(all, "..")).isEqualTo(HostCgroup.NONE);
    assertThat(HostCgroup.at(all, "")).isEqualTo(HostCgroup.NONE);
    assertThat(HostCgroup.at(all, "system.slice:caisson:one")).isEqualTo(HostCgroup.NONE);
  }

  /** A directory stands for a cgroup here, so its file of members has to go with it. */
  @Test
  void isMadeWithWhatIsAboveItAndCannotTakeAnyoneOnceItIsGone() throws IOException {
    hierarchy("memory");
    var cgroup = HostCgroup.at(all, "/pods/one");
    cgroup.create();
    cgroup.create();
    assertThat(all.resolve("memory/pods/one")).isDirectory();
    cgroup.add(7);
    assertThat(all.resolve("memory/pods/one/cgroup.procs")).hasContent("7");
    Files.delete(all.resolve("memory/pods/one/cgroup.procs"));
    Files.delete(all.resolve("memory/pods/one"));
    cgroup.remove();
    assertThatThrownBy(() -> cgroup.add(7))
        .hasMessageContaining("cannot move process 7 into the cgroup " + all);
  }
}
