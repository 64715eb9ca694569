package caisson.cli;

import caisson.cli.command.Attach;
import caisson.cli.command.Command;
import caisson.cli.command.Commit;
import caisson.cli.command.Completion;
import caisson.cli.command.ContainerPrune;
import caisson.cli.command.Cp;
import caisson.cli.command.Create;
import caisson.cli.command.Diff;
import caisson.cli.command.DiskUsage;
import caisson.cli.command.Events;
import caisson.cli.command.Exec;
import caisson.cli.command.Export;
import caisson.cli.command.ImagePrune;
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
import caisson.cli.command.NetworkCreate;
import caisson.cli.command.Networks;
import caisson.cli.command.Pause;
import caisson.cli.command.Port;
import caisson.cli.command.Ps;
import caisson.cli.command.Pull;
import caisson.cli.command.Rename;
import caisson.cli.command.Restart;
import caisson.cli.command.Rm;
import caisson.cli.command.Rmi;
import caisson.cli.command.Run;
import caisson.cli.command.Start;
import caisson.cli.command.Stats;
import caisson.cli.command.Stop;
import caisson.cli.command.SystemPrune;
import caisson.cli.command.Tag;
import caisson.cli.command.TemplateMake;
import caisson.cli.command.TemplateRm;
import caisson.cli.command.Templates;
import caisson.cli.command.Top;
import caisson.cli.command.Unpause;
import caisson.cli.command.Update;
import caisson.cli.command.Version;
import caisson.cli.command.VolumeCreate;
import caisson.cli.command.VolumeLs;
import caisson.cli.command.VolumePrune;
import caisson.cli.command.VolumeRm;
import caisson.cli.command.Wait;

/** The commands, each of which is only made when it is called. */
enum Action {
  ATTACH,
  COMMIT,
  COMPLETION,
  CONTAINER_PRUNE,
  CP,
  CREATE,
  DIFF,
  DISK_USAGE,
  EVENTS,
  EXEC,
  EXPORT,
  IMAGES,
  IMAGE_PRUNE,
  IMPORT,
  INFO,
  INSPECT,
  INSPECT_CONTAINER,
  INSPECT_IMAGE,
  INSPECT_NETWORK,
  INSPECT_VOLUME,
  KILL,
  LEAKS,
  LOAD,
  LOGIN,
  LOGOUT,
  LOGS,
  NETWORKS,
  NETWORK_CREATE,
  PAUSE,
  PORT,
  PS,
  PULL,
  RENAME,
  RESTART,
  RM,
  RMI,
  RUN,
  START,
  STATS,
  STOP,
  SYSTEM_PRUNE,
  TAG,
  TEMPLATES,
  TEMPLATE_MAKE,
  TEMPLATE_RM,
  TOP,
  UNPAUSE,
  UPDATE,
  VERSION,
  VOLUME_CREATE,
  VOLUME_LS,
  VOLUME_PRUNE,
  VOLUME_RM,
  WAIT;

  Command command() {
    return switch (this) {
      case ATTACH -> new Attach();
      case COMMIT -> new Commit();
      case COMPLETION -> new Completion(CompletionScript::of);
      case CONTAINER_PRUNE -> new ContainerPrune();
      case CP -> new Cp();
      case CREATE -> new Create();
      case DIFF -> new Diff();
      case DISK_USAGE -> new DiskUsage();
      case EVENTS -> new Events();
      case EXEC -> new Exec();
      case EXPORT -> new Export();
      case IMAGES -> new Images();
      case IMAGE_PRUNE -> new ImagePrune();
      case IMPORT -> new Import();
      case INFO -> new Info(ProgramVersion.read());
      case INSPECT -> new Inspect(Inspect.Kind.ANY);
      case INSPECT_CONTAINER -> new Inspect(Inspect.Kind.CONTAINER);
      case INSPECT_IMAGE -> new Inspect(Inspect.Kind.IMAGE);
      case INSPECT_NETWORK -> new Inspect(Inspect.Kind.NETWORK);
      case INSPECT_VOLUME -> new Inspect(Inspect.Kind.VOLUME);
      case KILL -> new Kill();
      case LEAKS -> new Leaks();
      case LOAD -> new Load();
      case LOGIN -> new Login();
      case LOGOUT -> new Logout();
      case LOGS -> new Logs();
      case NETWORKS -> new Networks();
      case NETWORK_CREATE -> new NetworkCreate();
      case PAUSE -> new Pause();
      case PORT -> new Port();
      case PS -> new Ps();
      case PULL -> new Pull();
      case RENAME -> new Rename();
      case RESTART -> new Restart();
      case RM -> new Rm();
      case RMI -> new Rmi();
      case RUN -> new Run();
      case START -> new Start();
      case STATS -> new Stats();
      case STOP -> new Stop();
      case SYSTEM_PRUNE -> new SystemPrune();
      case TAG -> new Tag();
      case TEMPLATES -> new Templates();
      case TEMPLATE_MAKE -> new TemplateMake();
      case TEMPLATE_RM -> new TemplateRm();
      case TOP -> new Top();
      case UNPAUSE -> new Unpause();
      case UPDATE -> new Update();
      case VERSION -> new Version(ProgramVersion.read());
      case VOLUME_CREATE -> new VolumeCreate();
      case VOLUME_LS -> new VolumeLs();
      case VOLUME_PRUNE -> new VolumePrune();
      case VOLUME_RM -> new VolumeRm();
      case WAIT -> new Wait();
    };
  }
}
