package caisson.api.wire;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * A line of an operation that reports while it goes on.
 *
 * @param stream text to show as it is, with its line feed
 * @param status a step's name
 * @param progressDetail how far the step is; an empty one says that there is nothing to tell
 * @param id what the step is about, where several go on at once
 * @param error why the operation failed; the last line
 */
@JsonInclude(JsonInclude.Include.NON_ABSENT)
public record Progress(
    @JsonProperty("stream") Optional<String> stream,
    @JsonProperty("status") Optional<String> status,
    @JsonProperty("progressDetail") Optional<Detail> progressDetail,
    @JsonProperty("id") Optional<String> id,
    @JsonProperty("errorDetail") Optional<ErrorMessage> errorDetail,
    @JsonProperty("error") Optional<String> error) {
  private static final Progress NOTHING =
      new Progress(
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty(),
          Optional.empty());

  /** How much of something is done, in bytes. */
  @JsonInclude(JsonInclude.Include.NON_ABSENT)
  public record Detail(
      @JsonProperty("current") OptionalLong current, @JsonProperty("total") OptionalLong total) {
    private static final Detail NONE = new Detail(OptionalLong.empty(), OptionalLong.empty());
  }

  public static Progress stream(String text) {
    return new Progress(
        Optional.of(text),
        NOTHING.status,
        NOTHING.progressDetail,
        NOTHING.id,
        NOTHING.errorDetail,
        NOTHING.error);
  }

  public static Progress status(String text) {
    return new Progress(
        NOTHING.stream,
        Optional.of(text),
        NOTHING.progressDetail,
        NOTHING.id,
        NOTHING.errorDetail,
        NOTHING.error);
  }

  /** The operation's first line: it is about {@code id}. */
  public static Progress about(String id, String text) {
    return of(Optional.empty(), id, text);
  }

  /** A step of {@code id} that is done at once. */
  public static Progress step(String id, String text) {
    return of(Optional.of(Detail.NONE), id, text);
  }

  /** A step of {@code id} that goes on. */
  public static Progress step(String id, String text, long current, long total) {
    var detail = new Detail(OptionalLong.of(current), OptionalLong.of(total));
    return of(Optional.of(detail), id, text);
  }

  private static Progress of(Optional<Detail> detail, String id, String text) {
    return new Progress(
        NOTHING.stream,
        Optional.of(text),
        detail,
        Optional.of(id),
        NOTHING.errorDetail,
        NOTHING.error);
  }

  public static Progress error(String message) {
    return new Progress(
        NOTHING.stream,
        NOTHING.status,
        NOTHING.progressDetail,
        NOTHING.id,
        Optional.of(new ErrorMessage(message)),
        Optional.of(message));
  }
}
