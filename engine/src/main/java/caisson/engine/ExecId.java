package caisson.engine;

import caisson.base.ContainerId;

/** An exec's identity: 64 hexadecimal digits, as a container's. */
public record ExecId(String value) {
  public ExecId {
    value = new ContainerId(value).value();
  }

  public static ExecId random() {
    return new ExecId(ContainerId.random().value());
  }

  @Override
  public String toString() {
    return value;
  }
}
