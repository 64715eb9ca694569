package caisson.cli.output;

import caisson.base.CaissonException;
import caisson.base.ErrorCode;
import caisson.cli.console.Output;
import caisson.cli.json.Json;
import caisson.cli.json.JsonText;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;

/** Shows what an operation reports while it goes on: one JSON document after the other. */
public final class ProgressDisplay {
  private final Output output;
  private final boolean terminal;
  private final ProgressRows rows;

  /**
   * Shows on {@code output}.
   *
   * @param terminal whether it is a terminal; elsewhere, steps that replace each other are left out
   */
  public ProgressDisplay(Output output, boolean terminal) {
    this.output = output;
    this.terminal = terminal;
    this.rows = new ProgressRows(output);
  }

  /** Shows nothing; failures are thrown all the same. */
  public static ProgressDisplay silent() {
    return new ProgressDisplay(new Output(OutputStream.nullOutputStream()), false);
  }

  /**
   * Shows everything up to the end.
   *
   * @throws CaissonException with the operation's own words if it reports that it has failed
   */
  public void showAll(InputStream reports) throws IOException {
    var documents = JsonText.documents(reports);
    for (var next = documents.next(); next.isPresent(); next = documents.next()) {
      show(next.get());
    }
  }

  private void show(Json report) {
    var error = report.at("error").text();
    if (!error.isEmpty()) {
      throw new CaissonException(ErrorCode.INTERNAL, error);
    }
    var stream = report.at("stream").text();
    if (!stream.isEmpty()) {
      print(stream);
      return;
    }
    var id = report.at("id").text();
    var detail = report.at("progressDetail");
    var status = report.at("status").text();
    if (terminal && !id.isEmpty()) {
      rows.show(id, id + ": " + status + ProgressBar.text(detail));
    } else if (!terminal && !detail.members().isEmpty()) {
      return;
    } else {
      print((id.isEmpty() ? "" : id + ": ") + status + "\n");
    }
  }

  private void print(String text) {
    rows.leave();
    output.write(text.getBytes(StandardCharsets.UTF_8));
  }
}
