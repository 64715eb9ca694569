package caisson.api.wire;

import caisson.base.Absent;
import java.util.List;
import java.util.Map;

/**
 * Which ports of a container are to be reached by the host's.
 *
 * @param portBindings the keys are like {@code 80/tcp}
 * @param publishAllPorts whether those that the image and the user expose get any port of the host
 */
public record Publishing(Map<String, List<HostPort>> portBindings, boolean publishAllPorts) {
  public Publishing {
    portBindings = Absent.map(portBindings);
  }

  /**
   * A port of the host.
   *
   * @param hostIp an address of the host, "" for all
   * @param hostPort a number, a range like {@code 8000-8010}, or "" for any
   */
  public record HostPort(String hostIp, String hostPort) {
    public HostPort {
      hostIp = Absent.text(hostIp);
      hostPort = Absent.text(hostPort);
    }
  }
}
