package caisson.cli;

import caisson.cli.command.Attach;
import caisson.cli.command.Command;
import caisson.cli.command.Create;
import caisson.cli.command.Exec;
import caisson.cli.command.Images;
import caisson.cli.command.Import;
import caisson.cli.command.Info;
import caisson.cli.command.Inspect;
import caisson.cli.command.Kill;
import caisson.cli.command.Leaks;
import caisson.cli.command.Load;
import caisson.cli.command.Login;
import caisson.cli.command.Logout;
import caisson.cli.command.Logs;
import caisson.cli.command.Ps;
import caisson.cli.command.Pull;
import caisson.cli.command.Restart;
import caisson.cli.command.Rm;
import caisson.cli.command.Rmi;
import caisson.cli.command.Run;
import caisson.cli.command.Start;
import caisson.cli.command.Stop;
import caisson.cli.command.Tag;
import caisson.cli.command.Version;
import caisson.cli.command.VolumeCreate;
import caisson.cli.command.VolumeLs;
import caisson.cli.command.VolumePrune;
import caisson.cli.command.VolumeRm;
import caisson.cli.command.Wait;

/** The commands, each of which is only made when it is called. */
enum Action {
  ATTACH,
  CREATE,
  EXEC,
  IMAGES,
  IMPORT,
  INFO,
  INSPECT,
  INSPECT_CONTAINER,
  INSPECT_IMAGE,
  INSPECT_VOLUME,
  KILL,
  LEAKS,
  LOAD,
  LOGIN,
  LOGOUT,
  LOGS,
  PS,
  PULL,
  RESTART,
  RM,
  RMI,
  RUN,
  START,
  STOP,
  TAG,
  VERSION,
  VOLUME_CREATE,
  VOLUME_LS,
  VOLUME_PRUNE,
  VOLUME_RM,
  WAIT;

  Command command() {
    return switch (this) {
      case ATTACH -> new Attach();
      case CREATE -> new Create();
      case EXEC -> new Exec();
      case IMAGES -> new Images();
      case IMPORT -> new Import();
      case INFO -> new Info(ProgramVersion.read());
      case INSPECT -> new Inspect(Inspect.Kind.ANY);
      case INSPECT_CONTAINER -> new Inspect(Inspect.Kind.CONTAINER);
      case INSPECT_IMAGE -> new Inspect(Inspect.Kind.IMAGE);
      case INSPECT_VOLUME -> new Inspect(Inspect.Kind.VOLUME);
      case KILL -> new Kill();
      case LEAKS -> new Leaks();
      case LOAD -> new Load();
      case LOGIN -> new Login();
      case LOGOUT -> new Logout();
      case LOGS -> new Logs();
      case PS -> new Ps();
      case PULL -> new Pull();
      case RESTART -> new Restart();
      case RM -> new Rm();
      case RMI -> new Rmi();
      case RUN -> new Run();
      case START -> new Start();
      case STOP -> new Stop();
      case TAG -> new Tag();
      case VERSION -> new Version(ProgramVersion.read());
      case VOLUME_CREATE -> new VolumeCreate();
      case VOLUME_LS -> new VolumeLs();
      case VOLUME_PRUNE -> new VolumePrune();
      case VOLUME_RM -> new VolumeRm();
      case WAIT -> new Wait();
    };
  }
}
