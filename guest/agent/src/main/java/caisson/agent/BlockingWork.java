package caisson.agent;

import caisson.agent.container.ContainerFailure;
import caisson.agent.loop.PollLoop;
import caisson.agent.loop.Source;
import caisson.guest.protocol.Outcome;
import caisson.libc.Descriptors;
import caisson.libc.ErrnoException;
import caisson.libc.Files;
import caisson.libc.PollSet;
import caisson.libc.Processes;
import java.nio.charset.StandardCharsets;

/** Something that may block, done in a child of its own: what it says is what came of it. */
final class BlockingWork implements Source {
  private static final int MAX_WORDS = 1024;

  private final PollLoop loop;
  private final int report;
  private final Completion completion;

  private BlockingWork(PollLoop loop, int report, Completion completion) {
    this.loop = loop;
    this.report = report;
    this.completion = completion;
  }

  /** Forks a child for {@code work}; {@code completion} is told when it has ended. */
  static void start(PollLoop loop, Completion completion, Runnable work) {
    int[] ends = Descriptors.pipe(Files.O_CLOEXEC);
    int pid = Processes.fork();
    if (pid == 0) {
      loop.closeInChild();
      perform(work, ends[1]);
    }
    Descriptors.close(ends[1]);
    loop.add(new BlockingWork(loop, ends[0], completion));
  }

  /** Says how it went: an outcome's number, and words; never returns. */
  private static void perform(Runnable work, int report) {
    byte[] words = {(byte) Outcome.REFUSED.number()};
    try {
      work.run();
      words[0] = (byte) Outcome.OK.number();
    } catch (ContainerFailure e) {
      words = words(e.outcome(), String.valueOf(e.getMessage()));
    } catch (ErrnoException e) {
      words = words(Outcome.REFUSED, e.getMessage());
    } finally {
      Descriptors.write(report, words, 0, words.length);
      Processes.exit(0);
    }
  }

  private static byte[] words(Outcome outcome, String message) {
    byte[] text = message.getBytes(StandardCharsets.UTF_8);
    byte[] words = new byte[1 + Math.min(text.length, MAX_WORDS - 1)];
    words[0] = (byte) outcome.number();
    System.arraycopy(text, 0, words, 1, words.length - 1);
    return words;
  }

  @Override
  public int fd() {
    return report;
  }

  @Override
  public int interest() {
    return PollSet.POLLIN;
  }

  /** The report is one write to a pipe, shorter than PIPE_BUF, so it comes as one. */
  @Override
  public void ready(int events) {
    byte[] words = new byte[MAX_WORDS];
    int length = Descriptors.read(report, words, 0, words.length);
    loop.remove(this);
    Descriptors.close(report);
    if (length < 1) {
      completion.end(Outcome.REFUSED, "the child that was to do it died");
    } else if (words[0] == Outcome.OK.number()) {
      completion.end(Outcome.OK, "");
    } else {
      String message = new String(words, 1, length - 1, StandardCharsets.UTF_8);
      completion.end(Outcome.of(words[0]), message);
    }
  }
}
