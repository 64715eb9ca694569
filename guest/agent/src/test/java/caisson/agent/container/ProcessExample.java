package caisson.agent.container;

import caisson.guest.protocol.ProcessSetup;
import caisson.guest.protocol.ProcessSetup.CapabilitySets;
import java.util.List;

/** A process that runs true; a test changes it in one place. */
final class ProcessExample {
  private int rows;
  private List<String> arguments = List.of("true");
  private String workingDirectory = "";
  private String user = "";
  private List<Integer> groups = List.of();
  private int umask = -1;
  private CapabilitySets capabilities = new CapabilitySets(0, 0, 0, 0, 0);
  private byte[] seccomp = new byte[0];
  private List<ProcessSetup.ResourceLimit> limits = List.of();
  private int oomScoreAdjust = ProcessSetup.UNSET;

  ProcessExample rows(int value) {
    rows = value;
    return this;
  }

  ProcessExample arguments(List<String> value) {
    arguments = value;
    return this;
  }

  ProcessExample workingDirectory(String value) {
    workingDirectory = value;
    return this;
  }

  ProcessExample user(String value) {
    user = value;
    return this;
  }

  ProcessExample groups(List<Integer> value) {
    groups = value;
    return this;
  }

  ProcessExample umask(int value) {
    umask = value;
    return this;
  }

  ProcessExample capabilities(
      long bounding, long effective, long permitted, long inheritable, long ambient) {
    capabilities = new CapabilitySets(bounding, effective, permitted, inheritable, ambient);
    return this;
  }

  ProcessExample seccomp(byte[] value) {
    seccomp = value;
    return this;
  }

  ProcessExample limits(List<ProcessSetup.ResourceLimit> value) {
    limits = value;
    return this;
  }

  ProcessExample oomScoreAdjust(int value) {
    oomScoreAdjust = value;
    return this;
  }

  ProcessSetup build() {
    return new ProcessSetup(
        false,
        rows,
        0,
        false,
        arguments,
        List.of(),
        workingDirectory,
        user,
        groups,
        umask,
        capabilities,
        false,
        seccomp,
        limits,
        oomScoreAdjust);
  }
}
