package caisson.fuzz;

import static caisson.fuzz.Refusals.demand;

import caisson.guest.tar.Member;
import caisson.guest.tar.TarException;
import caisson.guest.tar.TarReader;
import caisson.guest.tar.TarWriter;
import com.code_intelligence.jazzer.junit.FuzzTest;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/** Archives that the agent and the command line copy: what is read is written so and read again. */
final class TarFuzzTest {
  /** A content of more bytes is not written again: headers alone can announce any size. */
  private static final int MOST = 1 << 20;

  @FuzzTest
  void members(byte[] archive) {
    var members = new ArrayList<String>();
    var copy = new ByteArrayOutputStream();
    try {
      copy(archive, members, copy);
    } catch (TarException e) {
      return;
    }
    var again = new ArrayList<String>();
    var second = new ByteArrayOutputStream();
    copy(copy.toByteArray(), again, second);
    demand(again.equals(members), members + " became " + again);
  }

  private static void copy(byte[] archive, List<String> members, ByteArrayOutputStream to) {
    var from = new ByteArrayInputStream(archive);
    var reader =
        new TarReader((bytes, offset, length) -> Math.max(0, from.read(bytes, offset, length)));
    var writer = new TarWriter(to::write);
    for (var next = reader.next(); next.isPresent(); next = reader.next()) {
      var member = asWritten(next.get());
      members.add(describe(member));
      writer.begin(member);
      byte[] buffer = new byte[4096];
      for (int n = reader.content(buffer); n > 0; n = reader.content(buffer)) {
        writer.content(buffer, 0, n);
      }
      writer.pad(member.size());
      demand(to.size() <= MOST + 8 * archive.length, "a copy is far larger than its archive");
    }
    writer.end();
  }

  /** A directory's name ends with a slash where it is read, and without one where it is written. */
  private static Member asWritten(Member read) {
    var name = read.type() == Member.DIRECTORY ? read.name().replaceFirst("/+$", "") : read.name();
    return new Member(
        name,
        read.type(),
        read.mode(),
        read.uid(),
        read.gid(),
        read.size(),
        read.modified(),
        read.link(),
        read.major(),
        read.minor(),
        read.attributes());
  }

  private static String describe(Member member) {
    var attributes =
        member.attributes().stream().map(it -> it.name() + "=" + it.value().length).toList();
    return List.of(
            member.name(),
            member.type(),
            member.mode(),
            member.uid(),
            member.gid(),
            member.size(),
            member.modified(),
            member.link(),
            attributes)
        .toString();
  }
}
