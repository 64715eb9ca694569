package caisson.base;

/**
 * What kind of failure a {@link CaissonException} is. The edges map a code once: the API to an HTTP
 * status, the command line to an exit code, the OCI runtime to its messages.
 */
public enum ErrorCode {
  /** The request itself is wrong: a malformed name, an impossible value, a missing field. */
  INVALID_ARGUMENT,
  /** What the request names does not exist. */
  NOT_FOUND,
  /** The name is taken, or the thing is in a state that does not allow the request. */
  CONFLICT,
  /** The thing is already in the state that was asked for. */
  NOT_MODIFIED,
  /** The caller may not do this. */
  FORBIDDEN,
  /** A registry does not accept the credentials that it was shown. */
  UNAUTHORIZED,
  /** The container's command does not exist in its root file system (exit code 127). */
  COMMAND_NOT_FOUND,
  /** The container's command exists but cannot be executed (exit code 126). */
  COMMAND_NOT_EXECUTABLE,
  /** Data that somebody handed in is damaged or does not match its digest. */
  CORRUPT,
  /** A limit of the host is reached: disk, memory, descriptors, processes. */
  NO_RESOURCES,
  /** Something did not answer in the time it was given. */
  TIMEOUT,
  /** The request is understood but this build, kernel, QEMU or host cannot do it. */
  UNSUPPORTED,
  /** The virtual machine, its agent or its VMM failed or broke the protocol. */
  VM_FAILED,
  /** The daemon is not there, is stopping, or another one owns what is asked for. */
  UNAVAILABLE,
  /** A bug in Caisson or an operating system error that no other code describes. */
  INTERNAL
}
