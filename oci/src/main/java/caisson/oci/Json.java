package caisson.oci;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.util.regex.Pattern;

/**
 * The way all documents are read and written: unknown fields are ignored, absent ones are not
 * written, and nesting (64), numbers and strings are bounded, because documents come from
 * strangers.
 */
public final class Json {
  /** Where Jackson has found something wrong, in its words. */
  private static final Pattern PLACE =
      Pattern.compile("\\s+at \\[Source: [^;]*; line: (\\d+), column: (\\d+)]");

  /** The mapper, for those who need a tree. */
  public static final ObjectMapper MAPPER = mapper();

  private static final int MAX_DEPTH = 64;
  private static final int MAX_STRING = 16 << 20;

  private Json() {}

  private static ObjectMapper mapper() {
    var constraints =
        StreamReadConstraints.builder()
            .maxNestingDepth(MAX_DEPTH)
            .maxStringLength(MAX_STRING)
            .build();
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
        .addModule(new Jdk8Module())
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .defaultPropertyInclusion(
            JsonInclude.Value.construct(JsonInclude.Include.NON_EMPTY, JsonInclude.Include.ALWAYS))
        .build();
  }

  /**
   * Reads a document.
   *
   * @param what the document's name, for the error
   * @throws CaissonException CORRUPT if it is not what {@code type} describes
   */
  public static <T> T read(byte[] json, Class<T> type, String what) {
    try {
      var value = MAPPER.readValue(json, type);
      if (value == null) {
        throw new CaissonException(ErrorCode.CORRUPT, what + " is null, not a JSON object");
      }
      return value;
    } catch (IOException e) {
      throw new CaissonException(ErrorCode.CORRUPT, what + " is not valid: " + words(e), e);
    }
  }

  /** What the library says, without its own settings. */
  private static String words(IOException e) {
    return PLACE.matcher(String.valueOf(e.getMessage())).replaceFirst(" (line $1, column $2)");
  }

  /** Writes a document. */
  public static byte[] write(Object value) {
    try {
      return MAPPER.writeValueAsBytes(value);
    } catch (JsonProcessingException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot write " + value.getClass().getSimpleName() + " as JSON", e);
    }
  }
}
