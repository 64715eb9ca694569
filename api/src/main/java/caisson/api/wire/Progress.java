package caisson.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;

/**
 * A line of an operation that reports while it goes on.
 *
 * @param stream text to show as it is, with its line feed
 * @param status a step's name
 * @param error why the operation failed; the last line
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Progress(
    @JsonProperty("stream") Optional<String> stream,
    @JsonProperty("status") Optional<String> status,
    @JsonProperty("errorDetail") Optional<ErrorMessage> errorDetail,
    @JsonProperty("error") Optional<String> error) {
  public static Progress stream(String text) {
    return new Progress(Optional.of(text), Optional.empty(), Optional.empty(), Optional.empty());
  }

  public static Progress status(String text) {
    return new Progress(Optional.empty(), Optional.of(text), Optional.empty(), Optional.empty());
  }

  public static Progress error(String message) {
    return new Progress(
        Optional.empty(),
        Optional.empty(),
        Optional.of(new ErrorMessage(message)),
        Optional.of(message));
  }
}
