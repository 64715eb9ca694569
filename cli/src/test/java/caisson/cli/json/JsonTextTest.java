package caisson.cli.json;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import caisson.base.CaissonException;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class JsonTextTest {
  private static Json read(String text) {
    return JsonText.read(text.getBytes(StandardCharsets.UTF_8));
  }

  @Provide
  Arbitrary<Json> documents() {
    return Arbitraries.lazyOf(
        () -> Arbitraries.of(Json.none(), Json.of(true), Json.of(false)),
        () -> Arbitraries.longs().map(Json::of),
        () -> Arbitraries.strings().map(Json::of),
        () -> documents().list().ofMaxSize(3).map(Json.Items::new),
        () ->
            Arbitraries.maps(Arbitraries.strings(), documents())
                .ofMaxSize(3)
                .map(Json.Fields::new));
  }

  @Property(tries = 200)
  void readsWhatItWrites(@ForAll("documents") Json document) {
    assertThat(read(JsonText.write(document))).isEqualTo(document);
    assertThat(read(JsonText.writeIndented(document))).isEqualTo(document);
  }

  @Test
  void indentsAsDockerDoes() {
    assertThat(JsonText.writeIndented(read("[{\"A\":1.50,\"B\":[],\"C\":{},\"D\":[1,\"x\"]}]")))
        .isEqualTo(
            """
            [
                {
                    "A": 1.50,
                    "B": [],
                    "C": {},
                    "D": [
                        1,
                        "x"
                    ]
                }
            ]\
            """);
  }

  @Test
  void takesWhatIsMissingForNothing() {
    var document = read("{\"a\":null,\"b\":\"x\",\"n\":12}");
    assertThat(document.at("nosuch").at("deeper").text()).isEmpty();
    assertThat(document.at("a").text()).isEmpty();
    assertThat(document.at("b").number()).isZero();
    assertThat(document.at("b").values()).isEmpty();
    assertThat(document.at("n").flag()).isFalse();
    assertThat(document.at("n").text()).isEqualTo("12");
    assertThat(JsonText.read(new byte[0])).isEqualTo(Json.none());
  }

  @Test
  void readsDocumentsThatFollowEachOther() throws IOException {
    var stream =
        new ByteArrayInputStream("{\"a\":1}\r\n{\"a\":2}".getBytes(StandardCharsets.UTF_8));
    var documents = JsonText.documents(stream);
    assertThat(documents.next()).contains(new Json.Fields(Map.of("a", Json.of(1))));
    assertThat(documents.next()).contains(new Json.Fields(Map.of("a", Json.of(2))));
    assertThat(documents.next()).isEmpty();
  }

  @Test
  void refusesWhatIsNoJsonOrTooDeep() {
    for (var text : List.of("{", "<html>", "[".repeat(65))) {
      assertThatThrownBy(() -> read(text))
          .isInstanceOf(CaissonException.class)
          .hasMessageStartingWith("the daemon's answer is not JSON: ");
    }
  }
}
