package caisson.api.wire;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.module.SimpleModule;
import com.fasterxml.jackson.databind.ser.std.ToStringSerializer;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import java.io.IOException;
import java.time.Instant;

/**
 * JSON as Docker's daemon and clients write it: field names begin with a capital and are read in
 * any case, as Go does; what is unknown is ignored, what is absent is {@code null}; moments are RFC
 * 3339 in UTC.
 */
public final class WireJson {
  private static final int MAX_DEPTH = 64;
  private static final JsonMapper MAPPER = mapper();

  private WireJson() {}

  private static JsonMapper mapper() {
    var constraints = StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build();
    var moments =
        new SimpleModule()
            .addSerializer(Instant.class, ToStringSerializer.instance)
            .addDeserializer(Instant.class, new InstantReader());
    return JsonMapper.builder(JsonFactory.builder().streamReadConstraints(constraints).build())
        .addModule(new Jdk8Module())
        .addModule(moments)
        .propertyNamingStrategy(PropertyNamingStrategies.UPPER_CAMEL_CASE)
        .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
        .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
        .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
        .build();
  }

  /**
   * Reads a document.
   *
   * @throws CaissonException INVALID_ARGUMENT if it is not what {@code type} describes
   */
  public static <T> T read(byte[] json, Class<T> type) {
    try {
      var value = MAPPER.readValue(json, type);
      if (value == null) {
        throw invalid("a JSON object is expected, not null", null);
      }
      return value;
    } catch (IOException e) {
      throw invalid(sentence(e), e);
    }
  }

  /** Reads a document into a tree. */
  public static JsonNode tree(byte[] json) {
    try {
      return MAPPER.readTree(json);
    } catch (IOException e) {
      throw invalid(sentence(e), e);
    }
  }

  private static String sentence(IOException e) {
    return e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.toString();
  }

  private static CaissonException invalid(
      String reason, @org.jspecify.annotations.Nullable IOException cause) {
    return new CaissonException(ErrorCode.INVALID_ARGUMENT, "invalid JSON: " + reason, cause);
  }

  /** Writes a document on one line. */
  public static byte[] write(Object document) {
    try {
      return MAPPER.writeValueAsBytes(document);
    } catch (JsonProcessingException e) {
      throw new CaissonException(
          ErrorCode.INTERNAL, "cannot write " + document.getClass().getSimpleName(), e);
    }
  }
}
