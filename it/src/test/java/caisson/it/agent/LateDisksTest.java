package caisson.it.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Disks that are plugged into a machine that runs, as its agent finds them. */
@Timeout(120)
final class LateDisksTest {
  private static GuestMachine guest;

  @BeforeAll
  static void open() throws IOException {
    guest = GuestMachine.open();
  }

  @AfterAll
  static void close() throws IOException {
    guest.close();
  }

  private static Setup writingTo(String disk) {
    return Setup.script("echo written > /file && cat /file").writableDisk(disk);
  }

  @Test
  void areThereAtOnce() throws IOException {
    guest.attachDisk("later");
    assertThat(guest.run(writingTo("later")).stdout()).isEqualTo("written\n");
    assertThat(guest.run(Setup.command("ls", "/file")).stderr()).contains("No such file");
  }

  @Test
  void areWaitedFor() throws IOException {
    var result = CompletableFuture.supplyAsync(() -> guest.run(writingTo("awaited")));
    guest.attachDisk("awaited");
    assertThat(result.join().stdout()).isEqualTo("written\n");
  }

  @Test
  void areNotWaitedForForever() {
    assertThatThrownBy(() -> guest.run(writingTo("never")))
        .hasMessageContaining("the disk never has not appeared for 10 s; these are here:")
        .hasMessageContaining("layer0")
        .hasMessageContaining(GuestMachine.WRITABLE);
    assertThat(guest.run(Setup.script("echo well")).stdout()).isEqualTo("well\n");
  }
}
