package caisson.runtime;

/** A command that cannot be carried out, in words for whoever gave it. */
final class RuntimeFailure extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final String message;

  RuntimeFailure(String message) {
    this.message = message;
  }

  @Override
  public String getMessage() {
    return message;
  }
}
