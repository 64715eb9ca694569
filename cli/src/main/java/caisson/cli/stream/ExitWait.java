package caisson.cli.stream;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.client.ApiClient;
import caisson.cli.client.Response;
import caisson.cli.client.Target;
import caisson.cli.json.JsonText;
import java.io.IOException;
import java.util.Optional;

/** A wait for a container's end, which the daemon has registered. */
public final class ExitWait implements AutoCloseable {
  private final Response response;

  private ExitWait(Response response) {
    this.response = response;
  }

  /**
   * Registers a wait.
   *
   * @param condition {@code not-running}, {@code next-exit} or {@code removed}
   */
  public static ExitWait register(ApiClient api, String container, String condition) {
    var target = Target.of("containers", container, "wait").with("condition", condition);
    return new ExitWait(api.open("POST", target, Optional.empty()));
  }

  /** Waits, and answers the container's exit code. */
  public int await() {
    try {
      var result = JsonText.read(response.body().readAllBytes());
      var error = result.at("Error").at("Message").text();
      if (!error.isEmpty() || result.members().isEmpty()) {
        throw new CaissonException(
            ErrorCode.INTERNAL,
            "error waiting for container: " + (error.isEmpty() ? "the daemon went away" : error));
      }
      return (int) result.at("StatusCode").number();
    } catch (IOException e) {
      throw ApiClient.lost(e);
    }
  }

  @Override
  public void close() {
    response.close();
  }
}
