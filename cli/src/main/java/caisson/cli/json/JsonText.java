package caisson.cli.json;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.core.util.Separators;
import com.fasterxml.jackson.core.util.Separators.Spacing;
import java.io.IOException;
import java.io.InputStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.Optional;

/** JSON as text. */
public final class JsonText {
  private static final int MAX_DEPTH = 64;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .build();

  private JsonText() {}

  /** Reads one document; null where there is none. */
  public static Json read(byte[] text) {
    try (var parser = FACTORY.createParser(text)) {
      return parser.nextToken() == null ? Json.none() : value(parser);
    } catch (IOException e) {
      throw invalid(e);
    }
  }

  /** Documents that follow each other on a stream. */
  public static Documents documents(InputStream stream) throws IOException {
    return new Documents(FACTORY.createParser(stream));
  }

  /** Reads documents one by one, each as soon as it is there. */
  public static final class Documents {
    private final JsonParser parser;

    private Documents(JsonParser parser) {
      this.parser = parser;
    }

    /** The next document, or nothing at the end. */
    public Optional<Json> next() throws IOException {
      try {
        return parser.nextToken() == null ? Optional.empty() : Optional.of(value(parser));
      } catch (JsonProcessingException e) {
        throw invalid(e);
      }
    }
  }

  private static Json value(JsonParser parser) throws IOException {
    return switch (parser.currentToken()) {
      case START_OBJECT -> object(parser);
      case START_ARRAY -> array(parser);
      case VALUE_STRING -> Json.of(parser.getText());
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT -> new Json.Num(parser.getText());
      case VALUE_TRUE -> Json.of(true);
      case VALUE_FALSE -> Json.of(false);
      case VALUE_NULL -> Json.none();
      case NOT_AVAILABLE, END_OBJECT, END_ARRAY, FIELD_NAME, VALUE_EMBEDDED_OBJECT ->
          throw new IllegalStateException("the parser ends every document it begins");
    };
  }

  private static Json object(JsonParser parser) throws IOException {
    var members = new LinkedHashMap<String, Json>();
    while (parser.nextToken() == JsonToken.FIELD_NAME) {
      var name = parser.currentName();
      parser.nextToken();
      members.put(name, value(parser));
    }
    return new Json.Fields(members);
  }

  private static Json array(JsonParser parser) throws IOException {
    var values = new ArrayList<Json>();
    while (parser.nextToken() != JsonToken.END_ARRAY) {
      values.add(value(parser));
    }
    return new Json.Items(values);
  }

  private static CaissonException invalid(IOException e) {
    return new CaissonException(
        ErrorCode.CORRUPT, "the daemon's answer is not JSON: " + e.getMessage(), e);
  }

  /** Writes {@code value} on one line. */
  public static String write(Json value) {
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(text)) {
      value.writeTo(generator);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter takes everything", e);
    }
    return text.toString();
  }

  /** Writes {@code value} as Docker's inspect commands do: indented by four spaces. */
  public static String writeIndented(Json value) {
    var text = new StringWriter();
    try (var generator = FACTORY.createGenerator(text)) {
      generator.setPrettyPrinter(indented());
      value.writeTo(generator);
    } catch (IOException e) {
      throw new UncheckedIOException("a StringWriter takes everything", e);
    }
    return text.toString();
  }

  private static DefaultPrettyPrinter indented() {
    var separators =
        Separators.createDefaultInstance()
            .withObjectFieldValueSpacing(Spacing.AFTER)
            .withObjectEmptySeparator("")
            .withArrayEmptySeparator("");
    var indenter = new DefaultIndenter("    ", "\n");
    return new DefaultPrettyPrinter(separators)
        .withArrayIndenter(indenter)
        .withObjectIndenter(indenter);
  }
}
