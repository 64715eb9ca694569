package caisson.engine.local;

import caisson.base.ErrorCode;

/** The exit codes of processes that did not start, as Docker has them. */
final class StartCodes {
  private StartCodes() {}

  static int of(ErrorCode failure) {
    return switch (failure) {
      case COMMAND_NOT_FOUND -> 127;
      case COMMAND_NOT_EXECUTABLE -> 126;
      default -> 125;
    };
  }
}
