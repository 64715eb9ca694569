package caisson.api.wire;

import caisson.base.Absent;
import com.fasterxml.jackson.annotation.JsonUnwrapped;

/** The body of {@code POST /containers/create}. */
public record CreateContainer(@JsonUnwrapped ContainerConfig config, HostConfig hostConfig) {
  public CreateContainer {
    hostConfig = Absent.or(hostConfig, HostConfig.DEFAULT);
  }
}
