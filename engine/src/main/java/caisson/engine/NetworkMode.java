package caisson.engine;

/** How a sandbox reaches the world. */
public enum NetworkMode {
  /** Only a loopback interface. */
  NONE,
  /** Outgoing connections through a user-mode network stack of the VM's own. */
  USER,
  /** The bridge of this host; where the daemon may not have one, the same as {@link #USER}. */
  BRIDGE
}
